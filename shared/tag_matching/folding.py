"""Letters as Stash compares them, in their composed form: A to Z have no case, every other letter has."""

from __future__ import annotations

from shared.folding import compose

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KELVIN = "\u212a"  # to Stash this sign is no K, as which it would be composed
_TO_LOWER = str.maketrans(_UPPER, _UPPER.lower())


def fold(text: str) -> str:
    """Return a name for comparing, composed and with A to Z in lower case.

    str.lower() would fold letters that Stash tells apart. Stash itself tells a composed "é" from a decomposed one, but
    to a person it is the same name.
    """
    return _KELVIN.join(map(compose, text.split(_KELVIN))).translate(_TO_LOWER)
