"""Fills the library directly, without hooks, for tests and the demo.

stock = Stock(stash.services.library)
hills = stock.add_studio("Hill Films", stash_ids=[StashId(endpoint, uuid)])
scene = stock.add_scene("Up the hill", studio=hills, file=VideoFile("/media/hill.mp4"))
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sandbox.stash.files.disk import VideoFile
from sandbox.stash.files.scan import insert_file
from sandbox.stash.find.scene_criteria import read_phash
from sandbox.stash.library import EPOCH, Database, LibraryFile

DRAWN = "drawn:"


class StashId(NamedTuple):
    """A stash id."""

    endpoint: str
    stash_id: str
    updated_at: str = EPOCH


class Stock:
    """Adds objects to a library; `columns` takes values for columns that have no parameter of their own."""

    def __init__(self, library: LibraryFile) -> None:
        self.library = library
        self._shared: Database | None = None

    @contextlib.contextmanager
    def fill(self) -> Iterator[None]:
        """Add all objects of a with block in one transaction, which is faster: large libraries are filled so."""
        with self.library.write() as self._shared:
            try:
                yield
            finally:
                self._shared = None

    @contextlib.contextmanager
    def _write(self) -> Iterator[Database]:
        if self._shared is not None:
            yield self._shared
            return
        with self.library.write() as db:
            yield db

    def add_tag(
        self,
        name: str,
        *,
        aliases: Iterable[str] = (),
        parents: Iterable[int] = (),
        stash_ids: Iterable[StashId] = (),
        **columns: Any,
    ) -> int:
        """Add a tag and return its id; tests and the demo fill libraries this way, without hooks."""
        with self._write() as db:
            tag_id = self._insert(db, "tags", {"name": name, **columns})
            _add_values(db, "tag_aliases (tag_id, alias)", tag_id, aliases)
            _add_values(db, "tags_relations (child_id, parent_id)", tag_id, parents)
            _add_links(db, "tag", tag_id, stash_ids)
        return tag_id

    def add_studio(
        self,
        name: str,
        *,
        parent: int | None = None,
        aliases: Iterable[str] = (),
        urls: Sequence[str] = (),
        tags: Iterable[int] = (),
        stash_ids: Iterable[StashId] = (),
        picture: str = "",
        **columns: Any,
    ) -> int:
        """Add a studio and return its id; `picture` is the key of a drawn one. Demo and tests call it."""
        with self._write() as db:
            values = {"name": name, "parent_id": parent, "image_blob": _draw(db, picture), **columns}
            studio_id = self._insert(db, "studios", values)
            _add_values(db, "studio_aliases (studio_id, alias)", studio_id, aliases)
            _add_values(db, "studios_tags (studio_id, tag_id)", studio_id, tags)
            _add_urls(db, "studio", studio_id, urls)
            _add_links(db, "studio", studio_id, stash_ids)
        return studio_id

    def add_performer(
        self,
        name: str,
        *,
        aliases: Iterable[str] = (),
        urls: Sequence[str] = (),
        tags: Iterable[int] = (),
        stash_ids: Iterable[StashId] = (),
        picture: str = "",
        **columns: Any,
    ) -> int:
        """Add a performer and return the id; `picture` is the key of a drawn one. Demo and tests call it."""
        with self._write() as db:
            performer_id = self._insert(db, "performers", {"name": name, "image_blob": _draw(db, picture), **columns})
            _add_values(db, "performer_aliases (performer_id, alias)", performer_id, aliases)
            _add_values(db, "performers_tags (performer_id, tag_id)", performer_id, tags)
            _add_urls(db, "performer", performer_id, urls)
            _add_links(db, "performer", performer_id, stash_ids)
        return performer_id

    def add_group(self, name: str, *, tags: Iterable[int] = (), **columns: Any) -> int:
        """Add a group and return its id; the tests of tag cleaning use it."""
        return self._add_tagged("groups", "group", {"name": name, **columns}, tags)

    def add_image(self, title: str, *, tags: Iterable[int] = (), **columns: Any) -> int:
        """Add an image and return its id; it has no file, as only its tags matter. Tests call it."""
        return self._add_tagged("images", "image", {"title": title, **columns}, tags)

    def add_gallery(self, title: str, *, tags: Iterable[int] = (), **columns: Any) -> int:
        """Add a gallery without images to Stash's library and return its id, for tests."""
        return self._add_tagged("galleries", "gallery", {"title": title, **columns}, tags)

    def add_marker(self, scene: int, title: str, primary: int, *, tags: Iterable[int] = (), seconds: float = 1) -> int:
        """Add a marker to a scene of Stash's library and return its id, for tests."""
        values = {"title": title, "seconds": seconds, "primary_tag_id": primary, "scene_id": scene}
        return self._add_tagged("scene_markers", "scene_marker", values, tags)

    def _add_tagged(self, table: str, kind: str, values: dict[str, Any], tags: Iterable[int]) -> int:
        with self._write() as db:
            number = self._insert(db, table, values)
            _add_values(db, f"{table}_tags ({kind}_id, tag_id)", number, tags)
        return number

    def add_scene(
        self,
        title: str = "",
        *,
        file: VideoFile | None = None,
        more_files: Iterable[VideoFile] = (),
        studio: int | None = None,
        performers: Iterable[int] = (),
        tags: Iterable[int] = (),
        urls: Sequence[str] = (),
        stash_ids: Iterable[StashId] = (),
        picture: str = "",
        **columns: Any,
    ) -> int:
        """Add a scene with its files and return its id; `picture` is the key of a drawn cover, or "96x54/key"."""
        with self._write() as db:
            values = {"title": title or None, "studio_id": studio, "cover_blob": _draw(db, picture), **columns}
            scene_id = self._insert(db, "scenes", values)
            files = [*([file] if file else []), *more_files]
            for place, each in enumerate(files):
                self._add_file(db, scene_id, each, is_primary=place == 0)
            _add_values(db, "performers_scenes (scene_id, performer_id)", scene_id, performers)
            _add_values(db, "scenes_tags (scene_id, tag_id)", scene_id, tags)
            _add_urls(db, "scene", scene_id, urls)
            _add_links(db, "scene", scene_id, stash_ids)
        return scene_id

    def _insert(self, db: Database, table: str, values: dict[str, Any]) -> int:
        now = self.library.timestamp()
        return db.insert(table, {"created_at": now, "updated_at": now, **values})

    def _add_file(self, db: Database, scene_id: int, file: VideoFile, *, is_primary: bool) -> None:
        file_id = insert_file(db, file, self.library.timestamp())
        sql = 'INSERT INTO scenes_files (scene_id, file_id, "primary") VALUES (?, ?, ?)'
        db.run(sql, (scene_id, file_id, int(is_primary)))
        if file.phash:
            sql = "INSERT INTO files_fingerprints (file_id, type, fingerprint) VALUES (?, 'phash', ?)"
            db.run(sql, (file_id, read_phash(file.phash)))


def _add_values(db: Database, target: str, owner: int, values: Iterable[Any]) -> None:
    for value in dict.fromkeys(values):
        db.run(f"INSERT INTO {target} VALUES (?, ?)", (owner, value))


def _add_urls(db: Database, kind: str, owner: int, urls: Sequence[str]) -> None:
    for place, url in enumerate(urls):
        db.run(f"INSERT INTO {kind}_urls ({kind}_id, position, url) VALUES (?, ?, ?)", (owner, place, url))


def _add_links(db: Database, kind: str, owner: int, links: Iterable[StashId]) -> None:
    sql = f"INSERT INTO {kind}_stash_ids ({kind}_id, endpoint, stash_id, updated_at) VALUES (?, ?, ?, ?)"
    for link in links:
        db.run(sql, (owner, *link))


def _draw(db: Database, key: str) -> str | None:
    """Enter a picture that is drawn on its first request; return its checksum, None without a key."""
    if not key:
        return None
    db.run("INSERT OR IGNORE INTO blobs (checksum, blob) VALUES (?, NULL)", (f"{DRAWN}{key}",))
    return f"{DRAWN}{key}"
