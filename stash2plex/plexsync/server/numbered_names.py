"""Names in a setting that may occur twice: such a name is followed by its number in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shared.folding import fold_text

NUMBERED = re.compile(r"^(.*\S)?\s*\[(\d+)\]$")


def find_numbers(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the ids of Plex's libraries or accounts that a setting's text names: that in brackets, else all so named.

    `names` are the names by id. The readers of the settings for libraries and accounts call it.
    """
    numbered = NUMBERED.match(text.strip())
    if numbered:
        return [number for number in names if number == numbered[2]]
    return [number for number, name in names.items() if fold_text(name.strip()) == fold_text(text.strip())]


def add_number(name: str, number: str) -> str:
    """Return a name as a setting takes it, with its number in brackets."""
    return f"{name} [{number}]"
