"""Takes over the changes that hooks of version 1.0 left in files when the state file could not be written.

There was one small file per change, whose names sort by time. Later versions write none.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NamedTuple

from shared.json_text import decode_json
from shared.state.files import remove_file

if TYPE_CHECKING:
    from collections.abc import Callable


class SpooledChange(NamedTuple):
    """A change in a file: an entry of the queue."""

    key: str
    fields: list[str]
    note: object


def take_over(directory: str, put: Callable[[SpooledChange], None]) -> None:
    """Put each change of the directory, oldest first, and remove its file and in the end the directory.

    The first drain after the plugin's update from version 1.0 calls it. A process that is killed in between puts a
    change twice, which is the same as once. A file that holds no change is removed: only a crash of the whole machine
    left one.
    """
    if not os.path.isdir(directory):
        return
    for name in sorted(os.listdir(directory)):
        path = os.path.join(directory, name)
        change = read_change(path) if name.endswith(".json") else None
        if change is not None:
            put(change)
        with contextlib.suppress(OSError):
            remove_file(path)
    with contextlib.suppress(OSError):
        os.rmdir(directory)


def read_change(path: str) -> SpooledChange | None:
    """Return the change in a file of version 1.0's spool; None if it holds none. `take_over` calls it."""
    try:
        with open(path, encoding="utf-8") as file:
            raw = decode_json(file.read())
        return SpooledChange(str(raw["key"]), [str(field) for field in raw["fields"]], raw.get("note"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
