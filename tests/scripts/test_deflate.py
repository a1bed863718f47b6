"""The encoder of the packages: every reader of zips gets the same bytes back."""

from __future__ import annotations

import random
import zlib

import pytest

from scripts.places import ROOT
from scripts.release.deflate import LONGEST, WINDOW, deflate

NOISE = random.Random(7).randbytes(WINDOW + 10)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"abc", id="shorter than a repeat"),
        pytest.param(NOISE, id="without repeats"),
        pytest.param(bytes(range(256)), id="every byte"),
        pytest.param(b"x" * (2 * LONGEST + 3), id="longer than the longest repeat"),
        *(
            pytest.param(b"word" + NOISE[:between] + b"words", id=f"a repeat {between + 4} bytes back")
            for between in (WINDOW - 6, WINDOW - 5, WINDOW - 4, WINDOW - 3)
        ),
    ],
)
def test_data_comes_back_as_it_was(data: bytes) -> None:
    assert zlib.decompress(deflate(data), wbits=-15) == data


def test_every_length_and_many_distances_come_back() -> None:
    parts = (NOISE[start : start + length] for length in range(4, LONGEST + 1) for start in (0, length * 97))
    data = NOISE + b"".join(parts)
    assert zlib.decompress(deflate(data), wbits=-15) == data


def test_a_text_takes_less_than_half() -> None:
    text = (ROOT / "shared" / "journal" / "journal.py").read_bytes()
    assert len(deflate(text)) < len(text) / 2
