"""Records of the sandbox's Whisparr: scenes, downloads, exclusions, and how the installation behaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

GIGABYTE = 1_073_741_824


class Program(NamedTuple):
    """The program that answers, as system/status names it."""

    app_name: str
    version: str
    branch: str
    has_scenes: bool  # the routes of v3
    has_movies: bool


PROGRAMS = {
    "v3": Program("Whisparr", "3.2.0.412", "eros", has_scenes=True, has_movies=True),
    "v3-dev": Program("Whisparr", "10.0.0.30351", "eros", has_scenes=True, has_movies=True),
    "v2": Program("Whisparr", "2.0.0.548", "nightly", has_scenes=False, has_movies=False),
    "v2-dev": Program("Whisparr", "10.0.0.28904", "develop", has_scenes=False, has_movies=False),
    "radarr": Program("Radarr", "5.14.0.9383", "master", has_scenes=False, has_movies=True),
    "sonarr": Program("Sonarr", "4.0.11.2680", "main", has_scenes=False, has_movies=False),
}


@dataclass
class MetadataScene:
    """A scene as the metadata service knows it."""

    foreign_id: str
    title: str = ""
    studio_id: str = ""
    studio: str = ""
    performer_ids: tuple[str, ...] = ()
    tag_ids: tuple[str, ...] = ()
    date: str = "2024-03-01"


@dataclass
class Movie:
    """A scene in the library; `add_options` are there from the add to the first disk scan."""

    id: int
    known: MetadataScene
    monitored: bool = True
    quality_profile_id: int = 4
    root_folder: str = "/data/scenes"
    tags: list[int] = field(default_factory=list)
    size_on_disk: int = 0
    added: float = 0.0
    last_search: float | None = None
    add_options: dict[str, object] | None = None
    scan_due: float | None = None

    @property
    def foreign_id(self) -> str:
        """Return the bare UUID of a scene of the Whisparr double."""
        return self.known.foreign_id

    @property
    def has_file(self) -> bool:
        """Return True if Whisparr has imported a file for the scene; the double's answers and searches ask."""
        return self.size_on_disk > 0

    @property
    def path(self) -> str:
        """Return Whisparr's own folder for the scene, for its answers."""
        return f"{self.root_folder.rstrip('/')}/{self.known.title}"

    @property
    def file_path(self) -> str:
        """Return the path of the scene's file in Whisparr, once it has one, for answers and imports."""
        return f"{self.path}/{self.known.title}.mkv"


@dataclass
class QueueRecord:
    """A line of the queue that stays as it is until a test changes it."""

    id: int
    movie_id: int | None
    status: str = "downloading"
    state: str | None = "downloading"
    health: str | None = "ok"
    size: int = 2 * GIGABYTE
    left: int = GIGABYTE
    seconds_left: float | None = 754.0
    error: str = ""
    messages: list[tuple[str, list[str]]] = field(default_factory=list)
    completes_at: float | None = None
    title: str = ""


@dataclass
class Download:
    """A download that goes on by itself: loading for `seconds`, importing for `import_seconds`, then a file."""

    record: QueueRecord
    started: float
    seconds: float
    import_seconds: float


@dataclass
class ExcludedMovie:
    """Something that must not be added."""

    id: int
    foreign_id: str
    title: str
    type: str = "scene"
    reason: str = "manual"


@dataclass
class Followed:
    """A monitored performer or studio: its missing scenes are added every day."""

    id: int
    foreign_id: str
    name: str
    monitored: bool = True
    search_on_add: bool = False


@dataclass
class QueuedCommand:
    """Work in Whisparr's own queue; `message` is its result in words."""

    id: int
    name: str
    movie_ids: list[int]
    queued: float
    seconds: float = 2.0
    message: str = ""


@dataclass
class IndexerRelease:
    """An offer of an indexer for a scene; its `guid` holds the user's key at the indexer."""

    title: str
    guid: str
    indexer_id: int = 1
    indexer: str = "Nyx"
    size: int = 2 * GIGABYTE
    hours: float = 30.0
    protocol: str = "torrent"
    seeders: int | None = 12
    quality: str = "WEBDL-1080p"
    score: int = 0
    rejections: tuple[str, ...] = ()
    is_mapped: bool = True


@dataclass
class HistoryLine:
    """A line of the history: `type` is grabbed, downloadFolderImported, downloadFailed …"""

    id: int
    movie_id: int
    type: str
    title: str
    date: float
    data: dict[str, str] = field(default_factory=dict)


@dataclass
class Behavior:
    """The behavior of this installation; times in seconds."""

    scan_seconds: float = 5.0
    download_seconds: float = 120.0
    import_seconds: float = 10.0
    always_excluded_tag: bool = False  # an exclusion then adds the scene unmonitored instead of refusing it
    is_starting: bool = False
    metadata_down: bool = False
    indexer_down: bool = False  # it lists releases, but does not hand them out
    url_base: str = ""
    without_release: set[str] = field(default_factory=set)
