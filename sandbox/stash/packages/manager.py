"""Stash's package manager: install, update and uninstall with all their consequences."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Callable

import yaml

from sandbox.stash.graph.failures import StashPanic
from sandbox.stash.packages.sources import IndexEntry, Indexes, PackageError, PackageSource, load_twice, parse_date

RECORD = "manifest"
RECORD_DATE = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Installed:
    """One installed package, by its record."""

    id: str
    name: str
    version: str
    date: datetime | None
    source_url: str
    folder: Path
    metadata: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()


class PackageManager:
    """Works on the plugins folder; reads the sources from the configuration each time."""

    def __init__(self, folder: Path, sources: Callable[[], list[PackageSource]]) -> None:
        self._folder = folder
        self._sources = sources
        self._indexes = Indexes()

    def available(self, source_url: str) -> dict[str, IndexEntry]:
        """Return the packages of a source by id, for `availablePackages`."""
        return self._indexes.read(source_url)

    def installed(self) -> list[Installed]:
        """Return the packages installed from configured sources, for `installedPackages`."""
        found: dict[tuple[str, str], Installed] = {}
        for root in dict.fromkeys(self._folder / source.local_path for source in self._sources()):
            records = [record for record in sorted(root.glob(f"*/{RECORD}")) if record.is_file()]
            for package in map(read_record, records):
                found[package.id, package.source_url] = package
        return [found[key] for key in sorted(found, key=lambda key: (key[0].lower(), key))]

    def upgradable(self) -> list[Installed]:
        """Return installed packages whose source offers a later date; an unreachable source offers nothing.

        The mutation that updates packages asks.
        """
        return [package for package in self.installed() if self._is_upgradable(package)]

    def install(self, package_id: str, source_url: str) -> None:
        """Download a package, check its sum, remove the former version's files, write the new ones and the record.

        Stash's mutations for packages call it.
        """
        try:
            offer = self.available(source_url).get(package_id)
            if offer is None:
                raise StashPanic("runtime error: invalid memory address or nil pointer dereference")
            content = self._indexes.load_zip(offer)
        except PackageError as error:
            raise PackageError(f"getting remote package: {error}") from error
        digest = hashlib.sha256(content).hexdigest()
        if digest != offer.sha256:
            raise PackageError(f"package data ({digest}) does not match expected SHA256 ({offer.sha256})")
        folder = self._find_folder(source_url) / package_id
        archive = open_archive(content, folder)
        if (folder / RECORD).is_file():
            remove_files(folder)
        write_package(folder, offer, archive)

    def uninstall(self, package_id: str, source_url: str) -> None:
        """Remove a package's listed files, its record, and the folder if nothing else is in it.

        The mutation `uninstallPackages` calls it.
        """
        folder = self._find_folder(source_url) / package_id
        try:
            remove_files(folder)
        except PackageError as error:
            raise PackageError(f"deleting local package: {error}") from error
        if not any(folder.iterdir()):
            folder.rmdir()

    def _is_upgradable(self, package: Installed) -> bool:
        try:
            offer = self.available(package.source_url).get(package.id)
        except PackageError:
            return False
        return offer is not None and offer.date is not None and (package.date is None or offer.date > package.date)

    def _find_folder(self, source_url: str) -> Path:
        source = next((source for source in self._sources() if source.url == source_url), PackageSource(source_url))
        return self._folder / source.local_path


def read_record(path: Path) -> Installed:
    """Return an installed package by its record; a corrupt one breaks the whole list, as in Stash."""
    try:
        content = path.read_bytes()
        texts, typed = load_twice(content, dict)
        date = parse_date(texts.get("date"))
    except FileNotFoundError as error:
        raise PackageError(
            f'getting manifest: reading manifest file "{path}": open {path}: no such file or directory'
        ) from error
    except PackageError as error:
        raise PackageError(f'reading manifest file "{path}": {error}') from error
    return Installed(
        id=texts.get("id", ""),
        name=texts.get("name", ""),
        version=texts.get("version", ""),
        date=date,
        source_url=texts.get("source_repository", ""),
        folder=path.parent,
        metadata=typed.get("metadata") or {},
        files=tuple(texts.get("files") or ()),
    )


def remove_files(folder: Path) -> None:
    """Remove the listed files and the record; other files and empty folders stay. `PackageManager` calls it."""
    package = read_record(folder / RECORD)
    for name in package.files:
        (folder / name).unlink(missing_ok=True)
    (folder / RECORD).unlink()


def open_archive(content: bytes, folder: Path) -> zipfile.ZipFile:
    """Open the zip of a package. Unlike Stash, nothing is ever written outside of its folder."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise PackageError("reading zip data: zip: not a valid zip file") from error
    for name in archive.namelist():
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            raise PackageError(f'installing package: the sandbox does not write outside of the package: "{name}"')
    return archive


def write_package(folder: Path, offer: IndexEntry, archive: zipfile.ZipFile) -> None:
    """Unpack the zip of a package and write its record last; `PackageManager.install` calls it."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    for entry in entries:
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(entry))
        target.chmod((entry.external_attr >> 16) & 0o777 or 0o644)
    record = {
        "id": offer.id,
        "name": offer.name,
        "metadata": dict(offer.metadata),
        "version": offer.version,
        "date": "0001-01-01 00:00:00" if offer.date is None else offer.date.strftime(RECORD_DATE),
        "requires": [],
        "source_repository": offer.source_url,
        "files": [str(Path(entry.filename)) for entry in entries],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")
