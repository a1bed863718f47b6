"""The match map: rows that say which item each scene is, how it was found, and what a person decided."""

from __future__ import annotations
from shared.state.json_column import JsonColumn

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.paths import file_name, fold
from shared.plex.matching import ItemMatch, PlexFile
from shared.state.store import Store

if TYPE_CHECKING:
    from plexsync.write.stash_scenes import StashScene

MANUAL, UNLINKED = "manual", "unlinked"
LINKED, WAITING, SHARED = "linked", "waiting", "shared"
ENOUGH_MISSES = 10  # one scene without an item is ordinary, ten of ten are not
ITEMS = JsonColumn("matches", "items", [list], "[]")


class SavedMatch(NamedTuple):
    """One row of the match map; `how` and `items` are those of a Match, `state` is linked, waiting or shared."""

    scene_id: int
    label: str
    file: str
    how: str
    evidence: str
    items: tuple[PlexFile, ...]
    state: str
    message: str
    changed: float

    @property
    def is_manual(self) -> bool:
        """Return True if a person linked or unlinked the scene, so that the matcher must not change it."""
        return self.how in (MANUAL, UNLINKED)

    @property
    def keys(self) -> list[str]:
        """Return the rating keys of the items synced with the scene; none while it waits or another scene has the item.

        The matcher reads them when the scene was deleted, to queue the scenes that shared its items.
        """
        return [each.rating_key for each in self.items] if self.state == LINKED else []


