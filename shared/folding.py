"""The form in which texts and names are compared: one code for each letter, without case."""

from __future__ import annotations

import unicodedata


def compose(text: str) -> str:
    """Return the text in NFC, in which an accented letter is one character however it was typed.

    Comparisons begin with it.
    """
    return unicodedata.normalize("NFC", text)


def fold_text(text: str) -> str:
    """Return a text for comparing: composed and without case. Names of tags and paths, and searches use it."""
    return text.lower() if text.isascii() else compose(compose(text).casefold())
