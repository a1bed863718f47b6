"""One SQLite file per plugin: opened cheaply, migrated, and set aside when it is damaged.

`with store.write() as db` is the one place that begins, commits and rolls back. Everything that can go wrong with the
file itself (locked for too long, read-only, disk full, newer schema, damaged) arrives as a `StateError` with a sentence
for the user.
"""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING

from shared.errors import StateError
from shared.runtime.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from shared.runtime.clock import Clock

TASK_BUDGET = 10.0
KEPT_FREE_PAGES = 250

WARNINGS = "store.warnings"  # the repairs that the heartbeat has not shown yet

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

    `budget` is how many seconds a call may wait for another process; below one second nothing slow is done.
    `warnings` holds sentences for the user about what opening had to repair.
    """

    def __init__(
        self,
        path: str,
        migrations: Sequence[str] = (),
        *,
        budget: float = TASK_BUDGET,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self.path = path
        self.budget = budget
        self.clock = clock
        self.warnings: list[str] = []
        self.kv = KeyValues(self)
        self._migrations = migrations
        self._versions: dict[str, int] = {}
        self._file = 0
        self._db: sqlite3.Connection | None = None

    def write(self) -> Write:
        """Return a transaction for `with`: committed after the block, rolled back if it raises.

        An inner one joins the outer one.
        """
        return Write(self)

    def read(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query; page large results by key."""
        try:
            return self.connect().execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise self.explain(error) from error

    def first(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> Any:
        """Return the first row of a query, or None."""
        rows = self.read(sql, params)
        return rows[0] if rows else None

    def ensure(self, component: str, scripts: Sequence[str]) -> None:
        """Bring the tables of one component (journal, outbox, plugin) up to date; costs nothing if they are."""
        self.connect()
        if self._versions.get(component, 0) != len(scripts):
            self._migrate(component, scripts)

    def require_same_schema(self) -> None:
        """Raise if a newer version of the plugin migrated the file, or it was replaced, while this process worked."""
        present = _read_versions(self.connect())
        if _identify(self.path) != self._file:
            raise StateError(f"{self.path} was replaced while the plugin worked. It stops here; start it again.")
        if any(present.get(component, 0) > version for component, version in self._versions.items()):
            raise StateError("The plugin was updated while it worked. It stops here, nothing is lost; start it again.")

    def shrink(self) -> None:
        """Give free pages back to the disk in short transactions; a few are kept for the next rows."""
        free, left = 0, self._count_free_pages()
        while left > KEPT_FREE_PAGES and left != free:
            self.read("PRAGMA incremental_vacuum(500)")
            free, left = left, self._count_free_pages()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def connect(self) -> sqlite3.Connection:
        """Return the open connection; prefer `read` and `write`."""
        if self._db is None:
            self._db = self._open()
            try:
                self.ensure("store", CORE)
                self.ensure("plugin", self._migrations)
                if self.warnings:
                    self.kv.put(WARNINGS, self.warnings)
            except (StateError, sqlite3.Error):
                self.close()
                raise
        return self._db

    def explain(self, error: sqlite3.Error) -> Exception:
        """Return the `StateError` for trouble with the file, or the error itself if the SQL is wrong."""
        if is_damage(error):
            from shared.state import repair  # late: only a damaged file pays for it

            repair.mark_for_check(self.path)
            return StateError(f"{self.path} is damaged ({error}). It is checked and rebuilt when the plugin runs next.")
        for fragment, cause in _OUTSIDE_CAUSES:
            if fragment in str(error):
                return StateError(f"{self.path}: {cause}. ({error})")
        return error

    def _count_free_pages(self) -> int:
        return int(self.read("PRAGMA freelist_count")[0][0])

    def _open(self) -> sqlite3.Connection:
        try:
            is_usable = not _prepare_file(self.path) and not os.path.exists(self.path + ".check")
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}. Allow Stash's user to read and write there.") from error
        return (self._open_quickly() if is_usable else None) or self._open_carefully()

    def _open_quickly(self) -> sqlite3.Connection | None:
        """Return the open file, or None if it has to be looked at first."""
        try:
            db = self._connect_and_read_versions()
        except sqlite3.Error as error:
            if is_damage(error) or _may_mean_no_shared_memory(error):
                return None
            raise self.explain(error) from error
        if self._versions:
            return db
        db.close()
        return None

    def _open_carefully(self) -> sqlite3.Connection:
        """Open a new, suspect or unreadable file, one process at a time."""
        from shared.state import repair  # late: only a file that needs it pays for it

        try:
            with repair.Exclusive(self.path, self.budget):
                self.warnings += repair.make_usable(self.path, self.clock, is_patient=self.budget >= 1)
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
            self._versions = _read_versions(db)
        except sqlite3.Error:
            db.close()
            raise
        self._file = _identify(self.path)
        return db

    def _migrate(self, component: str, scripts: Sequence[str]) -> None:
        with self.write() as db:
            self._versions = _read_versions(db)
            present = self._versions.get(component, 0)
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

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value, or the default if there is none."""
        row = self._store.first("SELECT value FROM kv WHERE name = ?", (name,))
        return json.loads(row[0]) if row else default

    def put(self, name: str, value: object) -> None:
        """Keep this value; None is a value, too."""
        with self._store.write() as db:
            db.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (name, json.dumps(value)))

    def delete(self, name: str) -> None:
        """Delete the value if there is one."""
        with self._store.write() as db:
            db.execute("DELETE FROM kv WHERE name = ?", (name,))

    def delete_prefix(self, prefix: str) -> None:
        """Delete every value whose name begins like this."""
        with self._store.write() as db:
            db.execute("DELETE FROM kv WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))


def is_damage(error: sqlite3.Error) -> bool:
    """Return True for a corrupt or foreign file: only these errors come as a plain DatabaseError."""
    return type(error) is sqlite3.DatabaseError


def split_script(script: str) -> Iterator[str]:
    """Yield the statements of a script, triggers in one piece; `executescript` would commit in between."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n\t;"):
                yield statement
            statement = ""
    if statement.strip(" \n\t;"):
        raise ValueError(f"The script ends in the middle of a statement: {statement.strip()[:80]}")


def _prepare_file(path: str) -> bool:
    """Make the file readable for its owner only; return True if it is empty or new."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return True
    if found.st_mode & 0o077 and os.name == "posix" and found.st_uid == os.getuid():
        os.chmod(path, 0o600)
    return found.st_size == 0


def _identify(path: str) -> int:
    """Return the inode of the file with this name, 0 if there is none."""
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0


def _read_versions(db: sqlite3.Connection) -> dict[str, int]:
    try:
        return dict(db.execute("SELECT component, version FROM versions").fetchall())
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return {}
        raise


def _may_mean_no_shared_memory(error: sqlite3.Error) -> bool:
    return any(text in str(error) for text in ("unable to open", "locking protocol", "disk I/O error"))
