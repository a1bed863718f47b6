"""The files of a plugin source: zips whose names tell their content, and the index that names them.

A web server may answer with an old index for some minutes after a change. That index names the zips of before, so a zip
of other content must have another name, or Stash finds a wrong hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scripts.release.index import Entry, make_entries, render_index
from scripts.release.packages import Package

INDEX = "index.yml"
SUMS = "SHA256SUMS"


def name_zip(package: Package) -> str:
    """Return the name of the published zip: plugin, version and the beginning of its hash.

    Index and plugin source have it.
    """
    return f"{package.id}-{package.version}-{package.sha256[:8]}.zip"


def make_nightly_version(version: str, commit: str, now: datetime) -> str:
    """Return the version that the nightly index shows, such as 1.2.0-nightly.20261130.0123abc, for `write_nightly`."""
    return f"{version}-nightly.{now:%Y%m%d}.{commit[:7]}"


def list_published(
    packages: Sequence[Package], known: Sequence[Entry], now: datetime, version: str | None = None
) -> list[Entry]:
    """Return the index entries of published packages; a package that `known` has keeps its date and version.

    Releases and nightly builds write them into their index.
    """
    entries = make_entries(packages, known, now)
    before = {str(entry["sha256"]): str(entry["version"]) for entry in known}
    return [
        {
            **entry,
            "version": before.get(package.sha256) or version or package.version,
            "path": name_zip(package),
        }
        for package, entry in zip(packages, entries)
    ]


def write_source(folder: Path, packages: Sequence[Package], entries: Sequence[Entry]) -> None:
    """Write a plugin source for a release or nightly build: zips, index and the checksums of all of them."""
    files = {name_zip(package): package.zip for package in packages}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / INDEX).write_bytes(render_index(entries).encode())
    sums = [f"{package.sha256}  {name_zip(package)}\n" for package in packages]
    (folder / SUMS).write_bytes("".join(sums).encode())
