"""Names in a setting that may occur twice: such a name is followed by its number in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shared.folding import fold_text

NUMBERED = re.compile(r"^(.*\S)?\s*\[(\d+)\]$")


def find_numbers(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the numbers that a text of a setting means: the one in brackets, or all that have this name."""
    numbered = NUMBERED.match(text.strip())
    if numbered:
        return [number for number in names if number == numbered[2]]
    return [number for number, name in names.items() if fold_text(name.strip()) == fold_text(text.strip())]


def add_number(name: str, number: str) -> str:
    """Return a name as a setting takes it, with its number in brackets."""
    return f"{name} [{number}]"
