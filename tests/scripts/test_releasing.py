"""A release: the changelog's parts, the files of a plugin source, and what is refused."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from scripts.cli import main
from scripts.console import Stop
from scripts.release.changelog import list_sections, name_release, read_notes
from scripts.release.channels import INDEX, SUMS, list_published, make_nightly_version, name_zip, write_source
from scripts.release.index import read_index
from tests.scripts.conftest import make

NOON, LATER = datetime(2026, 3, 1, 12), datetime(2026, 4, 1, 12)
CHANGELOG = """# Changelog

## [Unreleased]

### Added

- A button.

## [1.0.0] - 2026-01-01

- Everything.
"""


def test_the_notes_of_a_version_are_its_section() -> None:
    assert read_notes(CHANGELOG, "1.0.0") == "- Everything."
    assert read_notes(CHANGELOG, "Unreleased") == "### Added\n\n- A button."


def test_a_version_without_notes_is_no_release() -> None:
    with pytest.raises(Stop, match=r"says nothing about 1\.1\.0"):
        read_notes(CHANGELOG, "1.1.0")


def test_unreleased_changes_become_those_of_the_version() -> None:
    text = name_release(CHANGELOG, "1.1.0", "2026-03-01")
    assert [section.version for section in list_sections(text)] == ["Unreleased", "1.1.0", "1.0.0"]
    assert "## [1.1.0] - 2026-03-01\n\n### Added\n\n- A button.\n\n## [1.0.0] - 2026-01-01\n\n- Every" in text
    assert text.startswith("# Changelog\n\n## [Unreleased]\n\n## [1.1.0]")


def test_a_first_release_has_nothing_below_it() -> None:
    only = CHANGELOG.split("\n## [1.0.0]")[0]
    assert name_release(only, "1.0.0", "2026-03-01").endswith("## [1.0.0] - 2026-03-01\n\n### Added\n\n- A button.\n")


def test_a_second_release_in_a_row_has_nothing_to_say() -> None:
    text = name_release(CHANGELOG, "1.1.0", "2026-03-01")
    with pytest.raises(Stop, match="says nothing about Unreleased"):
        name_release(text, "1.2.0", "2026-03-02")


def test_a_version_is_released_once() -> None:
    with pytest.raises(Stop, match=r"has the version 1\.0\.0 already"):
        name_release(CHANGELOG, "1.0.0", "2026-03-01")


def test_other_content_has_another_name() -> None:
    names = {name_zip(make(content)) for content in (b"one", b"two")}
    assert len(names) == 2
    assert all(name.startswith("missingScenes-1.0.0-") and name.endswith(".zip") for name in names)


def test_a_source_has_zips_index_and_checksums_that_agree(tmp_path: Path) -> None:
    package = make(b"content")
    write_source(tmp_path, [package], list_published([package], [], NOON))
    (entry,) = read_index(tmp_path / INDEX)
    digest = hashlib.sha256((tmp_path / str(entry["path"])).read_bytes()).hexdigest()
    assert (entry["sha256"], entry["version"], entry["date"]) == (digest, "1.0.0", "2026-03-01 12:00:00")
    assert (tmp_path / SUMS).read_text() == f"{digest}  {entry['path']}\n"


def test_a_nightly_without_a_change_offers_no_update() -> None:
    first = list_published([make()], [], NOON, "1.0.0-nightly.20260301.aaaaaaa")
    assert list_published([make()], first, LATER, "1.0.0-nightly.20260401.bbbbbbb") == first


def test_a_nightly_with_a_change_says_its_day_and_commit() -> None:
    first = list_published([make()], [], NOON, "1.0.0-nightly.20260301.aaaaaaa")
    version = make_nightly_version("1.0.0", "b" * 40, LATER)
    (entry,) = list_published([make(b"other")], first, LATER, version)
    assert (entry["version"], entry["date"]) == ("1.0.0-nightly.20260401.bbbbbbb", "2026-04-01 12:00:00")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["prepare", "1.2"], "dev: '1.2' is no version; versions look like 1.2.3."),
        (["prepare", "0.0.9"], "dev: 0.0.9 is lower than the present version"),
        (["publish"], "dev: argument step: invalid choice: 'publish'"),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_written(
    argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", *argv]) != 0
    assert capsys.readouterr().err.startswith(sentence)


def test_a_nightly_is_written_from_this_checkout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "nightly", str(tmp_path)]) == 0
    entries = read_index(tmp_path / INDEX)
    assert {str(entry["path"]) for entry in entries} == {path.name for path in tmp_path.glob("*.zip")}
    assert "-nightly." in str(entries[0]["version"])
    assert str(entries[0]["version"]) in capsys.readouterr().out
