"""Asks Plex to scan the folder of a new file and queues its scene for when Plex has the item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plexsync.server.connection import ConnectedServer
from plexsync.write.stash_scenes import StashScene
from shared.paths import folder_of, lies_in, native_path
from shared.plex.model import PlexSection
from shared.plex.path_mapping import PathRule, map_path
from shared.queue.drain import EntryOutcome, park
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from shared.runtime.call import Call

SCAN_SECONDS = 20.0  # the wait of the entry, in which Plex scans the folder


class FolderScans:
    """The folder scans of one drain; a folder is scanned once, however many new files it has."""

    def __init__(self, call: Call, server: ConnectedServer, rules: Sequence[PathRule]) -> None:
        self._call = call
        self._server = server
        self._rules = rules
        self._done: set[tuple[str, str]] = set()

    def scan_folders(self, scene: StashScene) -> EntryOutcome | None:
        """Let Plex scan the folders of a new scene and queue the scene; the queue worker calls it.

        Returns why the entry is parked if no library has its folder.
        """
        folders = {folder for file in scene.files for folder in self.find_folders(file.path)}
        if not folders:
            return park("outside", "No chosen library of Plex has its folder. Check the path rules.")
        for section, folder in sorted(folders - self._done):
            self._server.plex.scan_folder(section, folder)
            self._done.add((section, folder))
        Outbox(self._call.store).put(f"scene:{scene.id}", delay=SCAN_SECONDS)
        return None

    def find_folders(self, path: str) -> list[tuple[str, str]]:
        """Return a new file's libraries, each with the folder to scan as Plex writes it, for `scan_folders`."""
        mapped = map_path(path, self._rules).path
        folder = native_path(folder_of(mapped))
        return [(section.id, folder) for section in self._server.sections if has_folder(section, mapped)]


def has_folder(section: PlexSection, path: str) -> bool:
    """Return True if a path lies in a folder of a library, which Plex can scan then."""
    return any(lies_in(path, location.path) for location in section.locations)
