"""Headers: those of an answer, its cookies, and which headers a request may have. Pure."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterable, Iterator, Mapping

from shared.http.wire.faults import HeaderFault

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
NUMBER = re.compile(r"-?[0-9]{1,18}")
VALUE = re.compile(r"([^\x00-\x20\x7f][^\x00-\x08\x0a-\x1f\x7f]*)?")


class Headers(Mapping[str, str]):
    """The headers of an answer; the case of names does not count, and repeated ones are joined by a comma."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, str] = {}
        for name, value in pairs:
            key = name.lower()
            self._values[key] = f"{self._values[key]}, {value}" if key in self._values else value

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def merge_headers(*sets: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request, of which each name stands once; a later value replaces an earlier one.

    The HTTP client calls it.
    """
    merged: dict[str, tuple[str, str]] = {}
    for headers in sets:
        merged.update((name.lower(), (name, value)) for name, value in headers.items())
    return dict(merged.values())


def check_headers(headers: Mapping[str, str]) -> None:
    """Raise HeaderFault for a header that could not be sent, or that would be read as two; the transport calls it."""
    for name, value in headers.items():
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value) or not _is_latin(value):
            raise HeaderFault(f"The header {name!r} has characters that no header may have.")


def _is_latin(value: str) -> bool:
    return value.isascii() or all(ord(letter) < 256 for letter in value)


def read_number(text: str) -> int | None:
    """Return the whole number in a header of an answer; None if there is none. The HTTP client reads lengths so."""
    return int(text) if NUMBER.fullmatch(text) else None


def read_cookies(lines: Iterable[str], host: str, now: float) -> dict[str, str]:
    """Return the cookies of `Set-Cookie` headers that are for this host, can be sent, and have not expired.

    The HTTP client keeps them.
    """
    found: dict[str, str] = {}
    for line in lines:
        first, *rest = line.split(";")
        name, sign, value = (part.strip() for part in first.partition("="))
        attributes = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in rest)}
        is_usable = bool(name and sign and VALUE.fullmatch(f"{name}={value}"))
        if is_usable and _is_for(attributes.get("domain", ""), host) and not _is_expired(attributes, now):
            found[name] = value
    return found


def _is_for(domain: str, host: str) -> bool:
    wanted = domain.lower().lstrip(".")
    return not wanted or host == wanted or host.endswith(f".{wanted}")


def _is_expired(attributes: Mapping[str, str], now: float) -> bool:
    age = read_number(attributes.get("max-age", ""))
    if age is not None:
        return age <= 0
    date = email.utils.parsedate_tz(attributes.get("expires", ""))
    try:
        return date is not None and email.utils.mktime_tz(date) <= now
    except (OverflowError, ValueError):
        return False
