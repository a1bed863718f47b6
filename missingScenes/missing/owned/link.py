"""Links a local scene to the box: journaled, and taken back from the history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from missing.listing.boxes import find_named_box
from shared.errors import BundleError, Conflict, GraphQLFailed, NotFound, Refused
from shared.journal import Change, Item, Journal, Json, Work, add_member, apply_now
from shared.page.arguments import read_number
from shared.page.run_view import describe_run
from shared.stash import StashClient
from shared.stash.links import add_link, find_ids, remove_link

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "scene_links"
FIELD = "stash_ids"


class LinkTarget:
    """The stash ids of scenes; other boxes' ids stay as they are."""

    def __init__(self, stash: StashClient) -> None:
        self._stash = stash

    def read(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """The links of each scene."""
        del fields
        rows = self._stash.scenes.read([int(item.id) for item in items], "stash_ids { endpoint stash_id }")
        return {item: {FIELD: strip(rows[int(item.id)][FIELD])} for item in items if int(item.id) in rows}

    def write(self, work: Work) -> dict[Item, BundleError | None]:
        """Add and remove links, one scene at a time."""
        return {item: self._write_one(item, changes) for item, changes in work}

    def _write_one(self, item: Item, changes: Sequence[Change]) -> BundleError | None:
        number = int(item.id)
        try:
            row = self._stash.scenes.get(number, self._stash.capabilities().link_fields)
            if row is None:
                return NotFound(f"Stash has no scene {number} any more.", service="Stash")
            links = row[FIELD]
            for change in changes:
                links = change_links(links, change)
            self._stash.scenes.update(number, {FIELD: links})
        except (Conflict, GraphQLFailed, NotFound, Refused) as error:
            return error
        return None


def strip(links: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Links without their times, which change when anything is saved."""
    return [{"endpoint": link["endpoint"], "stash_id": link["stash_id"]} for link in links]


def change_links(links: Sequence[Mapping[str, Any]], change: Change) -> list[dict[str, Any]]:
    """The links after a change; a scene has one id at a box, and ours never replaces another."""
    if change.action == "remove":
        return remove_link(links, change.before["endpoint"], change.before["stash_id"])
    endpoint, stash_id = change.after["endpoint"], change.after["stash_id"]
    others = [each for each in find_ids(links, endpoint) if each != stash_id]
    if others:
        raise Conflict(f"The scene is linked to another scene of this box already ({others[0]}). Look at it in Stash.")
    return add_link(links, endpoint, stash_id)


def make_target(call: Call) -> LinkTarget:
    """What reads and writes the links of scenes."""
    return LinkTarget(call.stash)


def link_scene(call: Call) -> dict[str, Any]:
    """Link a local scene to the scene of the box that it is; raises when it was not linked."""
    box = find_named_box(call, str(call.arg("endpoint")))
    local = str(read_number(call.args, "local_id"))
    label = str(call.args.get("label") or f"scene {local}")
    changes = list(plan_link(local, label, box.endpoint, str(call.arg("scene_id"))))
    title = f'Link "{label}" to {box.name}'
    summary = apply_now(call, make_target(call), kind=KIND, title=title, entries=changes)
    return {"run": describe_run(Journal(call.store), summary.run_id or 0)}


def plan_link(local: str, label: str, endpoint: str, stash_id: str) -> Iterator[Change]:
    """One more link."""
    link = {"endpoint": endpoint, "stash_id": stash_id}
    yield add_member(Item("scene", local, label), FIELD, link, source=endpoint, reason="same fingerprint")
