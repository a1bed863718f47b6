"""Large values (pictures) beside the state file, named by their content; rows hold only a reference."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.errors import StateError

KEY = "$blob"


class Blobs:
    """A folder of bytes by content hash."""

    def __init__(self, directory: str) -> None:
        self._directory = Path(directory)

    def make_reference(self, data: bytes, kind: str = "") -> dict[str, Any]:
        """The reference these bytes would have; nothing is stored. Use it for present values."""
        return {KEY: hashlib.sha256(data).hexdigest(), "size": len(data), "type": kind}

    def put(self, data: bytes, kind: str = "") -> dict[str, Any]:
        """Keep the bytes; the reference goes into a change as `before` or `after`."""
        reference = self.make_reference(data, kind)
        path = self._path(reference[KEY])
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
            draft.write_bytes(data)
            draft.replace(path)  # even if it is there: its age protects it until a row refers to it
        except OSError as error:
            raise StateError(f"A picture cannot be kept in {self._directory}: {error.strerror}.") from error
        return reference

    def get(self, reference: object) -> bytes:
        """The bytes behind a reference."""
        try:
            return self._path(str(name_of(reference))).read_bytes()
        except OSError as error:
            raise StateError(f"A kept picture is missing in {self._directory}: {error.strerror}.") from error

    def remove(self, name: str, stored_before: float) -> None:
        """Delete these bytes, unless they were stored lately and may be about to be referred to."""
        path = self._path(name)
        if path.exists() and path.stat().st_mtime < stored_before:
            path.unlink()

    def list_names(self) -> Iterator[str]:
        """All that is kept; also drafts of processes that died."""
        return (path.name for path in self._directory.glob("??/*"))

    def _path(self, name: str) -> Path:
        return self._directory / name[:2] / name


def name_of(value: object) -> str | None:
    """The content hash in a reference; None when the value is something else."""
    return str(value[KEY]) if isinstance(value, dict) and KEY in value else None
