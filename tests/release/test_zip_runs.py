"""The released bytes on a bare Python: every call is answered with one document, never with a traceback."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from scripts.release.packages import Package
from tests.harness.weather import answer, serve
from tests.release.conftest import Answer, Installed

IMPORT_ALL = """
import importlib, pkgutil, sys
folder, packages = sys.argv[1], sys.argv[2:]
sys.path.insert(0, folder)
from shared.runtime.deps import find_vendored
sys.path[1:1] = find_vendored(folder)
for package in packages:
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(module.__path__, package + "."):
        importlib.import_module(found.name)
"""


ASK = """
import sys
folder, url = sys.argv[1], sys.argv[2]
sys.path.insert(0, folder)
from shared.runtime.deps import use_vendored
use_vendored(folder)
from shared.http import Http, Request, Service
from shared.http.wire.tls import find_trust
plain, checked = Service("Box", url, verify_tls=False), Service("Box", url)
print(Http(plain).send(Request("GET")).data, find_trust())
try:
    Http(checked).send(Request("GET"))
except Exception as error:
    print(type(error).__name__)
"""


def list_calls(installed: Installed, python: str) -> list[dict[str, Any]]:
    """Return a call of each operation and each task that the plugin itself says it has."""
    message = installed.call(python, {}).document["error"]
    calls: list[dict[str, Any]] = []
    for kind, key in (("operations", "operation"), ("tasks", "mode")):
        listed = re.search(rf"Known {kind}: ([^.]+)\.", message)
        assert listed, message
        calls += [{key: name} for name in listed.group(1).split(", ")]
    return calls


def is_decent(answer: Answer) -> bool:
    """Return True if a call without Stash ended as promised: one document, no bug, no traceback."""
    document, text = answer.document, str(answer.document) + answer.log
    return bool({"output", "error"} & document.keys()) and "bug of its own" not in text and "Traceback" not in text


def test_every_call_has_a_decent_answer_when_nothing_is_there(installed: Installed, python: str) -> None:
    calls = list_calls(installed, python)
    answers = zip(calls, installed.call_all(python, calls))
    assert [(call, answer) for call, answer in answers if not is_decent(answer)] == []


def test_a_hook_of_the_version_before_never_fails_a_save(installed: Installed, python: str) -> None:
    context = {"id": 1, "type": "Scene.Update.Post", "input": None, "inputFields": ["title", "tag_ids"]}
    answer = installed.call(python, {"hookContext": context})
    assert (answer.code, answer.document) == (0, {"output": None})


@pytest.mark.parametrize("args", [{"operation": "no_such"}, {"mode": "no_such"}, {"operation": 7}])
def test_unknown_calls_get_a_list_of_the_known(installed: Installed, python: str, args: dict[str, Any]) -> None:
    assert "Known" in installed.call(python, args).document["error"]


def test_every_module_can_be_imported(installed: Installed, python: str) -> None:
    inner = sorted(path.parent.name for path in installed.folder.glob("*/__init__.py"))
    done = installed.run(python, ["-c", IMPORT_ALL, str(installed.folder), *inner, "stashapi", "certifi"])
    assert done.stderr == ""


def test_running_leaves_nothing_beside_the_shipped_files(
    installed: Installed, python: str, packages: dict[str, Package]
) -> None:
    installed.call(python, {"operation": "history_list"})
    there = {path for path in installed.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    shipped = zipfile.ZipFile(io.BytesIO(packages[installed.plugin].zip)).namelist()
    assert there == {installed.folder / name for name in shipped}


def test_https_is_checked_against_the_certificates_in_the_zip(installed: Installed, python: str) -> None:
    with serve(answer([1]), tls=True) as server:
        done = installed.run(python, ["-c", ASK, str(installed.folder), server.url], "")
    said = f"[1] {installed.folder}/vendor/certifi/cacert.pem\nTlsFailed\n"
    assert (done.stdout, done.stderr) == (said, "")
