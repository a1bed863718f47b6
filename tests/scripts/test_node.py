"""Node: missing, too old, or not what it says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.console import Stop
from scripts.setup.node import check_version, find_npm_program


def put_program(folder: Path, name: str, says: str) -> None:
    """A program that only prints something."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An otherwise empty folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_missing_node_says_what_to_install(programs: Path) -> None:
    with pytest.raises(Stop, match=r"node is not installed: install Node.js 20 or later"):
        check_version()


@pytest.mark.parametrize("version", ["v18.19.0", "v0.10.1", "something else", ""])
def test_other_versions_are_refused(programs: Path, version: str) -> None:
    put_program(programs, "node", version)
    put_program(programs, "npm", "10.0.0")
    with pytest.raises(Stop, match=r"Node.js 20 or later is needed"):
        check_version()


@pytest.mark.parametrize("version", ["v20.0.0", "v24.1.2"])
def test_new_enough_versions_pass(programs: Path, version: str) -> None:
    put_program(programs, "node", version)
    put_program(programs, "npm", "10.0.0")
    check_version()


def test_missing_npm_is_named_too(programs: Path) -> None:
    put_program(programs, "node", "v20.0.0")
    with pytest.raises(Stop, match="npm is not installed"):
        check_version()


def test_programs_of_npm_packages_are_ours() -> None:
    assert Path(find_npm_program("eslint")[0]).exists()
