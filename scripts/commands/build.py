"""./dev build: write a zip per plugin and the index into dist/."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from scripts.console import Arguments, say
from scripts.places import DIST, ROOT
from scripts.release.index import Entry, make_entries, read_index, render_index
from scripts.release.packages import Package, make_package, present_plugins
from scripts.release.wheels import read_wheels, vendor_files

INDEX = "index.yml"


def build(argv: list[str]) -> int:
    """Build dist/ (`./dev build`); with --release also record the result in the index.yml of the repository."""
    parser = Arguments(prog="./dev build", description="Build the four zips and the index into dist/.")
    parser.add_argument("--release", action="store_true", help="also record the result in the index.yml to commit")
    options = parser.parse_args(argv)
    packages = make_packages()
    entries = write_dist(packages, DIST, known=[*read_index(ROOT / INDEX), *read_index(DIST / INDEX)])
    for package, entry in zip(packages, entries):
        say(f"dist/{package.id}.zip  {package.version}  {entry['date']}  {len(package.zip) / 1e6:.1f} MB")
    if options.release:
        write_if_changed(ROOT / INDEX, render_index(entries).encode())
        say("index.yml records this build; commit it.")
    return 0


def build_quietly() -> Path:
    """Bring dist/ up to date for tests, demo and benchmarks, print nothing, and return the folder."""
    write_dist(make_packages(), DIST, known=[*read_index(ROOT / INDEX), *read_index(DIST / INDEX)])
    return DIST


def make_packages(root: Path = ROOT) -> list[Package]:
    """Return the packages of all plugins in the checkout, for the build and for `./dev check index`."""
    vendor = vendor_files(read_wheels())
    return [make_package(plugin, vendor, root) for plugin in present_plugins(root)]


def write_dist(
    packages: Sequence[Package], folder: Path, *, known: Sequence[Entry], now: datetime | None = None
) -> list[Entry]:
    """Write zips and index, remove stray zips, and return the index entries; equal files stay untouched."""
    entries = make_entries(packages, known, now or datetime.now(timezone.utc).replace(tzinfo=None))
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        write_if_changed(folder / f"{package.id}.zip", package.zip)
    write_if_changed(folder / INDEX, render_index(entries).encode())
    for stray in {*folder.glob("*.zip")} - {folder / f"{package.id}.zip" for package in packages}:
        stray.unlink()
    return entries


def write_if_changed(path: Path, content: bytes) -> None:
    """Replace a file in one step; its time moves by at least a second, because Stash compares Last-Modified."""
    if path.is_file() and path.read_bytes() == content:
        return
    before = path.stat().st_mtime if path.is_file() else 0.0
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    written = max(fresh.stat().st_mtime, int(before) + 1.0)
    os.utime(fresh, (written, written))
    fresh.replace(path)
