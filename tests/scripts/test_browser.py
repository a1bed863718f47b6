"""Chromium: found by name, by variable, or asked for in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.console import Stop
from scripts.setup.browser import ensure_browser, find_browser, install_chromium


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


# An apt-get whose source has a package or not, and which notes what it was asked to install.
APT = """#!/bin/sh
case "$*" in
  "--simulate install chromium-headless-shell") exit {missing};;
  install*) echo "$*" >> {asked};;
esac
"""


@pytest.mark.parametrize(("missing", "package"), [(0, "chromium-headless-shell"), (100, "chromium")])
def test_the_shell_is_installed_where_debian_has_it(tmp_path: Path, missing: int, package: str) -> None:
    apt, asked = tmp_path / "apt-get", tmp_path / "asked"
    apt.write_text(APT.format(missing=missing, asked=asked))
    apt.chmod(0o755)
    install_chromium(str(apt))
    assert asked.read_text() == f"install -y --no-install-recommends {package}\n"


def test_the_shell_is_preferred(empty_path: Path) -> None:
    for name in ("chromium", "chromium-headless-shell"):
        (empty_path / name).write_text("#!/bin/sh\n")
        (empty_path / name).chmod(0o755)
    assert find_browser() == str(empty_path / "chromium-headless-shell")
