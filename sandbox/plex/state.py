"""The state of one Plex server, safe to use from several threads."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator

from sandbox.plex.model import (
    GUEST,
    OWNER,
    CollectionDetails,
    DiskFile,
    Keys,
    LibrarySection,
    Media,
    MetadataProvider,
    MovieFile,
    Play,
    PlexMovie,
    PlexOptions,
    ProviderGroup,
    Scan,
    TagValue,
    Token,
    Unavailable,
)

Maker = Callable[[int, int], PlexMovie]  # (position, rating key) -> item
SortKey = tuple[float, str]
Mark = tuple[SortKey, int]  # what an item is sorted by, and its rating key


class Generated:
    """Items that are made only when they are read: `count` of them from the key `first` on."""

    def __init__(self, section_id: int, first: int, count: int, make: Maker) -> None:
        self.section_id = section_id
        self.keys = range(first, first + count)
        self._make = make
        self._marks: dict[str, list[Mark]] = {}

    def make(self, rating_key: int) -> PlexMovie:
        """Return the item of a generated library with this key, the same every time, for the state of the double."""
        return self._make(rating_key - self.keys.start, rating_key)

    def marks(self, order: str, mark: Callable[[PlexMovie, str], SortKey]) -> list[Mark]:
        """Return the sort keys of all items, computed once for each order; `PlexState.list_marks` calls it."""
        if order not in self._marks:
            self._marks[order] = [(mark(self.make(key), order), key) for key in self.keys]
        return self._marks[order]


class PlexState:
    """Libraries and items of one server; every method works under `lock`."""

    def __init__(
        self, machine_id: str = "", name: str = "Example Plex", clock: Callable[[], float] = time.time
    ) -> None:
        self.lock = threading.RLock()
        self.name = name
        self.machine_id = machine_id or hashlib.sha1(name.encode()).hexdigest()
        self.version = "1.41.3.9314-a0bfb8370"
        self.options = PlexOptions()
        self.unavailable: Unavailable | None = None
        guest = Token("guest", is_admin=False, account=GUEST)
        self.tokens: dict[str, Token] = {"plex-token": Token("owner"), "guest-token": guest}
        self.accounts: dict[int, str] = {OWNER: "owner", GUEST: "guest"}
        self.plays: list[Play] = []
        self.sections: dict[int, LibrarySection] = {}
        self.items: dict[int, PlexMovie] = {}
        self._collections: dict[int, PlexMovie] = {}  # those of `items`: an edit asks for them, however many items are
        self.generated: list[Generated] = []
        self.gone: set[int] = set()
        self.hubs: dict[int, set[str]] = {}  # the places of promoted collections
        self.blobs: dict[str, bytes] = {}
        self.tag_photos: dict[str, str] = {}
        self.providers: dict[int, MetadataProvider] = {}
        self.provider_groups: dict[int, ProviderGroup] = {}
        self.provider_errors: list[str] = []
        self.scans: list[Scan] = []
        self.disk: list[DiskFile] = []
        self.keys = Keys()
        self._clock = clock
        self._ahead = 0.0

    def now(self) -> float:
        """Return the time of the Plex double, in seconds since 1970."""
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass in the Plex double, for tests: scans end, files appear."""
        with self.lock:
            self._ahead += seconds
            self.settle()

    def add_section(
        self, title: str, *locations: str, section_id: int = 0, kind: str = "movie", agent: str = ""
    ) -> LibrarySection:
        """Add a library and return it, for tests and the demo."""
        with self.lock:
            number = section_id or max(self.sections, default=0) + 1
            section = LibrarySection(number, title, list(locations), kind)
            section.agent = agent or section.agent
            section.uuid = hashlib.md5(f"{self.machine_id}/{number}".encode()).hexdigest()
            self.sections[number] = section
            return section

    def add_item(self, section_id: int, *files: str, title: str = "", size: int = 0, duration: int = 0) -> PlexMovie:
        """Add an item with one version and a part for each file; its default title is the file's name.

        Scans, tests and the demo call it.
        """
        with self.lock:
            item = PlexMovie(self.keys.take("rating_key"), section_id)
            item.guid = f"local://{item.rating_key}"
            parts = [MovieFile(self.keys.take("part"), file, size, duration) for file in files]
            item.media = [Media(self.keys.take("media"), parts)]
            item.fields["title"] = title or name_of(files[0])
            item.added_at = item.updated_at = int(self.now())
            self.items[item.rating_key] = item
            return item

    def add_version(self, item: PlexMovie, *files: str, size: int = 0, duration: int = 0) -> None:
        """Add a version with these files to an item, for tests."""
        with self.lock:
            parts = [MovieFile(self.keys.take("part"), file, size, duration) for file in files]
            item.media.append(Media(self.keys.take("media"), parts))

    def add_generated(self, section_id: int, count: int, make: Maker) -> None:
        """Add a large library whose items cost nothing until they are read, for tests and benchmarks."""
        with self.lock:
            self.generated.append(Generated(section_id, self.keys.rating_key, count, make))
            self.keys.rating_key += count

    def add_collection(self, section_id: int, title: str, *, is_by_tag: bool = False) -> PlexMovie:
        """Add a collection without members and return it, for the route that creates one and for edits of tags."""
        key, now = self.keys.take("rating_key"), int(self.now())
        fields = {"title": title}
        item = PlexMovie(key, section_id, "collection", f"collection://{key}", fields, added_at=now, updated_at=now)
        item.collection = CollectionDetails(is_by_tag=is_by_tag)
        self.items[key] = self._collections[key] = item
        return item

    def list_collections(self, section_id: int) -> list[PlexMovie]:
        """Return the collections of a library of the Plex double, for routes and edits."""
        return [item for item in self._collections.values() if item.section_id == section_id]

    def join_collection(self, collection: PlexMovie, item: PlexMovie) -> None:
        """Make an item a member of a plain collection; the item says so in its tags.

        Routes and edits of tags call it.
        """
        with self.lock:
            if collection.collection is None or item.rating_key in collection.collection.members:
                return
            collection.collection.members.append(item.rating_key)
            if collection.title not in item.tag_names("collection"):
                item.tags.setdefault("collection", []).append(TagValue(collection.title))
            self._note_membership(collection, item)

    def leave_collection(self, collection: PlexMovie, rating_key: int) -> None:
        """Take a member out of a plain collection; one that a tag has made ends with its last member.

        Routes, edits and removals of items call it.
        """
        with self.lock:
            if collection.collection is None or rating_key not in collection.collection.members:
                return
            collection.collection.members.remove(rating_key)
            item = self.items.get(rating_key)
            if item:
                item.tags["collection"] = [tag for tag in item.tags["collection"] if tag.name != collection.title]
                self._note_membership(collection, item)
            if collection.collection.is_by_tag and not collection.collection.members:
                self.remove_item(collection.rating_key)

    def _note_membership(self, collection: PlexMovie, item: PlexMovie) -> None:
        collection.updated_at = max(int(self.now()), collection.updated_at + 1)
        if self.options.members_lock:
            item.locks.add("collection")
            item.updated_at = max(int(self.now()), item.updated_at + 1)

    def rename_collection(self, collection: PlexMovie, title: str) -> None:
        """Give a collection another title, which its members show in their tags, too.

        The edit of a title calls it.
        """
        for key in collection.collection.members if collection.collection else ():
            for tag in self.items[key].tags["collection"]:
                tag.name = title if tag.name == collection.title else tag.name
        collection.fields["title"] = title

    def remove_item(self, rating_key: int) -> None:
        """Remove an item for good; its key answers 404 from now on. Members of a collection stay.

        Routes, the demo and tests call it.
        """
        with self.lock:
            item = self.items.get(rating_key)
            if item and item.collection:
                item.collection.is_by_tag = False
                for key in list(item.collection.members):
                    self.leave_collection(item, key)
            for collection in self.list_collections(item.section_id) if item else ():
                self.leave_collection(collection, rating_key)
            self.items.pop(rating_key, None)
            self._collections.pop(rating_key, None)
            self.hubs.pop(rating_key, None)
            self.gone.add(rating_key)

    def trash_item(self, item: PlexMovie) -> None:
        """Let an item's files be missing: it stays listed until the trash is emptied.

        Tests call it.
        """
        with self.lock:
            item.deleted_at = int(self.now())

    def empty_trash(self, section_id: int) -> None:
        """Remove the items in the trash of the Plex double for good, for its route and tests."""
        with self.lock:
            for item in list(self.items.values()):
                if item.section_id == section_id and item.deleted_at:
                    self.remove_item(item.rating_key)

    def find_item(self, rating_key: int) -> PlexMovie | None:
        """Return the item with this key, for routes; a generated one is kept from now on, so that edits stay."""
        item = self.items.get(rating_key)
        if item or rating_key in self.gone:
            return item
        for group in self.generated:
            if rating_key in group.keys:
                self.items[rating_key] = group.make(rating_key)
        return self.items.get(rating_key)

    def peek_item(self, rating_key: int) -> PlexMovie | None:
        """Return the item with this key; a generated one is made and not kept. `list_page` reads it."""
        if rating_key in self.items or rating_key in self.gone:
            return self.items.get(rating_key)
        return next((group.make(rating_key) for group in self.generated if rating_key in group.keys), None)

    def list_marks(
        self, section_id: int, kind: str, order: str, mark: Callable[[PlexMovie, str], SortKey]
    ) -> list[Mark]:
        """Return the sort keys of a library's items without making generated items; `list_page` sorts by them."""
        kept = [item for item in self.items.values() if item.section_id == section_id and item.type == kind]
        marks = [(mark(item, order), item.rating_key) for item in kept]
        for group in self.generated:
            if group.section_id == section_id and kind == "movie":
                all_marks = group.marks(order, mark)
                marks += [each for each in all_marks if each[1] not in self.items and each[1] not in self.gone]
        return marks

    def list_items(self, section_id: int, kind: str = "movie") -> Iterator[PlexMovie]:
        """Return the items of a library, oldest key first, for the lists of the Plex double."""
        for group in self.generated:
            if group.section_id == section_id and kind == "movie":
                keys = (key for key in group.keys if key not in self.items and key not in self.gone)
                yield from (group.make(key) for key in keys)
        for item in list(self.items.values()):
            if item.section_id == section_id and item.type == kind:
                yield item

    def find_by_file(self, path: str) -> list[PlexMovie]:
        """Return the items that hold a file; called by tests."""
        with self.lock:
            return [item for item in self.items.values() if path in item.files]

    def tag_id(self, kind: str, name: str) -> int:
        """Return Plex's id of a tag, the same wherever the name is used."""
        key = f"{kind}/{name}"
        if key not in self.keys.names:
            self.keys.names[key] = self.keys.take("tag")
        return self.keys.names[key]

    def scan(self, section_id: int, path: str = "", forced: bool = False) -> None:
        """Start a scan for a route: files below `path` become items after their delay."""
        with self.lock:
            self.scans.append(Scan(section_id, path, self.now(), forced))
            for file in self.disk:
                if file.section_id == section_id and file.due is None and lies_below(file.path, path):
                    file.due = self.now() + file.delay
            self.sections[section_id].scanned_at = int(self.now())
            self.settle()

    def settle(self) -> None:
        """Add files whose time has come to the library of the Plex double; requests, `scan` and `advance` call it."""
        due = [file for file in self.disk if file.due is not None and file.due <= self.now()]
        self.disk = [file for file in self.disk if file not in due]
        for file in due:
            self.add_item(file.section_id, file.path, size=file.size, duration=file.duration)

    def is_scanning(self, section_id: int) -> bool:
        """Return True while a scan of the Plex double is running; its answers say so."""
        return any(file.section_id == section_id and file.due is not None for file in self.disk)

    def refresh_item(self, item: PlexMovie) -> None:
        """Take the values of Plex's metadata source into every field that is not locked, for a refresh."""
        with self.lock:
            for name, value in item.source.items():
                if name not in item.locks:
                    item.fields[name] = value
            for kind, names in item.source_tags.items():
                if kind not in item.locks:
                    item.tags[kind] = [TagValue(name) for name in names]
            if (item.source or item.source_tags) and "thumb" not in item.locks:
                for picture in item.pictures.get("posters", ()):
                    picture.selected = not picture.key.startswith("upload://")
            item.updated_at = int(self.now())

    def refresh_section(self, section_id: int) -> None:
        """Refresh every item of a library from its source, for tests."""
        for item in list(self.list_items(section_id)):
            self.refresh_item(item)


def name_of(path: str) -> str:
    """Return the title a library without a metadata source makes from a file name, for `add_item`."""
    return path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def lies_below(path: str, folder: str) -> bool:
    """Return True if a scan of a folder covers a file; `scan` asks."""
    plain, inside = folder.replace("\\", "/").rstrip("/"), path.replace("\\", "/")
    return not plain or inside.startswith(plain + "/")
