"""The packages as a user gets them, and the bare Pythons to run them with."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from scripts.places import ROOT
from scripts.release.packages import Package, present_plugins

PLUGINS = present_plugins()
OLDEST, NEWEST = (3, 9), (3, 13)
ANSWER_CALLS = str(ROOT / "tests" / "harness" / "programs" / "answer_calls.py")
AT_ONCE = 60  # most of the time each of them waits before it asks Stash once more
# What plugins import of the standard library.
STANDARD_MODULES = (
    "concurrent.futures dataclasses datetime email.parser hashlib http.client logging "
    "socket sqlite3 ssl threading typing urllib.request uuid zlib"
)


def find_pythons() -> dict[str, str]:
    """The oldest and the newest Python that we support; where this machine lacks one of them, the one that runs us."""
    found = {}
    for version in (OLDEST, NEWEST):
        name = "{}.{}".format(*version)
        path = shutil.which(f"python{name}", path=os.pathsep.join(python_folders(name)))
        found[name if path else "this"] = path or os.path.realpath(sys.executable)
    return found


def python_folders(version: str) -> list[str]:
    """Return the folders that may hold Pythons: the PATH, and what pyenv installed."""
    pyenv = shutil.which("pyenv")
    root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout.strip() if pyenv else ""
    installed = sorted(Path(root, "versions").glob(f"{version}.*/bin")) if root else []
    return [*map(str, installed), *(folder for folder in os.get_exec_path() if "shims" not in folder)]


PYTHONS = find_pythons()


class Answer(NamedTuple):
    """The answer, log and exit code of a plugin process."""

    code: int
    document: dict[str, Any]
    log: str


class Installed(NamedTuple):
    """A package unpacked into a folder of its own, on a machine where nothing answers."""

    plugin: str
    folder: Path
    home: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest as Stash reads it."""
        return dict(yaml.safe_load((self.folder / f"{self.plugin}.yml").read_text("utf-8")))

    @property
    def entry(self) -> Path:
        """The Python file that the manifest starts."""
        return self.folder / Path(self.manifest["exec"][1]).name

    def call(self, python: str, args: dict[str, Any]) -> Answer:
        """Start the entry as Stash does, but without any installed package, in a Stash that never ran it before."""
        done = self.run(python, [str(self.entry)], json.dumps(self.make_document(args)))
        return Answer(done.returncode, json.loads(done.stdout or "{}"), done.stderr)

    def call_all(self, python: str, calls: list[dict[str, Any]]) -> list[Answer]:
        """Return the answers to many calls, as of `call`; they share the start of Python and all imports."""
        arguments = [ANSWER_CALLS, str(self.entry), str(AT_ONCE), f"{STANDARD_MODULES} vendored handlers"]
        done = self.run(python, arguments, json.dumps([self.make_document(args) for args in calls]))
        assert done.returncode == 0, done.stderr
        return [Answer(code, json.loads(stdout or "{}"), log) for code, stdout, log in json.loads(done.stdout)]

    def make_document(self, args: dict[str, Any]) -> dict[str, Any]:
        """Return what a Stash sends that has no state of the plugin and does not answer."""
        config = tempfile.mkdtemp(dir=self.home)
        connection = {"Scheme": "http", "Host": "127.0.0.1", "Port": 9, "Dir": config}
        return {"server_connection": {**connection, "PluginDir": str(self.folder)}, "args": args}

    def run(self, python: str, arguments: list[str], stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a Python that sees the standard library only, in an empty folder, with next to no environment."""
        return subprocess.run(
            [python, "-I", "-S", *arguments],
            input=stdin,
            cwd=tempfile.mkdtemp(dir=self.home),
            env={"PATH": "/nowhere", **{name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(params=PLUGINS)
def plugin(request: pytest.FixtureRequest) -> str:
    """Each plugin in turn."""
    return str(request.param)


@pytest.fixture(params=sorted(PYTHONS))
def python(request: pytest.FixtureRequest) -> str:
    """Each bare Python in turn."""
    return PYTHONS[request.param]


@pytest.fixture(scope="session")
def plugins(packages: dict[str, Package], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages, unpacked once: what a Python has compiled of them serves every later call."""
    folder = tmp_path_factory.mktemp("plugins")
    for package in packages.values():
        with zipfile.ZipFile(io.BytesIO(package.zip)) as archive:
            archive.extractall(folder / package.id)
    return folder


@pytest.fixture
def installed(plugin: str, plugins: Path, tmp_path: Path) -> Installed:
    """The plugin, unpacked."""
    return Installed(plugin, plugins / plugin, tmp_path)
