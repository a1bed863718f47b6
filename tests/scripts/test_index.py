"""Dates decide whether Stash offers an update, so they follow the content and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import yaml

from scripts.console import Stop
from scripts.release.index import find_index_drift, make_entries, read_index, render_index
from scripts.release.packages import Package
from tests.scripts.conftest import make

NOON = datetime(2026, 3, 1, 12, 0, 0, 5000)
LATER = datetime(2026, 4, 1, 12, 0, 0)


def test_new_content_gets_the_present_time() -> None:
    assert make_entries([make()], [], NOON)[0]["date"] == "2026-03-01 12:00:00"


def test_known_content_keeps_its_date() -> None:
    known = make_entries([make()], [], NOON)
    assert make_entries([make()], known, LATER) == known


def test_changed_content_gets_a_later_date() -> None:
    known = make_entries([make()], [], NOON)
    assert make_entries([make(b"other")], known, LATER)[0]["date"] == "2026-04-01 12:00:00"


def test_a_clock_that_went_back_still_gives_a_later_date() -> None:
    known = make_entries([make()], [], LATER)
    assert make_entries([make(b"other")], known, NOON)[0]["date"] == "2026-04-01 12:00:01"


def test_the_index_reads_back_what_it_was_made_of(tmp_path: Path) -> None:
    entries = make_entries([make()._replace(description="Finds: what # you lack")], [], NOON)
    (tmp_path / "index.yml").write_text(render_index(entries))
    assert read_index(tmp_path / "index.yml") == entries


def test_the_date_stays_text_for_readers_that_know_timestamps() -> None:
    assert yaml.safe_load(render_index(make_entries([make()], [], NOON)))[0]["date"] == "2026-03-01 12:00:00"


def test_no_file_is_an_empty_index(tmp_path: Path) -> None:
    assert read_index(tmp_path / "index.yml") == []


def test_a_broken_index_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "index.yml").write_text("- [")
    with pytest.raises(Stop, match=r"index\.yml is not valid YAML"):
        read_index(tmp_path / "index.yml")


def test_an_index_of_this_content_has_no_drift() -> None:
    assert find_index_drift([make()], make_entries([make()], [], NOON)) == []


@pytest.mark.parametrize(
    ("built", "complaint"),
    [
        ([make(b"other")], "missingScenes: sha256 in the index differs from the build"),
        ([make(version="1.0.1")], "missingScenes: version in the index differs from the build"),
        ([], "missingScenes is in the index, but not in the build"),
        ([make(), make()._replace(id="tagManager")], "tagManager is not in the index"),
    ],
)
def test_drift_is_named(built: list[Package], complaint: str) -> None:
    assert find_index_drift(built, make_entries([make()], [], NOON)) == [complaint]
