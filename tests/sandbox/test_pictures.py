"""Generated pictures: real files of their kind, always the same for the same key."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sandbox.pictures import MIME_TYPES, draw_picture


@pytest.mark.parametrize("kind", MIME_TYPES)
def test_a_key_always_draws_the_same_and_another_key_something_else(kind: str) -> None:
    first = draw_picture("one", 120, 80, kind)
    draw_picture.cache_clear()
    assert draw_picture("one", 120, 80, kind) == first != draw_picture("two", 120, 80, kind)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize(("width", "height"), [(120, 80), (121, 83), (1, 1)])
def test_a_picture_is_of_its_kind_and_size(kind: str, width: int, height: int) -> None:
    picture = Image.open(io.BytesIO(draw_picture("p", width, height, kind)))
    picture.load()
    assert (picture.format, picture.size) == (kind.upper(), (width, height))
