"""Arguments of the page's calls, read defensively: ids come as text, sizes may be anything."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.errors import UsageError

LARGEST_PAGE = 200


class PageRequest(NamedTuple):
    """Which part of a list is wanted; pages count from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many rows come before it."""
        return (self.number - 1) * self.size


def read_page(args: Mapping[str, Any], size: int = 25) -> PageRequest:
    """The wanted page; sizes are bounded."""
    number = read_number(args, "page", 1)
    return PageRequest(max(1, number), min(LARGEST_PAGE, max(1, read_number(args, "page_size", size))))


def read_number(args: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """A whole number; ids reach us as text."""
    value = args.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise UsageError(f'The argument "{name}" must be a number, but is {value!r}.') from None


def read_numbers(args: Mapping[str, Any], name: str) -> list[int] | None:
    """A list of whole numbers; None when it is left out."""
    values = args.get(name)
    if values is None:
        return None
    if not isinstance(values, list):
        raise UsageError(f'The argument "{name}" must be a list.')
    return [read_number({name: value}, name) for value in values]


def format_time(seconds: float | None) -> str | None:
    """RFC 3339 in UTC; None stays None."""
    return None if seconds is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
