"""One small file per change of a hook, for when the state file cannot be written in time.

A file per change instead of lines in one file: making one is atomic on every system and drive, and a reader never meets
half of one. Names sort by time.
"""

from __future__ import annotations

import json
import os
import time

from shared.errors import StateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

ASKED = "asked"


class Spool:
    """A directory of changes that wait to be taken in."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    def add(self, change: dict[str, object]) -> None:
        """Keep one change; raises `StateError` when even that cannot be written."""
        name = f"{time.time_ns():020d}-{os.getpid()}-{os.urandom(3).hex()}"
        draft = os.path.join(self.directory, name + ".tmp")
        try:
            os.makedirs(self.directory, mode=0o700, exist_ok=True)
            _write_file(draft, json.dumps(change).encode())
            os.replace(draft, os.path.join(self.directory, name + ".json"))
        except OSError as error:
            _remove(draft)
            raise StateError(
                f"The change could not be kept in {self.directory}: {error.strerror}. Free some space and allow "
                "Stash's user to write there; a full sync brings in what was missed."
            ) from error

    def ask_once(self, now: float, expires: float) -> bool:
        """`Outbox.ask_once` for when the state file cannot be written: a file's age tells when it was asked last."""
        path = os.path.join(self.directory, ASKED)
        try:
            if abs(now - os.stat(path).st_mtime) < expires:
                return False
        except OSError:
            pass  # no drain was asked for yet
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            os.utime(path, (now, now))
        except OSError:
            return False
        return True

    def forget_ask(self) -> None:
        """Forget that the drain was asked for: the request failed, or the drain has begun."""
        _remove(os.path.join(self.directory, ASKED))

    def names(self) -> list[str]:
        """The waiting changes, oldest first."""
        try:
            return sorted(name for name in os.listdir(self.directory) if name.endswith(".json"))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StateError(f"{self.directory} cannot be read: {error.strerror}. Let Stash's user do so.") from error

    def read(self, names: list[str]) -> Iterator[dict[str, Any]]:
        """The content of these files; one that makes no sense (a crash of the whole machine) is left out."""
        for name in names:
            try:
                with open(os.path.join(self.directory, name), encoding="utf-8") as file:
                    change = json.load(file)
            except (OSError, ValueError):
                continue
            if isinstance(change, dict):
                yield change

    def remove(self, names: list[str]) -> None:
        """Forget them, after they were taken in."""
        self.forget_ask()
        try:
            for name in names:
                os.remove(os.path.join(self.directory, name))
        except OSError as error:
            raise StateError(f"{self.directory} cannot be emptied: {error.strerror}.") from error


def _write_file(path: str, data: bytes) -> None:
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        if os.write(fd, data) != len(data):
            raise OSError(28, "No space left on device")
    finally:
        os.close(fd)


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return
