"""The state of one Whisparr, safe to use from several threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.whisparr.model import (
    Behavior,
    Download,
    ExcludedMovie,
    Followed,
    HistoryLine,
    IndexerRelease,
    MetadataScene,
    Movie,
    QueuedCommand,
    QueueRecord,
)

DAY = 86_400.0
RELEASE_CACHE_SECONDS = 1_800.0


class WhisparrState:
    """The state of one installation; every method works under `lock`. Without a catalogue every UUID is known."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.lock = threading.RLock()
        self.api_key = "whisparr-key"
        self.behavior = Behavior()
        self.catalogue: dict[str, MetadataScene] | None = None
        self.movies: dict[int, Movie] = {}
        self.records: dict[int, QueueRecord] = {}
        self.downloads: dict[int, Download] = {}
        self.exclusions: dict[int, ExcludedMovie] = {}
        self.performers: dict[int, Followed] = {}
        self.studios: dict[int, Followed] = {}
        self.commands: dict[int, QueuedCommand] = {}
        self.events: dict[int, HistoryLine] = {}
        self.releases: dict[str, list[IndexerRelease]] = {}
        self.offered: dict[tuple[str, int], tuple[IndexerRelease, int, float]] = {}
        self.profiles: dict[int, str] = {4: "HD-1080p", 6: "Ultra-HD"}
        self.root_folders: dict[int, str] = {1: "/data/scenes", 2: "/data/films"}
        self.tags: dict[int, str] = {7: "missing-scenes"}
        self._clock = clock
        self._ahead = 0.0
        self._numbers: dict[str, int] = {}
        self._daily = self.now()

    def now(self) -> float:
        """Return the time of the Whisparr double, in seconds since 1970."""
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass, for tests of Whisparr: downloads go on, scans end, followed performers are looked after."""
        with self.lock:
            self._ahead += seconds
            self.settle()

    def number(self, kind: str) -> int:
        """Return the next id of a kind, for new records of the Whisparr double."""
        taken = getattr(self, kind, {})
        self._numbers[kind] = max(self._numbers.get(kind, 0), max(taken, default=0)) + 1
        return self._numbers[kind]

    def know(self, scenes: Iterable[MetadataScene]) -> None:
        """Set the catalogue of Whisparr's metadata service, for tests: from now on only these scenes exist."""
        with self.lock:
            self.catalogue = {**(self.catalogue or {}), **{scene.foreign_id: scene for scene in scenes}}

    def find_known(self, foreign_id: str) -> MetadataScene | None:
        """Return a scene as Whisparr's metadata service knows it."""
        if self.catalogue is None:
            return MetadataScene(foreign_id, f"Scene {foreign_id[:8]}")
        return self.catalogue.get(foreign_id)

    def add_movie(self, known: MetadataScene | str, **details: Any) -> Movie:
        """Add a scene to the library and return it, for the route that adds and for tests."""
        with self.lock:
            scene = MetadataScene(known, f"Scene {known[:8]}") if isinstance(known, str) else known
            movie = Movie(self.number("movies"), scene, added=self.now(), **details)
            self.movies[movie.id] = movie
            return movie

    def find_movie(self, foreign_id: str) -> Movie | None:
        """Return the scene of Whisparr's library with this UUID."""
        return next((movie for movie in self.movies.values() if movie.foreign_id == foreign_id), None)

    def find_exclusion(self, foreign_id: str) -> ExcludedMovie | None:
        """Return Whisparr's exclusion of this UUID, whatever its type."""
        return next((each for each in self.exclusions.values() if each.foreign_id == foreign_id), None)

    def exclude(self, foreign_id: str, title: str = "", kind: str = "scene", reason: str = "manual") -> ExcludedMovie:
        """Add an exclusion and return it, for the routes and for tests."""
        with self.lock:
            exclusion = ExcludedMovie(self.number("exclusions"), foreign_id, title or foreign_id, kind, reason)
            self.exclusions[exclusion.id] = exclusion
            return exclusion

    def put_record(self, movie_id: int | None, **details: Any) -> QueueRecord:
        """Add a line to the queue that stays as it is, for tests."""
        with self.lock:
            record = QueueRecord(self.number("records"), movie_id, **details)
            self.records[record.id] = record
            return record

    def follow(self, kind: str, foreign_id: str, name: str = "", **details: Any) -> Followed:
        """Monitor a performer or studio (`kind` is "performers" or "studios")."""
        with self.lock:
            followed = Followed(self.number(kind), foreign_id, name or foreign_id, **details)
            getattr(self, kind)[followed.id] = followed
            return followed

    def search(self, movie: Movie) -> None:
        """Search for a release and start a download if there is one."""
        movie.last_search = self.now()
        is_loading = any(record.movie_id == movie.id for record in self.records.values())
        if movie.foreign_id in self.behavior.without_release or movie.has_file or is_loading:
            return
        self.grab(movie, f"Some.Release.{movie.id}.1080p")

    def grab(self, movie: Movie, title: str) -> QueueRecord:
        """Start the download of a release, for searches and the route that grabs."""
        record = self.put_record(movie.id, left=0, title=title)
        record.left = record.size
        self.downloads[record.id] = Download(
            record, self.now(), self.behavior.download_seconds, self.behavior.import_seconds
        )
        self.note(movie.id, "grabbed", title, indexer="Nyx", downloadClient="client")
        return record

    def note(self, movie_id: int, kind: str, title: str, **data: str) -> HistoryLine:
        """Add a line to the history and return it, for downloads and for tests."""
        event = HistoryLine(self.number("events"), movie_id, kind, title, self.now(), data)
        self.events[event.id] = event
        return event

    def offer(self, movie: Movie) -> list[IndexerRelease]:
        """Ask the indexers for the releases of a scene; each can be grabbed for half an hour."""
        title = f"Some.Release.{movie.id}"
        usual = [
            IndexerRelease(f"{title}.1080p", f"https://indexer.invalid/get?id={movie.id}&apikey=indexer-key"),
            IndexerRelease(
                f"{title}.480p",
                f"https://indexer.invalid/get?id={movie.id}b&apikey=indexer-key",
                quality="SDTV",
                seeders=0,
                rejections=("SDTV is not wanted in profile", "Not enough seeders: 0. Minimum seeders: 1"),
            ),
        ]
        found = self.releases.get(movie.foreign_id, [] if movie.foreign_id in self.behavior.without_release else usual)
        for each in found:
            self.offered[each.guid, each.indexer_id] = (each, movie.id if each.is_mapped else 0, self.now())
        return found

    def find_offer(self, guid: str, indexer_id: int) -> tuple[IndexerRelease, int] | None:
        """Return a release that was offered within half an hour, and its scene's number.

        The route that grabs asks.
        """
        release, movie_id, at = self.offered.get((guid, indexer_id), (None, 0, 0.0))
        return (release, movie_id) if release and self.now() - at <= RELEASE_CACHE_SECONDS else None

    def delete_movie(self, movie: Movie, *, excluded: bool) -> None:
        """Remove a scene from Whisparr's library; a running download stays in the queue, without a scene."""
        with self.lock:
            del self.movies[movie.id]
            for record in self.records.values():
                if record.movie_id == movie.id:
                    record.movie_id = None
            if excluded and not self.find_exclusion(movie.foreign_id):
                self.exclude(movie.foreign_id, movie.known.title, reason="duringDelete")

    def settle(self) -> None:
        """Bring downloads, scans and followed performers up to now; every request begins with this."""
        with self.lock:
            for movie in list(self.movies.values()):
                if movie.scan_due is not None and movie.scan_due <= self.now():
                    self._end_scan(movie)
            for download in list(self.downloads.values()):
                self._go_on(download)
            while self._daily + DAY <= self.now():
                self._daily += DAY
                self._look_after_followed()

    def _end_scan(self, movie: Movie) -> None:
        wants_search = bool((movie.add_options or {}).get("searchForMovie"))
        movie.add_options = movie.scan_due = None
        if wants_search:
            self.search(movie)

    def _go_on(self, download: Download) -> None:
        record, elapsed = download.record, self.now() - download.started
        if record.id not in self.records:
            del self.downloads[record.id]
            return
        share = min(elapsed / download.seconds, 1.0) if download.seconds else 1.0
        record.left = int(record.size * (1 - share))
        record.seconds_left = max(download.seconds - elapsed, 0.0)
        if share >= 1.0:
            record.status, record.state, record.seconds_left = "completed", "importPending", None
        if elapsed >= download.seconds + download.import_seconds:
            self._import(record)

    def _import(self, record: QueueRecord) -> None:
        del self.records[record.id]
        self.downloads.pop(record.id, None)
        movie = self.movies.get(record.movie_id or 0)
        if movie:
            movie.size_on_disk = record.size
            self.note(movie.id, "downloadFolderImported", movie.known.title, importedPath=movie.file_path)

    def fail(self, record: QueueRecord, message: str) -> None:
        """End a download without a file, for tests."""
        with self.lock:
            del self.records[record.id]
            self.downloads.pop(record.id, None)
            self.note(record.movie_id or 0, "downloadFailed", f"Some.Release.{record.id}", message=message)

    def _look_after_followed(self) -> None:
        """Once a day, add every missing scene of monitored performers and studios that is not excluded."""
        performers = {each.foreign_id for each in self.performers.values() if each.monitored}
        studios = {each.foreign_id for each in self.studios.values() if each.monitored}
        for known in (self.catalogue or {}).values():
            is_followed = bool(performers & set(known.performer_ids)) or known.studio_id in studios
            if is_followed and not self.find_movie(known.foreign_id) and not self.find_exclusion(known.foreign_id):
                self.add_movie(known)
