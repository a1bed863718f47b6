"""The tables of this plugin."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE answers (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, into_id TEXT NOT NULL,
        body TEXT NOT NULL, fetched REAL NOT NULL, PRIMARY KEY (kind, endpoint, id)
    ) WITHOUT ROWID;
    CREATE INDEX answers_by_age ON answers (fetched);
    CREATE TABLE written (
        kind TEXT NOT NULL, item INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
        PRIMARY KEY (kind, item, field, value)
    ) WITHOUT ROWID;
    CREATE TABLE locks (
        kind TEXT NOT NULL, item INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (kind, item, field)
    ) WITHOUT ROWID;
    CREATE TABLE likes (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, endpoint, id)
    ) WITHOUT ROWID;
    """,
)
