"""Compiled modules are kept in the state folder where Python cannot keep them beside their sources."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.installed import ROOT, assemble
from tests.harness.process import document, operation, run_plugin
from tests.shared.conftest import SAMPLE

ECHO = operation("echo", text="a")
SWITCH = "PYTHONDONTWRITEBYTECODE"


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    """The entry of the sample plugin, in a folder without compiled modules."""
    folder = assemble(SAMPLE.parent, tmp_path / "samplePlugin")
    (folder / "shared").unlink()
    shutil.copytree(ROOT / "shared", folder / "shared", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "sample_plugin.py"


@pytest.fixture
def call(entry: Path, tmp_path: Path) -> Callable[[bool], list[str]]:
    """Return a function that calls the plugin and lists the byte code in its state folder."""

    def run(keeps: bool) -> list[str]:
        sent = document(ECHO, state=tmp_path / "stash")
        outcome = run_plugin(entry, sent, env={SWITCH: "" if keeps else "1"})
        assert outcome.output == {"operation": "echo", "text": "a"}
        folder = tmp_path / "stash" / "plugin_data" / "samplePlugin"
        if folder.is_dir() and sys.platform != "win32":
            assert folder.stat().st_mode & 0o077 == 0
        return [path.name.split(".")[0] for path in (folder / "byte_code").rglob("*.pyc")]

    return run


def test_without_byte_code_of_its_own_a_plugin_keeps_it_in_the_state_folder(call: Callable[[bool], list[str]]) -> None:
    assert "call" in call(False)


def test_where_python_can_keep_byte_code_beside_the_sources_it_stays_there(call: Callable[[bool], list[str]]) -> None:
    assert call(True) == []
