"""JSON as Go writes it, where clients can see the difference."""

from __future__ import annotations

import json
from typing import Any

LARGE = 1e21
ESCAPED = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def encode_document(value: object) -> bytes:
    """Return compact JSON with HTML characters escaped, other letters as they are, whole numbers without a fraction.

    Plugins get their input so.
    """
    return encode_text(drop_fractions(value))


def encode_text(value: object, *, sorts_keys: bool = False) -> bytes:
    """Return the same for a value without floats to tidy; Go sorts the keys of maps, but not those of records."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sorts_keys)
    for letter, escaped in ESCAPED.items():
        text = text.replace(letter, escaped)
    return text.encode("utf-8", "replace")


def drop_fractions(value: Any) -> Any:
    """Return a value with whole floats as integers, at any depth; `encode_document` calls it."""
    if isinstance(value, dict):
        return {name: drop_fractions(each) for name, each in value.items()}
    if isinstance(value, list):
        return [drop_fractions(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < LARGE else value


def print_value(value: Any) -> str:
    """Return a JSON value as Go's `%v` prints it, for error texts that quote variables."""
    if isinstance(value, dict):
        return f"map[{' '.join(f'{name}:{print_value(value[name])}' for name in sorted(value))}]"
    if isinstance(value, list):
        return f"[{' '.join(map(print_value, value))}]"
    return "<nil>" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
