"""What is in a zip, and that a second build gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.places import ROOT
from scripts.release.packages import Package, zip_files
from scripts.release.wheels import locked_hashes, read_wheels
from shared.runtime.deps import PACKAGES

BUILD = """
import json, os
os.umask({umask})
from scripts.commands.build import make_packages
print(json.dumps({{package.id: package.sha256 for package in make_packages()}}))
"""


def members(package: Package) -> list[zipfile.ZipInfo]:
    """The members of a package's zip."""
    return zipfile.ZipFile(io.BytesIO(package.zip)).infolist()


def test_there_are_no_manifests_but_the_plugins_and_its_listeners(plugin: str, packages: dict[str, Package]) -> None:
    names = [member.filename for member in members(packages[plugin])]
    listener = [] if plugin == "tagManager" else [f"{plugin}Listener.yml"]
    assert [name for name in names if name.endswith((".yml", ".yaml"))] == [f"{plugin}.yml", *listener]


@pytest.mark.parametrize(
    "word", ["__pycache__", ".pyc", "/tests/", "test_", ".md", ".git", ".d.ts", ".sqlite", "conftest"]
)
def test_nothing_of_ours_but_the_product_is_in_it(plugin: str, packages: dict[str, Package], word: str) -> None:
    names = [member.filename for member in members(packages[plugin])]
    assert [name for name in names if word in name and not name.startswith("vendor/licences/")] == []


@pytest.mark.parametrize("name", ["certifi", "stashapp-tools"])
def test_every_package_in_it_has_its_licence_beside_it(plugin: str, packages: dict[str, Package], name: str) -> None:
    names = [member.filename for member in members(packages[plugin])]
    assert "LICENSE" in names
    assert any(member.startswith(f"vendor/licences/{name}/LICENSE") for member in names)


def test_a_changed_file_of_the_same_size_has_another_time_so_that_no_compiled_module_of_the_old_one_runs() -> None:
    times = []
    for content in (b"NUMBER = 1", b"NUMBER = 2"):
        (member,) = zipfile.ZipFile(io.BytesIO(zip_files({"module.py": content}))).infolist()
        times.append(datetime(*member.date_time))
    assert len(set(times)) == 2
    assert all(time.year < 2000 for time in times)


def test_it_can_be_fetched_within_stashs_ten_seconds_on_a_slow_line(plugin: str, packages: dict[str, Package]) -> None:
    assert len(packages[plugin].zip) < 10 * 900_000 / 8


def test_stash_loads_one_script_of_at_most_12_kib_on_each_of_its_pages(
    plugin: str, packages: dict[str, Package]
) -> None:
    package = zipfile.ZipFile(io.BytesIO(packages[plugin].zip))
    (script,) = yaml.safe_load(package.read(f"{plugin}.yml"))["ui"]["javascript"]
    assert len(package.read(script)) <= 12 * 1024


def test_a_client_of_a_service_is_only_in_the_packages_that_call_it(packages: dict[str, Package]) -> None:
    rooms = {
        plugin: {member.filename.split("/")[1] for member in members(package) if member.filename.startswith("shared/")}
        for plugin, package in packages.items()
    }
    assert [plugin for plugin, found in rooms.items() if "plex" in found] == ["stash2plex"]
    assert [plugin for plugin, found in rooms.items() if "whisparr" in found] == ["missingScenes"]
    assert all({"ui", "listener", "http", "journal", "errors.py"} <= found for found in rooms.values())


def test_members_are_files_inside_the_plugins_folder(plugin: str, packages: dict[str, Package]) -> None:
    assert [
        m.filename for m in members(packages[plugin]) if m.is_dir() or m.filename.startswith("/") or ".." in m.filename
    ] == []


@pytest.mark.parametrize(
    "surroundings",
    [
        {"umask": 0o077, "TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"umask": 0o000, "TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    ],
)
def test_another_build_gives_the_same_bytes(
    packages: dict[str, Package], surroundings: dict[str, Any], tmp_path: Path
) -> None:
    umask = surroundings.pop("umask")
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + BUILD.format(umask=umask)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **surroundings}, capture_output=True, check=True)
    assert json.loads(done.stdout) == {package.id: package.sha256 for package in packages.values()}


def test_vendored_versions_are_those_a_checkout_asks_for() -> None:
    assert set(PACKAGES.values()) <= set(locked_hashes())


def test_vendored_packages_are_as_their_authors_released_them() -> None:
    assert len(read_wheels()) == len(locked_hashes())
    assert {len(digest) for digest in locked_hashes().values()} == {hashlib.sha256().digest_size * 2}
