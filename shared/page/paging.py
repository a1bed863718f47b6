"""The part of a list that a page asks for, and times as it gets them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.page.arguments import read_number

LARGEST_PAGE = 200


class PageRequest(NamedTuple):
    """The part of a list that is asked for; pages count from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """The number of rows before this page."""
        return (self.number - 1) * self.size


def read_page(args: Mapping[str, Any], size: int = 25) -> PageRequest:
    """Return the page that an operation's arguments ask for; its size is bounded."""
    number = read_number(args, "page", 1)
    return PageRequest(max(1, number), min(LARGEST_PAGE, max(1, read_number(args, "page_size", size))))


def format_time(seconds: float | None) -> str | None:
    """Return a time for the page, as RFC 3339 in UTC; None stays None."""
    return None if seconds is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
