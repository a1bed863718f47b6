"""A baseline JPEG from a mosaic: each 8 x 8 block has one colour, so only its mean is coded."""

from __future__ import annotations

import struct

from sandbox.pictures.landscape import Colour, Mosaic

MEANS = bytes([0, 0, 0, 12, *[0] * 12, *range(12)])  # twelve codes of four bits: the code is the number's size
DETAILS = bytes([1, *[0] * 15, 0])  # one code of one bit: nothing follows in this block
STEP = 8  # a block's mean, quantised by this, is coded as it is


def encode_jpeg(mosaic: Mosaic, width: int, height: int) -> bytes:
    """Three components, none of them thinned out."""
    components = b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    frame = struct.pack(">BHHB", 8, height, width, 3) + components
    scan = bytes([3]) + b"".join(bytes([number, 0]) for number in (1, 2, 3)) + bytes([0, 63, 0])
    segments = [
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        (0xDB, bytes([0, *[STEP] * 64])),
        (0xC0, frame),
        (0xC4, b"\x00" + MEANS),
        (0xC4, b"\x10" + DETAILS),
        (0xDA, scan),
    ]
    head = b"".join(bytes([0xFF, mark]) + struct.pack(">H", len(data) + 2) + data for mark, data in segments)
    return b"\xff\xd8" + head + _encode_blocks(mosaic) + b"\xff\xd9"


def _encode_blocks(mosaic: Mosaic) -> bytes:
    before = [0, 0, 0]
    bits: list[str] = []
    for row in mosaic:
        for colour in row:
            values = _convert_colour(colour)
            bits += [_encode_mean(value - old) for value, old in zip(values, before)]
            before = values
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\0")


def _encode_mean(difference: int) -> str:
    """The size of the number in bits, the number itself, and that the block is finished."""
    size = abs(difference).bit_length()
    value = difference if difference > 0 else difference + (1 << size) - 1
    return f"{size:04b}" + (f"{value:0{size}b}" if size else "") + "0"


def _convert_colour(colour: Colour) -> list[int]:
    red, green, blue = colour
    bright = 0.299 * red + 0.587 * green + 0.114 * blue
    return [_clamp(bright - 128), _clamp((blue - bright) * 0.564), _clamp((red - bright) * 0.713)]


def _clamp(value: float) -> int:
    return max(-128, min(127, round(value)))
