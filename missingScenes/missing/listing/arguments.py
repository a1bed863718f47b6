"""Readers for arguments of `find_missing` that only this list has; the others are in `shared.page.arguments`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError
from shared.page.arguments import read_text, read_texts

DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")

Args = Mapping[str, Any]


def read_words(args: Args, name: str) -> str:
    """Return a filter's text with single spaces; empty if the argument is left out."""
    return " ".join(read_text(args, name, "").split())


def read_upper(args: Args, name: str) -> str:
    """Return a filter's value in upper case, as boxes write genders; empty if the argument is left out."""
    return read_text(args, name, "").upper()


def read_date(args: Args, name: str) -> str:
    """Return a filter's year, month or day; empty if left out; raise UsageError for anything else."""
    return _read_pattern(args, name, DATE)


def read_time(args: Args, name: str) -> str:
    """Return a time as RFC 3339; empty if the argument is left out; raise UsageError for anything else."""
    return _read_pattern(args, name, TIME)


def read_sorted_texts(args: Args, name: str) -> tuple[str, ...] | None:
    """Return a filter's list of texts, sorted, so that the same filter gives the same cursor key.

    None means that the argument is left out, which is not the same as an empty list.
    """
    values = read_texts(args, name)
    return None if values is None else tuple(sorted(values))


def _read_pattern(args: Args, name: str, pattern: re.Pattern[str]) -> str:
    value = read_text(args, name, "")
    if value and not pattern.fullmatch(value):
        raise UsageError(f'"{name}" is not a date as it should be: {value}.')
    return value
