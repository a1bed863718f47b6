"""Records of the scenes that this plugin added to Whisparr, also by a request whose answer was lost.

Before an add, the plugin saves what it asks for, and when by Whisparr's own clock; Whisparr did not have the scene
then. A scene that turns up later was added by the plugin if Whisparr added it within the time a request takes, with the
same profile and folder. Any other scene was added by a person and stays when the plugin's adds are undone.
"""

from __future__ import annotations

from typing import NamedTuple

from shared.state.store import Store
from shared.whisparr.model import WhisparrScene

ADD_SECONDS = 120.0


class PendingAdd(NamedTuple):
    """An add that was sent or is about to be: when, by Whisparr's clock, and with which choices."""

    asked: float
    profile_id: int
    root_folder: str


def save_pending_add(store: Store, scene_id: str, pending: PendingAdd) -> None:
    """Save an add before AddTarget sends it."""
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO wishes VALUES (?, ?, ?, ?)", (scene_id, *pending))


def find_pending_add(store: Store, scene_id: str) -> PendingAdd | None:
    """Return the pending add of a scene, whose end was not saved, for AddTarget; None if there is none."""
    row = store.first("SELECT asked, profile_id, root_folder FROM wishes WHERE scene_id = ?", (scene_id,))
    return PendingAdd(*row) if row else None


def delete_pending_add(store: Store, scene_id: str) -> None:
    """Delete a pending add that is known to have failed; AddTarget and `confirm_add` call it."""
    with store.write() as db:
        db.execute("DELETE FROM wishes WHERE scene_id = ?", (scene_id,))


def was_sent(pending: PendingAdd, scene: WhisparrScene) -> bool:
    """Return True if this plugin's request added a scene that Whisparr did not have before; `confirm_add` asks."""
    is_in_time = pending.asked <= scene.added <= pending.asked + ADD_SECONDS
    return is_in_time and (scene.profile_id, plain_folder(scene.root_folder)) == (
        pending.profile_id,
        plain_folder(pending.root_folder),
    )


def plain_folder(path: str) -> str:
    """Return a folder without the slash at its end, which Whisparr adds or drops; `was_sent` compares so."""
    return path.rstrip("/\\")


def confirm_add(store: Store, pending: PendingAdd | None, scene_id: str, scene: WhisparrScene) -> bool:
    """Settle a pending add whose scene is in Whisparr now; return True if this plugin added it.

    The add is saved as the plugin's, or the pending one is deleted. AddTarget calls it.
    """
    if pending and was_sent(pending, scene):
        save_add(store, scene_id, scene.id)
        return True
    delete_pending_add(store, scene_id)
    return False


def save_add(store: Store, scene_id: str, movie_id: int) -> None:
    """Save that this plugin added a scene, so that an undo may remove it; AddTarget calls it."""
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO adds VALUES (?, ?, ?)", (scene_id, movie_id, store.clock.now()))
        db.execute("DELETE FROM wishes WHERE scene_id = ?", (scene_id,))


def find_add(store: Store, scene_id: str) -> int | None:
    """Return Whisparr's number of a scene that this plugin added, None for any other scene; an undo asks for it."""
    row = store.first("SELECT movie_id FROM adds WHERE scene_id = ?", (scene_id,))
    return int(row["movie_id"]) if row else None


def delete_add(store: Store, scene_id: str) -> None:
    """Delete the record of an add after AddTarget took it back."""
    with store.write() as db:
        db.execute("DELETE FROM adds WHERE scene_id = ?", (scene_id,))
