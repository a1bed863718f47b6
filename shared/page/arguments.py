"""Arguments of a call, read strictly.

Stash passes the fixed arguments of a task on as strings, so flags and numbers may be texts. An argument that cannot be
read is a UsageError that names it: a default in its place could write what the caller only wanted to preview.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from shared.errors import UsageError

Value = TypeVar("Value")

_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})


def read_flag(args: Mapping[str, Any], name: str, default: bool | None = False) -> bool:
    """Return a flag; `default` counts when it is left out, and None as default makes it required."""
    value = args.get(name)
    if _is_left_out(value):
        return _require(name, default)
    text = str(value).strip().lower()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise UsageError(f'The argument "{name}" must be true or false, but is {value!r}.')


def read_text(args: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """Return a text; it is required unless there is a default. A number becomes its digits, as ids do."""
    value = args.get(name)
    if _is_left_out(value):
        return _require(name, default)
    return _to_text(name, value)


def read_texts(args: Mapping[str, Any], name: str) -> list[str] | None:
    """Return a list of texts without duplicates, None when it is left out."""
    values = _read_list(args, name)
    return None if values is None else list(dict.fromkeys(_to_text(name, each) for each in values))


def read_number(args: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """Return a whole number; it is required unless there is a default."""
    number = read_optional_number(args, name)
    return _require(name, default) if number is None else number


def read_optional_number(args: Mapping[str, Any], name: str) -> int | None:
    """Return a whole number, None when it is left out."""
    value = args.get(name)
    return None if _is_left_out(value) else _to_number(name, value)


def read_time(args: Mapping[str, Any], name: str) -> float | None:
    """Return a time as Stash serves it, in seconds since 1970; None when it is left out."""
    text = read_text(args, name, "")
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() if text else None
    except ValueError as error:
        raise UsageError(f'The argument "{name}" must be a time, but is {text!r}.') from error


def read_numbers(args: Mapping[str, Any], name: str) -> list[int] | None:
    """Return a list of whole numbers, None when it is left out."""
    values = _read_list(args, name)
    return None if values is None else [_to_number(name, each) for each in values]


def read_choice(args: Mapping[str, Any], name: str, choices: Sequence[str], default: str | None = None) -> str:
    """Return one of the choices as declared, whatever its case; it is required unless there is a default."""
    text = read_text(args, name, default)
    for choice in choices:
        if choice.lower() == text.strip().lower():
            return choice
    raise UsageError(f'The argument "{name}" must be one of {", ".join(choices)}, but is {text!r}.')


def read_object(args: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return an object, given as one or as its JSON text; empty when it is left out."""
    value = args.get(name)
    if _is_left_out(value):
        return {}
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise UsageError(f'The argument "{name}" is not JSON.') from None
    if not isinstance(value, dict):
        raise UsageError(f'The argument "{name}" must be an object.')
    return value


def _is_left_out(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _require(name: str, default: Value | None) -> Value:
    if default is None:
        raise UsageError(f'The argument "{name}" is missing.')
    return default


def _read_list(args: Mapping[str, Any], name: str) -> list[Any] | None:
    value = args.get(name)
    if value is not None and not isinstance(value, list):
        raise UsageError(f'The argument "{name}" must be a list.')
    return value


def _to_text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise UsageError(f'The argument "{name}" must be a text, but is {value!r}.')
    return str(value)


def _to_number(name: str, value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    try:
        if isinstance(value, (int, str)) and not isinstance(value, bool):
            return int(value)
    except ValueError:
        pass
    raise UsageError(f'The argument "{name}" must be a number, but is {value!r}.')
