"""Package sources: an index on a web server or on disk, read by Stash's rules and cached by its Last-Modified."""

from __future__ import annotations

import posixpath
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Callable, cast

import yaml

TIMEOUT = 10.0
NO_TIME = datetime.min.replace(tzinfo=timezone.utc)
DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d?:\d\d:\d\d(\.\d+)?( [+-]\d{4})?")
SHAPE = "2006-01-02 15:04:05"
TEXTS = ("id", "name", "version", "path", "sha256")


class PackageError(Exception):
    """A source or package cannot be used."""


@dataclass(frozen=True)
class PackageSource:
    """A package source: its address, and the folder below the plugins that its packages go to."""

    url: str
    name: str = ""
    local_path: str = ""


@dataclass(frozen=True)
class IndexEntry:
    """One entry of an index."""

    id: str
    name: str
    version: str
    path: str
    sha256: str
    date: datetime | None = None
    source_url: str = ""
    requires: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceReply:
    """The response of a package source's web server."""

    body: bytes
    modified: datetime


Fetch = Callable[[str, str], SourceReply]


class TypedLoader(yaml.SafeLoader):
    """Values keep their YAML types, except that a time stays the text it is."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class Indexes:
    """Reads indexes; a cached one is read again only if its Last-Modified is later."""

    def __init__(self, fetch: Fetch | None = None) -> None:
        self._fetch = fetch or fetch_url
        self._known: dict[str, tuple[datetime, list[IndexEntry]]] = {}

    def read(self, url: str) -> dict[str, IndexEntry]:
        """Return the entries of a package source by id; of two entries with one id, the newer.

        The package manager calls it.
        """
        newest: dict[str, IndexEntry] = {}
        try:
            offers = self._list(url)
        except PackageError as error:
            raise PackageError(f"listing remote packages: {error}") from error
        for offer in offers:
            known = newest.get(offer.id)
            if known is None or not (known.date or NO_TIME) > (offer.date or NO_TIME):
                newest[offer.id] = offer
        return newest

    def load_zip(self, offer: IndexEntry) -> bytes:
        """Return the zip an index entry offers, for an installation; only an index on disk may name files on disk."""
        url = resolve_path(offer.source_url, offer.path)
        if url.startswith("file:") and not offer.source_url.startswith("file:"):
            raise PackageError(f"{url} is invalid for a remotely hosted package list")
        return self._get(url, "package file").body

    def _list(self, url: str) -> list[IndexEntry]:
        known = self._known.get(url)
        if known is not None and self._is_current(url, known[0]):
            return known[1]
        answer = self._get(url, "package list")
        offers = [replace(offer, source_url=url) for offer in parse_index(answer.body)]
        if not url.startswith("file:"):
            self._known[url] = (answer.modified, offers)
        return offers

    def _is_current(self, url: str, read: datetime) -> bool:
        try:
            modified = self._fetch("HEAD", url).modified
        except PackageError as error:
            raise PackageError(f"failed to get cached package list: {error}") from error
        return NO_TIME < modified <= read

    def _get(self, url: str, what: str) -> SourceReply:
        try:
            return read_local(url) if url.startswith("file:") else self._fetch("GET", url)
        except PackageError as error:
            raise PackageError(f"failed to get {what}: {error}") from error


def fetch_url(method: str, url: str) -> SourceReply:
    """Return the response of an address, for at most ten seconds; PackageError in Stash's words if that fails."""
    verb, scheme = method.capitalize(), urllib.parse.urlsplit(url).scheme
    if scheme not in ("http", "https"):
        raise PackageError(f'failed to get remote file: {verb} "{url}": unsupported protocol scheme "{scheme}"')
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=TIMEOUT) as reply:
            return SourceReply(reply.read(), read_modified(reply.headers.get("Last-Modified")))
    except urllib.error.HTTPError as error:
        with error:
            raise PackageError(f"failed to get remote file: {error.code} {error.reason}") from error
    except OSError as error:
        host = urllib.parse.urlsplit(url).netloc
        cause = f"dial tcp {host}: connect: connection refused" if "refused" in str(error) else str(error)
        raise PackageError(f'failed to get remote file: {verb} "{url}": {cause}') from error


def read_modified(header: str | None) -> datetime:
    """Return the time in a Last-Modified header; without one, the oldest time there is. `fetch_url` calls it."""
    return parsedate_to_datetime(header) if header else NO_TIME


def read_local(url: str) -> SourceReply:
    """Return a file on disk as a reply, for `Indexes`."""
    path = Path(urllib.request.url2pathname(urllib.parse.urlsplit(url).path))
    try:
        return SourceReply(path.read_bytes(), NO_TIME)
    except OSError as error:
        raise PackageError(f'failed to get file "{path}": open {path}: no such file or directory') from error


def resolve_path(index_url: str, path: str) -> str:
    """Return the address of a zip: a full address, an absolute path, or one next to the index.

    `Indexes.load_zip` calls it.
    """
    if "://" in path:
        return path
    parts = urllib.parse.urlsplit(index_url)
    found = path if path.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(parts.path), path))
    return urllib.parse.urlunsplit(parts._replace(path=found))


def parse_index(content: bytes) -> list[IndexEntry]:
    """Return the entries of an index; one invalid entry makes the whole index invalid, as in Stash."""
    try:
        return [_parse_entry(*rows) for rows in zip(*load_twice(content, list))]
    except PackageError as error:
        raise PackageError(f"reading package list: {error}") from error


def load_twice(content: bytes, kind: type[list[Any]] | type[dict[str, Any]]) -> tuple[Any, Any]:
    """Return a YAML document twice, as texts and with types: a version such as 1.10 must stay text.

    Indexes and records of packages are read so.
    """
    try:
        texts, typed = yaml.load(content, Loader=yaml.BaseLoader), yaml.load(content, Loader=TypedLoader)
    except yaml.YAMLError as error:
        raise PackageError(f"yaml: {error}") from error
    texts, typed = (kind() if typed is None else texts), (kind() if typed is None else typed)
    if not isinstance(texts, kind):
        raise PackageError(f"yaml: unmarshal errors: cannot unmarshal into {kind.__name__}")
    return texts, typed


def _parse_entry(texts: Any, typed: Any) -> IndexEntry:
    if not isinstance(texts, dict):
        raise PackageError("yaml: unmarshal errors: cannot unmarshal into pkg.RemotePackage")
    named = {key: cast("str", texts.get(key) or "") for key in TEXTS}
    return IndexEntry(
        **named,
        date=parse_date(texts.get("date")),
        requires=tuple(texts.get("requires") or ()),
        metadata=typed.get("metadata") or {},
    )


def parse_date(text: str | None) -> datetime | None:
    """Return an index date in UTC; any other form raises. Indexes and records of packages are read so."""
    if text is None:
        return None
    if not DATE.fullmatch(text):
        raise PackageError(f'parsing time "{text}" as "{SHAPE}": cannot parse "{text}" as "{SHAPE}"')
    day, clock, *zone = text.split(" ")
    try:
        moment = datetime.strptime(
            f"{day} {clock.split('.')[0]} {zone[0] if zone else '+0000'}", "%Y-%m-%d %H:%M:%S %z"
        )
    except ValueError as error:
        raise PackageError(f'parsing time "{text}": out of range') from error
    return moment.astimezone(timezone.utc)
