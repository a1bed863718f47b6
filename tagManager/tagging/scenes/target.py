"""Tags onto scenes and off them again: additions and removals only, scenes that get the same together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from shared.errors import BundleError, NotFound, ServiceError
from shared.journal import Change, Item, Json, Work, Written, name_member
from tagging.scenes.earlier_tags import remember_tags
from tagging.scenes.plan import FIELD

if TYPE_CHECKING:
    from shared.runtime.call import Call

Group = tuple[str, frozenset[int]]
Errors = dict[str, BundleError]

CHANGING = "changing tags of scenes"
NO_SCENE = NotFound("Stash has no such scene any more.", service="Stash", operation=CHANGING)
NO_TAG = NotFound("Stash has no such tag any more; make a new plan.", service="Stash", operation=CHANGING)


class SceneTagTarget:
    """The journal's way to the tags of scenes."""

    def __init__(self, call: Call) -> None:
        self._stash = call.stash
        self._store = call.store
        self._gone: frozenset[int] = frozenset()

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:  # noqa: ARG002
        """The tags the scenes have now."""
        rows = self._stash.scenes.read([int(item.id) for item in items], "tags { id }")
        found = {item: rows.get(int(item.id)) for item in items}
        return {item: {FIELD: [int(tag["id"]) for tag in row["tags"]]} for item, row in found.items() if row}

    def write(self, work: Work) -> Written:
        """One bulk change for all scenes that get, or lose, the same tags."""
        groups: dict[Group, list[Item]] = {}
        for item, changes in work:
            for group in split_changes(changes):
                groups.setdefault(group, []).append(item)
        results: dict[Item, Errors] = {item: {} for item, _ in work}
        for (action, tag_ids), items in groups.items():
            for item, errors in self._change(action, tag_ids, items).items():
                results[item].update(errors)
        return results

    def _change(self, action: str, tag_ids: frozenset[int], items: list[Item]) -> dict[Item, Errors]:
        """Change a group; a tag that Stash has no more fails alone and is not sent again."""
        lost: Errors = {name_member(FIELD, tag_id): NO_TAG for tag_id in tag_ids & self._gone}
        left = tag_ids - self._gone
        if not left:
            return dict.fromkeys(items, lost)
        numbers = {int(item.id): item for item in items}
        change = self._stash.scene_tags.add if action == "add" else self._stash.scene_tags.remove
        try:
            done = change(list(numbers), sorted(left))
        except ServiceError as error:
            if error.stops_run:
                raise
            if self._notice_gone(left):
                return self._change(action, tag_ids, items)
            return self._change_one_by_one(action, tag_ids, items, error)
        if action == "add":
            remember_tags(self._store, dict.fromkeys(done.changed, left))
        missing = set(done.missing)
        return {item: {FIELD: NO_SCENE} if number in missing else lost for number, item in numbers.items()}

    def _notice_gone(self, tag_ids: frozenset[int]) -> bool:
        """Remember which of these tags Stash has no longer; return True if there are any."""
        gone = tag_ids - self._stash.tags.read(tag_ids, "id").keys()
        self._gone |= gone
        return bool(gone)

    def _change_one_by_one(
        self, action: str, tag_ids: frozenset[int], items: list[Item], error: ServiceError
    ) -> dict[Item, Errors]:
        """The group failed as a whole, which one of its scenes may be to blame for."""
        if len(items) == 1:
            return {items[0]: {FIELD: error}}
        return {one: found for item in items for one, found in self._change(action, tag_ids, [item]).items()}


def split_changes(changes: Sequence[Change]) -> list[Group]:
    """Return the tags to add to an item, and those to remove from it."""
    added = frozenset(int(change.after) for change in changes if change.action == "add")
    removed = frozenset(int(change.before) for change in changes if change.action == "remove")
    return [group for group in (("add", added), ("remove", removed)) if group[1]]


def make_target(call: Call) -> SceneTagTarget:
    """For the journal."""
    return SceneTagTarget(call)
