"""./dev install: copies like Stash's package manager, and never over something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import pytest

from scripts.commands.install import RECORD, check_folder, check_is_its_folder, check_target, install_package
from scripts.console import Stop
from scripts.graphql import Stash
from scripts.places import ROOT
from scripts.release.packages import zip_files
from tests.scripts.conftest import write


class StashThatReads(Stash):
    """A Stash whose plugins folder is known."""

    def __init__(self, folder: Path) -> None:
        super().__init__("http://127.0.0.1:9")
        self.folder = folder

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        return {"configuration": {"general": {"pluginsPath": str(self.folder)}}}


FIRST = zip_files({"missingScenes.yml": b"name: x", "old.py": b"", "shared/a.py": b"1"})
SECOND = zip_files({"missingScenes.yml": b"name: x", "shared/a.py": b"2"})


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A plugins folder with the first version installed."""
    install_package(FIRST, tmp_path / "missingScenes")
    return tmp_path / "missingScenes"


def test_an_update_replaces_and_removes_what_the_package_no_longer_has(target: Path) -> None:
    install_package(SECOND, target)
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    assert found == sorted([RECORD, "missingScenes.yml", "shared/a.py"])
    assert (target / "shared/a.py").read_bytes() == b"2"


def test_an_update_keeps_what_it_did_not_bring(target: Path) -> None:
    write(target / "data" / "state.sqlite3", "mine")
    install_package(SECOND, target)
    assert (target / "data" / "state.sqlite3").read_text() == "mine"


def test_a_record_that_points_elsewhere_removes_nothing_there(target: Path) -> None:
    write(target.parent / "precious.txt", "mine")
    write(target / RECORD, '["../precious.txt"]')
    install_package(SECOND, target)
    assert (target.parent / "precious.txt").exists()


def test_a_package_installed_before_can_be_installed_again(target: Path) -> None:
    check_target(target.parent, "missingScenes")


def put_managed(folder: Path) -> None:
    write(folder / "missingScenes" / "manifest", "id: missingScenes")


def put_other_things(folder: Path) -> None:
    write(folder / "missingScenes" / "holiday.txt", "")


def put_second_copy(folder: Path) -> None:
    write(folder / "community" / "missingScenes" / "MissingScenes.yml", "name: x")


def put_link(folder: Path) -> None:
    (folder / "missingScenes").symlink_to(folder)


@pytest.mark.parametrize(
    ("put", "sentence"),
    [
        (put_managed, "belongs to Stash's package manager"),
        (put_other_things, "holds something else"),
        (put_second_copy, r"missingScenes is there already as .*community/missingScenes"),
        (put_link, "is a link"),
    ],
)
def test_other_copies_and_things_are_left_alone(put: Callable[[Path], None], sentence: str, tmp_path: Path) -> None:
    put(tmp_path)
    with pytest.raises(Stop, match=sentence):
        check_target(tmp_path, "missingScenes")


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        (Path("/"), "is no plugins folder"),
        (ROOT, "lies in this checkout"),
        (ROOT / "tests", "lies in this checkout"),
        (ROOT / "README.md", "is a file"),
        (Path("/nowhere/plugins"), "does not exist"),
    ],
)
def test_odd_folders_are_refused(folder: Path, sentence: str) -> None:
    with pytest.raises(Stop, match=sentence):
        check_folder(folder)


def test_the_home_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    with pytest.raises(Stop, match="is no plugins folder"):
        check_folder(tmp_path)


def test_the_configuration_folder_is_told_from_the_plugins_folder(tmp_path: Path) -> None:
    write(tmp_path / "config.yml", "")
    with pytest.raises(Stop, match=rf"configuration folder; name its plugins folder, usually {tmp_path}/plugins"):
        check_folder(tmp_path)


def test_a_folder_that_this_stash_does_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "its").mkdir()
    with pytest.raises(Stop, match=f"reads its plugins from {tmp_path}/its, not from {tmp_path}"):
        check_is_its_folder(StashThatReads(tmp_path / "its"), tmp_path)


@pytest.mark.parametrize("told", [".", "/path/inside/a/container"])
def test_its_own_folder_and_one_that_cannot_be_compared_pass(told: str, tmp_path: Path) -> None:
    check_is_its_folder(StashThatReads(tmp_path / told), tmp_path)
