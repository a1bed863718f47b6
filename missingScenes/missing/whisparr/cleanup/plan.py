"""The plan of the clean-up, and the snapshot that brings a removed scene back. Pure."""

from __future__ import annotations

from shared.journal.run_details import tell_done
from collections.abc import Iterator
from typing import Any

from missing.whisparr.instances import join_id
from shared.journal import Change, Entry, Finding, Item, set_field
from shared.journal.changes import DO, SKIPPED
from shared.whisparr.add import NewScene
from shared.whisparr.errors import NAME
from shared.whisparr.model import WhisparrScene

LIBRARY, MONITORED = "in_whisparr", "monitored"
REASON = "already in your library"
IN_QUEUE = "Left alone: it is in Whisparr's queue. Clean up again when its download has ended."


def snapshot_scene(scene: WhisparrScene) -> dict[str, Any]:
    """Return the values with which an undo brings a removed scene back; a clean-up's changes keep them."""
    return {
        "title": scene.title,
        "profile_id": scene.profile_id,
        "root_folder": scene.root_folder,
        "tags": list(scene.tags),
        "monitored": scene.monitored,
    }


def make_restoring_add(scene_id: str, snapshot: dict[str, Any]) -> NewScene:
    """Return the add with which an undo brings a removed scene back as it was; it lifts the exclusion, too.

    The journal's target calls it.
    """
    tags = tuple(snapshot["tags"])
    return NewScene(
        scene_id,
        snapshot["title"],
        snapshot["profile_id"],
        snapshot["root_folder"],
        tags,
        monitored=snapshot["monitored"],
    )


def name_cleanup(only_unmonitor: bool, occasion: str = "") -> dict[str, str]:
    """Return the sentence of the history about a clean-up, as details of its run; task and queue call it."""
    what = "Stopped monitoring {items scene} in Whisparr" if only_unmonitor else "Removed {items scene} from Whisparr"
    return tell_done(what + occasion)


def plan_removal(scene: WhisparrScene, *, only_unmonitor: bool, is_in_queue: bool, key: str = "") -> Iterator[Entry]:
    """Yield the journal's change for a scene that the library has, or a finding why it is left alone.

    The clean-up calls it, as task and after a save. `key` is that of one of several Whisparrs.
    """
    item = Item("whisparr scene", join_id(scene.stash_id, key), scene.title or scene.stash_id)
    if is_in_queue:
        yield Finding(item, SKIPPED, IN_QUEUE, LIBRARY, NAME)
    elif only_unmonitor:
        yield set_field(item, MONITORED, True, False, source=NAME, reason=REASON)
    else:
        yield Change(item, LIBRARY, DO, snapshot_scene(scene), None, NAME, REASON)
