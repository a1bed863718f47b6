"""The part of a list that a page asks for, and times as it gets them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple


class PageRequest(NamedTuple):
    """The part of a list that is asked for; pages count from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Return the number of rows before this page, for the queries of lists."""
        return (self.number - 1) * self.size


def read_page(args: Mapping[str, Any]) -> PageRequest:
    """Return the page that the arguments of a list's operation ask for; `arguments.paging` declares them."""
    return PageRequest(args["page"], args["page_size"])


def format_time(seconds: float | None) -> str | None:
    """Return a time for the page, as RFC 3339 in UTC; None stays None."""
    return None if seconds is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
