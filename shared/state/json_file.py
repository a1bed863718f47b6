"""A small JSON object in a file of its own, such as the settings as they were last read from Stash."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from shared.errors import UsageError
from shared.runtime.stdio import decode_document
from shared.state.files import make_private_folder, remove_file, replace_file

if TYPE_CHECKING:
    from typing import Any


def remember(path: str, value: dict[str, Any]) -> None:
    """Save the object in a small JSON file, for all callers that keep one.

    A reader gets the old or the new one. If the disk refuses, the old one stays.
    """
    draft = f"{path}.{os.getpid()}.tmp"
    try:
        make_private_folder(os.path.dirname(path))
        fd = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with open(fd, "w", encoding="utf-8") as file:
            json.dump(value, file)
        replace_file(draft, path)
    except OSError:
        forget(draft)


def recall(path: str) -> dict[str, Any] | None:
    """Return the object in a small JSON file, for all callers that keep one.

    None if there is none or it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return decode_document(file.read())
    except (OSError, UsageError):
        return None


def forget(path: str) -> None:
    """Remove a file; do nothing if it is missing or cannot be removed. `remember` removes its unfinished file so."""
    try:
        remove_file(path)
    except OSError:
        return
