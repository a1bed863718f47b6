"""Small JSON files that are read without opening the state file."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.state.json_file import recall, remember


def test_what_was_kept_is_recalled(tmp_path: Path) -> None:
    remember(str(tmp_path / "m.json"), {"a": [1, "ü"]})
    remember(str(tmp_path / "m.json"), {"a": [2]})
    assert recall(str(tmp_path / "m.json")) == {"a": [2]}


def test_the_file_is_private_and_alone(tmp_path: Path) -> None:
    remember(str(tmp_path / "m.json"), {"key": "secret"})
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("m.json", 0o600)]


def test_nothing_kept_is_none(tmp_path: Path) -> None:
    assert recall(str(tmp_path / "m.json")) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b'{"a":' * 5000, b'{"a": NaN}'])
def test_a_file_that_makes_no_sense_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.json").write_bytes(content)
    assert recall(str(tmp_path / "m.json")) is None


def test_the_folder_is_made_when_it_is_not_there(tmp_path: Path) -> None:
    remember(str(tmp_path / "new" / "m.json"), {"a": 1})
    assert recall(str(tmp_path / "new" / "m.json")) == {"a": 1}


def test_a_folder_that_cannot_be_made_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    remember(str(tmp_path / "file" / "m.json"), {"a": 1})
    assert recall(str(tmp_path / "file" / "m.json")) is None
