"""Journal target for tags of scenes: additions and removals, in bulk for scenes with the same ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from shared.errors import BundleError, NotFound, ServiceError
from shared.journal import Change, Item, Json, Work, Written, name_member
from tagging.scenes.earlier_tags import remember_tags
from tagging.scenes.plan import TAGS_FIELD

if TYPE_CHECKING:
    from shared.runtime.call import Call

Group = tuple[str, frozenset[int]]
Errors = dict[str, BundleError]

KIND = "scene_tags"
ONE_SCENE = "one_scene_tags"  # plans from a scene's page, which are not the plan of the Scene tags tab
CHANGING = "changing tags of scenes"
NO_SCENE = NotFound("Stash has no such scene any more.", service="Stash", operation=CHANGING)
NO_TAG = NotFound("Stash has no such tag any more; make a new plan.", service="Stash", operation=CHANGING)


class SceneTagTarget:
    """Journal target of the kind `scene_tags`: adds tags to scenes and removes them, in bulk."""

    batch_size = 200  # the more scenes, the more of them share their tags and are written at once

    def __init__(self, call: Call) -> None:
        self._stash = call.stash
        self._store = call.store
        self._missing_tags: frozenset[int] = frozenset()

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:  # noqa: ARG002
        """Return the tags that the scenes have now; the journal compares them with a plan before it writes."""
        rows = self._stash.scenes.read([int(item.id) for item in items], "tags { id }")
        found = {item: rows.get(int(item.id)) for item in items}
        return {item: {TAGS_FIELD: [int(tag["id"]) for tag in row["tags"]]} for item, row in found.items() if row}

    def write(self, work: Work) -> Written:
        """Make one bulk change for all scenes that get, or lose, the same tags; return the errors of each scene."""
        groups: dict[Group, list[Item]] = {}
        for item, changes in work:
            for group in split_changes(changes):
                groups.setdefault(group, []).append(item)
        results: dict[Item, Errors] = {item: {} for item, _ in work}
        for number, ((action, tag_ids), items) in enumerate(groups.items(), 1):
            # The first write wakes the listeners although later ones may fail, the last one although a drain was quick.
            more_follow = 1 < number < len(groups)
            for item, errors in self._change(action, tag_ids, items, more_follow=more_follow).items():
                results[item].update(errors)
        return results

    def _change(
        self, action: str, tag_ids: frozenset[int], items: list[Item], *, more_follow: bool = False
    ) -> dict[Item, Errors]:
        """Change a group and return the errors by item; a tag that Stash lacks fails alone and is not sent again."""
        tag_errors: Errors = {name_member(TAGS_FIELD, tag_id): NO_TAG for tag_id in tag_ids & self._missing_tags}
        left = tag_ids - self._missing_tags
        if not left:
            return dict.fromkeys(items, tag_errors)
        numbers = {int(item.id): item for item in items}
        change = self._stash.scene_tags.add if action == "add" else self._stash.scene_tags.remove
        try:
            done = change(list(numbers), sorted(left), more_follow=more_follow)
        except ServiceError as error:
            if error.stops_run:
                raise
            if self._note_missing_tags(left):
                return self._change(action, tag_ids, items)
            return self._change_one_by_one(action, tag_ids, items, error)
        if action == "add":
            remember_tags(self._store, dict.fromkeys(done.changed, left))
        missing = set(done.missing)
        return {item: {TAGS_FIELD: NO_SCENE} if number in missing else tag_errors for number, item in numbers.items()}

    def _note_missing_tags(self, tag_ids: frozenset[int]) -> bool:
        """Remember which of these tags Stash no longer has; return True if there are any."""
        missing = tag_ids - self._stash.tags.read(tag_ids, "id").keys()
        self._missing_tags |= missing
        return bool(missing)

    def _change_one_by_one(
        self, action: str, tag_ids: frozenset[int], items: list[Item], error: ServiceError
    ) -> dict[Item, Errors]:
        """Change the scenes of a failed group one by one, as one may be the cause, and return the errors of each."""
        if len(items) == 1:
            return {items[0]: {TAGS_FIELD: error}}
        return {one: found for item in items for one, found in self._change(action, tag_ids, [item]).items()}


def split_changes(changes: Sequence[Change]) -> list[Group]:
    """Return the groups that a scene's changes belong to, for the bulk writes: tags to add, and tags to remove."""
    added = frozenset(int(change.after) for change in changes if change.action == "add")
    removed = frozenset(int(change.before) for change in changes if change.action == "remove")
    return [group for group in (("add", added), ("remove", removed)) if group[1]]


def make_target(call: Call) -> SceneTagTarget:
    """Return the target for plans of the kind `scene_tags`; the entry table names this function."""
    return SceneTagTarget(call)
