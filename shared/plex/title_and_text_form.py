"""The form in which Plex takes titles, texts, tag names, dates and ratings: which characters, how long. Pure."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from shared.folding import compose
from shared.plex.truncation import truncate, truncate_encoded

FIELD_LIMITS: Mapping[str, int] = {"summary": 10_000}
SHORT_LIMIT = 255
SUMMARY_ENCODED_LIMIT = 30_000  # bytes after percent-encoding: edits travel in the request line
MULTILINE_FIELDS = frozenset({"summary"})


class CleanText(NamedTuple):
    """A text in the form Plex takes; `note` says what was shortened, for the user, and is empty if nothing was."""

    text: str
    note: str = ""


def clean_field(field: str, value: str) -> CleanText:
    """Return a title, summary, studio or tagline in the form Plex takes; the plan of a scene's write calls it.

    Control characters go, line breaks stay in the summary only, and what is too long is shortened.
    """
    text = clean_text(value, multiline=field in MULTILINE_FIELDS)
    limit = FIELD_LIMITS.get(field, SHORT_LIMIT)
    short = truncate(text, limit)
    if field == "summary":
        short = truncate_encoded(short, SUMMARY_ENCODED_LIMIT)
    note = "" if short == text else f"{field} shortened from {len(text):,} to {len(short):,} characters"
    return CleanText(short, note)


def clean_tag(name: str) -> str:
    """Return the name of a genre, collection, label or actor in the form Plex takes; the plan of tag lists calls it."""
    return truncate(clean_text(name), SHORT_LIMIT)


def clean_text(value: str, *, multiline: bool = False) -> str:
    """Return the text in NFC and without characters that XML forbids; unless `multiline`, line breaks become spaces.

    `clean_field` and `clean_tag` call it.
    """
    if value.isascii() and value.isprintable():  # nearly all texts, which would take their time character by character
        return value.strip()
    text = compose(value).replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    return "".join(character for character in text if is_printable(character)).strip()


def is_printable(character: str) -> bool:
    """Return True if XML may hold a code point: no control character but tab and line feed, no lone surrogate.

    `clean_text` asks.
    """
    if character in "\n\t":
        return True
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def whole_date(value: str | None) -> str | None:
    """Return a scene's date as Plex takes it for the item; None if it is missing, partial or impossible.

    Plans of writes and the provider call it.
    """
    try:
        parsed = datetime.datetime.strptime((value or "").strip()[:10], "%Y-%m-%d")
    except ValueError:
        return None
    return parsed.date().isoformat()


def rating_text(rating100: int | None) -> str | None:
    """Return a scene's rating out of 100 as Plex's out of 10, such as "8.5"; None without a rating.

    `list_text_fields`, `WatchedRun` and `WatchedTarget` of Stash2Plex call it.
    """
    return None if rating100 is None else number_text(max(0, min(100, rating100)) / 10)


def number_text(value: object) -> str:
    """Return one spelling for a number, so that values compare: 8, 8.0 and "8.0" all become "8"."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)
