"""Adds tags to many objects or removes them, in batches that Stash and other plugins' hooks can handle."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from stashapi.stash_types import BulkUpdateIdMode  # type: ignore[import-untyped]

from shared.errors import GraphQLFailed, ServiceError
from shared.stash.library import SCENE, WRITE_SECONDS, split

if TYPE_CHECKING:
    from shared.stash.library import Ask, LibraryObjects

ADD, REMOVE = BulkUpdateIdMode.ADD, BulkUpdateIdMode.REMOVE
# Listeners of our plugins do not hear a save with this mark, because another one follows at once (hear_save.js).
MORE_FOLLOW = "more saves follow"
BATCH = 25  # Stash runs the hooks of other plugins for every scene before it answers

CHANGE = "mutation ChangeTags($input: Bulk%(type)sUpdateInput!) { bulk%(type)sUpdate(input: $input) { id } }"


class TagChange(NamedTuple):
    """The ids of objects that are as wanted now, and of objects that are gone."""

    changed: list[int]
    missing: list[int]


class ObjectTagEdit(NamedTuple):
    """The change that a call makes to the tags of its objects, and whether another write follows at once."""

    tag_ids: Collection[int]
    mode: BulkUpdateIdMode
    more_follow: bool


class ObjectTags:
    """Changes some tags of objects of one kind; the scene sync, the cleaning of tags, and their undo write with it.

    `has_bulk` is False if this Stash changes objects of this kind only one by one.
    """

    def __init__(self, ask: Ask, objects: LibraryObjects, *, has_bulk: bool = True) -> None:
        self._ask = ask
        self._objects = objects
        self._has_bulk = has_bulk

    def add(self, ids: Iterable[int], tag_ids: Collection[int], *, more_follow: bool = False) -> TagChange:
        """Add these tags to every object and return which have them now and which are gone; other tags stay.

        Tag Manager's targets call it. With `more_follow` the caller promises to write again at once: our listeners
        wait for that write.
        """
        return self._change(ids, ObjectTagEdit(tag_ids, ADD, more_follow))

    def remove(self, ids: Iterable[int], tag_ids: Collection[int], *, more_follow: bool = False) -> TagChange:
        """Remove these tags from every object and return which lack them now and which are gone; other tags stay.

        Tag Manager's targets call it. `more_follow` see `add`.
        """
        return self._change(ids, ObjectTagEdit(tag_ids, REMOVE, more_follow))

    def _change(self, ids: Iterable[int], edit: ObjectTagEdit) -> TagChange:
        total = TagChange([], [])
        for batch in split(dict.fromkeys(ids), BATCH):
            result = self._change_batch(batch, edit)
            total.changed.extend(result.changed)
            total.missing.extend(result.missing)
        return total

    def _change_batch(self, batch: list[int], edit: ObjectTagEdit) -> TagChange:
        try:
            self._send(batch, edit)
        except ServiceError as error:
            return self._resolve_failure(batch, edit, error)
        return TagChange(batch, [])

    def _resolve_failure(self, batch: list[int], edit: ObjectTagEdit, error: ServiceError) -> TagChange:
        """Read the objects after a failure, and return what happened or raise the error.

        A lost reply may hide a success, and one deleted object fails the whole batch.
        """
        if not error.may_have_happened:
            raise error
        rows = self._objects.read(batch, "tags { id }")
        present = [number for number in batch if number in rows]
        undone = [number for number in present if not is_done(rows[number]["tags"], edit)]
        is_about_missing = isinstance(error, GraphQLFailed) and len(present) < len(batch)
        if undone and not is_about_missing:
            raise error
        if undone:
            self._send(present, edit)
        return TagChange(present, [number for number in batch if number not in rows])

    def _send(self, batch: list[int], edit: ObjectTagEdit) -> None:
        if not self._has_bulk:
            self._send_one_by_one(batch, edit)
            return
        kind = self._objects.kind
        change = {"ids": [str(number) for number in edit.tag_ids], "mode": edit.mode.value}
        values: dict[str, object] = {"ids": [str(number) for number in batch], "tag_ids": change}
        if edit.more_follow and kind == SCENE:  # our listeners hear scenes only
            values["clientMutationId"] = MORE_FOLLOW
        operation = f"changing tags of {len(batch)} {kind.plural.replace('_', ' ')}"
        self._ask(CHANGE % {"type": kind.type}, {"input": values}, operation, read_timeout=WRITE_SECONDS)

    def _send_one_by_one(self, batch: list[int], edit: ObjectTagEdit) -> None:
        for number, row in self._objects.read(batch, "tags { id }").items():
            present = [int(tag["id"]) for tag in row["tags"]]
            kept = [each for each in present if each not in edit.tag_ids]
            wanted = [*kept, *edit.tag_ids] if edit.mode == ADD else kept
            if set(wanted) != set(present):
                self._objects.update(number, {"tag_ids": [str(each) for each in wanted]})


def is_done(tags: list[dict[str, str]], edit: ObjectTagEdit) -> bool:
    """Return True if an object's tags are as `add` or `remove` wants them, after a write that failed."""
    present = {int(tag["id"]) for tag in tags}
    return present.issuperset(edit.tag_ids) if edit.mode == ADD else present.isdisjoint(edit.tag_ids)
