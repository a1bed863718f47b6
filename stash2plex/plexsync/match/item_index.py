"""Index of items and files of the Plex libraries, cached in the state file.

A library is read once by paging; later only what Plex changed since is read. `cache_times.py` says when Plex is asked
again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from plexsync.match.cache_times import INTERRUPTED_READING_SECONDS
from shared.errors import Busy
from shared.paths import file_name, fold, normal_path
from shared.plex.matching import PlexFile
from shared.runtime.clock import is_recent
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.plex.client import Plex
    from shared.plex.model import ListedItem, PlexSection

_FILES = (
    "SELECT f.rating_key, i.section_id, f.path, f.size, f.duration FROM plex_files f "
    "JOIN plex_items i ON i.rating_key = f.rating_key WHERE "
)
_UNLINKED = (
    "FROM plex_items i WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.rating_key = i.rating_key) "
    "AND (:text = '' OR instr(lower(i.title), lower(:text)))"
)
_WITH_TEXT = (
    "FROM plex_items i WHERE instr(lower(i.title), lower(:text)) OR EXISTS "
    "(SELECT 1 FROM plex_files f WHERE f.rating_key = i.rating_key AND instr(lower(f.path), lower(:text)))"
)
POSITION_KEY = "plex.place."  # and the library's id; the key keeps its old name for state files that exist
PAGE_SECONDS = 10.0  # time one page of the reading may take


class ReadingPosition(NamedTuple):
    """The position at which the first reading of a library stopped.

    `next` and `total` are for `Plex.iter_pages`, `latest` is the latest change seen, `at` the time of the last page.
    """

    next: int = 0
    total: int = 0
    latest: int = 0
    at: float = 0.0


class IndexedItem(NamedTuple):
    """One item of the index with the paths of its files."""

    rating_key: str
    section_id: str
    title: str
    updated_at: int
    files: tuple[str, ...]


class ItemIndex:
    """The index of the chosen libraries; matching, path rules and the Matches tab read it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def refresh(self, plex: Plex, sections: Sequence[PlexSection], *, in_full: bool = False) -> set[str]:
        """Read from Plex what is new, or everything; return the folded names of files that were not known.

        Raises Busy when the time of the call ends during a first reading; the next call goes on from there.
        """
        self._forget_other_sections({section.id for section in sections})
        new: set[str] = set()
        for section in sections:
            row = self._store.first("SELECT * FROM plex_sections WHERE id = ?", (section.id,))
            if in_full or row is None:
                new |= self._read_all(plex, section, row["generation"] + 1) if row else self._read_first(plex, section)
            else:
                new |= self._read_changes(plex, section, row["generation"], row["watermark"])
        return new

    def _read_all(self, plex: Plex, section: PlexSection, generation: int) -> set[str]:
        """Read a whole library, forget the items that were not seen again, and return the names of new files."""
        new: set[str] = set()
        latest = 0
        for page in plex.iter_pages(section.id):
            new |= self._save_items(page.items, generation)
            latest = max([latest, *(each.updated_at for each in page.items)])
        old = "SELECT rating_key FROM plex_items WHERE section_id = ? AND generation <> ?"
        with self._store.write() as db:
            self.forget_items([row[0] for row in db.execute(old, (section.id, generation))])
            self._save_section(section, generation, latest, is_built=True)
        return new

    def _read_first(self, plex: Plex, section: PlexSection) -> set[str]:
        """Read on in a library that was never read to its end, and return the names of new files."""
        new: set[str] = set()
        position = self._find_position(section)
        if not position.next:
            self._forget_section(section.id)
        for page in plex.iter_pages(section.id, start=position.next, last_total=position.total):
            latest = max([position.latest, *(each.updated_at for each in page.items)])
            position = ReadingPosition(page.next, page.total, latest, self._store.clock.now())
            with self._store.write():
                new |= self._save_items(page.items, 1)
                self._store.kv.put(f"{POSITION_KEY}{section.id}", list(position))
            if position.next < position.total and plex.seconds_left < PAGE_SECONDS:
                so_far = f"{position.next} of {position.total} items so far"
                raise Busy(f'Plex\'s library "{section.title}" is being read: {so_far}.')
        with self._store.write():
            self._save_section(section, 1, position.latest, is_built=True)
            self._store.kv.delete(f"{POSITION_KEY}{section.id}")
        return new

    def _find_position(self, section: PlexSection) -> ReadingPosition:
        saved = self._store.kv.get(f"{POSITION_KEY}{section.id}", [int, int, int, float])
        position = ReadingPosition(*saved) if saved else ReadingPosition()
        is_valid = is_recent(position.at, self._store.clock.now(), INTERRUPTED_READING_SECONDS)
        return position if is_valid else ReadingPosition()

    def _read_changes(self, plex: Plex, section: PlexSection, generation: int, watermark: int) -> set[str]:
        changed = list(plex.iter_changed(section.id, watermark))
        new = self._save_items(changed, generation)
        self._save_section(
            section, generation, max([watermark, *(each.updated_at for each in changed)]), is_built=False
        )
        return new

    def _save_section(self, section: PlexSection, generation: int, watermark: int, *, is_built: bool) -> None:
        now = self._store.clock.now()
        sql = (
            "INSERT INTO plex_sections VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
            "generation = excluded.generation, watermark = excluded.watermark, refreshed = excluded.refreshed, "
            "built = CASE WHEN ? THEN excluded.built ELSE built END"
        )
        with self._store.write() as db:
            db.execute(sql, (section.id, section.title, generation, watermark, now, now, is_built))

    def _save_items(self, items: Iterable[ListedItem], generation: int) -> set[str]:
        new: set[str] = set()
        with self._store.write() as db:
            for item in items:
                if item.is_trashed:
                    self.forget_items([item.rating_key])
                    continue
                values = (item.rating_key, item.section_id, item.title, item.updated_at, generation)
                db.execute("INSERT OR REPLACE INTO plex_items VALUES (?, ?, ?, ?, ?)", values)
                known = {row[0] for row in db.execute("SELECT path FROM plex_files WHERE rating_key = ?", values[:1])}
                paths = {normal_path(part.file): part for part in item.parts}
                gone = [(item.rating_key, path) for path in known - paths.keys()]
                db.executemany("DELETE FROM plex_files WHERE rating_key = ? AND path = ?", gone)
                rows = [
                    (item.rating_key, path, fold(path), fold(file_name(path)), part.size, part.duration)
                    for path, part in paths.items()
                ]
                db.executemany("INSERT OR REPLACE INTO plex_files VALUES (?, ?, ?, ?, ?, ?)", rows)
                new |= {row[3] for row in rows if row[1] not in known}
        return new

    def _forget_other_sections(self, section_ids: Collection[str]) -> None:
        with self._store.write() as db:
            for (section_id,) in db.execute("SELECT id FROM plex_sections").fetchall():
                if section_id not in section_ids:
                    self._forget_section(section_id)
                    db.execute("DELETE FROM plex_sections WHERE id = ?", (section_id,))

    def _forget_section(self, section_id: str) -> None:
        keys = self._store.read("SELECT rating_key FROM plex_items WHERE section_id = ?", (section_id,))
        self.forget_items([row[0] for row in keys])

    def forget_items(self, rating_keys: Iterable[str]) -> None:
        """Remove items that are gone from Plex or hold other files; a sync that meets one calls it."""
        keys = [(key,) for key in rating_keys]
        with self._store.write() as db:
            db.executemany("DELETE FROM plex_files WHERE rating_key = ?", keys)
            db.executemany("DELETE FROM plex_items WHERE rating_key = ?", keys)

    def find_by_path(self, folded: str) -> list[PlexFile]:
        """Return the indexed files at a folded path; `match_scene` of shared/plex calls it."""
        return [PlexFile(*row) for row in self._store.read(_FILES + "f.folded = ?", (folded,))]

    def find_by_name(self, folded: str) -> list[PlexFile]:
        """Return the indexed files with a folded name; `match_scene` of shared/plex calls it."""
        return [PlexFile(*row) for row in self._store.read(_FILES + "f.name = ?", (folded,))]

    def find_items(self, rating_keys: Iterable[str]) -> dict[str, IndexedItem]:
        """Return the indexed items with these keys, by key, for the Matches tab and comparisons.

        Unknown keys are left out.
        """
        sql = (
            "SELECT i.*, (SELECT json_group_array(path) FROM plex_files f WHERE f.rating_key = i.rating_key) AS files "
            "FROM plex_items i WHERE i.rating_key IN (SELECT value FROM json_each(?))"
        )
        rows = self._store.read(sql, (json.dumps(list(rating_keys)),))
        return {
            row["rating_key"]: IndexedItem(
                row["rating_key"], row["section_id"], row["title"], row["updated_at"], tuple(json.loads(row["files"]))
            )
            for row in rows
        }

    def count_by_section(self) -> dict[str, int]:
        """Return the number of indexed items of each library by its id, for the list of libraries."""
        return {row[0]: row[1] for row in self._store.read("SELECT section_id, count(*) FROM plex_items GROUP BY 1")}

    def count_files(self) -> int:
        """Return the number of indexed files, for the health check."""
        return int(self._store.first("SELECT count(*) FROM plex_files")[0])

    def summarize(self) -> tuple[int, float | None]:
        """Return the number of indexed items and the time of the last refresh (None before the first).

        The status of the Queue tab shows both.
        """
        query = "SELECT count(*), (SELECT max(refreshed) FROM plex_sections) FROM plex_items"
        items, refreshed = self._store.first(query)
        return items, refreshed

    def list_unlinked(self, text: str, offset: int, size: int) -> tuple[int, list[IndexedItem]]:
        """Return a page of items without a scene that have a text in their title, and how many there are."""
        return self._list_page(_UNLINKED, text, offset, size)

    def search_items(self, text: str, offset: int, size: int) -> tuple[int, list[IndexedItem]]:
        """Return a page of items that have a text in their title or a path, and how many there are."""
        return self._list_page(_WITH_TEXT, text, offset, size)

    def _list_page(self, source: str, text: str, offset: int, size: int) -> tuple[int, list[IndexedItem]]:
        params = {"text": text, "size": size, "offset": offset}
        count = self._store.first(f"SELECT count(*) {source}", params)[0]
        query = f"SELECT i.rating_key {source} ORDER BY i.title, i.rating_key LIMIT :size OFFSET :offset"
        keys = [row[0] for row in self._store.read(query, params)]
        found = self.find_items(keys)
        return int(count), [found[key] for key in keys if key in found]

    def is_built(self, sections: Sequence[PlexSection]) -> bool:
        """Return True if every one of these libraries was read to its end once, so that the matcher can begin."""
        known = {row[0] for row in self._store.read("SELECT id FROM plex_sections")}
        return all(section.id in known for section in sections)

    def sample_paths(self, limit: int) -> list[str]:
        """Return up to `limit` paths, spread over all files; path rules are tried on them."""
        sql = "SELECT path FROM plex_files WHERE rating_key % max(1, (SELECT count(*) FROM plex_files) / ?) = 0 LIMIT ?"
        return [row[0] for row in self._store.read(sql, (limit, limit))]
