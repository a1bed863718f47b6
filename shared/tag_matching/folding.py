"""Letters as Stash compares them: A to Z have no case, every other letter has."""

from __future__ import annotations

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_LOWER = str.maketrans(_UPPER, _UPPER.lower())


def fold(text: str) -> str:
    """The text for comparing; Python's own lower() would also fold letters that Stash tells apart."""
    return text.translate(_TO_LOWER)
