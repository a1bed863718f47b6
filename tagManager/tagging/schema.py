"""The tables of this plugin in its state file."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE tag_lists (
        endpoint TEXT PRIMARY KEY, fetched REAL, count INTEGER NOT NULL, problem TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE remote_tags (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, description TEXT NOT NULL,
        category TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE remote_categories (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, description TEXT NOT NULL,
        PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE dead_links (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, into_id TEXT NOT NULL, checked REAL NOT NULL,
        PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE rejections (
        tag INTEGER NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, added REAL NOT NULL,
        PRIMARY KEY (tag, endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE mappings (
        endpoint TEXT NOT NULL, category TEXT NOT NULL, tag INTEGER NOT NULL, PRIMARY KEY (endpoint, category)
    ) WITHOUT ROWID;
    CREATE TABLE created_tags (item TEXT PRIMARY KEY, tag INTEGER NOT NULL, made TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE remote_scenes (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, tags TEXT NOT NULL, note TEXT NOT NULL,
        fetched REAL NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE seen_tags (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE settled (scene INTEGER PRIMARY KEY, tags TEXT NOT NULL);
    CREATE TABLE unmatched (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, scenes INTEGER NOT NULL,
        PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE plan_tags (
        plan INTEGER NOT NULL, tag INTEGER NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
        local TEXT NOT NULL, rule TEXT NOT NULL, scenes INTEGER NOT NULL, PRIMARY KEY (plan, tag, endpoint, id)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE deleted_tags (tag INTEGER PRIMARY KEY, made TEXT NOT NULL, restored INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE added_tags (
        scene INTEGER NOT NULL, tag INTEGER NOT NULL, endpoint TEXT NOT NULL, added REAL NOT NULL,
        PRIMARY KEY (scene, tag)
    ) WITHOUT ROWID;
    CREATE TABLE look_alikes (
        one INTEGER NOT NULL, other INTEGER NOT NULL, rule TEXT NOT NULL, matched TEXT NOT NULL,
        score INTEGER NOT NULL, PRIMARY KEY (one, other)
    ) WITHOUT ROWID;
    CREATE TABLE distinct_tags (
        one INTEGER NOT NULL, other INTEGER NOT NULL, added REAL NOT NULL, PRIMARY KEY (one, other)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE given_prints (
        scene INTEGER NOT NULL, endpoint TEXT NOT NULL, remote TEXT NOT NULL, print TEXT NOT NULL,
        state TEXT NOT NULL, noted REAL NOT NULL, PRIMARY KEY (scene, endpoint, remote, print)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE scene_facts (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, length INTEGER NOT NULL, prints TEXT NOT NULL,
        asked TEXT NOT NULL, candidates TEXT NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE linked_files (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, scene INTEGER NOT NULL, title TEXT NOT NULL, files TEXT NOT NULL,
        PRIMARY KEY (endpoint, id, scene)
    ) WITHOUT ROWID;
    CREATE TABLE link_checks (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, scene INTEGER NOT NULL, digest TEXT NOT NULL, answer TEXT NOT NULL,
        checked REAL NOT NULL, PRIMARY KEY (endpoint, id, scene)
    ) WITHOUT ROWID;
    CREATE TABLE link_findings (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, scene INTEGER NOT NULL, score INTEGER NOT NULL, codes TEXT NOT NULL,
        is_right INTEGER NOT NULL, is_gone INTEGER NOT NULL, title TEXT NOT NULL, finding TEXT NOT NULL,
        PRIMARY KEY (endpoint, id, scene)
    ) WITHOUT ROWID;
    CREATE TABLE right_links (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, scene INTEGER NOT NULL, codes TEXT NOT NULL, added REAL NOT NULL,
        PRIMARY KEY (endpoint, id, scene)
    ) WITHOUT ROWID;
    CREATE TABLE scene_cards (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, card TEXT NOT NULL, fetched REAL NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
    CREATE TABLE moved_prints (
        endpoint TEXT NOT NULL, hash TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, seen REAL NOT NULL,
        PRIMARY KEY (endpoint, hash, source)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE known_matches (
        endpoint TEXT NOT NULL, name TEXT NOT NULL, basis TEXT NOT NULL, has_proposal INTEGER NOT NULL,
        PRIMARY KEY (endpoint, name)
    ) WITHOUT ROWID;
    """,
)
