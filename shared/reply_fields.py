"""Reads the fields of a record whose program is not exact about types: what is absent or mistyped is empty.

For Plex and Whisparr, whose records have values of their own for "none". Records of a stash-box are checked as a whole
(shared/reply_shape.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


def list_of(entry: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects in a list of a reply, none if the list is missing.

    The readers of Plex's and Whisparr's replies use it.
    """
    return [each for each in values_of(entry, name) if isinstance(each, dict)]


def values_of(entry: Mapping[str, Any], name: str) -> list[Any]:
    """Return a list of a reply, empty if it is missing or no list; the readers of replies call it."""
    value = entry.get(name)
    return value if isinstance(value, list) else []


def text_of(entry: Mapping[str, Any], name: str) -> str:
    """Return a value of a reply as text, empty if it is absent; the readers of replies call it."""
    value = entry.get(name)
    return "" if value is None else str(value)


def int_of(entry: Mapping[str, Any], name: str) -> int:
    """Return a value of a reply as a whole number, 0 if it is absent or unreadable; the readers of replies call it."""
    return int(number_of(entry, name))


def number_of(entry: Mapping[str, Any], *names: str) -> float:
    """Return the value of the first name that is present as a number; 0 if there is none or it is unreadable.

    The readers of replies call it.
    """
    value = next((entry[name] for name in names if entry.get(name) is not None), 0)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return number if math.isfinite(number) else 0.0


def is_true(value: object) -> bool:
    """Return True if a flag of a reply is set: as true, 1 or "1". The readers of replies call it."""
    return value is True or str(value).lower() in ("1", "true")
