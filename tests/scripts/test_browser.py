"""Chromium: found by name, by variable, or asked for in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.console import Stop
from scripts.setup.browser import ensure_browser, find_browser


@pytest.fixture
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def test_without_chromium_and_apt_one_sentence_says_what_to_install(empty_path: Path) -> None:
    with pytest.raises(Stop, match=r"apt-get install chromium\) or name one in the variable CHROMIUM"):
        ensure_browser()


def test_the_variable_wins(empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = empty_path / "my-browser"
    chosen.write_text("#!/bin/sh\n")
    chosen.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(chosen))
    ensure_browser()
    assert find_browser() == str(chosen)


def test_a_variable_that_names_nothing_is_said(empty_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(Stop, match="names /nowhere/chromium, which is not a program"):
        ensure_browser()
