"""Adds tags to many scenes or removes them, in batches that Stash and other plugins' hooks can handle."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from stashapi.stash_types import BulkUpdateIdMode  # type: ignore[import-untyped]

from shared.errors import GraphQLFailed, ServiceError
from shared.stash.library import WRITE_SECONDS, split

if TYPE_CHECKING:
    from shared.stash.library import Ask, LibraryObjects

ADD, REMOVE = BulkUpdateIdMode.ADD, BulkUpdateIdMode.REMOVE
BATCH = 25  # Stash runs the hooks of other plugins for every scene before it answers

CHANGE = "mutation ChangeTags($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"


class TagChange(NamedTuple):
    """The ids of scenes that are as wanted now, and of scenes that are gone."""

    changed: list[int]
    missing: list[int]


class SceneTags:
    """`stash.scene_tags`: changes some tags of scenes; the scene sync and its undo write with it."""

    def __init__(self, ask: Ask, scenes: LibraryObjects) -> None:
        self._ask = ask
        self._scenes = scenes

    def add(self, scene_ids: Iterable[int], tag_ids: Collection[int]) -> TagChange:
        """Add these tags to every scene and return which have them now and which are gone; other tags stay."""
        return self._change(scene_ids, tag_ids, ADD)

    def remove(self, scene_ids: Iterable[int], tag_ids: Collection[int]) -> TagChange:
        """Remove these tags from every scene and return which lack them now and which are gone; other tags stay."""
        return self._change(scene_ids, tag_ids, REMOVE)

    def _change(self, scene_ids: Iterable[int], tag_ids: Collection[int], mode: BulkUpdateIdMode) -> TagChange:
        total = TagChange([], [])
        for batch in split(dict.fromkeys(scene_ids), BATCH):
            result = self._change_batch(batch, tag_ids, mode)
            total.changed.extend(result.changed)
            total.missing.extend(result.missing)
        return total

    def _change_batch(self, batch: list[int], tag_ids: Collection[int], mode: BulkUpdateIdMode) -> TagChange:
        try:
            self._send(batch, tag_ids, mode)
        except ServiceError as error:
            return self._resolve_failure(batch, tag_ids, mode, error)
        return TagChange(batch, [])

    def _resolve_failure(
        self, batch: list[int], tag_ids: Collection[int], mode: BulkUpdateIdMode, error: ServiceError
    ) -> TagChange:
        """Read the scenes after a failure, and return what happened or raise the error.

        A lost reply may hide a success, and one deleted scene fails the whole batch.
        """
        if not error.may_have_happened:
            raise error
        rows = self._scenes.read(batch, "tags { id }")
        present = [number for number in batch if number in rows]
        undone = [number for number in present if not is_done(rows[number]["tags"], tag_ids, mode)]
        is_about_missing = isinstance(error, GraphQLFailed) and len(present) < len(batch)
        if undone and not is_about_missing:
            raise error
        if undone:
            self._send(present, tag_ids, mode)
        return TagChange(present, [number for number in batch if number not in rows])

    def _send(self, batch: list[int], tag_ids: Collection[int], mode: BulkUpdateIdMode) -> None:
        change = {"ids": [str(number) for number in tag_ids], "mode": mode.value}
        variables = {"input": {"ids": [str(number) for number in batch], "tag_ids": change}}
        operation = f"changing tags of {len(batch)} scenes"
        self._ask(CHANGE, variables, operation, read_timeout=WRITE_SECONDS)


def is_done(tags: list[dict[str, str]], tag_ids: Collection[int], mode: BulkUpdateIdMode) -> bool:
    """Return True if a scene's tags are as `add` or `remove` wants them."""
    present = {int(tag["id"]) for tag in tags}
    return present.issuperset(tag_ids) if mode == ADD else present.isdisjoint(tag_ids)
