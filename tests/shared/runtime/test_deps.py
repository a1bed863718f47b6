"""Where third-party packages come from, and what is said when they cannot be had. `-S` hides those of this machine."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.runtime.deps import PACKAGES, make_packages_importable
from tests.harness.process import ROOT, Outcome, document, operation, run_plugin
from tests.harness.weather import answer, serve
from tests.shared.conftest import SAMPLE

DEP_MANAGER = """
import sys
print("a line that is no path")
def ensure_import(*specs):
    assert specs == {specs!r}
    sys.path.insert(0, {folder!r})
    {ending}
"""


def run_bare(state: Path, *, port: int = 9, env: Mapping[str, str] | None = None, entry: Path = SAMPLE) -> Outcome:
    """Ask the sample plugin for its packages in a Python that has none."""
    sent = document(operation("find_packages"), state=state, port=port)
    return run_plugin(entry, sent, options=["-S"], env=env)


def make_packages(folder: Path) -> None:
    """Create empty packages of the right names."""
    for name in PACKAGES:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("")


def make_wheels(folder: Path) -> dict[str, str]:
    """Create tiny wheels of the right names, and return the environment in which pip finds only these."""
    for name, package in PACKAGES.items():
        distribution, _, version = package.partition("==")
        stem = f"{distribution.replace('-', '_')}-{version}"
        head = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/__init__.py", "")
            wheel.writestr(f"{stem}.dist-info/METADATA", head)
            wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{stem}.dist-info/RECORD", "")
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": os.devnull}


def make_dep_manager(folder: Path, packages: Path, ending: str = "") -> dict[str, str]:
    """Create a PythonDepManager beside the plugin, where Stash's PYTHONPATH shows it."""
    specs = tuple(f"{name}:{package}" for name, package in PACKAGES.items())
    (folder / "PythonDepManager").mkdir()
    text = DEP_MANAGER.format(specs=specs, folder=str(packages), ending=ending)
    (folder / "PythonDepManager" / "__init__.py").write_text(text)
    return {"PYTHONPATH": str(folder)}


def allow_pip(state: Path) -> None:
    """Store settings that allow pip, as the plugin last read them."""
    folder = state / "plugin_data" / "samplePlugin"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps({"allowPipInstall": True}))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state"


def test_a_released_plugin_uses_what_it_carries(tmp_path: Path, state: Path) -> None:
    released = tmp_path / "plugins" / "samplePlugin"
    shutil.copytree(SAMPLE.parent, released)
    shutil.copytree(ROOT / "shared", released / "shared", ignore=shutil.ignore_patterns("__pycache__", "ui"))
    make_packages(released / "vendor")
    make_packages(tmp_path / "plugins")  # a neighbour with the name of a package
    found = run_bare(state, entry=released / "sample_plugin.py").output
    assert found == [f"{released}/vendor/{name}/__init__.py" for name in PACKAGES]


def test_without_packages_the_command_to_run_is_named(state: Path) -> None:
    error = str(run_bare(state).error)
    assert error.startswith("Sample needs the Python package stashapi, ")
    assert f'-m pip install --target "{state}/plugin_data/samplePlugin/python" stashapp-tools' in error
    assert 'switch on "Install missing Python packages"' in error


def test_pip_is_not_asked_unless_the_user_allows_it(tmp_path: Path, state: Path) -> None:
    assert "needs the Python package" in str(run_bare(state, env=make_wheels(tmp_path)).error)


def test_pip_fills_a_folder_of_the_plugin_when_the_user_allows_it(tmp_path: Path, state: Path) -> None:
    allow_pip(state)
    outcome = run_bare(state, env=make_wheels(tmp_path))
    folder = state / "plugin_data" / "samplePlugin" / "python"
    assert outcome.output == [f"{folder}/{name}/__init__.py" for name in PACKAGES]
    assert sorted(path.name for path in folder.parent.glob("python*")) == ["python", "python_paths.json"]


def test_what_was_installed_once_is_used_from_then_on(tmp_path: Path, state: Path) -> None:
    allow_pip(state)
    run_bare(state, env=make_wheels(tmp_path))
    again = run_bare(state, env={"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull})
    assert len(again.output) == 1
    assert again.lines == ()


def test_the_permission_is_read_from_stash_without_any_package(tmp_path: Path, state: Path) -> None:
    stored = {"data": {"configuration": {"plugins": {"samplePlugin": {"allowPipInstall": True}}}}}
    with serve(answer(stored)) as stash:
        outcome = run_bare(state, port=stash.server_address[1], env=make_wheels(tmp_path))
    assert len(outcome.output) == 1
    assert stash.seen[0].json["variables"] == {"plugin": ["samplePlugin"]}


def test_a_failing_pip_is_reported_and_leaves_nothing_behind(state: Path) -> None:
    allow_pip(state)
    outcome = run_bare(state, env={"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull})
    assert "needs the Python package" in str(outcome.error)
    assert "pip could not provide the Python packages: ERROR: No matching distribution" in outcome.texts("warning")[0]
    assert not list((state / "plugin_data").glob("*/python*"))


def test_python_dep_manager_is_used_when_it_is_there(tmp_path: Path, state: Path) -> None:
    make_packages(tmp_path / "kept")
    env = make_dep_manager(tmp_path, tmp_path / "kept")
    assert run_bare(state, env=env).output == [f"{tmp_path}/kept/{name}/__init__.py" for name in PACKAGES]


@pytest.mark.parametrize("ending", ["raise Exception('git is not installed')", "sys.exit('git is not installed')"])
def test_a_failing_python_dep_manager_is_no_disaster(tmp_path: Path, state: Path, ending: str) -> None:
    outcome = run_bare(state, env=make_dep_manager(tmp_path, tmp_path, ending))
    assert "needs the Python package" in str(outcome.error)
    assert "git is not installed" in outcome.texts("warning")[0]


def test_the_versions_are_those_of_a_released_plugin() -> None:
    pinned = (ROOT / "requirements" / "vendor.in").read_text().splitlines()
    assert set(PACKAGES.values()) <= set(pinned)


def test_nothing_is_asked_of_the_call_when_all_is_there() -> None:
    make_packages_importable(None)  # type: ignore[arg-type]
