"""Letters as Stash compares them: A to Z have no case, every other letter has."""

from __future__ import annotations

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TO_LOWER = str.maketrans(_UPPER, _UPPER.lower())


def fold(text: str) -> str:
    """Return a name for comparing, with A to Z in lower case; str.lower() would fold letters that Stash tells apart."""
    return text.translate(_TO_LOWER)
