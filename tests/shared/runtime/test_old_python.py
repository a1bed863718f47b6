"""On a Python that is too old every plugin says so in one sentence; Python 2.7 has to understand these files."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.process import ROOT, document, run_plugin, task

ENTRIES = {
    "Missing Scenes": "missingScenes/missing_scenes.py",
    "Tag Manager": "tagManager/tag_manager.py",
    "Stash2Plex": "stash2plex/stash2plex.py",
    "Performer/Site Sync": "performerSiteSync/performer_site_sync.py",
}
PRETEND = (
    "import runpy, sys; sys.version_info = %s; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], None, '__main__')"
)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 8, 20)])
@pytest.mark.parametrize("name", ENTRIES)
def test_an_old_python_is_one_sentence(name: str, version: tuple[int, int, int], tmp_path: Path) -> None:
    sent = document(task("anything"), state=tmp_path)
    outcome = run_plugin(ENTRIES[name], sent, options=["-c", PRETEND % repr(version)])
    found = f"{version[0]}.{version[1]}"
    start = f"{name} needs Python 3.9 or later, and Stash started Python {found}. "
    assert (str(outcome.error).startswith(start), outcome.lines, outcome.exit_code) == (True, (), 0)


def find_new_syntax(source: str) -> Iterator[str]:
    """Yield what Python 2.7 cannot parse, as far as an entry table could have it."""
    if not source.isascii():
        yield "letters beyond ASCII"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.Nonlocal, ast.NamedExpr, ast.AsyncFunctionDef)):
            yield type(node).__name__
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)) and any(isinstance(e, ast.Starred) for e in node.elts):
            yield "a starred element"
        if isinstance(node, ast.arg) and node.annotation:
            yield "an annotation"
        if isinstance(node, ast.arguments) and (node.kwonlyargs or node.posonlyargs):
            yield "an argument by keyword or position only"
        if isinstance(node, ast.Dict) and None in node.keys:
            yield "an unpacked dict"


@pytest.mark.parametrize("path", [*ENTRIES.values(), "shared/old_python.py", "shared/__init__.py"])
def test_python_2_understands_the_file(path: str) -> None:
    assert list(find_new_syntax((ROOT / path).read_text("utf-8"))) == []


def test_the_tls_library_of_macos_leaves_no_line_in_the_log(tmp_path: Path) -> None:
    pretend = "import ssl; ssl.OPENSSL_VERSION = 'LibreSSL 2.8.3'"
    (tmp_path / "sitecustomize.py").write_text(pretend)
    entry = ENTRIES["Missing Scenes"]
    sent = document({"operation": "settings_get"}, state=tmp_path)
    outcome = run_plugin(entry, sent, env={"PYTHONPATH": str(tmp_path)}, python=sys.executable)
    assert "Stash" in str(outcome.error or outcome.output)
    assert [line.text for line in outcome.lines if "SSL" in line.text] == []
