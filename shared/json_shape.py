"""The shapes that stored JSON must have, so that a value of another type counts as unreadable. Pure.

Unlike in a reply (shared/reply_shape.py), null fits only where a shape allows it, and a number as text does not fit.
"""

from __future__ import annotations

from typing import Any

# A type (`float` takes whole numbers, too, and `object` everything), None for null, a tuple of shapes of which one must
# fit, a list of members [shape], a list of so many members [shape, shape], an object with any names {str: shape}, or an
# object with these names {"name": shape, "name that may be absent?": shape}.
JsonShape = Any

LARGEST_TIME = 2.0**53  # of a `float`; a time beyond it has no date
LARGEST = 1 << 64  # of an `int`; a fingerprint has up to 64 bits


def fits(value: object, shape: JsonShape) -> bool:
    """Return True if a decoded value has this shape; the readers of the state file ask."""
    if isinstance(shape, tuple):
        return any(fits(value, each) for each in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and _fits_members(value, shape)
    if isinstance(shape, dict):
        return isinstance(value, dict) and _fits_names(value, shape)
    return value is None if shape is None else _is_of(value, shape)


def _is_of(value: object, kind: type) -> bool:
    if kind in (int, float):
        is_number = isinstance(value, (int, kind)) and not isinstance(value, bool)
        most = LARGEST if kind is int else LARGEST_TIME
        return is_number and -most <= value <= most  # type: ignore[operator]  # a number; NaN is never between
    return isinstance(value, kind)


def _fits_members(value: list[Any], shape: list[JsonShape]) -> bool:
    if len(shape) == 1:
        return all(fits(each, shape[0]) for each in value)
    return len(value) == len(shape) and all(map(fits, value, shape))


def _fits_names(value: dict[str, Any], shape: dict[Any, JsonShape]) -> bool:
    if str in shape:
        return all(fits(each, shape[str]) for each in value.values())
    for name, inner in shape.items():
        key = name.rstrip("?")
        if not (fits(value[key], inner) if key in value else name.endswith("?")):
            return False
    return True
