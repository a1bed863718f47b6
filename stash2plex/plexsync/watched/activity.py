"""Reads and writes the plays, positions and stars of scenes in Stash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plexsync.watched.plan import SceneWatched, format_play, parse_play
from plexsync.write.stash_scenes import name_scene
from shared.stash import StashClient
from shared.stash.filters import parse_time

FIELDS = "title rating100 play_history resume_time updated_at files { path duration }"
ADD_PLAYS = "mutation Add($id: ID!, $times: [Timestamp!]) { done: sceneAddPlay(id: $id, times: $times) { count } }"
DELETE_PLAYS = (
    "mutation Delete($id: ID!, $times: [Timestamp!]) { done: sceneDeletePlay(id: $id, times: $times) { count } }"
)
SAVE_POSITION = "mutation Save($id: ID!, $at: Float) { done: sceneSaveActivity(id: $id, resume_time: $at) }"


def read_watched(stash: StashClient, ids: Iterable[int]) -> dict[int, SceneWatched]:
    """Return what Stash knows about the watching of scenes, by id, for the runs that take plays and their target.

    Scenes that are gone are left out.
    """
    return {number: make_watched(number, row) for number, row in stash.scenes.read(ids, FIELDS).items()}


def make_watched(number: int, row: Mapping[str, Any]) -> SceneWatched:
    """Return a scene's row of Stash's answer as SceneWatched."""
    files = row["files"]
    return SceneWatched(
        number,
        name_scene(number, row["title"], files),
        tuple(sorted(parse_play(text) for text in row["play_history"])),
        float(row["resume_time"] or 0),
        row["rating100"],
        float(files[0]["duration"] or 0) if files else 0.0,
        int(parse_time(row["updated_at"]).timestamp()),
    )


def add_plays(stash: StashClient, scene_id: int, times: Sequence[int]) -> None:
    """Add plays to a scene. Stash adds them also if it has them already, so the journal's target compares first."""
    values = {"id": str(scene_id), "times": [format_play(at) for at in times]}
    stash.ask(ADD_PLAYS, values, f"adding plays to scene {scene_id}")


def delete_plays(stash: StashClient, scene_id: int, times: Sequence[int]) -> None:
    """Delete the plays of a scene at exactly these times, for an undo."""
    values = {"id": str(scene_id), "times": [format_play(at) for at in times]}
    stash.ask(DELETE_PLAYS, values, f"deleting plays of scene {scene_id}")


def save_position(stash: StashClient, scene_id: int, seconds: float) -> None:
    """Set the position at which a scene goes on; the time that it was played stays."""
    stash.ask(SAVE_POSITION, {"id": str(scene_id), "at": seconds}, f"setting the position of scene {scene_id}")
