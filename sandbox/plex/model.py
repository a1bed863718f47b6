"""Records of the sandbox's Plex: libraries, items with files, tags and pictures, and the server's options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PERSONAL_AGENT = "com.plexapp.agents.none"
MOVIE_AGENT = "tv.plex.agents.movie"
TYPE_NUMBERS = {"movie": 1, "show": 2, "season": 3, "episode": 4, "clip": 12, "photo": 13, "collection": 18}
# How edits name a kind of tag, and the element that lists it.
TAG_ELEMENTS = {
    "genre": "Genre",
    "collection": "Collection",
    "label": "Label",
    "director": "Director",
    "writer": "Writer",
    "producer": "Producer",
    "country": "Country",
    "actor": "Role",
    "style": "Style",
    "mood": "Mood",
    "similar": "Similar",
}
TEXT_FIELDS = (
    "title",
    "titleSort",
    "originalTitle",
    "editionTitle",
    "studio",
    "tagline",
    "summary",
    "contentRating",
    "originallyAvailableAt",
)
RATING_FIELDS = ("rating", "audienceRating", "userRating")
OWNER = 1  # the number of the owner's account on every server
GUEST = 4_711_001
PROMOTIONS = ("promotedToRecommended", "promotedToOwnHome", "promotedToSharedHome")
COLLECTION_PREFS = {
    "collectionSort": ("0", "1", "2"),
    "collectionMode": ("-1", "0", "1", "2"),
    "collectionFilterBasedOnUser": ("0", "1"),
}
BUILT_IN_HUBS = ("movie.recentlyadded", "movie.inprogress")
IMAGE_LOCKS = ("thumb", "art", "clearLogo", "squareArt", "theme")


@dataclass
class TagValue:
    """A tag on an item; the photo belongs to the tag's name, wherever it is used."""

    name: str
    role: str = ""


@dataclass
class MovieFile:
    """A file, `duration` in milliseconds."""

    id: int
    file: str
    size: int = 0
    duration: int = 0


@dataclass
class Media:
    """One version of an item."""

    id: int
    parts: list[MovieFile]


@dataclass
class ItemPicture:
    """A poster or background that an item can choose."""

    key: str
    provider: str = ""
    selected: bool = False


@dataclass
class WatchState:
    """The plays, position and stars of one account for one item; times in seconds since 1970, the offset in ms."""

    view_count: int = 0
    last_viewed_at: int = 0
    view_offset: int = 0
    stars: str = ""  # the owner's are a field of the item, because an edit of the item writes them, too
    last_rated_at: int = 0


@dataclass
class Play:
    """A row of the history: an account watched an item to its end."""

    id: int
    account: int
    rating_key: int
    section_id: int
    title: str
    at: int


@dataclass
class CollectionDetails:
    """The members of a plain collection as they were added, or the search of a smart one (`content`).

    One that a tag of an item has made ends with its last member.
    """

    members: list[int] = field(default_factory=list)
    content: str = ""
    prefs: dict[str, str] = field(default_factory=dict)
    is_by_tag: bool = False


@dataclass
class PlexMovie:
    """A movie or a collection. `source` are the values a metadata source gives at the next refresh."""

    rating_key: int
    section_id: int
    type: str = "movie"
    guid: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[TagValue]] = field(default_factory=dict)
    locks: set[str] = field(default_factory=set)
    media: list[Media] = field(default_factory=list)
    pictures: dict[str, list[ItemPicture]] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    source_tags: dict[str, list[str]] = field(default_factory=dict)
    watched: dict[int, WatchState] = field(default_factory=dict)  # by account
    collection: CollectionDetails | None = None
    added_at: int = 0
    updated_at: int = 0
    deleted_at: int = 0  # in the trash: its files are missing, it is listed until the trash is emptied

    @property
    def title(self) -> str:
        """Return the title of an item of the Plex double, empty when it has none."""
        return self.fields.get("title", "")

    @property
    def files(self) -> list[str]:
        """Every file of every version of an item of the Plex double, for provider requests and `find_by_file`."""
        return [part.file for media in self.media for part in media.parts]

    def tag_names(self, kind: str) -> list[str]:
        """Return the names of an item's tags of one kind, for routes and tests."""
        return [tag.name for tag in self.tags.get(kind, ())]

    def selected_picture(self, kind: str) -> ItemPicture | None:
        """Return the poster or background shown at present.

        Plex's answers and picture routes show it.
        """
        return next((picture for picture in self.pictures.get(kind, ()) if picture.selected), None)


