"""Ids and times of a world, the same for the same seed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

START = datetime(2019, 3, 1, 9, 0, tzinfo=timezone.utc)
VERSION_BITS = 0xF << 76
VARIANT_BITS = 0x3 << 62


class IdSource:
    """UUIDs: version 4 like older entries of a box, every third one version 7 like newer ones."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        self._made = 0

    def make_id(self) -> str:
        """Return the UUID of the next record of the box; the same row of UUIDs each time."""
        self._made += 1
        bits = self._random.getrandbits(128)
        if self._made % 3 == 0:
            milliseconds = int(START.timestamp() * 1000) + self._made * 60_000
            bits = bits & ((1 << 80) - 1) | milliseconds << 80
            return format_uuid(bits, 7)
        return format_uuid(bits, 4)


class TimeSource:
    """A clock that moves on by a minute with every time it gives."""

    def __init__(self) -> None:
        self._minutes = 0

    def make_time(self) -> str:
        """Return the time of the next record of the box, in RFC 3339."""
        self._minutes += 1
        return (START + timedelta(minutes=self._minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_uuid(bits: int, version: int) -> str:
    """Return a UUID of this version with these random bits, for the records of the doubles."""
    bits = bits & ~VERSION_BITS & ~VARIANT_BITS | version << 76 | 0x2 << 62
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
