"""Answers of boxes about scenes that plugins hand to each other, so that one request serves the tags and the fields.

The file lies in the folder that all plugins share, and belongs to this module. A plugin notes that it reads the scenes
of a box. While another plugin does so, too, each asks for the fields of both, and keeps the box's answers here for a
day. Every plugin copies what it takes into its own state file, so the file may be lost at any time: without it, or
while it is locked, each plugin asks for itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import zlib
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Callable, NamedTuple, TypeVar

from shared.endpoints import normalize_endpoint
from shared.runtime.clock import Clock, find_end_of_past
from shared.state.files import remove_file
from shared.state.sqlite_file import is_damage, prepare_file

KEPT_SECONDS = 86400.0
READER_SECONDS = 45 * 86400.0  # a full pass comes every 30 days
MOST = 200_000  # answers of all boxes; one takes about 500 bytes
SAVED_AT_ONCE = 400
LOCK_SECONDS = 2.0
FILE_NAME = "scene-answers.sqlite3"

TABLES = (
    """CREATE TABLE IF NOT EXISTS answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT, endpoint TEXT NOT NULL, id TEXT NOT NULL, fields TEXT NOT NULL,
        fetched REAL NOT NULL, body BLOB NOT NULL, UNIQUE (endpoint, id)
    )""",
    "CREATE INDEX IF NOT EXISTS answers_by_age ON answers (fetched)",
    """CREATE TABLE IF NOT EXISTS readers (
        plugin TEXT NOT NULL, endpoint TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (plugin, endpoint)
    ) WITHOUT ROWID""",
)
SAVE = "INSERT OR REPLACE INTO answers (endpoint, id, fields, fetched, body) VALUES (?, ?, ?, ?, ?)"
FIND = """SELECT id, fetched, body FROM answers WHERE endpoint = ? AND fields = ? AND fetched > ? AND fetched <= ?
    AND id IN (SELECT value FROM json_each(?))"""
DROP_OLD = "DELETE FROM answers WHERE fetched < ? OR fetched > ? OR number <= (SELECT max(number) FROM answers) - ?"
FIND_READER = "SELECT 1 FROM readers WHERE endpoint = ? AND plugin <> ? AND at BETWEEN ? AND ?"

T = TypeVar("T")


class KeptAnswer(NamedTuple):
    """The row of a box's reply about a scene, and when it was fetched."""

    row: dict[str, Any]
    fetched: float


class SceneAnswers:
    """The answers of one box about scenes that one plugin keeps for the others and takes from them."""

    def __init__(self, folder: str, endpoint: str, plugin_id: str, clock: Clock) -> None:
        self._path = os.path.join(folder, FILE_NAME)
        self._endpoint = normalize_endpoint(endpoint)
        self._plugin_id = plugin_id
        self._clock = clock
        self._has_others = False
        self._waiting: deque[tuple[str, str, str, float, bytes]] = deque()
        self.oldest: float | None = None  # of the answers that were taken: a later pass asks for changes since then

    @property
    def has_other_readers(self) -> bool:
        """Return True if another plugin reads the scenes of this box; lookups then ask for the fields of both."""
        return self._has_others

    def find_readers(self, *, is_pass: bool) -> None:
        """Find out if another plugin reads the scenes of this box, for `has_other_readers`; a refresh begins so.

        A pass over the library notes this plugin as a reader. A few scenes do not: the answers for others are larger.
        """
        now = self._clock.now()
        about = (self._endpoint, self._plugin_id, now - READER_SECONDS, find_end_of_past(now))

        def note(db: sqlite3.Connection) -> bool:
            if is_pass:
                db.execute("INSERT OR REPLACE INTO readers VALUES (?, ?, ?)", (self._plugin_id, self._endpoint, now))
            return db.execute(FIND_READER, about).fetchone() is not None

        self._has_others = bool(self._run(note))

    def keep(self, row: Mapping[str, Any], fields: str) -> None:
        """Keep a row of a reply with these fields for the other plugins; lookups call it, also in threads."""
        body = zlib.compress(json.dumps(row, separators=(",", ":")).encode(), 1)
        self._waiting.append((self._endpoint, str(row["id"]).lower(), fields, self._clock.now(), body))
        if len(self._waiting) >= SAVED_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Save the rows that `keep` collected; the client of the box calls it when it is closed."""
        rows, now = [self._waiting.popleft() for _ in range(len(self._waiting))], self._clock.now()

        def save(db: sqlite3.Connection) -> None:
            db.execute(DROP_OLD, (now - KEPT_SECONDS, find_end_of_past(now), MOST))
            db.executemany(SAVE, rows)

        if rows:
            self._run(save)

    def find(self, ids: Collection[str], fields: str, since: float) -> dict[str, KeptAnswer]:
        """Return by id the kept answers that are younger than `since` and a day, and have these fields.

        `take_kept` calls it.
        """
        if not self._has_others or not ids:
            return {}
        now = self._clock.now()
        names = {each.lower(): each for each in ids}
        oldest = max(since, now - KEPT_SECONDS)
        about = (self._endpoint, fields, oldest, find_end_of_past(now), json.dumps(list(names)))
        rows = self._run(lambda db: db.execute(FIND, about).fetchall()) or []
        found = {names[scene_id]: unpack(body, fetched) for scene_id, fetched, body in rows}
        return {scene_id: answer for scene_id, answer in found.items() if answer is not None}

    def note_taken(self, answers: Iterable[KeptAnswer]) -> None:
        """Note the age of the oldest answer that is used in place of a request, in `oldest`; `take_kept` calls it."""
        times = [each.fetched for each in answers]
        self.oldest = min([*times, *([] if self.oldest is None else [self.oldest])], default=None)

    def _run(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return the result of one transaction; None if the file cannot be used now. A damaged file is removed."""
        with contextlib.suppress(OSError):
            try:
                return self._run_in_file(act)
            except sqlite3.Error as error:
                if is_damage(error):
                    remove_file(self._path)
        return None

    def _run_in_file(self, act: Callable[[sqlite3.Connection], T]) -> T:
        is_new = prepare_file(self._path)
        db = sqlite3.connect(self._path, timeout=LOCK_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = OFF")  # losing answers in a power cut costs only requests
            if is_new:
                db.execute("PRAGMA auto_vacuum = FULL")
            db.execute("BEGIN IMMEDIATE")
            for statement in TABLES:
                db.execute(statement)
            result = act(db)
            db.execute("COMMIT")
        finally:
            db.close()
        return result


def forget_scene_answers(folder: str) -> None:
    """Delete the file of kept answers; the task Clear Cache of Performer/Site Sync calls it."""
    with contextlib.suppress(OSError):
        remove_file(os.path.join(folder, FILE_NAME))


def is_usable(row: Mapping[str, Any], changed: str | None) -> bool:
    """Return True if a kept row may stand for a request; `take_kept` asks.

    It must be from after `changed`, the time of a change, if there is one. The successor of a deleted scene must be
    asked for, so such a row is of no use.
    """
    return not row.get("deleted") and (changed is None or row.get("updated") == changed)


def make_digest(selection: str) -> str:
    """Return a short text for a GraphQL selection; an answer counts only for requests with the same one.

    Answers are kept and taken under it.
    """
    return hashlib.blake2b(selection.encode(), digest_size=8).hexdigest()


def unpack(body: bytes, fetched: float) -> KeptAnswer | None:
    """Return a stored answer, None if it cannot be read; `SceneAnswers.find` calls it."""
    try:
        row = json.loads(zlib.decompress(body))
    except (zlib.error, ValueError):
        return None
    return KeptAnswer(row, fetched) if isinstance(row, dict) else None
