"""Keys and tokens never leave this package in words."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST_SECRET = 4
MASK = "•••"


def mask_secrets(text: str, secrets: Iterable[str]) -> str:
    """`text` with every secret replaced; the longest first, so that no half of one stays behind."""
    for secret in sorted((s for s in secrets if len(s) >= SHORTEST_SECRET), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def shorten(text: str, longest: int = 300) -> str:
    """One line of at most that many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
