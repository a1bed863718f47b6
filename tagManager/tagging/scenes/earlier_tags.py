"""The tags a scene had after earlier syncs. A tag missing later was taken off by the user and is not added again."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Iterable, Mapping

from shared.stash.library import split
from shared.state.store import Store
from tagging.scenes.answer_cache import MAX_QUERY_VALUES

TAGS = JsonColumn("settled", "tags", [int])


def read_earlier_tags(store: Store, scene_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the tags that these scenes had after earlier syncs, by scene id, for the planner."""
    found: dict[int, frozenset[int]] = {}
    for piece in split(scene_ids, MAX_QUERY_VALUES):
        placeholders = ",".join("?" * len(piece))
        rows = store.read(f"SELECT * FROM settled WHERE scene IN ({placeholders})", piece)  # noqa: S608 -- question marks only
        found.update((row["scene"], frozenset(TAGS.read(row["tags"]))) for row in rows)
    return found


def forget_tags(store: Store, scene_id: int, tags: Iterable[int]) -> None:
    """Forget that a scene had tags, because they came through a wrong link; a sync may add them again."""
    known = read_earlier_tags(store, [scene_id]).get(scene_id, frozenset())
    left = known.difference(tags)
    if left != known:
        with store.write() as db:
            db.execute("INSERT OR REPLACE INTO settled VALUES (?, ?)", (scene_id, json.dumps(sorted(left))))


def remember_tags(store: Store, tags: Mapping[int, Iterable[int]]) -> None:
    """Add tags to those that scenes are known to have had; `plan_scenes` and the journal targets of scenes call it."""
    known = read_earlier_tags(store, tags)
    together = {scene: known.get(scene, frozenset()).union(ids) for scene, ids in tags.items()}
    changed = [
        (scene, json.dumps(sorted(ids))) for scene, ids in together.items() if ids != known.get(scene, frozenset())
    ]
    if changed:
        with store.write() as db:
            db.executemany("INSERT OR REPLACE INTO settled VALUES (?, ?)", changed)
