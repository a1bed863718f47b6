"""Reads from the bytes of a picture whether it is whole and of which format, without decoding it. Pure."""

from __future__ import annotations

END_OF_JPEG = b"\xff\xd9"
SEARCHED = 65536  # cameras write data after the end of a picture


def is_cut_off(data: bytes) -> bool:
    """Return True if the end of a JPEG, PNG or WebP is missing; pictures are checked before they are written."""
    if data.startswith(b"\xff\xd8\xff"):
        return END_OF_JPEG not in data[-SEARCHED:]
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" not in data[-SEARCHED:]
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    return False
