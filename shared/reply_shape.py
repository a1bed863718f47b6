"""Finds values of the wrong kind in a record of a reply before a parser meets them. Pure.

A record with such a value is not used at all, because a value that is left out can look like "none": a scene without
tags, for example. The caller leaves the record out, counts it and names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, Union

TEXT, ID, NUMBER, ANY = "text", "id", "number", "any"
# A kind of value, a list of such values, or an object with some fields; null is allowed everywhere.
Shape = Union[str, "list[Any]", "dict[str, Any]"]


def find_mistake(value: object, shape: Shape, name: str = "the record") -> str:
    """Return what is wrong with a value, such as "aliases is a number"; empty if nothing is.

    Replies of boxes are checked with it.
    """
    if value is None:
        return ""
    if isinstance(shape, str):
        return "" if FITS[shape](value) else _tell(name, value)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return _tell(name, value)
        return next(filter(None, (find_mistake(each, shape[0], name) for each in value)), "")
    if not isinstance(value, dict):
        return _tell(name, value)
    return next(filter(None, (find_mistake(value.get(field), inner, field) for field, inner in shape.items())), "")


def _is_number(value: object) -> bool:
    """Return True for numbers, also as text, as ThePornDB sends some."""
    if isinstance(value, str):
        return value.strip().lstrip("-").replace(".", "", 1).isdigit() or not value.strip()
    return isinstance(value, (int, float)) and not isinstance(value, bool)


FITS: Mapping[str, Callable[[object], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    ID: lambda value: isinstance(value, (str, int)) and not isinstance(value, bool),
    NUMBER: _is_number,
    ANY: lambda _: True,
}
KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}


def _tell(name: str, value: object) -> str:
    return f"{name} is {KINDS.get(type(value), 'of an unknown kind')}"
