"""The small rules of arguments and filters: ids and hashes, paging, LIKE patterns, criteria, orders."""

from __future__ import annotations

import functools
import hashlib
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Callable, NamedTuple, TypeVar

from graphql import GraphQLInputObjectType, GraphQLList, get_named_type

from sandbox.gqlgen.documents import Path
from sandbox.gqlgen.endpoint import ArgumentError
from sandbox.stashbox.model import BoxEntity

T = TypeVar("T")
Row = TypeVar("Row", bound=BoxEntity)
DEFAULT_PER_PAGE = 25
HEX = re.compile("[0-9a-fA-F]")
DASHES = (8, 13, 18, 23)


class BoxFailure(Exception):
    """A GraphQL error with status 200, as a resolver of the real box reports it."""


class Criterion(NamedTuple):
    """A value and a modifier."""

    value: Any
    modifier: str

    @classmethod
    def read(cls, given: dict[str, Any] | None) -> Criterion | None:
        """Return the criterion of a stash-box query's input, None if it was left out."""
        return cls(given.get("value"), given["modifier"]) if given else None


def check_arguments(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Return a resolver that first checks the ids and hashes among its arguments, also without a valid key."""

    @functools.wraps(resolve)
    def resolve_checked(parent: object, info: Any, **arguments: Any) -> Any:
        declared = info.parent_type.fields[info.field_name].args
        for name, value in arguments.items():
            _check(declared[name].type, value, (name,))
        return resolve(parent, info, **arguments)

    return resolve_checked


def parse_id(text: str) -> str:
    """Return an id of a query as the box stores it; raise ValueError with the words of the box if it is none."""
    if len(text) not in (32, 36):
        raise ValueError(f"uuid: incorrect UUID length {len(text)} in string {_quote(text)}")
    if len(text) == 36 and any(text[place] != "-" for place in DASHES):
        raise ValueError(f"uuid: incorrect UUID format in string {_quote(text)}")
    digits = "".join(each for place, each in enumerate(text) if len(text) == 32 or place not in DASHES)
    wrong = next((each for each in digits if not HEX.match(each)), None)
    if wrong is not None:
        raise ValueError(f"encoding/hex: invalid byte: U+{ord(wrong):04X} '{wrong}'")
    return str(uuid.UUID(digits))


def parse_hash(text: str) -> int:
    """Return a fingerprint's number, 0 if it is too long; raise ValueError with the words of the box if it is none."""
    if len(text) > 16:
        return 0
    if not text or any(not HEX.match(each) for each in text):
        raise ValueError(f"invalid fingerprint hash: strconv.ParseUint: parsing {_quote(text)}: invalid syntax")
    return int(text, 16)


SCALARS: dict[str, Callable[[str], object]] = {"ID": parse_id, "FingerprintHash": parse_hash}


def _check(wanted: Any, value: Any, path: Path) -> None:
    kind = get_named_type(wanted)
    if isinstance(value, list):
        for place, item in enumerate(value):
            _check(_inner_of(wanted), item, (*path, place))
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
        for name, item in value.items():
            _check(kind.fields[name].type, item, (*path, name))
    elif value is not None and kind.name in SCALARS:
        try:
            SCALARS[kind.name](value)
        except ValueError as error:
            raise ArgumentError(str(error), path) from None


def _inner_of(wanted: Any) -> Any:
    while not isinstance(wanted, GraphQLList):
        wanted = wanted.of_type
    return wanted.of_type


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_id(text: str) -> bool:
    """Return True if a text is a UUID, for the queries of the stash-box double."""
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
    """Return a test of one number or date; a modifier that does not fit is silently ignored."""
    comparison = COMPARISONS.get(criterion.modifier)
    return lambda value: comparison is None or comparison(value, criterion.value)


def compare_text(criterion: Criterion) -> Callable[[str | None], bool]:
    """Return a test of one text: parts of it are found too, but no text is greater or less than another."""
    if criterion.modifier == "INCLUDES":
        return compile_like(criterion.value)
    if criterion.modifier in ("GREATER_THAN", "LESS_THAN"):
        return lambda _value: True
    return compare_by(criterion)


def compare_id(criterion: Criterion) -> Callable[[str | None], bool]:
    """Return a test of a reference; without a value most modifiers are ignored, and INCLUDES finds nothing."""
    wanted = [parse_id(each) for each in criterion.value]
    tests: dict[str, Callable[[str | None], bool]] = {
        "EQUALS": lambda value: not wanted or value == wanted[0],
        "NOT_EQUALS": lambda value: not wanted or (value is not None and value != wanted[0]),
        "INCLUDES": lambda value: value in wanted,
        "EXCLUDES": lambda value: value not in wanted,
    }
    return tests.get(criterion.modifier) or compare_by(criterion)


def sort_rows(
    rows: Iterable[Row],
    key: Callable[[Row], Any],
    direction: str,
    *,
    nulls_last: bool = False,
    page: int | None = None,
    second: Callable[[Row], str] = lambda _row: "",
) -> list[Row]:
    """Return rows in Postgres's order: without a value last if ascending, first if descending, then by `second`, by id.

    With a `page` the real query does not sort by id: equal rows then come in another order for each page.
    """

    def full_key(row: Row) -> tuple[bool, Any, str, str]:
        value = key(row)
        tie = row.id if page is None else hashlib.blake2b(f"{page} {row.id}".encode(), digest_size=8).hexdigest()
        return value is None, "" if value is None else value, second(row), tie

    ordered = sorted(rows, key=full_key, reverse=direction == "DESC")
    if not nulls_last:
        return ordered
    return [row for row in ordered if key(row) is not None] + [row for row in ordered if key(row) is None]