class MatchStore:
    """The match map in the state file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find_match(self, scene_id: int) -> SavedMatch | None:
        """Return the saved match of a scene, None if it was never matched; matcher and operations use it."""
        rows = self._store.read("SELECT * FROM matches WHERE scene_id = ?", (scene_id,))
        return read_match_row(rows[0]) if rows else None

    def find_matches(self, scene_ids: Iterable[int]) -> dict[int, SavedMatch]:
        """Return the saved matches of some scenes by their ids, for the titles in the queue's page."""
        sql = "SELECT * FROM matches WHERE scene_id IN (SELECT value FROM json_each(?))"
        rows = self._store.read(sql, (json.dumps(list(scene_ids)),))
        return {row["scene_id"]: read_match_row(row) for row in rows}

    def save_match(
        self, scene: StashScene, match: ItemMatch, *, state: str, message: str = "", known: SavedMatch | None = None
    ) -> None:
        """Save how a scene was matched: by SceneMatcher, which has just read the row `known`, or by hand.

        For a scene that is not linked, the names of its files are kept, so that it is found when Plex gets one of them.
        """
        path = scene.files[0].path if scene.files else ""
        now = self._store.clock.now()
        saved = SavedMatch(scene.id, scene.label, path, match.how, match.evidence, match.items, state, message, now)
        names = [] if state == LINKED else sorted({fold(file_name(file.path)) for file in scene.files})
        if known is not None and known._replace(changed=now) == saved:
            return
        with self._store.write() as db:
            row = {**saved._asdict(), "items": json.dumps(list(match.items))}
            db.execute("INSERT OR REPLACE INTO matches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", tuple(row.values()))
            db.execute("DELETE FROM links WHERE scene_id = ?", (scene.id,))
            db.execute("DELETE FROM missing WHERE scene_id = ?", (scene.id,))
            keys = [(each.rating_key, scene.id) for each in match.items] if state == LINKED else []
            db.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", keys)
            db.executemany("INSERT INTO missing VALUES (?, ?)", [(name, scene.id) for name in names])

    def forget_match(self, scene_id: int) -> None:
        """Remove the match of a scene that is deleted or is to be matched again; the matcher calls it."""
        with self._store.write() as db:
            for table in ("matches", "links", "missing"):
                db.execute(f"DELETE FROM {table} WHERE scene_id = ?", (scene_id,))  # noqa: S608 -- our own names

    def find_owner(self, rating_key: str, scene_id: int, *, is_manual: bool = False) -> int:
        """Return the scene that an item is synced with if `scene_id` claims it, too; the matcher asks in a sync.

        A link by hand wins, then the lowest id: so two scenes never overwrite each other.
        """
        sql = "SELECT l.scene_id, m.how = ? FROM links l JOIN matches m ON m.scene_id = l.scene_id WHERE rating_key = ?"
        rows = self._store.read(sql, (MANUAL, rating_key))
        claims = [(not is_manual, scene_id), *((not row[1], row[0]) for row in rows if row[0] != scene_id)]
        return int(min(claims)[1])

    def map_owners(self, rating_keys: Iterable[str]) -> dict[str, int]:
        """Return the scene that each item is synced with, by rating key; items without one are left out.

        Taking plays and stars from Plex, and the journal's target ask it.
        """
        sql = (
            "SELECT l.rating_key, l.scene_id FROM links l JOIN matches m ON m.scene_id = l.scene_id "
            "WHERE l.rating_key IN (SELECT value FROM json_each(?)) "
            "ORDER BY m.how = ?, l.scene_id DESC"
        )
        rows = self._store.read(sql, (json.dumps(list(rating_keys)), MANUAL))
        return {row[0]: row[1] for row in rows}

    def list_claiming_scenes(self, rating_keys: Collection[str]) -> list[int]:
        """Return the ids of the scenes that were matched with any of these items, synced with it or not.

        The matcher and links by hand queue them again, because the claim of another scene has changed.
        """
        sql = (
            "SELECT scene_id FROM links WHERE rating_key IN (SELECT value FROM json_each(:keys)) "
            "UNION SELECT m.scene_id FROM matches m, "
            "json_each(CASE WHEN json_valid(m.items) THEN m.items ELSE '[]' END) i WHERE m.state = :shared "
            "AND json_extract(i.value, '$[0]') IN (SELECT value FROM json_each(:keys))"
        )
        rows = self._store.read(sql, {"keys": json.dumps(list(rating_keys)), "shared": SHARED})
        return [row[0] for row in rows]

    def list_scenes_missing(self, names: Iterable[str]) -> list[int]:
        """Return the scenes that wait for a file with one of these folded names, which Plex has now."""
        sql = "SELECT DISTINCT scene_id FROM missing WHERE name IN (SELECT value FROM json_each(?))"
        return [row[0] for row in self._store.read(sql, (json.dumps(sorted(names)),))]

    def list_scene_ids(self) -> list[int]:
        """Return every scene with a saved match; a comparison finds deleted scenes among them."""
        return [row[0] for row in self._store.read("SELECT scene_id FROM matches")]

    def count_by_how(self) -> dict[str, int]:
        """Return the number of scenes for each way of matching, for the Matches tab and the heartbeat."""
        return {row[0]: row[1] for row in self._store.read("SELECT how, count(*) FROM matches GROUP BY how")}

    def count_linked(self) -> int:
        """Return the number of scenes that are synced with an item, for the Overview tab."""
        return int(self._store.first("SELECT count(DISTINCT scene_id) FROM links")[0])

    def has_only_misses(self) -> bool:
        """Return True if many scenes were looked for and Plex has none; the status then blames libraries or rules."""
        query = (
            "SELECT NOT EXISTS (SELECT 1 FROM links) AND count(*) = ? "
            "FROM (SELECT 1 FROM matches WHERE how = 'none' LIMIT ?)"
        )
        return bool(self._store.first(query, (ENOUGH_MISSES, ENOUGH_MISSES))[0])

    def list_last_sent(self, limit: int) -> list[tuple[int, str, float]]:
        """Return the scenes that were sent last, newest first, with their title and time, for the Overview tab."""
        query = (
            "SELECT m.scene_id, m.label, max(r.sent) AS sent FROM records r JOIN matches m ON m.scene_id = r.scene_id "
            "WHERE r.sent IS NOT NULL GROUP BY m.scene_id ORDER BY max(r.sent) DESC LIMIT ?"
        )
        return [tuple(row) for row in self._store.read(query, (limit,))]

    def list_page(self, how: str, text: str, offset: int, size: int) -> tuple[int, list[SavedMatch]]:
        """Return how many saved matches fit the Matches tab's filters, and one page of them."""
        where = (
            "WHERE (? = '' OR how = ?) AND (? = '' OR instr(lower(label), lower(?)) OR instr(lower(file), lower(?)))"
        )
        params = (how, how, text, text, text)
        count = self._store.first(f"SELECT count(*) FROM matches {where}", params)[0]  # noqa: S608 -- a constant
        rows = self._store.read(
            f"SELECT * FROM matches {where} ORDER BY scene_id LIMIT ? OFFSET ?",  # noqa: S608 -- a constant
            (*params, size, offset),
        )
        return int(count), [read_match_row(row) for row in rows]


def read_match_row(row: Any) -> SavedMatch:
    """Return a row of the table `matches` as SavedMatch; MatchStore calls it."""
    values = dict(row)
    items = tuple(PlexFile(*each) for each in ITEMS.read(values.pop("items")))
    return SavedMatch(**values, items=items)
