"""Adds and removes tags in bulk for the journal's targets: one change for all objects that get, or lose, the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from shared.errors import BundleError, NotFound, ServiceError
from shared.journal import Change, Item, Work, name_member

if TYPE_CHECKING:
    from shared.stash import LibraryObjects
    from shared.stash.object_tags import ObjectTags

Group = tuple[str, frozenset[int]]
Errors = dict[str, BundleError]
NoteChanges = Callable[[str, Iterable[int], frozenset[int]], None]

TAGS_FIELD = "tags"
CHANGING = "changing tags"
NO_TAG = NotFound("Stash has no such tag any more; make a new plan.", service="Stash", operation=CHANGING)


class TagWriter:
    """Writes the tag changes of items of one kind; `note_changes` gets action, ids and tags of what was written."""

    def __init__(self, tags: LibraryObjects, object_tags: ObjectTags, note_changes: NoteChanges) -> None:
        self._tags = tags
        self._object_tags = object_tags
        self._note_changes = note_changes
        self._missing_tags: frozenset[int] = frozenset()

    def write(self, work: Work) -> dict[Item, Errors]:
        """Make one bulk change for all items that get, or lose, the same tags; return the errors of each item.

        The journal's targets for tags of scenes and for clean-ups call it. An item without an error has an empty entry.
        """
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
        change = self._object_tags.add if action == "add" else self._object_tags.remove
        try:
            done = change(list(numbers), sorted(left), more_follow=more_follow)
        except ServiceError as error:
            if error.stops_run:
                raise
            if self._note_missing_tags(left):
                return self._change(action, tag_ids, items)
            return self._change_one_by_one(action, tag_ids, items, error)
        self._note_changes(action, done.changed, left)
        missing = set(done.missing)
        return {
            item: {TAGS_FIELD: make_gone(item)} if number in missing else tag_errors for number, item in numbers.items()
        }

    def _note_missing_tags(self, tag_ids: frozenset[int]) -> bool:
        """Remember which of these tags Stash no longer has; return True if there are any."""
        missing = tag_ids - self._tags.read(tag_ids, "id").keys()
        self._missing_tags |= missing
        return bool(missing)

    def _change_one_by_one(
        self, action: str, tag_ids: frozenset[int], items: list[Item], error: ServiceError
    ) -> dict[Item, Errors]:
        """Change the items of a failed group one by one, as one may be the cause, and return the errors of each."""
        if len(items) == 1:
            return {items[0]: {TAGS_FIELD: error}}
        return {one: found for item in items for one, found in self._change(action, tag_ids, [item]).items()}


def make_gone(item: Item) -> NotFound:
    """Return the error of an object that was deleted meanwhile."""
    return NotFound(f"Stash has no such {item.kind} any more.", service="Stash", operation=CHANGING)


def split_changes(changes: Sequence[Change]) -> list[Group]:
    """Return the groups that an item's changes belong to, for the bulk writes: tags to add, and tags to remove."""
    added = frozenset(int(change.after) for change in changes if change.action == "add")
    removed = frozenset(int(change.before) for change in changes if change.action == "remove")
    return [group for group in (("add", added), ("remove", removed)) if group[1]]
