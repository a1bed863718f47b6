"""The small rules filters are made of: paging, ids, LIKE patterns, criteria and orders, as the real box has them."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Callable, NamedTuple, TypeVar

from sandbox.stashbox.model import BoxEntity

T = TypeVar("T")
Row = TypeVar("Row", bound=BoxEntity)
DEFAULT_PER_PAGE = 25


class BoxFailure(Exception):
    """A GraphQL error with status 200, as a resolver of the real box reports it."""


class Criterion(NamedTuple):
    """A value and a modifier."""

    value: Any
    modifier: str

    @classmethod
    def read(cls, given: dict[str, Any] | None) -> Criterion | None:
        """Return the criterion of an input, None if it was left out."""
        return cls(given.get("value"), given["modifier"]) if given else None


def parse_id(text: object) -> str:
    """Return an id of a query as the box stores it; anything but a UUID is an error."""
    try:
        return str(uuid.UUID(str(text)))
    except ValueError:
        raise BoxFailure(f"invalid UUID length: {len(str(text))}") from None


def parse_hash(text: str) -> int:
    """Return a fingerprint's number: 0 if it is too long; text that is no number fails the request."""
    try:
        return int(text, 16) if len(text) <= 16 else 0
    except ValueError:
        raise BoxFailure("invalid fingerprint hash") from None


def is_id(text: str) -> bool:
    """True if a text is a UUID."""
    return re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text) is not None


def take_page(rows: Sequence[T], page: int, per_page: int, shift: int = 0) -> list[T]:
    """Return one page; zero and below mean the defaults, no page is too large. `shift` rows came in between pages."""
    size = per_page if per_page > 0 else DEFAULT_PER_PAGE
    number = max(page, 1)
    start = (number - 1) * max(size - shift, 0)
    return list(rows[start : start + size])


def compile_like(text: str) -> Callable[[str | None], bool]:
    """Return a test for `column ILIKE %text%`, wildcards in the text included."""
    parts = {"%": ".*", "_": "."}
    pattern = re.compile("".join(parts.get(each, re.escape(each)) for each in text), re.IGNORECASE | re.DOTALL)
    return lambda value: value is not None and pattern.search(value) is not None


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "EQUALS": lambda value, wanted: value is not None and value == wanted,
    "NOT_EQUALS": lambda value, wanted: value is not None and value != wanted,
    "GREATER_THAN": lambda value, wanted: value is not None and value > wanted,
    "LESS_THAN": lambda value, wanted: value is not None and value < wanted,
    "IS_NULL": lambda value, _wanted: value is None,
    "NOT_NULL": lambda value, _wanted: value is not None,
}


def compare_by(criterion: Criterion) -> Callable[[Any], bool]:
    """Return a test of one value; a modifier that does not fit is silently ignored."""
    comparison = COMPARISONS.get(criterion.modifier)
    return lambda value: comparison is None or comparison(value, criterion.value)


def sort_rows(
    rows: Iterable[Row],
    key: Callable[[Row], Any],
    direction: str,
    *,
    nulls_last: bool = False,
    page: int | None = None,
) -> list[Row]:
    """Return rows in Postgres's order: without a value last if ascending, first if descending, then by id.

    With a `page` the real query has no last sort key: equal rows then come in another order for each page.
    """

    def full_key(row: Row) -> tuple[bool, Any, str]:
        value = key(row)
        tie = row.id if page is None else hashlib.blake2b(f"{page} {row.id}".encode(), digest_size=8).hexdigest()
        return value is None, "" if value is None else value, tie

    ordered = sorted(rows, key=full_key, reverse=direction == "DESC")
    if not nulls_last:
        return ordered
    return [row for row in ordered if key(row) is not None] + [row for row in ordered if key(row) is None]
