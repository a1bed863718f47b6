"""Files beside the state file with what was taken out of it because it could not be read."""

from __future__ import annotations

import json
import os
import time
from itertools import count
from typing import TYPE_CHECKING, Any

from shared.state.backup import read_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.json_shape import JsonShape


def write_aside(path: str, now: float, table: str, rows: list[dict[str, Any]]) -> str:
    """Write unreadable rows of a table into a new file beside the state file at `path`, and return the file's name.

    The repairs of columns and of stored values call it before they change or remove the rows.
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
    aside = next(each for each in _list_paths(f"{path}.damaged-rows-{table}-{stamp}") if not os.path.exists(each))
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(rows, file, default=repr)
    return os.path.basename(aside)


def find_replacement(path: str, now: float, row: dict[str, Any], shape: JsonShape) -> tuple[Any, str]:
    """Save an unreadable value of the table `kv` in a file of its own, and return the value that takes its place.

    `kv.get` calls it. The value is that of the newest copy of the state file that has a readable one, else None. A
    sentence for the user comes with it. Each reader knows what to do without the value, so the call goes on.
    """
    aside = write_aside(path, now, "kv", [row])
    try:
        value, done = read_value(path, row["name"], shape), "It was taken from the last copy that has it"
    except LookupError:
        value, done = None, "No copy has it, so it begins anew"
    return value, f'The stored value "{row["name"]}" could not be read. {done}; the old content is kept as {aside}.'


def _list_paths(start: str) -> Iterator[str]:
    """Yield names for a file; several values can be set aside within one second."""
    yield f"{start}.json"
    for number in count(2):
        yield f"{start}-{number}.json"
