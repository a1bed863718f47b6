"""Which changes in Stash become entries of the queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plexsync.queue.constants import make_scan_key, make_scene_key
from shared.capture.watch import CREATED, NewEntry, ObjectChange, Watch
from shared.settings import Settings
from shared.stash.library import SCENE


def make_watches(settings: Settings) -> Sequence[Watch]:
    """Return the watch on scenes: all saves count, because the worker compares a scene with Plex anyway.

    While syncing is off nothing is looked for; when it is on again, it takes up where it stopped.
    """

    def make_entries(change: ObjectChange) -> Iterator[NewEntry]:
        is_new_file = change.how == CREATED and settings.trigger_plex_scan
        yield NewEntry(make_scan_key(change.id) if is_new_file else make_scene_key(change.id))

    return (Watch(SCENE, make_entries, is_on=is_syncing(settings)),)


def is_syncing(settings: Settings) -> bool:
    """Return True if changes in Stash are sent to Plex; the watch on scenes and the badge of a scene ask it."""
    return bool(settings.enabled and settings.plex_url and settings.plex_token)
