"""The tables of Performer/Site Sync in the state file."""

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
    """
    DROP TABLE likes;
    CREATE TABLE likes (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL,
        PRIMARY KEY (kind, endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE undone (
        kind TEXT NOT NULL, item INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (kind, item, field)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE searches (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, term TEXT NOT NULL, body TEXT NOT NULL, fetched REAL NOT NULL,
        PRIMARY KEY (kind, endpoint, term)
    ) WITHOUT ROWID;
    CREATE TABLE decisions (
        key TEXT PRIMARY KEY, kind TEXT NOT NULL, item INTEGER NOT NULL, endpoint TEXT NOT NULL, what TEXT NOT NULL,
        subject TEXT NOT NULL, verdict TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,
        made REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX decisions_by_item ON decisions (kind, item);
    CREATE TABLE conflicts (
        key TEXT PRIMARY KEY, kind TEXT NOT NULL, item INTEGER NOT NULL, endpoint TEXT NOT NULL, what TEXT NOT NULL,
        subject TEXT NOT NULL, label TEXT NOT NULL, message TEXT NOT NULL, body TEXT NOT NULL, found REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX conflicts_by_item ON conflicts (kind, item);
    CREATE TABLE duplicates (
        kind TEXT NOT NULL, first INTEGER NOT NULL, second INTEGER NOT NULL, score INTEGER NOT NULL,
        evidence TEXT NOT NULL, PRIMARY KEY (kind, first, second)
    ) WITHOUT ROWID;
    CREATE TABLE merges (
        key TEXT PRIMARY KEY, body TEXT NOT NULL, picture BLOB, revived INTEGER, made REAL NOT NULL
    ) WITHOUT ROWID;
    """,
    "CREATE INDEX answers_gone ON answers (endpoint, id) WHERE state = 'gone'",
    """
    CREATE TABLE seen (
        kind TEXT NOT NULL, item INTEGER NOT NULL, fields TEXT NOT NULL, lost TEXT NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (kind, item)
    ) WITHOUT ROWID;
    CREATE INDEX seen_lost ON seen (kind, item) WHERE lost <> '{}';
    """,
    """
    CREATE TABLE scene_records (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, into_id TEXT NOT NULL, body TEXT NOT NULL,
        base TEXT NOT NULL, fetched REAL NOT NULL, noted REAL NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE INDEX scene_records_open ON scene_records (endpoint, id) WHERE base <> 'null' OR state <> 'found';
    CREATE INDEX scene_records_noted ON scene_records (endpoint, noted);
    CREATE INDEX scene_records_gone ON scene_records (endpoint, id) WHERE state = 'gone';
    """,
    """
    CREATE TABLE scene_finds (
        endpoint TEXT NOT NULL, item INTEGER NOT NULL, digest TEXT NOT NULL, checked REAL NOT NULL, id TEXT NOT NULL,
        evidence TEXT NOT NULL, PRIMARY KEY (endpoint, item)
    ) WITHOUT ROWID;
    CREATE INDEX scene_finds_found ON scene_finds (endpoint, item) WHERE id <> '';
    """,
)
