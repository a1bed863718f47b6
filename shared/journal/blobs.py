"""Large values (pictures) beside the state file, named by their content; rows hold only a reference."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from shared.errors import StateError
from shared.state.files import make_private_folder, remove_file, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "$blob"


class Blobs:
    """A folder of pictures and other large values, named by the hash of their content."""

    def __init__(self, directory: str) -> None:
        self._directory = directory

    def make_reference(self, data: bytes, kind: str = "") -> dict[str, Any]:
        """Return the reference that these bytes would have, without storing them; targets read present values so."""
        import hashlib  # late, as pathlib: few calls handle pictures, but all with a journal come through this module

        return {KEY: hashlib.sha256(data).hexdigest(), "size": len(data), "type": kind}

    def put(self, data: bytes, kind: str = "") -> dict[str, Any]:
        """Store the bytes and return their reference, which a change has as `before` or `after`.

        Planners and targets call it.
        """
        reference = self.make_reference(data, kind)
        path = self._path(reference[KEY])
        try:
            make_private_folder(str(path.parent))
            draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
            draft.write_bytes(data)
            replace_file(str(draft), str(path))  # even if it is there: its age protects it until a row refers to it
        except OSError as error:
            raise StateError(f"A picture cannot be kept in {self._directory}: {error.strerror}.") from error
        return reference

    def get(self, reference: object) -> bytes:
        """Return the bytes behind a reference, for the page and for targets that write them."""
        try:
            return self._path(str(name_of(reference))).read_bytes()
        except OSError as error:
            raise StateError(f"A kept picture is missing in {self._directory}: {error.strerror}.") from error

    def remove(self, name: str, stored_before: float) -> None:
        """Delete these bytes, unless they were stored lately and a plan may be about to refer to them.

        The journal's retention calls it.
        """
        path = self._path(name)
        if path.exists() and path.stat().st_mtime < stored_before:
            remove_file(str(path))

    def list_names(self) -> Iterator[str]:
        """Yield the names of all files, those of drafts of dead processes among them, for the journal's retention."""
        return (path.name for path in self._find_folder().glob("??/*"))

    def _path(self, name: str) -> Path:
        return self._find_folder() / name[:2] / name

    def _find_folder(self) -> Path:
        from pathlib import Path

        return Path(self._directory)


def name_of(value: object) -> str | None:
    """Return the content hash in a reference, None if the value is not a reference; comparisons of values ask."""
    return str(value[KEY]) if isinstance(value, dict) and KEY in value else None