@dataclass
class LibrarySection:
    """A library."""

    id: int
    title: str
    locations: list[str]
    type: str = "movie"
    agent: str = PERSONAL_AGENT
    uuid: str = ""
    scanned_at: int = 0
    language: str = "xn"


@dataclass(frozen=True)
class MetadataProvider:
    """A program that Plex asks for metadata; `features` are the paths below its address."""

    id: int
    identifier: str
    uri: str
    title: str
    features: Mapping[str, str]


@dataclass
class ProviderGroup:
    """An agent that libraries can choose, made of providers; `primary` is the identifier of the first."""

    id: int
    title: str
    primary: str


@dataclass
class DiskFile:
    """A file on Plex's disk that Plex has not found; it becomes an item `delay` seconds after a scan that covers it."""

    path: str
    section_id: int
    size: int = 0
    duration: int = 0
    delay: float = 0.0
    due: float | None = None


@dataclass
class PlexOptions:
    """The behavior of this server where real servers differ or the documentation is silent.

    `tag_put`: an indexed list of tags "replace"s the present one or is "merge"d into it. `mixed_tags`: what counts when
    one request sets and removes tags of one kind: "both", "set" or "remove". `longest_line`: a longer request gets 414.
    `selects_uploads`: an uploaded picture is shown at once. `play_moves_time`: a play changes the item's `updatedAt`.
    `has_pass`: the owner has Plex Pass; without it, edits of the edition are ignored. `relative_filenames`: a provider
    is told a file's path from the library's folder on. `fetches_pictures`: Plex itself gets pictures by their address;
    otherwise Plex's service in the internet does, which reaches no private network. `members_lock`: an item
    that joins or leaves a collection gets the lock of its collections and another `updatedAt`. `rejects_empty`: a
    collection without members takes no items any more.
    """

    tag_put: str = "replace"
    mixed_tags: str = "both"
    ignores_paging: bool = False
    identity_needs_token: bool = False
    list_tags: int = 2
    largest_upload: int = 10_480_000
    longest_line: int = 60_000
    allow_deletion: bool = False
    selects_uploads: bool = True
    play_moves_time: bool = False
    has_pass: bool = True
    relative_filenames: bool = False
    fetches_pictures: bool = True
    members_lock: bool = False
    rejects_empty: bool = False


@dataclass
class Unavailable:
    """The reason for answering everything with 503: starting, migrating the database, maintenance."""

    title: str = "Maintenance"
    status: str = "Plex Media Server is currently running database migrations."


@dataclass
class Token:
    """A client's token; only an administrator's may write. Plays and stars belong to its account."""

    name: str
    is_admin: bool = True
    account: int = OWNER


@dataclass
class Scan:
    """A requested scan; an empty path means the whole library."""

    section_id: int
    path: str
    at: float
    forced: bool = False


@dataclass
class Keys:
    """Counters for the ids that Plex gives out."""

    rating_key: int = 1
    media: int = 1
    part: int = 1
    tag: int = 1
    play: int = 1
    names: dict[str, int] = field(default_factory=dict)

    def take(self, kind: str) -> int:
        """Return the next free id of a kind, for a new library, item or tag."""
        number: int = getattr(self, kind)
        setattr(self, kind, number + 1)
        return number
