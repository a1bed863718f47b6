"""PNG from a mosaic, and a WebP of one colour."""

from __future__ import annotations

import struct
import zlib

from sandbox.pictures.landscape import BLOCK, Mosaic


def encode_png(mosaic: Mosaic, width: int, height: int) -> bytes:
    """An RGB PNG."""
    lines = [b"\0" + b"".join(bytes(colour) * BLOCK for colour in row)[: width * 3] for row in mosaic]
    pixels = b"".join(line * BLOCK for line in lines)[: height * (width * 3 + 1)]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(pixels, 6)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def encode_webp(mosaic: Mosaic, width: int, height: int) -> bytes:
    """A lossless WebP in the colour of the mosaic's first block: every code has one symbol, so pixels take no bits."""
    red, green, blue = mosaic[0][0]
    bits = _Bits()
    for value, size in ((0x2F, 8), (width - 1, 14), (height - 1, 14), (0, 1), (0, 3), (0, 1), (0, 1), (0, 1)):
        bits.add(value, size)
    for symbol in (green, red, blue, 255, 0):
        for value, size in ((1, 1), (0, 1), (1, 1), (symbol, 8)):
            bits.add(value, size)
    data = bits.take()
    data += b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(data) + 12) + b"WEBPVP8L" + struct.pack("<I", len(data)) + data


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


class _Bits:
    """Bits packed from the lowest up."""

    def __init__(self) -> None:
        self._value = 0
        self._size = 0

    def add(self, value: int, size: int) -> None:
        self._value |= value << self._size
        self._size += size

    def take(self) -> bytes:
        return self._value.to_bytes((self._size + 7) // 8, "little")
