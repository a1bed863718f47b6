"""Stash's package manager: sources, what they offer, install, update and uninstall with all their consequences."""

from __future__ import annotations

import hashlib
import io
import re
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

import yaml

TIMEOUT = 10.0
RECORD = "manifest"
DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d( [+-]\d{4})?")
INDEX_KEYS = ("id", "name", "version", "date", "path", "sha256")


class PackageError(Exception):
    """A source or package cannot be used."""


@dataclass(frozen=True)
class Source:
    """Where packages come from, and the folder below the plugins that takes them."""

    url: str
    name: str = ""
    local_path: str = ""


@dataclass(frozen=True)
class Package:
    """One package, offered or installed."""

    id: str
    name: str
    version: str
    date: str
    source_url: str
    path: str = ""
    sha256: str = ""
    requires: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    folder: Path | None = None


Fetch = Callable[[str], bytes]


def fetch_url(url: str) -> bytes:
    """The whole body, within ten seconds."""
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise PackageError(f"unsupported scheme: {url}")
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as reply:
            body: bytes = reply.read()
            return body
    except (urllib.error.URLError, OSError) as error:
        raise PackageError(f"Get {url}: {error}") from error


class PackageManager:
    """Works on the plugins folder; sources are asked from the configuration each time."""

    def __init__(self, folder: Path, sources: Callable[[], list[Source]], *, fetch: Fetch = fetch_url) -> None:
        self._folder = folder
        self._sources = sources
        self._fetch = fetch

    def available(self, source_url: str) -> list[Package]:
        """What a source offers; one bad entry makes the whole index unreadable, as in Stash."""
        offered = read_index(self._fetch(source_url), source_url)
        newest: dict[str, Package] = {}
        for package in offered:
            known = newest.get(package.id)
            if known is None or package.date > known.date:
                newest[package.id] = package
        return list(newest.values())

    def installed(self) -> list[Package]:
        """What has been installed by the package manager."""
        roots = {self._folder / source.local_path for source in self._sources()} | {self._folder}
        records = [record for root in sorted(roots) for record in sorted(root.glob(f"*/{RECORD}")) if record.is_file()]
        return [read_record(record) for record in records]

    def find_update(self, package: Package) -> Package | None:
        """The offered package if its date is later; versions do not matter."""
        offered = next((each for each in self.available(package.source_url) if each.id == package.id), None)
        return offered if offered is not None and offered.date > package.date else None

    def install(self, package_id: str, source_url: str) -> None:
        """Download, check the sum, remove the files of the former version, write the new ones and the record."""
        offered = next((each for each in self.available(source_url) if each.id == package_id), None)
        if offered is None:
            raise PackageError(f"package {package_id} not found in {source_url}")
        content = self._fetch(urllib.parse.urljoin(source_url, offered.path))
        if hashlib.sha256(content).hexdigest() != offered.sha256:
            raise PackageError(f"package {package_id} does not match expected SHA256")
        folder = self._find_folder(source_url) / package_id
        remove_files(folder)
        write_package(folder, offered, content)

    def update(self, package_id: str, source_url: str) -> None:
        """Install again if the source offers a later date."""
        if self.find_update(self._find_installed(package_id, source_url)) is not None:
            self.install(package_id, source_url)

    def uninstall(self, package_id: str, source_url: str) -> None:
        """Remove the listed files, the record and the folder if nothing else is in it."""
        folder = self._find_installed(package_id, source_url).folder
        assert folder is not None
        remove_files(folder)
        if not any(folder.iterdir()):
            folder.rmdir()

    def _find_installed(self, package_id: str, source_url: str) -> Package:
        found = [each for each in self.installed() if (each.id, each.source_url) == (package_id, source_url)]
        if not found:
            raise PackageError(f"package {package_id} not found")
        return found[0]

    def _find_folder(self, source_url: str) -> Path:
        source = next((source for source in self._sources() if source.url == source_url), Source(source_url))
        return self._folder / source.local_path


def read_index(content: bytes, source_url: str) -> list[Package]:
    """The packages of an `index.yml`."""
    try:
        rows = yaml.load(content, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise PackageError(f"{source_url}: {error}") from error
    if not isinstance(rows, list):
        raise PackageError(f"{source_url}: not a list of packages")
    return [_read_row(row, source_url) for row in rows]


def _read_row(row: Mapping[str, Any], source_url: str) -> Package:
    missing = [key for key in INDEX_KEYS if not row.get(key)]
    if missing:
        raise PackageError(f"{source_url}: an entry has no {missing[0]}")
    if not DATE.fullmatch(row["date"]):
        raise PackageError(f"{source_url}: cannot parse date {row['date']!r}")
    return Package(
        id=row["id"],
        name=row["name"],
        version=row["version"],
        date=row["date"],
        source_url=source_url,
        path=row["path"],
        sha256=row["sha256"],
        requires=tuple(row.get("requires") or ()),
        metadata=row.get("metadata") or {},
    )


def read_record(path: Path) -> Package:
    """An installed package by its record; a corrupt one breaks the whole list, as in Stash."""
    row = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    if not isinstance(row, dict):
        raise PackageError(f"{path}: not a package record")
    return Package(
        id=row["id"],
        name=row["name"],
        version=row["version"],
        date=row["date"],
        source_url=row["source_repository"],
        metadata=row.get("metadata") or {},
        files=tuple(row.get("files") or ()),
        folder=path.parent,
    )


def remove_files(folder: Path) -> None:
    """Remove what the record lists and the record itself; whatever else is there stays."""
    record = folder / RECORD
    if not record.is_file():
        return
    for name in read_record(record).files:
        (folder / name).unlink(missing_ok=True)
    record.unlink()
    folders = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for path in folders:
        if not any(path.iterdir()):
            path.rmdir()


def write_package(folder: Path, package: Package, content: bytes) -> None:
    """Unpack the zip and write the record last."""
    names = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            target = (folder / entry.filename).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise PackageError(f"{package.id}: illegal file path {entry.filename}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))
            names.append(entry.filename)
    record = {
        "id": package.id,
        "name": package.name,
        "version": package.version,
        "date": package.date,
        "metadata": dict(package.metadata),
        "source_repository": package.source_url,
        "files": names,
    }
    (folder / RECORD).write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")
