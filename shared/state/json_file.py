"""A small JSON object in a file of its own, such as the copy of the settings.

Opening SQLite doubles the price of a hook. A feature that is switched off must not cost that much on every save.
"""

from __future__ import annotations

import os

from shared.errors import UsageError
from shared.runtime.stdio import decode_document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def remember(path: str, value: dict[str, Any]) -> None:
    """Write the object to the file, whole or not at all; a failed write costs only this memory."""
    import json  # late: only writers need it, and hooks only read

    draft = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        fd = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with open(fd, "w", encoding="utf-8") as file:
            json.dump(value, file)
        os.replace(draft, path)
    except OSError:
        forget(draft)


def recall(path: str) -> dict[str, Any] | None:
    """Return the object in the file; None if there is none or it cannot be read."""
    try:
        with open(path, "rb") as file:
            return decode_document(file.read())
    except (OSError, UsageError):
        return None


def forget(path: str) -> None:
    """Remove the file if it is there."""
    try:
        os.remove(path)
    except OSError:
        return
