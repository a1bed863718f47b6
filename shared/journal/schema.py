"""The journal's tables: plans with their items and rows, runs, totals, and which item refers to which stored bytes."""

from __future__ import annotations

from shared.state.json_column import JsonColumn

SCRIPTS = (
    """
    CREATE TABLE journal_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        created REAL NOT NULL, is_live INTEGER NOT NULL, undo_of INTEGER, details TEXT NOT NULL,
        items INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE journal_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        state TEXT NOT NULL, started REAL NOT NULL, ended REAL, undo_of INTEGER, error TEXT NOT NULL DEFAULT '',
        details TEXT NOT NULL
    );
    CREATE INDEX journal_runs_by_kind ON journal_runs (kind, id);
    CREATE INDEX journal_runs_by_plan ON journal_runs (plan);
    CREATE TABLE journal_totals (
        owner TEXT NOT NULL, unit TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (owner, unit, outcome)
    ) WITHOUT ROWID;
    CREATE TABLE journal_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, run INTEGER, kind TEXT NOT NULL,
        item_id TEXT NOT NULL, label TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX journal_items_by_plan ON journal_items (plan, outcome);
    CREATE INDEX journal_items_of_plan ON journal_items (plan);
    CREATE INDEX journal_items_by_run ON journal_items (run) WHERE run IS NOT NULL;
    CREATE INDEX journal_items_by_subject ON journal_items (kind, item_id);
    CREATE TABLE journal_rows (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, field TEXT NOT NULL, action TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
        selected INTEGER NOT NULL DEFAULT 1, outcome TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
        undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX journal_rows_by_item ON journal_rows (item);
    CREATE INDEX journal_intents ON journal_rows (item) WHERE outcome = 'intent';
    CREATE INDEX journal_unselected ON journal_rows (item) WHERE selected = 0;
    CREATE TABLE journal_blobs (
        hash TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)
    ) WITHOUT ROWID;
    CREATE INDEX journal_blobs_by_item ON journal_blobs (item);
    """,
    """
    ALTER TABLE journal_rows ADD COLUMN can_undo INTEGER NOT NULL DEFAULT 1;
    CREATE INDEX journal_final ON journal_rows (item) WHERE can_undo = 0;
    """,
    "ALTER TABLE journal_items ADD COLUMN written REAL;",
)

PLAN_DETAILS = JsonColumn("journal_plans", "details", dict, "{}")
RUN_DETAILS = JsonColumn("journal_runs", "details", dict, "{}")
BEFORE, AFTER = JsonColumn("journal_rows", "before"), JsonColumn("journal_rows", "after")
SIDES = {"before": BEFORE, "after": AFTER}
