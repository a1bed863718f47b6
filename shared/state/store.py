"""One SQLite file per plugin: opened cheaply, migrated, and set aside when it is damaged.

`with store.write() as db` is the one place that begins, commits and rolls back. What can go wrong with the file
(locked for too long, read-only, disk full, newer schema, damaged) arrives as a `StateError` with a sentence for users.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from typing import TYPE_CHECKING

from shared.errors import StateError
from shared.json_shape import fits
from shared.runtime.clock import SYSTEM_CLOCK
from shared.state.notices import add_notice
from shared.state.sqlite_file import (
    identify_file,
    is_damage,
    is_of_another,
    make_owner_id,
    may_mean_no_shared_memory,
    prepare_file,
    read_owner_id,
    read_versions,
    split_script,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from shared.json_shape import JsonShape
    from shared.runtime.clock import Clock
    from shared.state.repair import Repair

TASK_BUDGET = 10.0
KEPT_FREE_PAGES = 250

LOSS = "store.loss"  # {"at": seconds, "copy": its time or ""} of the last repair that lost something
SALVAGED = "store.salvaged"  # set by a repair: values derived from rows (the queue's counters) are counted again
BROKEN = -1  # the version of a component that lacks a table

CORE = (
    """
    CREATE TABLE kv (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
        beat REAL NOT NULL, expires REAL NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE breakers (
        name TEXT PRIMARY KEY, failures INTEGER NOT NULL, probe_at REAL NOT NULL, probing_until REAL NOT NULL,
        since REAL NOT NULL, message TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)

# SQLite tells these apart by text only on Python before 3.11.
_OUTSIDE_CAUSES = (
    ("is locked", "another process keeps it locked; it is tried again with the next change"),
    ("disk is full", "the disk is full; free some space"),
    ("readonly database", "it is read-only; allow Stash's user to write there"),
    ("unable to open", "it cannot be opened; allow Stash's user to read and write there"),
    ("disk I/O error", "the disk refuses to read or write; check free space and the disk itself"),
    ("locking protocol", "the drive does not support file locks; move Stash's configuration to a local disk"),
)


class Store:
    """The state file of one plugin; it is opened by its first use.

    `budget` is how many seconds a call may wait for another process. `owner` is the id of the plugin; a file that names
    another one is set aside. `warnings` holds sentences for the user about what had to be repaired.
    """

    def __init__(
        self,
        path: str,
        migrations: Sequence[str] = (),
        *,
        budget: float = TASK_BUDGET,
        clock: Clock = SYSTEM_CLOCK,
        owner: str = "",
    ) -> None:
        self.path = path
        self.budget = budget
        self.clock = clock
        self.warnings: list[str] = []
        self._untold: list[str] = []
        self.kv = KeyValues(self)
        self._migrations = migrations
        self._owner_id = make_owner_id(owner)
        self._components: dict[str, Sequence[str]] = {}
        self._broken: set[str] = set()
        self._versions: dict[str, int] = {}
        self._file = 0
        self._db: sqlite3.Connection | None = None
        self._on_filled: Callable[[], None] = lambda: None  # called when a file that was new or suspect has its tables
        self._repair: Repair | None = None

    def write(self) -> Write:
        """Return a transaction for `with`: committed after the block, rolled back if it raises; inner ones join it."""
        return Write(self)

    def read(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query, for all readers of the state file; page large results by key."""
        try:
            return self.connect().execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise self.explain(error) from error

    def first(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> Any:
        """Return the first row of a query, or None, for all readers of the state file."""
        rows = self.read(sql, params)
        return rows[0] if rows else None

    def ensure(self, component: str, scripts: Sequence[str]) -> None:
        """Bring the tables of a component (journal, outbox, plugin) up to date at its first use."""
        self.connect()
        self._components[component] = scripts
        if self._versions.get(component, 0) != len(scripts):
            self._migrate(component, scripts)

    def require_same_schema(self) -> None:
        """Raise if a newer version migrated the file, or it was replaced, meanwhile; runs and drains ask."""
        present = read_versions(self.connect())
        if identify_file(self.path) != self._file:
            raise StateError(f"{self.path} was replaced while the plugin worked. It stops here; start it again.")
        if any(present.get(component, 0) > version for component, version in self._versions.items()):
            raise StateError("The plugin was updated while it worked. It stops here, nothing is lost; start it again.")

    def shrink(self) -> None:
        """Give free pages back to the disk in short transactions, keeping a few; retention and drains call it."""
        free, left = 0, self._count_free_pages()
        while left > KEPT_FREE_PAGES and left != free:
            self.read("PRAGMA incremental_vacuum(500)")
            free, left = left, self._count_free_pages()

    def back_up(self) -> str:
        """Copy the file if there is no copy of today; return why it failed, empty if it did not.

        Tasks and the heartbeat call this; nothing that a save waits for does.
        """
        from shared.state import backup  # late: most calls need no copy
        from shared.state.repair import Exclusive, mark_for_check

        if not os.path.exists(self.path) or not backup.is_due(self.path, self.clock):
            return ""
        try:
            with Exclusive(self.path, 0):
                damage = backup.copy_file(self.path, self.clock)
        except (OSError, sqlite3.Error) as error:
            is_busy = "is locked" in str(error)  # another process makes the copy
            return "" if is_busy else f"No copy of the state file was made today: {error}."
        if damage:
            mark_for_check(self.path)
        return f"The state file is damaged ({damage}); the next call repairs it." if damage else ""

    def warn(self, text: str) -> None:
        """Tell the user, in the log and on the page, what had to be repaired; repairs and `kv.get` call it."""
        self.warnings.append(text)
        with self.write() as db:
            add_notice(db, text)

    def close(self) -> None:
        """Close the file, as the call ends; the next use opens it again."""
        if self._db is not None:
            self._forget_broken(self._db)
            self._db.close()
            self._db = None

    def connect(self) -> sqlite3.Connection:
        """Return the open connection; prefer `read` and `write`."""
        if self._db is None:
            self._db = self._open()
            try:
                self.ensure("store", CORE)
                self.ensure("plugin", self._migrations)
                self._mark_owner()
                self._tell_repair()
                self._on_filled()
            except (StateError, sqlite3.Error):
                self.close()
                raise
        return self._db

    def explain(self, error: sqlite3.Error) -> Exception:
        """Return the `StateError` for trouble with the file, or the error itself if the SQL is wrong; all queries
        call it."""
        if is_damage(error):
            from shared.state import repair  # late: only a damaged file pays for it

            repair.mark_for_check(self.path)
            return StateError(f"{self.path} is damaged ({error}). It is checked and rebuilt when the plugin runs next.")
        component = self._find_component(error)
        if component:
            self._broken.add(component)
            return StateError(f"{self.path} lacks a table ({error}). It is made again when the plugin runs next.")
        for fragment, cause in _OUTSIDE_CAUSES:
            if fragment in str(error):
                return StateError(f"{self.path}: {cause}. ({error})")
        return error

    def _find_component(self, error: sqlite3.Error) -> str:
        """Return the component whose table is missing; empty if it is another error, also if our SQL is wrong."""
        found = re.search("no such table: (?:main[.])?(.+)", str(error))
        if found is None:
            return ""
        from shared.state.adopt import creates_table  # late: only a damaged file pays for it

        table = found.group(1)
        for name, scripts in self._components.items():
            if creates_table(scripts, table, () if scripts is CORE else CORE):
                return name
        return ""

    def _forget_broken(self, db: sqlite3.Connection) -> None:
        """Let the next call look at the tables of components that lack one, instead of trusting their version."""
        if self._broken and not db.in_transaction:
            rows = [(BROKEN, component) for component in self._broken]
            self._broken.clear()
            db.executemany("UPDATE versions SET version = ? WHERE component = ?", rows)

    def _mark_owner(self) -> None:
        db = self._db
        if db is not None and self._owner_id and not read_owner_id(db):
            with self.write():
                db.execute(f"PRAGMA application_id={self._owner_id}")

    def _tell_repair(self) -> None:
        """Keep what the repair of this file has to say, for the page and for the plugin."""
        repair, self._repair = self._repair, None
        if repair is None or not repair.told:
            return
        with self.write():
            self.warn(repair.told)
            self.kv.put(SALVAGED, True)
            if repair.is_loss:
                self.kv.put(LOSS, {"at": self.clock.now(), "copy": repair.copy_of})

    def _count_free_pages(self) -> int:
        return int(self.read("PRAGMA freelist_count")[0][0])

    def _open(self) -> sqlite3.Connection:
        try:
            is_usable = not prepare_file(self.path) and not os.path.exists(self.path + ".check")
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}. Allow Stash's user to read and write there.") from error
        return (self._open_quickly() if is_usable else None) or self._open_carefully()

    def _open_quickly(self) -> sqlite3.Connection | None:
        """Return the open file, or None if it has to be looked at first."""
        try:
            db = self._connect_and_read_versions()
        except sqlite3.Error as error:
            if is_damage(error) or may_mean_no_shared_memory(error):
                return None
            raise self.explain(error) from error
        if self._versions and not is_of_another(db, self._owner_id):
            return db
        db.close()
        return None

    def _open_carefully(self) -> sqlite3.Connection:
        """Open a new, suspect or unreadable file, one process at a time."""
        from shared.state import repair  # late: only a file that needs it pays for it

        try:
            with repair.Exclusive(self.path, self.budget) as lock:
                self._repair = repair.make_usable(self.path, self.clock, self._owner_id, is_first=lock.is_first)
                self._on_filled = lambda: repair.mark_filled(self.path)
                return self._connect_and_read_versions()
        except sqlite3.Error as error:
            raise self.explain(error) from error
        except OSError as error:
            raise StateError(f"{self.path} cannot be repaired: {error}. Stop Stash and move the file away.") from error

    def _connect_and_read_versions(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=self.budget, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            db.execute("PRAGMA synchronous=NORMAL")
            self._versions = read_versions(db)
        except sqlite3.Error:
            db.close()
            raise
        self._file = identify_file(self.path)
        return db

    def _migrate(self, component: str, scripts: Sequence[str]) -> None:
        with self.write() as db:
            self._versions = read_versions(db)
            present = self._versions.get(component, 0)
            if present <= 0:
                present = self._adopt(db, scripts, is_broken=present == BROKEN)
            if present > len(scripts):
                raise StateError(
                    f"{self.path} was written by a newer version of this plugin ({component} {present}, this one knows "
                    f"{len(scripts)}). Update the plugin; nothing was changed."
                )
            db.execute("CREATE TABLE IF NOT EXISTS versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL)")
            for script in scripts[present:]:
                for statement in split_script(script):
                    db.execute(statement)
            db.execute("INSERT OR REPLACE INTO versions VALUES (?, ?)", (component, len(scripts)))
        self._versions[component] = len(scripts)
        for text in self._untold:
            self.warn(text)
        self._untold = []

    def _adopt(self, db: sqlite3.Connection, scripts: Sequence[str], *, is_broken: bool) -> int:
        """Return the version of tables that the file does not name: 0 for a new component, others after damage."""
        from shared.state.adopt import adopt_tables  # late: only a damaged file pays for it

        version, told = adopt_tables(db, self.path, scripts, core=() if scripts is CORE else CORE, is_broken=is_broken)
        self._untold += told
        return version


class Write:
    """The write transaction that `store.write()` returns."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._is_inner = False

    def __enter__(self) -> sqlite3.Connection:
        db = self._store.connect()
        self._is_inner = db.in_transaction
        try:
            if not self._is_inner:
                db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._store.explain(error) from error
        return db

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not self._is_inner:
            self._end(is_good=error is None)
        if isinstance(error, sqlite3.Error):
            raise self._store.explain(error) from error

    def _end(self, is_good: bool) -> None:
        db = self._store.connect()
        try:
            if is_good:
                db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._store.explain(error) from error
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


class KeyValues:
    """Small JSON values by name, for state that needs no table: `store.kv`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str, shape: JsonShape, default: Any = None) -> Any:
        """Return the value, or the default if there is none or None; whoever keeps a small value calls it."""
        row = self._store.first("SELECT value FROM kv WHERE name = ?", (name,))
        try:
            value = json.loads(row[0]) if row else None
            is_readable = value is None or fits(value, shape)
        except (ValueError, RecursionError):
            is_readable = False
        if not is_readable:
            value = self._replace({"name": name, "value": row[0]}, shape)
        return default if value is None else value

    def _replace(self, row: dict[str, Any], shape: JsonShape) -> Any:
        from shared.state.set_aside import find_replacement  # late: only a damaged value pays for it

        value, told = find_replacement(self._store.path, self._store.clock.now(), row, shape)
        with self._store.write():
            self.put(row["name"], value)
            self._store.warn(told)
        return value

    def put(self, name: str, value: object) -> None:
        """Keep this value for `get`; None counts as no value."""
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (name, json.dumps(value)))

    def delete(self, name: str) -> None:
        """Delete the value if there is one; whoever kept a small value calls it."""
        with self._store.write() as db:
            db.execute("DELETE FROM kv WHERE name = ?", (name,))

    def delete_prefix(self, prefix: str, kept: Sequence[str] = ()) -> None:
        """Delete every value whose name begins like this, but those with the kept names. The removal of a Whisparr
        or a Plex calls it."""
        is_other = f"name NOT IN ({', '.join('?' * len(kept))})"
        with self._store.write() as db:
            db.execute(f"DELETE FROM kv WHERE substr(name, 1, ?) = ? AND {is_other}", (len(prefix), prefix, *kept))  # noqa: S608
