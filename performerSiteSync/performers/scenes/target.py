"""Journal target of scenes: writes exactly the changes, and creates performers and studios that a plan names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.identity.decision_store import note_links
from performers.library.covers import find_coverless
from performers.library.entities import describe_row, find_linked_by_id, select_fields
from performers.library.kinds import PERFORMER, SCENE, STUDIO
from performers.library.scenes import CAST, NEW_STUDIO, STUDIO_ID, find_stranger, name_stranger
from performers.sync.provenance import remember_written
from performers.sync.target import RemoteObjectTarget, find_blamed, find_taken
from shared.errors import BundleError, Conflict, NotFound, ServiceError
from shared.journal import Change, Item, Json, Work, Written, name_member, write_each

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient

INPUT_NAMES = {CAST: "performer_ids", "image": "cover_image"}
KINDS_OF_FIELDS = {CAST: PERFORMER, NEW_STUDIO: STUDIO}


class SceneTarget(RemoteObjectTarget):
    """Journal target that reads and writes scenes, and creates their performers and studios."""

    def _read_objects(self, items: Sequence[Item], fields: Collection[str]) -> dict[Item, dict[str, Json]]:
        """Return the present values of scenes.

        Performers and the studio are named by their ids and also by their links: a plan names those that it creates by
        the latter.
        """
        found: dict[Item, dict[str, Json]] = {}
        coverless = find_coverless(self._stash, [int(item.id) for item in items]) if "image" in fields else set()
        for item, row in self._read_rows(items).items():
            values = describe_row(row, SCENE)
            values[CAST] = [*values[CAST], *(name for one in row["performers"] for name in list_link_names(one))]
            values[NEW_STUDIO] = list_link_names(row["studio"]) if row["studio"] else []
            if "image" in fields and int(item.id) not in coverless:
                values["image"] = self._save_picture(row["paths"]["screenshot"])
            found[item] = values
        return found

    def _write_objects(self, work: Work) -> Written:
        rows = self._read_rows([item for item, _ in work])
        taken = find_taken(self._stash, work)
        members = find_created(self._stash, work)
        free = [(item, changes) for item, changes in work if item not in taken]

        def write(item: Item, changes: Sequence[Change]) -> Mapping[str, BundleError] | None:
            return self._write_scene(item, changes, rows.get(item), members)

        return {**taken, **write_each(free, write)}

    def _read_rows(self, items: Sequence[Item]) -> dict[Item, Mapping[str, Any]]:
        rows = self._stash.scenes.read([int(item.id) for item in items], select_fields(self._stash, SCENE))
        return {item: rows[int(item.id)] for item in items if int(item.id) in rows}

    def _write_scene(
        self, item: Item, changes: Sequence[Change], row: Mapping[str, Any] | None, members: Mapping[str, str]
    ) -> Mapping[str, BundleError] | None:
        if row is None:
            message = f"Stash has no scene {item.id} any more."
            raise NotFound(message, service="Stash", operation=f"updating scene {item.id}")
        refused = find_impossible(self._stash, row, changes, members)
        ready = [name_by_id(change, members) for change in changes if name_key(change) not in refused]
        try:
            self._send(item, row, ready)
        except ServiceError as error:
            blamed = find_blamed(str(error), {change.field for change in ready})
            if error.stops_run or not blamed:
                raise
            refused.update(dict.fromkeys(sorted(blamed), error))
            ready = [change for change in ready if change.field not in blamed]
            self._send(item, row, ready)
        self._note_written(item, ready)
        note_links(self._call.store, item, ready, self._call.clock.now())
        return refused or None

    def _note_written(self, item: Item, changes: Sequence[Change]) -> None:
        remember_written(self._call.store, item, changes)

    def _send(self, item: Item, row: Mapping[str, Any], changes: Sequence[Change]) -> None:
        if not changes:
            return
        values = self._encode_update(item, row, changes)
        self._stash.scenes.update(
            int(item.id), {INPUT_NAMES.get(field, field): value for field, value in values.items()}
        )


def list_link_names(row: Mapping[str, Any]) -> list[str]:
    """Return the names by which a plan of scenes may call this performer or studio of Stash: one for each of its
    links.

    The target compares a scene's present members with the plan by them.
    """
    return [name_stranger(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]]


def find_created(stash: StashClient, work: Work) -> dict[str, str]:
    """Return the library's ids of the performers and studios that a batch names by a box's id; the target calls it."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for _, changes in work:
        for change in changes:
            stranger = find_stranger(get_member(change)) if change.field in KINDS_OF_FIELDS else None
            if stranger:
                wanted.setdefault((KINDS_OF_FIELDS[change.field], stranger[0]), set()).add(stranger[1])
    found: dict[str, str] = {}
    for (kind, endpoint), ids in wanted.items():
        for remote_id, rows in find_linked_by_id(stash, kind, endpoint, sorted(ids)).items():
            found[name_stranger(endpoint, remote_id)] = str(rows[0]["id"])
    return found


def get_member(change: Change) -> str:
    """Return the member that a change of a list adds or removes; the target for scenes reads it."""
    return str(change.after if change.action == "add" else change.before)


def name_key(change: Change) -> str:
    """Return the key under which the target reports the error of a change: of a list by its member."""
    return change.field if change.action == "set" else name_member(change.field, get_member(change))


def name_by_id(change: Change, members: Mapping[str, str]) -> Change:
    """Return a change with the library's id in place of a box's, for the target; a new studio becomes the studio."""
    if change.field == NEW_STUDIO:
        number = members.get(get_member(change))
        before, after = (None, number) if change.action == "add" else (number, None)
        return change._replace(field=STUDIO_ID, action="set", before=before, after=after)
    if change.field != CAST or find_stranger(get_member(change)) is None:
        return change
    number = members[get_member(change)]
    return change._replace(after=number) if change.action == "add" else change._replace(before=number)


def find_impossible(
    stash: StashClient, row: Mapping[str, Any], changes: Sequence[Change], members: Mapping[str, str]
) -> dict[str, BundleError]:
    """Return the errors of fields that the target cannot write.

    A person was not created, or the studio is another by now.
    The target for scenes calls it.
    """
    refused: dict[str, BundleError] = {}
    for change in changes:
        is_stranger = change.field in KINDS_OF_FIELDS and find_stranger(get_member(change)) is not None
        if is_stranger and get_member(change) not in members:
            name = change.reason.partition(":")[0]
            refused[name_key(change)] = Conflict(
                f"{name} is not in Stash: the plan's row that creates it was not applied."
            )
        elif change.field == NEW_STUDIO and change.action == "add" and row["studio"]:
            refused[name_key(change)] = Conflict(f"The scene has the studio {row['studio']['name']} by now.")
        elif change.field == "image" and change.after is None and not stash.capabilities().can_remove_covers:
            refused[name_key(change)] = Conflict(
                "Stash before 0.31 cannot remove a cover. Remove it on the scene's page."
            )
    return refused


def make_target(call: Call) -> SceneTarget:
    """Return the journal target for plans of scenes, as named in the plugin's table."""
    return SceneTarget(call)
