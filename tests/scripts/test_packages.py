"""What goes into a zip, and that its bytes depend on nothing else."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from scripts.console import Stop
from scripts.release.packages import make_package, own_files, present_plugins, zip_files
from tests.scripts.conftest import write

VENDOR = {"vendor/stashapi/__init__.py": b""}


def names(package_zip: bytes) -> list[str]:
    """The members of a zip."""
    return zipfile.ZipFile(io.BytesIO(package_zip)).namelist()


def test_a_package_holds_the_plugin_shared_vendor_and_the_licence(checkout: Path) -> None:
    packed = [
        re.sub(r"-[0-9a-f]{16}\.", "-….", name) for name in names(make_package("missingScenes", VENDOR, checkout).zip)
    ]
    assert packed == [
        "LICENSE",
        "assets/host-….js",
        "assets/page-….js",
        "missing/__init__.py",
        "missingScenes.yml",
        "missing_scenes.py",
        "shared/errors.py",
        "ui/list/list.css",
        "ui/starter.js",
        "vendor/stashapi/__init__.py",
    ]


@pytest.mark.parametrize(
    "stray",
    [
        "missingScenes/README.md",
        "missingScenes/state.sqlite3",
        "missingScenes/.env",
        "missingScenes/missing/__pycache__/finder.cpython-311.pyc",
        "missingScenes/notes.yaml",
        "missingScenes/other.yml",
        "shared/ui/README.md",
        "shared/ui/types.d.ts",
        "shared/journal/notes.txt",
    ],
)
def test_what_is_not_on_the_list_stays_out(checkout: Path, stray: str) -> None:
    before = own_files("missingScenes", checkout)
    write(checkout / stray, "x")
    assert own_files("missingScenes", checkout) == before


def test_bytes_do_not_depend_on_times_modes_or_order(checkout: Path) -> None:
    before = make_package("missingScenes", VENDOR, checkout).sha256
    for path in checkout.rglob("*.py"):
        path.chmod(0o600)
        os.utime(path, (1, 1))
    files = own_files("missingScenes", checkout)
    shuffled = dict(reversed([*files.items(), *VENDOR.items()]))
    assert make_package("missingScenes", VENDOR, checkout).sha256 == before
    assert make_package("missingScenes", VENDOR, checkout).zip == zip_files(shuffled)


def test_line_ends_of_the_checkout_do_not_matter(checkout: Path) -> None:
    before = make_package("missingScenes", VENDOR, checkout).sha256
    kit = checkout / "shared" / "ui" / "starter" / "kit.js"
    kit.write_bytes(kit.read_bytes().replace(b"\n", b"\r\n"))
    assert make_package("missingScenes", VENDOR, checkout).sha256 == before


def test_a_second_manifest_in_the_package_is_refused(checkout: Path) -> None:
    with pytest.raises(Stop, match=r"Stash reads every \.yml as a plugin"):
        make_package("missingScenes", {"vendor/x/data.yml": b""}, checkout)


def test_a_file_the_manifest_lists_has_to_be_there(checkout: Path) -> None:
    (checkout / "missingScenes" / "ui" / "list" / "list.css").unlink()
    with pytest.raises(Stop, match=r"missingScenes.yml lists ui/list/list.css, which is not in the package"):
        make_package("missingScenes", VENDOR, checkout)


@pytest.mark.parametrize(
    ("text", "sentence"), [("name: x", "has no version"), ("a: [", "is not valid YAML"), ("", "has no name")]
)
def test_a_broken_manifest_is_one_sentence(checkout: Path, text: str, sentence: str) -> None:
    write(checkout / "missingScenes" / "missingScenes.yml", text)
    with pytest.raises(Stop, match=sentence):
        make_package("missingScenes", VENDOR, checkout)


def test_folders_without_a_manifest_are_no_plugins(checkout: Path) -> None:
    (checkout / "tagManager").mkdir()
    assert present_plugins(checkout) == ["missingScenes"]
