"""Text as Plex can take it: control characters out, limits kept, never a character cut in half. Pure."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

ELLIPSIS = "…"
ZERO_WIDTH_JOINER = "\u200d"
LONGEST_CLUSTER = 64  # code points; a "character" longer than this is an attack on the eye, not a letter
VIRAMA = 9  # combining class of the signs that tie two Indic letters together

UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"  # may stand in a query as they are

FIELD_LIMITS: Mapping[str, int] = {"summary": 10_000}
SHORT_LIMIT = 255
SUMMARY_ENCODED_LIMIT = 30_000  # bytes after percent-encoding: edits travel in the request line
MULTILINE_FIELDS = frozenset({"summary"})


class Cleaned(NamedTuple):
    """A text ready to be sent; `note` says what was done to it, empty when nothing was."""

    text: str
    note: str = ""


def clean_field(field: str, value: str) -> Cleaned:
    """Makes a value fit for one of Plex's text fields."""
    text = clean_text(value, multiline=field in MULTILINE_FIELDS)
    limit = FIELD_LIMITS.get(field, SHORT_LIMIT)
    short = truncate(text, limit)
    if field == "summary":
        short = truncate_encoded(short, SUMMARY_ENCODED_LIMIT)
    note = "" if short == text else f"{field} shortened from {len(text):,} to {len(short):,} characters"
    return Cleaned(short, note)


def clean_tag(name: str) -> str:
    """Makes the name of a genre, collection, label or actor fit for Plex."""
    return truncate(clean_text(name), SHORT_LIMIT)


def clean_text(value: str, *, multiline: bool = False) -> str:
    """Removes what no XML document may hold; without `multiline` a line break becomes a space."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    return "".join(character for character in text if is_printable(character)).strip()


def is_printable(character: str) -> bool:
    """True for a code point of text: no control character but tab and line feed, no lone surrogate."""
    if character in "\n\t":
        return True
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def truncate(text: str, limit: int) -> str:
    """Shortens a text to at most `limit` code points, ellipsis included, between two visible characters."""
    if len(text) <= limit:
        return text
    return cut_before(text, limit - len(ELLIPSIS)).rstrip() + ELLIPSIS


def truncate_encoded(text: str, limit: int) -> str:
    """Shortens a text so that it takes at most `limit` bytes once percent-encoded."""
    if encoded_length(text) <= limit:
        return text
    room = limit - encoded_length(ELLIPSIS)
    fitting = 0
    for character in text:
        room -= encoded_length(character)
        if room < 0:
            break
        fitting += 1
    return cut_before(text, fitting).rstrip() + ELLIPSIS


def encoded_length(text: str) -> int:
    """Bytes a text takes in a query: one for a plain letter, three per byte for the rest."""
    data = text.encode("utf-8", "replace")
    return len(data) + 2 * len(data.translate(None, UNRESERVED))


def cut_before(text: str, index: int) -> str:
    """The longest beginning of at most `index` code points that ends between two visible characters."""
    for cut in range(index, max(index - LONGEST_CLUSTER, 0), -1):
        if is_boundary(text, cut):
            return text[:cut]
    return text[: max(index, 0)]


def is_boundary(text: str, index: int) -> bool:
    """True if a reader sees two characters, not one, around `index`."""
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if extends_previous(after) or before == ZERO_WIDTH_JOINER or before + after == "\r\n":
        return False
    if is_flag_letter(before) and is_flag_letter(after):
        return count_flag_letters(text, index) % 2 == 0
    if unicodedata.combining(before) == VIRAMA and unicodedata.category(after) == "Lo":
        return False
    return not joins_hangul(before, after)


def extends_previous(character: str) -> bool:
    """True for a code point drawn onto the one before: accents, skin tones, selectors, joiners, flag tags."""
    code = ord(character)
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in ("\u200c", ZERO_WIDTH_JOINER)
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def is_flag_letter(character: str) -> bool:
    """True if a code point is one half of a flag."""
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def count_flag_letters(text: str, index: int) -> int:
    """Return the number of flag letters directly before `index`."""
    count = 0
    while count < index and is_flag_letter(text[index - count - 1]):
        count += 1
    return count


def joins_hangul(before: str, after: str) -> bool:
    """True if two Korean letters form one syllable."""
    if "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb":
        return "\u1100" <= before <= "\u11ff" or "\ua960" <= before <= "\ud7fb"
    return "\u1100" <= before <= "\u115f" and ("\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3")


def whole_date(value: str | None) -> str | None:
    """The date as Plex wants it, or None for one that is missing, partial or impossible."""
    try:
        parsed = datetime.datetime.strptime((value or "").strip()[:10], "%Y-%m-%d")
    except ValueError:
        return None
    return parsed.date().isoformat()


def rating_text(rating100: int | None) -> str | None:
    """Stash's rating of 100 as Plex's of 10 ("8.5"), or None without one."""
    return None if rating100 is None else number_text(max(0, min(100, rating100)) / 10)


def number_text(value: object) -> str:
    """A number the same way whatever form Plex gave it in: 8, 8.0 and "8.0" are all "8"."""
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)
