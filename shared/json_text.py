"""JSON from outside, decoded so that nothing in it can surprise later code.

Python's own reader accepts nesting that other code cannot walk, the words NaN and Infinity, numbers that become
infinite, and halves of a character, which no file and no database takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

DEEPEST = 100  # levels; Stash and the services send about ten

HALF = re.compile(r"\\u[dD][89a-fA-F]")  # may also be half of a pair, which is whole

Pairs = Callable[[list[tuple[str, Any]]], Any]


def decode_json(text: str | bytes, *, pairs: Pairs | None = None, is_strict: bool = True) -> Any:
    """Return the value of a JSON text, for all that is read from outside.

    Raise a ValueError that says what is wrong with it. `pairs` makes the objects, as for `json.loads`. Without
    `is_strict`, texts may contain control characters.
    """
    whole: str = text.decode("utf-8-sig") if isinstance(text, bytes) else mend_characters(text)
    try:
        value = json.loads(
            whole, strict=is_strict, parse_constant=_refuse_constant, parse_float=_read_float, object_pairs_hook=pairs
        )
    except RecursionError:
        raise _make_too_deep() from None
    if _count_openers(whole) > DEEPEST and is_deeper(value, DEEPEST):
        raise _make_too_deep()
    return mend_characters(value) if HALF.search(whole) else value


def is_deeper(value: Any, levels: int) -> bool:
    """Return True if lists and objects are nested more than so many levels deep.

    `decode_json` then refuses the text.
    """
    level = [value] if type(value) in (dict, list) else []
    for _ in range(levels):
        below: list[Any] = []
        for box in level:
            for each in box.values() if type(box) is dict else box:
                kind = type(each)  # twice as fast as isinstance, and large answers have a million values
                if kind is dict or kind is list:
                    below.append(each)
        if not below:
            return False
        level = below
    return True


def mend_characters(value: Any) -> Any:
    """Return the value with the replacement character in place of every half of a character, as Stash reads it.

    `decode_json` calls it.
    """
    if isinstance(value, str):
        return value if _is_whole(value) else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [mend_characters(each) for each in value]
    if isinstance(value, dict):
        return {mend_characters(key): mend_characters(each) for key, each in value.items()}
    return value


def _is_whole(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _count_openers(text: str) -> int:
    return text.count("[") + text.count("{")


def _make_too_deep() -> ValueError:
    return ValueError(f"its lists and objects are nested more than {DEEPEST} levels deep")


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")


def _read_float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{digits[:40]} is too large a number")
    return number
