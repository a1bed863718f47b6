"""Numbers with their noun, for sentences that a person reads."""

from __future__ import annotations

_VOWELS = "aeiou"


def count_things(number: int, thing: str) -> str:
    """Return a number with its noun in the singular or plural, for messages: "1 tag", "2,000 matches", "0 entries"."""
    return f"{number:,} {thing if number == 1 else _make_plural(thing)}"


def _make_plural(thing: str) -> str:
    if thing.endswith("y") and thing[-2:-1] not in _VOWELS:
        return f"{thing[:-1]}ies"
    return f"{thing}es" if thing.endswith(("ch", "s", "x")) else f"{thing}s"
