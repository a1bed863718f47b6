"""Plain columns from an input: absent leaves alone, null clears, text is trimmed, dates keep their precision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sandbox.stash.find.relations import read_id
from sandbox.stash.graph.failures import StashFailure, StashPanic

Given = Mapping[str, Any]
Values = dict[str, Any]
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Spec(NamedTuple):
    """The column of each input key, by the kind of its value."""

    texts: Mapping[str, str] = {}
    numbers: Mapping[str, str] = {}
    flags: Mapping[str, str] = {}
    dates: Mapping[str, str] = {}
    refs: Mapping[str, str] = {}


def same(names: str) -> dict[str, str]:
    """Return a map of input keys to columns of the same name, for the Spec of a kind's mutations."""
    return {name: name for name in names.split()}


def read_fields(spec: Spec, given: Given, *, is_partial_date_known: bool = True) -> Values:
    """Return the columns to set from a mutation's input, with values; keys that were not sent are left out."""
    values: Values = {}
    for name, value in given.items():
        if name in spec.texts:
            values[spec.texts[name]] = read_text(value)
        elif name in spec.numbers:
            values[spec.numbers[name]] = value
        elif name in spec.flags:
            values[spec.flags[name]] = read_flag(value)
        elif name in spec.dates:
            values.update(read_date(spec.dates[name], name, value, is_partial_date_known))
        elif name in spec.refs:
            values[spec.refs[name]] = read_reference(name, value)
    return values


def read_flag(value: bool | None) -> int:
    """Return a boolean as it is stored; Stash crashes on an explicit null."""
    if value is None:
        raise StashPanic("null value not allowed in optional bool")
    return int(value)


def read_text(value: str | None) -> str | None:
    """Return trimmed text, None for what is left empty; `read_fields` calls it."""
    return None if value is None else value.strip() or None


def read_reference(name: str, value: str | None) -> int | None:
    """Return the id of another object in a mutation's input as a number, None for null."""
    if value is None:
        return None
    try:
        return read_id(value)
    except StashFailure as error:
        twice = "" if name == "id" else f"converting {value} to int: "
        raise StashFailure(f"converting {name.replace('_', ' ')}: {twice}{error}") from error


def read_date(column: str, name: str, value: str | None, is_partial_known: bool) -> Values:
    """Return a date padded to a day, and how much of it was given: 0 day, 1 month, 2 year; `read_fields` calls it."""
    if not value:
        return {column: None, f"{column}_precision": None}
    found = DATE.fullmatch(value)
    parts = [part for part in found.groups() if part] if found else []
    try:
        padded = date(*(int(part) for part in (*parts, "1", "1")[:3])) if parts else None
    except ValueError:
        padded = None
    if padded is None or (len(parts) < 3 and not is_partial_known):
        raise StashFailure(f'converting {name.replace("_", " ")}: failed to parse date "{value}"')
    return {column: padded.isoformat(), f"{column}_precision": 3 - len(parts)}


def read_ids(name: str, values: Any) -> list[int]:
    """Return a list of ids in a mutation's input as numbers; null is the empty list."""
    try:
        return [read_id(value) for value in values or ()]
    except StashFailure as error:
        raise StashFailure(f"converting {name.replace('_', ' ')}: {error}") from error
