"""Generated pictures: a small landscape drawn from a key, as PNG, JPEG, WebP or SVG, always the same bytes.

draw_picture("any key", 600, 900, "jpeg") -> bytes        MIME_TYPES["jpeg"] == "image/jpeg"
"""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Sequence

from PIL import Image

from sandbox.pictures.landscape import BLOCK, draw_landscape, draw_svg

MIME_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}


@functools.lru_cache(maxsize=2000)
def draw_picture(key: str, width: int, height: int, kind: str = "jpeg") -> bytes:
    """Return the bytes of a drawn picture, the same for the same key; the doubles send them.

    An SVG ignores the size.
    """
    if kind == "svg":
        return draw_svg(key)
    columns, rows = -(-width // BLOCK), -(-height // BLOCK)
    colors = itertools.chain.from_iterable(itertools.chain.from_iterable(draw_landscape(key, columns, rows)))
    mosaic = Image.frombytes("RGB", (columns, rows), bytes(colors))
    enlarged = mosaic.resize((columns * BLOCK, rows * BLOCK), Image.Resampling.NEAREST)
    if enlarged.size != (width, height):
        enlarged = enlarged.crop((0, 0, width, height))
    target = io.BytesIO()
    enlarged.save(target, kind.upper())
    return target.getvalue()


def draw_collage(pictures: Sequence[bytes], width: int, height: int) -> bytes:
    """Return a JPEG with up to four pictures, two in a row, as Plex shows a collection without a poster.

    Fewer fill the room again from the first on.
    """
    canvas, half = Image.new("RGB", (width, height)), (width // 2, height // 2)
    for place in range(4):
        part = Image.open(io.BytesIO(pictures[place % len(pictures)])).convert("RGB").resize(half)
        canvas.paste(part, (place % 2 * half[0], place // 2 * half[1]))
    target = io.BytesIO()
    canvas.save(target, "JPEG")
    return target.getvalue()
