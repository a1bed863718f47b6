"""Shortens a text without cutting what a reader sees as one character, such as an accented letter or a flag. Pure."""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"
ZERO_WIDTH_JOINER = "\u200d"
LONGEST_CLUSTER = 64  # code points that may form one visible character
VIRAMA = 9  # combining class of the signs that join two Indic letters

UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"  # not encoded in a query


def truncate(text: str, limit: int) -> str:
    """Return the text in at most `limit` code points, the ellipsis included; cut between two visible characters.

    Texts for Plex are shortened by it.
    """
    if len(text) <= limit:
        return text
    return cut_before(text, limit - len(ELLIPSIS)).rstrip() + ELLIPSIS


def truncate_encoded(text: str, limit: int) -> str:
    """Return the text shortened so that it takes at most `limit` bytes when percent-encoded in a query.

    Texts for Plex are shortened by it.
    """
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
    """Return the number of bytes of a percent-encoded text: one for a plain letter, three per byte for the rest.

    Edits for Plex are measured by it.
    """
    data = text.encode("utf-8", "replace")
    return len(data) + 2 * len(data.translate(None, UNRESERVED))


def cut_before(text: str, index: int) -> str:
    """Return the longest beginning of at most `index` code points that ends between two visible characters.

    The functions that shorten a text call it.
    """
    for cut in range(index, max(index - LONGEST_CLUSTER, 0), -1):
        if is_boundary(text, cut):
            return text[:cut]
    return text[: max(index, 0)]


def is_boundary(text: str, index: int) -> bool:
    """Return True if a reader sees two characters, not one, around `index`; `cut_before` asks."""
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if extends_previous(after) or before == ZERO_WIDTH_JOINER or before + after == "\r\n":
        return False
    if is_regional_indicator(before) and is_regional_indicator(after):
        return count_regional_indicators(text, index) % 2 == 0
    if unicodedata.combining(before) == VIRAMA and unicodedata.category(after) == "Lo":
        return False
    return not joins_hangul(before, after)


def extends_previous(character: str) -> bool:
    """Return True for a code point drawn onto the one before: accents, skin tones, selectors, joiners, flag tags.

    `is_boundary` asks.
    """
    code = ord(character)
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in ("\u200c", ZERO_WIDTH_JOINER)
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def is_regional_indicator(character: str) -> bool:
    """Return True if a code point is one half of a flag; `is_boundary` asks."""
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def count_regional_indicators(text: str, index: int) -> int:
    """Return how many regional indicators stand right before `index`; two make one flag emoji, see `is_boundary`."""
    count = 0
    while count < index and is_regional_indicator(text[index - count - 1]):
        count += 1
    return count


def joins_hangul(before: str, after: str) -> bool:
    """Return True if two Korean letters form one syllable; `is_boundary` asks."""
    if "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb":
        return "\u1100" <= before <= "\u11ff" or "\ua960" <= before <= "\ud7fb"
    return "\u1100" <= before <= "\u115f" and ("\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3")
