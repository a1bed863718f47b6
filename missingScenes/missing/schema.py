"""The tables of Missing Scenes, as migrations."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE marks (
        list TEXT NOT NULL, endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, is_on INTEGER NOT NULL, title TEXT NOT NULL,
        date TEXT NOT NULL, card TEXT NOT NULL, added REAL NOT NULL, PRIMARY KEY (list, endpoint, scene_id)
    ) WITHOUT ROWID;
    CREATE INDEX marks_by_added ON marks (list, is_on, added);
    CREATE TABLE adds (scene_id TEXT PRIMARY KEY, movie_id INTEGER NOT NULL, added REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE completeness (
        kind TEXT NOT NULL, local_id INTEGER NOT NULL, endpoint TEXT NOT NULL, name TEXT NOT NULL,
        favorite INTEGER NOT NULL, total INTEGER NOT NULL, owned INTEGER NOT NULL, checked REAL NOT NULL,
        message TEXT NOT NULL, PRIMARY KEY (kind, local_id, endpoint)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE lookups (scene_id TEXT PRIMARY KEY, movie_id INTEGER NOT NULL, asked REAL NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE prints (
        endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, prints TEXT NOT NULL, read REAL NOT NULL,
        PRIMARY KEY (endpoint, scene_id)
    ) WITHOUT ROWID;
    CREATE INDEX prints_by_age ON prints (read);
    """,
    "CREATE TABLE exclusions (scene_id TEXT PRIMARY KEY) WITHOUT ROWID;",
    """
    CREATE TABLE wishes (
        scene_id TEXT PRIMARY KEY, asked REAL NOT NULL, profile_id INTEGER NOT NULL, root_folder TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE listed (
        list_id TEXT NOT NULL, scene_id TEXT NOT NULL, step INTEGER NOT NULL, read REAL NOT NULL,
        PRIMARY KEY (list_id, scene_id, step)
    ) WITHOUT ROWID;
    CREATE INDEX listed_by_age ON listed (read);
    """,
    """
    CREATE TABLE held_cards (
        list_id TEXT NOT NULL, step INTEGER NOT NULL, cards TEXT NOT NULL, read REAL NOT NULL,
        PRIMARY KEY (list_id, step)
    ) WITHOUT ROWID;
    CREATE INDEX held_cards_by_age ON held_cards (read);
    """,
    "CREATE TABLE releases (scene_id TEXT PRIMARY KEY, searched REAL NOT NULL, offers TEXT NOT NULL) WITHOUT ROWID;",
    """
    CREATE TABLE file_checks (
        endpoint TEXT NOT NULL, local_id INTEGER NOT NULL, digest TEXT NOT NULL, checked REAL NOT NULL,
        PRIMARY KEY (endpoint, local_id)
    ) WITHOUT ROWID;
    CREATE TABLE file_matches (
        endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, local_id INTEGER NOT NULL, is_sure INTEGER NOT NULL,
        title TEXT NOT NULL, path TEXT NOT NULL, duration REAL NOT NULL, evidence TEXT NOT NULL, card TEXT NOT NULL,
        is_linked INTEGER NOT NULL, PRIMARY KEY (endpoint, scene_id, local_id)
    ) WITHOUT ROWID;
    CREATE INDEX file_matches_by_local ON file_matches (endpoint, local_id);
    CREATE TABLE file_rejections (
        endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, local_id INTEGER NOT NULL, added REAL NOT NULL,
        PRIMARY KEY (endpoint, scene_id, local_id)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE news (
        endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, people TEXT NOT NULL,
        found REAL NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (endpoint, scene_id)
    ) WITHOUT ROWID;
    CREATE INDEX news_by_age ON news (found);
    CREATE TABLE news_messages (
        id INTEGER PRIMARY KEY, made REAL NOT NULL, state TEXT NOT NULL, count INTEGER NOT NULL, error TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE follows (
        id INTEGER PRIMARY KEY, endpoint TEXT NOT NULL, kind TEXT NOT NULL, stash_id TEXT NOT NULL,
        local_id INTEGER NOT NULL, name TEXT NOT NULL, rules TEXT NOT NULL, began TEXT NOT NULL, network TEXT NOT NULL,
        checked REAL NOT NULL, problem TEXT NOT NULL, UNIQUE (endpoint, kind, stash_id)
    );
    CREATE TABLE follow_scenes (
        follow_id INTEGER NOT NULL, scene_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
        found REAL NOT NULL, decided REAL NOT NULL, run INTEGER NOT NULL, card TEXT NOT NULL,
        PRIMARY KEY (follow_id, scene_id)
    ) WITHOUT ROWID;
    CREATE INDEX follow_scenes_by_state ON follow_scenes (state, decided);
    CREATE INDEX follow_scenes_by_scene ON follow_scenes (scene_id);
    CREATE TABLE follow_previews (
        list TEXT NOT NULL, page INTEGER NOT NULL, scenes TEXT NOT NULL, is_last INTEGER NOT NULL, read REAL NOT NULL,
        PRIMARY KEY (list, page)
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE news ADD COLUMN source TEXT NOT NULL DEFAULT '';
    ALTER TABLE news ADD COLUMN card TEXT NOT NULL DEFAULT '{}';
    """,
)
