"""The third-party packages inside the zips: downloaded once, checked by hash, read without installing."""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import NamedTuple

from scripts.console import Stop, say
from scripts.places import CACHE, REQUIREMENTS
from scripts.programs import run_logged

WHEELS = CACHE / "wheels"


LOCK = REQUIREMENTS / "vendor.txt"
OLDEST_PYTHON = "3.9"
SHIPPED = re.compile(r"^[a-z0-9_]+/(?!tests/|cli/)(.*/)?(?!__main__)[a-z0-9_]+\.(py|pem)$")
# Parts of stashapp-tools that no plugin imports: its clients and what needs requests.
UNUSED = re.compile(r"^stashapi/(stashapp|stashbox|scrape_parser|marker_parse|classes)\.")
LICENCE = re.compile(r"^[^/]+\.dist-info/(licenses/)?(LICEN[CS]E|NOTICE|COPYING)[^/]*$", re.IGNORECASE)


class Wheel(NamedTuple):
    """One pinned package: its files below vendor/, and its license."""

    name: str
    version: str
    licence: str
    files: dict[str, bytes]


def locked_hashes() -> dict[str, str]:
    """Return the expected hash of each package in the zips, by `name==version`; the build checks wheels against it."""
    text = LOCK.read_text("utf-8").replace("\\\n", " ")
    return dict(re.findall(r"^(\S+==\S+)\s+--hash=sha256:(\w+)", text, re.MULTILINE))


def read_wheels() -> list[Wheel]:
    """Return the pinned packages; a package missing from the cache is downloaded. The build calls it."""
    expected = locked_hashes()
    found = cached_wheels(expected)
    if len(found) < len(expected):
        download_wheels()
        found = cached_wheels(expected)
    missing = sorted(set(expected) - set(found))
    if missing:
        raise Stop(f"the package {missing[0]} could not be fetched with the hash in requirements/.")
    return [read_wheel(found[pin]) for pin in sorted(expected)]


def cached_wheels(expected: dict[str, str]) -> dict[str, Path]:
    """Return the cached wheels that have an expected hash, for `read_wheels`."""
    by_hash = {digest: pin for pin, digest in expected.items()}
    hashed = {hashlib.sha256(wheel.read_bytes()).hexdigest(): wheel for wheel in sorted(WHEELS.glob("*.whl"))}
    return {by_hash[digest]: wheel for digest, wheel in hashed.items() if digest in by_hash}


def download_wheels() -> None:
    """Download the pinned wheels in the form that runs on every machine, for `read_wheels`."""
    say("Fetching the packages that go into the zips …")
    WHEELS.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    portable = ["--implementation", "py", "--abi", "none", "--platform", "any"]
    checked = ["--require-hashes", "--no-deps", "--only-binary=:all:", "-d", str(WHEELS)]
    run_logged("pip download", [*pip, *portable, *checked, "--python-version", OLDEST_PYTHON, "-r", str(LOCK)])


def read_wheel(path: Path) -> Wheel:
    """Return the shipped part of a wheel: modules, certificates and license, for `read_wheels`."""
    with zipfile.ZipFile(path) as wheel:
        names = sorted(wheel.namelist())
        metadata = Parser().parsestr(wheel.read(next(n for n in names if n.endswith(".dist-info/METADATA"))).decode())
        name, version = metadata["Name"], metadata["Version"]
        files = {member: wheel.read(member) for member in names if is_shipped(member)}
        licences = [member for member in names if LICENCE.match(member)]
        if not licences:
            raise Stop(f"{path.name} carries no licence file; it may not be shipped.")
        for member in licences:
            files[f"licences/{name}/{Path(member).name}"] = wheel.read(member)
    return Wheel(name, version, metadata["License-Expression"] or metadata["License"] or "see its licence file", files)


def is_shipped(member: str) -> bool:
    """Return True for the modules and certificates of a wheel that go into the zips; `read_wheel` asks."""
    return SHIPPED.match(member) is not None and UNUSED.match(member) is None


def vendor_files(wheels: list[Wheel]) -> dict[str, bytes]:
    """Return everything below vendor/, with a list of the packages.

    The build puts them into each zip.
    """
    files = {f"vendor/{name}": content for wheel in wheels for name, content in wheel.files.items()}
    rows = [f"{wheel.name} {wheel.version}: {wheel.licence}" for wheel in wheels]
    files["vendor/licences/LIST.txt"] = (
        "Packages in this folder, unchanged, without parts that no plugin imports:\n" + "\n".join(rows) + "\n"
    ).encode()
    return files
