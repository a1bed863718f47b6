"""The import of `requests`: it loads no package that guesses encodings, and a later import finds one."""

from __future__ import annotations

import subprocess
import sys

from scripts.places import ROOT

GUESSING = ("charset_normalizer", "chardet")


def run_fresh(program: str, name: str) -> str:
    """Return what a new process of Python prints; it has a package of this name that guesses encodings."""
    begin = "import sys\n"
    begin += (
        "class Finder:\n"
        "    def find_spec(self, asked, path=None, target=None):\n"
        f"        if asked == {name!r}: print('imported')\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    command = [sys.executable, "-W", "error", "-c", begin + program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


def test_the_import_looks_for_no_package_that_guesses_encodings() -> None:
    for name in GUESSING:
        assert run_fresh("import shared.http", name) == ""


def test_such_a_package_can_be_imported_later() -> None:
    for name in GUESSING:
        program = f"import shared.http\ntry:\n    import {name}\nexcept ImportError:\n    pass"
        assert run_fresh(program, name).startswith("imported")
