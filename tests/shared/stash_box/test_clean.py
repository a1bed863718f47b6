"""Odd addresses and endless names are left out of records, with words for what was left out."""

from __future__ import annotations

from typing import Any

import pytest

from shared.stash_box.queries.kinds import PERFORMER, SCENE
from shared.stash_box.records.clean import clean_record, is_web_address

ENDLESS = "x" * 100_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/b", True),
        ("HTTP://a.example", True),
        ("www.a.example/b", True),
        ("a.example:8080/b", True),
        ("/images/1", True),
        ("javascript:alert(1)", False),
        (" JavaScript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("vbscript:x", False),
    ],
)
def test_web_addresses(text: str, expected: bool) -> None:
    assert is_web_address(text) is expected


def test_odd_values_of_a_performer_are_left_out_and_told() -> None:
    row: dict[str, Any] = {
        "id": "1",
        "name": "Ann",
        "aliases": [ENDLESS, "Annie"],
        "urls": [{"url": "javascript:alert(1)"}, {"url": "https://a.example", "site": {"name": ENDLESS}}],
        "images": [{"id": "2", "url": "file:///etc/passwd"}],
    }
    record = PERFORMER.read(row)
    found = (record.name, record.aliases, [link.url for link in record.links], record.images)
    assert found == ("Ann", ("Annie",), ["https://a.example"], ())
    assert record.left_out == (
        "aliases of 100,000 characters",
        '"javascript:alert(1)", which is no web address',
        "name of 100,000 characters",
        '"file:///etc/passwd", which is no web address',
    )


def test_a_record_without_a_usable_name_is_left_out_of_another() -> None:
    tags = [{"id": "2", "name": ENDLESS}, {"id": "3", "name": "Blue"}]
    record = SCENE.read({"id": "1", "title": ENDLESS, "studio": {"id": "4", "name": ENDLESS}, "tags": tags})
    assert (record.title, record.studio, [tag.name for tag in record.tags if tag]) == (None, None, ["Blue"])


def test_sizes_of_a_poster_are_addresses() -> None:
    row = {"posters": {"large": "javascript:x", "small": "https://a.example/1"}}
    assert (len(clean_record(row)), row) == (1, {"posters": {"large": None, "small": "https://a.example/1"}})


def test_a_usual_record_loses_nothing() -> None:
    row = {"id": "1", "name": "Ann", "details": "x" * 5000, "urls": [{"url": "https://a.example"}], "tags": [None, {}]}
    assert (clean_record(row), row["tags"]) == ((), [None, {}])
