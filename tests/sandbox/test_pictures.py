"""Generated pictures: real files of their kind, always the same for the same key."""

from __future__ import annotations

import struct
import zlib

import pytest

from sandbox.pictures import MIME_TYPES, draw_picture


@pytest.mark.parametrize("kind", MIME_TYPES)
def test_a_key_always_draws_the_same_and_another_key_something_else(kind: str) -> None:
    first = draw_picture("one", 120, 80, kind)
    draw_picture.cache_clear()
    assert draw_picture("one", 120, 80, kind) == first != draw_picture("two", 120, 80, kind)


@pytest.mark.parametrize(("width", "height"), [(120, 80), (121, 83), (1, 1)])
def test_a_png_has_every_pixel_it_promises(width: int, height: int) -> None:
    data = draw_picture("p", width, height, "png")
    assert struct.unpack(">II", data[16:24]) == (width, height)
    start = data.index(b"IDAT") + 4
    length = struct.unpack(">I", data[start - 8 : start - 4])[0]
    assert len(zlib.decompress(data[start : start + length])) == height * (3 * width + 1)


def test_a_jpeg_promises_its_size_and_hides_no_marker_in_its_pixels() -> None:
    data = draw_picture("j", 120, 80, "jpeg")
    frame = data.index(b"\xff\xc0")
    assert struct.unpack(">HH", data[frame + 5 : frame + 9]) == (80, 120)
    pixels = data[data.index(b"\xff\xda") + 14 : -2]
    assert all(pixels[place + 1 : place + 2] == b"\0" for place in range(len(pixels)) if pixels[place] == 0xFF)


def test_a_webp_promises_its_size() -> None:
    data = draw_picture("w", 120, 80, "webp")
    bits = int.from_bytes(data[21:25], "little")
    assert (data[12:16], (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1) == (b"VP8L", 120, 80)
