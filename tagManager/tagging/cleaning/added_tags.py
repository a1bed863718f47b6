"""The provenance of tags on scenes: which ones the sync added, and from which box. Every other tag is a person's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from shared.journal import Journal
from shared.journal.undo import list_standing_additions
from shared.stash.library import split
from tagging.scenes.answer_cache import MAX_QUERY_VALUES

if TYPE_CHECKING:
    from shared.state.store import Store

SEEDED_KEY = "added_tags.seeded"
_SAVE = "INSERT OR REPLACE INTO added_tags VALUES (?, ?, ?, ?)"
_SEED = "INSERT OR IGNORE INTO added_tags VALUES (?, ?, ?, ?)"
_FORGET = "DELETE FROM added_tags WHERE scene = ? AND tag = ?"


class AddedTag(NamedTuple):
    """A tag that the sync added to a scene from a box, and when."""

    scene: int
    tag: int
    endpoint: str
    added: float


def save_added(store: Store, added: Iterable[AddedTag]) -> None:
    """Record tags before the sync adds them; the target calls it."""
    with store.write() as db:
        db.executemany(_SAVE, added)


def forget_added(store: Store, pairs: Iterable[tuple[int, int]]) -> None:
    """Forget pairs of scene and tag: they were not added after all, are off the scene, or a person wants them."""
    with store.write() as db:
        db.executemany(_FORGET, pairs)


def forget_removed(store: Store, present: Mapping[int, Collection[int]]) -> None:
    """Forget added tags that scenes lack by now; `plan_scenes` calls it with the tags of the scenes that it reads.

    If such a tag is there later, a person has added it.
    """
    gone = [(each.scene, each.tag) for each in read_added(store, present) if each.tag not in present[each.scene]]
    if gone:
        forget_added(store, gone)


def read_added(store: Store, scene_ids: Iterable[int]) -> Iterator[AddedTag]:
    """Yield the tags that a sync added to these scenes; withdrawn tags and tags of wrong links are found among them."""
    for piece in split(scene_ids, MAX_QUERY_VALUES):
        marks = ",".join("?" * len(piece))
        for row in store.read(f"SELECT * FROM added_tags WHERE scene IN ({marks})", piece):  # noqa: S608 -- question marks only
            yield AddedTag(row["scene"], row["tag"], row["endpoint"], row["added"])


def list_scenes_with_added(store: Store) -> list[int]:
    """Return the ids of all scenes that have a tag which a sync added, for the search for withdrawn tags."""
    return [row["scene"] for row in store.read("SELECT DISTINCT scene FROM added_tags ORDER BY scene")]


def seed_added(store: Store) -> None:
    """Take over, once, what the history says about syncs of versions that kept no provenance.

    The sync of scene tags, the search for withdrawn tags and the plan of link repairs begin with it.
    """
    if store.kv.get(SEEDED_KEY, bool):
        return
    additions = list_standing_additions(Journal(store), "scene_tags")  # runs from a scene's page are newer than this
    found = [(int(scene), int(tag), source, at) for scene, tag, source, at in additions]
    with store.write() as db:
        db.executemany(_SEED, found)
        store.kv.put(SEEDED_KEY, True)
