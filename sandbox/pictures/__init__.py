"""Generated pictures: a small landscape drawn from a key, as PNG, JPEG, WebP or SVG, always the same bytes.

draw_picture("any key", 600, 900, "jpeg") -> bytes        MIME_TYPES["jpeg"] == "image/jpeg"
"""

from __future__ import annotations

import functools
from typing import Callable

from sandbox.pictures.jpeg import encode_jpeg
from sandbox.pictures.landscape import BLOCK, Mosaic, draw_landscape, draw_svg
from sandbox.pictures.lossless import encode_png, encode_webp

MIME_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
ENCODERS: dict[str, Callable[[Mosaic, int, int], bytes]] = {
    "png": encode_png,
    "jpeg": encode_jpeg,
    "webp": encode_webp,
}


@functools.lru_cache(maxsize=2000)
def draw_picture(key: str, width: int, height: int, kind: str = "jpeg") -> bytes:
    """The bytes of a picture; an SVG ignores the size."""
    if kind == "svg":
        return draw_svg(key)
    columns, rows = -(-width // BLOCK), -(-height // BLOCK)
    return ENCODERS[kind](draw_landscape(key, columns, rows), width, height)
