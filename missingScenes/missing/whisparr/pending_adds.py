"""Which scenes in Whisparr are ours: those we added, also by a request whose answer nobody lived to read.

Before an add it is noted what is asked for, and when by Whisparr's own clock; Whisparr did not have the scene then. A
scene that turns up later is ours if Whisparr added it within the time a request takes and as we had asked for it.
Anything else was somebody else's doing, and stays when we take back what we did.
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


def note_wish(store: Store, scene_id: str, wish: PendingAdd) -> None:
    """An add of ours is on its way."""
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO wishes VALUES (?, ?, ?, ?)", (scene_id, *wish))


def find_wish(store: Store, scene_id: str) -> PendingAdd | None:
    """The add whose end nobody noted."""
    row = store.first("SELECT asked, profile_id, root_folder FROM wishes WHERE scene_id = ?", (scene_id,))
    return PendingAdd(*row) if row else None


def drop_wish(store: Store, scene_id: str) -> None:
    """It is known that it came to nothing."""
    with store.write() as db:
        db.execute("DELETE FROM wishes WHERE scene_id = ?", (scene_id,))


def is_granted(wish: PendingAdd, scene: WhisparrScene) -> bool:
    """Whether a scene that was not there came by our request."""
    is_in_time = wish.asked <= scene.added <= wish.asked + ADD_SECONDS
    return is_in_time and (scene.profile_id, plain_folder(scene.root_folder)) == (
        wish.profile_id,
        plain_folder(wish.root_folder),
    )


def plain_folder(path: str) -> str:
    """A folder without the slash at its end, which Whisparr adds or drops."""
    return path.rstrip("/\\")


def settle_wish(store: Store, wish: PendingAdd | None, scene_id: str, scene: WhisparrScene) -> bool:
    """A scene that was not there when we asked for it is there: keep and tell whether that was us."""
    if wish and is_granted(wish, scene):
        note_add(store, scene_id, scene.id)
        return True
    drop_wish(store, scene_id)
    return False


def note_add(store: Store, scene_id: str, movie_id: int) -> None:
    """It was us who added it."""
    with store.write() as db:
        db.execute("INSERT OR REPLACE INTO adds VALUES (?, ?, ?)", (scene_id, movie_id, store.clock.now()))
        db.execute("DELETE FROM wishes WHERE scene_id = ?", (scene_id,))


def find_add(store: Store, scene_id: str) -> int | None:
    """Whisparr's number of a scene that we added."""
    row = store.first("SELECT movie_id FROM adds WHERE scene_id = ?", (scene_id,))
    return int(row["movie_id"]) if row else None


def forget_add(store: Store, scene_id: str) -> None:
    """It is no longer there."""
    with store.write() as db:
        db.execute("DELETE FROM adds WHERE scene_id = ?", (scene_id,))
