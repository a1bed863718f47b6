"""Video files that tests and the demo put into the library's folders, until a scan finds them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class VideoFile:
    """A file in the library's folders; hashes not given are derived from the path."""

    path: str
    size: int = 50_000_000
    duration: float = 1200.0
    width: int = 1920
    height: int = 1080
    frame_rate: float = 30.0
    bit_rate: int = 4_000_000
    video_codec: str = "h264"
    audio_codec: str = "aac"
    format: str = "mp4"
    oshash: str = ""
    phash: str = ""
    md5: str = ""
    mod_time: str = ""

    @property
    def hashes(self) -> dict[str, str | int]:
        """Fingerprints that exist as soon as Stash knows the file, for scans."""
        found: dict[str, str | int] = {"oshash": self.oshash or hashlib.md5(self.path.encode()).hexdigest()[:16]}
        return {**found, "md5": self.md5} if self.md5 else found


class Disk:
    """Files that were put into the library's folders and not scanned yet."""

    def __init__(self) -> None:
        self._waiting: list[VideoFile] = []
        self._lock = threading.Lock()

    def drop(self, *files: VideoFile) -> None:
        """Put files into the library's folders, for the next scan to find; tests and the demo call this."""
        with self._lock:
            self._waiting += files

    def take(self, is_wanted: Callable[[VideoFile], bool]) -> list[VideoFile]:
        """Return the new files that a scan finds, and forget them; `run_scan` calls it."""
        with self._lock:
            found = [file for file in self._waiting if is_wanted(file)]
            self._waiting = [file for file in self._waiting if file not in found]
        return found
