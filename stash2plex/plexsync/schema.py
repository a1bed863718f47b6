"""The tables of Stash2Plex: index of Plex, match map, write records, statistics."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE plex_sections (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, generation INTEGER NOT NULL, watermark INTEGER NOT NULL,
        built REAL NOT NULL, refreshed REAL NOT NULL
    );
    CREATE TABLE plex_items (
        rating_key TEXT PRIMARY KEY, section_id TEXT NOT NULL, title TEXT NOT NULL, updated_at INTEGER NOT NULL,
        generation INTEGER NOT NULL
    );
    CREATE INDEX plex_items_by_section ON plex_items (section_id, generation);
    CREATE TABLE plex_files (
        rating_key TEXT NOT NULL, path TEXT NOT NULL, folded TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
        duration REAL NOT NULL, PRIMARY KEY (rating_key, path)
    ) WITHOUT ROWID;
    CREATE INDEX plex_files_by_path ON plex_files (folded);
    CREATE INDEX plex_files_by_name ON plex_files (name);
    CREATE TABLE matches (
        scene_id INTEGER PRIMARY KEY, label TEXT NOT NULL, file TEXT NOT NULL, how TEXT NOT NULL,
        evidence TEXT NOT NULL, items TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL, changed REAL NOT NULL
    );
    CREATE INDEX matches_by_how ON matches (how, scene_id);
    CREATE TABLE links (
        rating_key TEXT NOT NULL, scene_id INTEGER NOT NULL, PRIMARY KEY (rating_key, scene_id)
    ) WITHOUT ROWID;
    CREATE INDEX links_by_scene ON links (scene_id);
    CREATE TABLE missing (
        name TEXT NOT NULL, scene_id INTEGER NOT NULL, PRIMARY KEY (name, scene_id)
    ) WITHOUT ROWID;
    CREATE INDEX missing_by_scene ON missing (scene_id);
    CREATE TABLE records (
        rating_key TEXT PRIMARY KEY, scene_id INTEGER NOT NULL, written TEXT NOT NULL, pending TEXT NOT NULL,
        fingerprint TEXT NOT NULL, seen_at INTEGER NOT NULL, synced REAL NOT NULL
    );
    CREATE INDEX records_by_scene ON records (scene_id);
    CREATE TABLE statistics (
        day TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, seconds REAL NOT NULL, PRIMARY KEY (day, name)
    ) WITHOUT ROWID;
    CREATE TABLE outages (since REAL PRIMARY KEY, until REAL, message TEXT NOT NULL);
    """,
    # Installations that synced before Start syncing existed count as started.
    """
    CREATE TABLE earlier_syncs (items INTEGER NOT NULL);
    INSERT INTO earlier_syncs SELECT count(*) FROM records;
    """,
    # `sent` is the time of the last write; earlier versions did not tell it from the time of the last comparison.
    """
    ALTER TABLE records ADD COLUMN kept TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE records ADD COLUMN sent REAL;
    UPDATE records SET sent = synced;
    """,
    # What was sent to the server before, by scene: the items of another server have other keys.
    """
    CREATE TABLE former_records (scene_id INTEGER PRIMARY KEY, written TEXT NOT NULL);
    """,
    # What both programs showed last of plays and positions, and the plays that scenes have taken from Plex.
    """
    CREATE TABLE watched_items (
        rating_key TEXT PRIMARY KEY, viewed INTEGER, resume REAL, asked TEXT NOT NULL DEFAULT ''
    );
    CREATE TABLE taken_plays (
        scene_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (scene_id, at)
    ) WITHOUT ROWID;
    """,
    # Shelves, their collections by server and library, and the members that the plugin added.
    """
    CREATE TABLE shelves (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, source_id INTEGER NOT NULL, name TEXT NOT NULL,
        title TEXT NOT NULL, sort TEXT NOT NULL, places TEXT NOT NULL, poster TEXT NOT NULL, picture TEXT NOT NULL,
        approved TEXT NOT NULL, is_removed INTEGER NOT NULL, scenes INTEGER NOT NULL, problem TEXT NOT NULL
    );
    CREATE TABLE shelf_collections (
        shelf_id INTEGER NOT NULL, machine_id TEXT NOT NULL, section_id TEXT NOT NULL, rating_key TEXT NOT NULL,
        token TEXT NOT NULL, written TEXT NOT NULL, changed REAL,
        PRIMARY KEY (shelf_id, machine_id, section_id)
    );
    CREATE TABLE shelf_members (
        shelf_id INTEGER NOT NULL, machine_id TEXT NOT NULL, section_id TEXT NOT NULL, rating_key TEXT NOT NULL,
        state TEXT NOT NULL, PRIMARY KEY (shelf_id, machine_id, section_id, rating_key)
    ) WITHOUT ROWID;
    """,
)
