"""Asks Plex to look into the folder of a new file, and sees to it that its scene is synced once the item is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plexsync.server.connection import ConnectedServer
from plexsync.write.stash_scenes import StashScene
from shared.plex.model import Section
from shared.plex.paths import Rule, folder_of, lies_in, map_path, native_path
from shared.queue.drain import Outcome, park
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from shared.runtime.call import Call

FIRST_LOOK = 20.0  # seconds a scan of one folder may take


class FolderScans:
    """The scans of one process; a folder is scanned once, however many files are new in it."""

    def __init__(self, call: Call, server: ConnectedServer, rules: Sequence[Rule]) -> None:
        self._call = call
        self._server = server
        self._rules = rules
        self._done: set[tuple[str, str]] = set()

    def scan_folders(self, scene: StashScene) -> Outcome | None:
        """Start the scans for a new scene."""
        folders = {folder for file in scene.files for folder in self.find_folders(file.path)}
        if not folders:
            return park("outside", "No chosen library of Plex has its folder. Check the path rules.")
        for section, folder in sorted(folders - self._done):
            self._server.plex.scan_folder(section, folder)
            self._done.add((section, folder))
        Outbox(self._call.store).put(f"scene:{scene.id}", delay=FIRST_LOOK)
        return None

    def find_folders(self, path: str) -> list[tuple[str, str]]:
        """The libraries a file belongs to, each with its folder as Plex writes it."""
        mapped = map_path(path, self._rules).path
        folder = native_path(folder_of(mapped))
        return [(section.id, folder) for section in self._server.sections if has_folder(section, mapped)]


def has_folder(section: Section, path: str) -> bool:
    """Whether a file lies in a library."""
    return any(lies_in(path, location.path) for location in section.locations)
