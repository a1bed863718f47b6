"""A small repository to build from, and ./dev as a process in a bare copy of this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable

import pytest

from scripts.places import ROOT
from scripts.release.packages import Package

MANIFEST = """name: Missing Scenes
description: "Finds: what you lack # and more"
version: 1.0.0
ui:
  javascript: [ui/starter.js]
  css: [ui/list/list.css]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one plugin."""
    files = {
        "LICENSE": "licence\n",
        "missingScenes/missingScenes.yml": MANIFEST,
        "missingScenes/missing_scenes.py": "print('{}')\n",
        "missingScenes/ui/list/list.css": "a {}\n",
        "missingScenes/ui/list/list.js": ";\n",
        "missingScenes/missing/__init__.py": "",
        "shared/errors.py": "",
        "shared/ui/starter/kit.js": 'x = ["HOST_SCRIPT", "PAGE_SCRIPT"];\n',
    }
    for name, text in files.items():
        write(tmp_path / name, text)
    return tmp_path


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def make(content: bytes = b"zip", version: str = "1.0.0") -> Package:
    """A package with some content."""
    return Package("missingScenes", "Missing Scenes", version, "Finds them", content)


RunDev = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def bare_dev(tmp_path: Path) -> RunDev:
    """Runs ./dev of a fresh copy, with nothing set up yet, by the Python below our virtual environment."""
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    python = os.path.realpath(sys.executable)

    def run(*argv: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = [python, str(tmp_path / "dev"), *argv]
        return subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=False)

    return run
