"""Which changes in Stash become entries of the queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plexsync.queue.constants import make_scan_key, make_scene_key
from shared.capture.store import KnownObjects
from shared.capture.watch import CREATED, NewEntry, ObjectChange, Watch
from shared.settings import Settings
from shared.stash.library import SCENE
from shared.state.store import Store


def make_watches(settings: Settings) -> Sequence[Watch]:
    """Return the watch on scenes: all saves count, because the worker compares a scene with Plex anyway.

    While syncing is off nothing is looked for; when it is on again, it takes up where it stopped.
    """

    def make_entries(change: ObjectChange) -> Iterator[NewEntry]:
        is_new_file = change.how == CREATED and settings.trigger_plex_scan
        yield NewEntry(make_scan_key(change.id) if is_new_file else make_scene_key(change.id))

    return (Watch(SCENE, make_entries, is_on=is_syncing(settings)),)


def is_save_unseen(store: Store, settings: Settings, scene_id: int, saved_at: float | None) -> bool:
    """Return True if the queue has not taken in a scene's save of this time yet; a scene's badge and dialog ask."""
    if saved_at is None or not is_syncing(settings):
        return False
    return KnownObjects(store, SCENE.name).is_behind(scene_id, saved_at)


def is_syncing(settings: Settings) -> bool:
    """Return True if changes in Stash are sent to Plex; the watch on scenes and the badge of a scene ask it."""
    return bool(settings.enabled and settings.plex_url and settings.plex_token)
