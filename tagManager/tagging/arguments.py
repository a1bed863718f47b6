"""Arguments as they reach us: numbers and switches may be texts, because Stash passes fixed ones on as strings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from shared.errors import UsageError


def read_flag(args: Mapping[str, Any], name: str, default: bool = False) -> bool:
    """A switch."""
    value = args.get(name)
    if value is None or value == "":
        return default
    return value is True or str(value).strip().lower() in ("true", "1", "yes", "on")


def read_object(args: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object; empty when it is left out."""
    value = args.get(name)
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError:
            raise UsageError(f'The argument "{name}" is not JSON.') from None
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise UsageError(f'The argument "{name}" must be an object.')
    return value


def read_texts(args: Mapping[str, Any], name: str) -> list[str] | None:
    """A list of texts without doubles; None when it is left out."""
    value = args.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise UsageError(f'The argument "{name}" must be a list.')
    return list(dict.fromkeys(str(each) for each in value))


def read_text(args: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text that has to be there, unless there is a default."""
    value = args.get(name)
    if value in (None, ""):
        if default is None:
            raise UsageError(f'The argument "{name}" is missing.')
        return default
    return str(value)
