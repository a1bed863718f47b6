"""Reads the collections of shelves from Plex: each library once, labels of all shelves in one request."""

from __future__ import annotations

from collections.abc import Collection

from plexsync.server.connection import ConnectedServer
from plexsync.shelves.plan import BEGUN, LABEL, PLACES, POSTER, SORT, TITLE, PresentShelf, ShelfRecord, TitleOwner
from plexsync.shelves.store import POSTER_SHA1, ShelfStore
from shared.errors import NotFound
from shared.folding import fold_text
from shared.plex.collections import (
    RELEASE,
    PlexCollection,
    Promotion,
    list_collections,
    list_members,
    list_promotions,
)
from shared.plex.edits import tag_key
from shared.plex.images import POSTERS

UPLOADED = "upload://"


class ShelfReader:
    """The collections of one server as a run or a write sees them; what was read is kept until `forget`."""

    def __init__(self, server: ConnectedServer, shelves: ShelfStore) -> None:
        self._plex = server.plex
        self._machine_id = server.machine_id
        self._shelves = shelves
        self._collections: dict[str, dict[str, PlexCollection]] = {}
        self._labelled: dict[str, bool] = {}
        self._promotions: dict[str, dict[str, Promotion]] = {}

    def forget(self) -> None:
        """Drop all that was read from Plex; the journal's target calls it after a write."""
        self._collections.clear()
        self._labelled.clear()
        self._promotions.clear()

    def find_present(self, record: ShelfRecord, fields: Collection[str], *, has_members: bool) -> PresentShelf:
        """Return a shelf's collection as Plex shows it: label, title, order, the other `fields`, and its members."""
        found = self._find_collection(record)
        if found is None:
            return PresentShelf()
        values: dict[str, object] = {TITLE: found.title, SORT: found.sort or RELEASE}
        if PLACES in fields:
            places = self._read_promotions(record.section_id).get(found.rating_key, Promotion()).places
            values[PLACES] = list(places) or None
        if POSTER in fields:
            values[POSTER] = self._find_poster(record, found.rating_key)
        members = list_members(self._plex.wire, found.rating_key) if has_members else None
        return PresentShelf(found.rating_key, found.title, self.has_label(found.rating_key), values, members)

    def find_owner(self, record: ShelfRecord, title: str) -> TitleOwner | None:
        """Return another collection with this title in the library, whatever its case; None if there is none."""
        own = self._find_collection(record)
        for each in self.list_collections(record.section_id).values():
            if fold_text(each.title) == fold_text(title) and each != own:
                shelf_id = self._shelves.list_keys(self._machine_id).get(each.rating_key, 0)
                is_free = not shelf_id and not each.is_smart and self.has_label(each.rating_key)
                return TitleOwner(each.rating_key, each.title, is_free, shelf_id)
        return None

    def list_collections(self, section_id: str) -> dict[str, PlexCollection]:
        """Return the collections of a library by rating key; none if the library is gone."""
        if section_id not in self._collections:
            try:
                self._collections[section_id] = list_collections(self._plex.wire, section_id)
            except NotFound:
                self._collections[section_id] = {}
        return self._collections[section_id]

    def has_label(self, rating_key: str) -> bool:
        """Return True if a collection has the label of shelves; the first call reads all collections of shelves."""
        if rating_key not in self._labelled:
            keys = {rating_key, *(self._shelves.list_keys(self._machine_id) if not self._labelled else ())}
            items = self._plex.read_items(sorted(keys))
            for key in keys:
                labels = items[key].tags["label"] if key in items else ()
                self._labelled[key] = any(tag_key(label.name) == tag_key(LABEL) for label in labels)
        return self._labelled[rating_key]

    def _find_collection(self, record: ShelfRecord) -> PlexCollection | None:
        """Return the collection of a record; one that a killed process has begun to make is found by its token."""
        collections = self.list_collections(record.section_id)
        if record.rating_key:
            return collections.get(record.rating_key)
        return next((each for each in collections.values() if record.token and each.title == record.token), None)

    def _read_promotions(self, section_id: str) -> dict[str, Promotion]:
        if section_id not in self._promotions:
            self._promotions[section_id] = list_promotions(self._plex.wire, section_id)
        return self._promotions[section_id]

    def _find_poster(self, record: ShelfRecord, rating_key: str) -> object:
        """Return the stored picture that the plugin wrote if it is shown, else the key of an uploaded one, or None.

        While a poster is taken off it counts as shown, because its lock may still be there.
        """
        shown = (each.key for each in self._plex.list_images(rating_key, POSTERS) if each.selected)
        key = next(shown, "")
        begun = record.written.get(BEGUN, {})
        if not key.startswith(UPLOADED):  # Plex makes a picture of the members
            return record.written.get(POSTER) if POSTER in begun and not begun[POSTER] else None
        for own in (record.written, begun):
            if own.get(POSTER_SHA1) and key.endswith(own[POSTER_SHA1]):
                return own.get(POSTER)
        return key
