"""The released bytes on a bare Python: every call is answered with one document, never with a traceback."""

from __future__ import annotations

import io
import re
import sys
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
import warnings
warnings.filterwarnings("ignore", message="Unable to find acceptable character detection")
for package in packages:
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(module.__path__, package + "."):
        importlib.import_module(found.name)
"""


ASK = """
import sys
folder, url, needs_former = sys.argv[1], sys.argv[2], sys.argv[3] == "former"
sys.path.insert(0, folder)
from shared.runtime.deps import find_vendored
sys.path[1:1] = find_vendored(folder, needs_former=needs_former)
import warnings
warnings.filterwarnings("ignore", message="Unable to find acceptable character detection")
import requests, urllib3
from shared.http import Http, Request, Service
print(requests.__version__, urllib3.__version__, Http(Service("Box", url)).send(Request("GET")).data)
"""


def known(installed: Installed, python: str, kind: str) -> list[str]:
    """The tasks or operations that the plugin itself says it has."""
    message = installed.call(python, {}).document["error"]
    listed = re.search(rf"Known {kind}: ([^.]+)\.", message)
    assert listed, message
    return listed.group(1).split(", ")


def is_decent(answer: Answer) -> bool:
    """Whether a call without Stash ended as promised: one document, no bug, no traceback."""
    document, text = answer.document, str(answer.document) + answer.log
    return bool({"output", "error"} & document.keys()) and "bug of its own" not in text and "Traceback" not in text


@pytest.mark.parametrize(("kind", "key"), [("operations", "operation"), ("tasks", "mode")])
def test_every_call_has_a_decent_answer_when_nothing_is_there(
    installed: Installed, python: str, kind: str, key: str
) -> None:
    names = known(installed, python, kind)
    answers = dict(zip(names, installed.call_all(python, [{key: name} for name in names])))
    assert {name: answer for name, answer in answers.items() if not is_decent(answer)} == {}


def test_a_hook_of_the_version_before_never_fails_a_save(installed: Installed, python: str) -> None:
    context = {"id": 1, "type": "Scene.Update.Post", "input": None, "inputFields": ["title", "tag_ids"]}
    answer = installed.call(python, {"hookContext": context})
    assert (answer.code, answer.document) == (0, {"output": None})


@pytest.mark.parametrize("args", [{"operation": "no_such"}, {"mode": "no_such"}, {"operation": 7}])
def test_unknown_calls_get_a_list_of_the_known(installed: Installed, python: str, args: dict[str, Any]) -> None:
    assert "Known" in installed.call(python, args).document["error"]


def test_every_module_can_be_imported(installed: Installed, python: str) -> None:
    inner = sorted(path.parent.name for path in installed.folder.glob("*/__init__.py"))
    done = installed.run(python, ["-c", IMPORT_ALL, str(installed.folder), *inner, "requests"])
    assert done.stderr == ""


def test_running_leaves_nothing_beside_the_shipped_files(
    installed: Installed, python: str, packages: dict[str, Package]
) -> None:
    installed.call(python, {"operation": "history_list"})
    there = {path for path in installed.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    shipped = zipfile.ZipFile(io.BytesIO(packages[installed.plugin].zip)).namelist()
    assert there == {installed.folder / name for name in shipped}


@pytest.mark.parametrize(("chosen", "said"), [("former", "2.32.5 2.6.3 [1]"), ("newest", "2.32.5 2.8.0 [1]")])
def test_both_sets_of_packages_work(installed: Installed, chosen: str, said: str) -> None:
    if sys.version_info < (3, 10) and chosen == "newest":
        pytest.skip("the newest packages need Python 3.10")
    with serve(answer([1])) as server:
        done = installed.run(sys.executable, ["-c", ASK, str(installed.folder), server.url, chosen], "")
    assert (done.stdout.strip(), done.stderr) == (said, "")
