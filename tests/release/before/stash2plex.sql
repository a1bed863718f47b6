BEGIN TRANSACTION;
CREATE TABLE breakers (
        name TEXT PRIMARY KEY, failures INTEGER NOT NULL, probe_at REAL NOT NULL, probing_until REAL NOT NULL,
        since REAL NOT NULL, message TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE journal_blobs (
        hash TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)
    ) WITHOUT ROWID;
CREATE TABLE journal_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, run INTEGER, kind TEXT NOT NULL,
        item_id TEXT NOT NULL, label TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
    );
INSERT INTO "journal_items" VALUES(1,1,1,'plex','6f45a153/1','1','changed');
INSERT INTO "journal_items" VALUES(2,1,1,'plex','6f45a153/2','2','changed');
INSERT INTO "journal_items" VALUES(3,2,NULL,'plex','6f45a153/6','other','');
INSERT INTO "journal_items" VALUES(4,2,NULL,'plex','6f45a153/4','4','');
INSERT INTO "journal_items" VALUES(5,2,NULL,'plex','6f45a153/5','5','');
INSERT INTO "journal_items" VALUES(6,2,NULL,'scene','6','Title 6','skipped');
CREATE TABLE journal_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        created REAL NOT NULL, is_live INTEGER NOT NULL, undo_of INTEGER, details TEXT NOT NULL,
        items INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_plans" VALUES(1,'sync','Sent to Plex','live',{now-1},1,NULL,'{"via": "operation", "run_token": ""}',2,4);
INSERT INTO "journal_plans" VALUES(2,'sync','Reconciliation preview (all)','open',{now+0},0,NULL,'{}',4,7);
CREATE TABLE journal_rows (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, field TEXT NOT NULL, action TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
        selected INTEGER NOT NULL DEFAULT 1, outcome TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
        undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_rows" VALUES(1,1,'title','set','"1"','"Title 1"','Stash scene 1','',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(2,1,'locks','add','null','"title"','Stash scene 1','so that a refresh of Plex keeps it',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(3,2,'title','set','"2"','"Title 2"','Stash scene 2','',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(4,2,'locks','add','null','"title"','Stash scene 2','so that a refresh of Plex keeps it',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(5,3,'title','set','"other"','"Title 3"','Stash scene 3','',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(6,3,'locks','add','null','"title"','Stash scene 3','so that a refresh of Plex keeps it',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(7,4,'title','set','"4"','"Title 4"','Stash scene 4','',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(8,4,'locks','add','null','"title"','Stash scene 4','so that a refresh of Plex keeps it',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(9,5,'title','set','"5"','"Title 5"','Stash scene 5','',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(10,5,'locks','add','null','"title"','Stash scene 5','so that a refresh of Plex keeps it',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(11,6,'','note','null','null','','',1,'skipped','Plex does not have its file yet.',NULL,0);
CREATE TABLE journal_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        state TEXT NOT NULL, started REAL NOT NULL, ended REAL, undo_of INTEGER, error TEXT NOT NULL DEFAULT '',
        details TEXT NOT NULL
    );
INSERT INTO "journal_runs" VALUES(1,1,'sync','Sent to Plex','finished',{now-1},{now-1},NULL,'','{"via": "operation", "run_token": ""}');
CREATE TABLE journal_totals (
        owner TEXT NOT NULL, unit TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (owner, unit, outcome)
    ) WITHOUT ROWID;
INSERT INTO "journal_totals" VALUES('plan:2','items','unchanged',2);
INSERT INTO "journal_totals" VALUES('run:1','items','changed',2);
INSERT INTO "journal_totals" VALUES('run:1','rows','changed',4);
CREATE TABLE kv (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "kv" VALUES('journal.pruned','{now-1}');
INSERT INTO "kv" VALUES('journal.swept','{now-1}');
INSERT INTO "kv" VALUES('outbox.paused','null');
INSERT INTO "kv" VALUES('plex.client_id','"659601cf-a402-49ea-b4da-f798103b99e3"');
INSERT INTO "kv" VALUES('plex.machine','"6f45a153976ad4b8308bbdc544f75c6ebaec3dcd"');
INSERT INTO "kv" VALUES('sync.current','{"scene_id": 2, "label": "Title 2"}');
INSERT INTO "kv" VALUES('sync.last','{now-1}');
CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
        beat REAL NOT NULL, expires REAL NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE links (
        rating_key TEXT NOT NULL, scene_id INTEGER NOT NULL, PRIMARY KEY (rating_key, scene_id)
    ) WITHOUT ROWID;
INSERT INTO "links" VALUES('1',1);
INSERT INTO "links" VALUES('2',2);
INSERT INTO "links" VALUES('6',3);
INSERT INTO "links" VALUES('4',4);
INSERT INTO "links" VALUES('5',5);
CREATE TABLE matches (
        scene_id INTEGER PRIMARY KEY, label TEXT NOT NULL, file TEXT NOT NULL, how TEXT NOT NULL,
        evidence TEXT NOT NULL, items TEXT NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL, changed REAL NOT NULL
    );
INSERT INTO "matches" VALUES(1,'Title 1','/data/1.mp4','path','/data/1.mp4','[["1", "1", "/data/1.mp4", 50000001, 1200.0]]','linked','',{now-1});
INSERT INTO "matches" VALUES(2,'Title 2','/data/2.mp4','path','/data/2.mp4','[["2", "1", "/data/2.mp4", 50000002, 1200.0]]','linked','',{now-1});
INSERT INTO "matches" VALUES(3,'Title 3','/data/3.mp4','manual','linked by hand','[["6", "1", "/data/other.mp4", 0, 0.0]]','linked','',{now-1});
INSERT INTO "matches" VALUES(4,'Title 4','/data/4.mp4','path','/data/4.mp4','[["4", "1", "/data/4.mp4", 50000004, 1200.0]]','linked','',{now+0});
INSERT INTO "matches" VALUES(5,'Title 5','/data/5.mp4','path','/data/5.mp4','[["5", "1", "/data/5.mp4", 50000005, 1200.0]]','linked','',{now+0});
INSERT INTO "matches" VALUES(6,'Title 6','/data/6.mp4','none','','[]','waiting','Plex does not have its file yet.',{now+0});
CREATE TABLE missing (
        name TEXT NOT NULL, scene_id INTEGER NOT NULL, PRIMARY KEY (name, scene_id)
    ) WITHOUT ROWID;
INSERT INTO "missing" VALUES('6.mp4',6);
CREATE TABLE outages (since REAL PRIMARY KEY, until REAL, message TEXT NOT NULL);
CREATE TABLE outbox (
        key TEXT PRIMARY KEY, fields TEXT NOT NULL, note TEXT NOT NULL, seq INTEGER NOT NULL DEFAULT 1,
        state TEXT NOT NULL DEFAULT 'waiting', due REAL NOT NULL, owner TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0, postponed INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', added REAL NOT NULL, changed REAL NOT NULL
    );
INSERT INTO "outbox" VALUES('scene:3','["title"]','null',2,'waiting',{now-1},'',0,0,0,'','',{now-1},{now+0});
INSERT INTO "outbox" VALUES('scene:4','["title"]','null',1,'waiting',{now+0},'',0,0,0,'','',{now+0},{now+0});
INSERT INTO "outbox" VALUES('scene:5','["title"]','null',1,'dead',{now+0},'',0,0,0,'bug','',{now+0},{now+0});
CREATE TABLE outbox_counts (
        state TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (state, reason)
    ) WITHOUT ROWID;
INSERT INTO "outbox_counts" VALUES('dead','bug',1);
INSERT INTO "outbox_counts" VALUES('done','',2);
INSERT INTO "outbox_counts" VALUES('waiting','',2);
INSERT INTO "outbox_counts" VALUES('working','',0);
CREATE TABLE plex_files (
        rating_key TEXT NOT NULL, path TEXT NOT NULL, folded TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
        duration REAL NOT NULL, PRIMARY KEY (rating_key, path)
    ) WITHOUT ROWID;
INSERT INTO "plex_files" VALUES('1','/data/1.mp4','/data/1.mp4','1.mp4',50000001,1200.0);
INSERT INTO "plex_files" VALUES('2','/data/2.mp4','/data/2.mp4','2.mp4',50000002,1200.0);
INSERT INTO "plex_files" VALUES('3','/data/3.mp4','/data/3.mp4','3.mp4',50000003,1200.0);
INSERT INTO "plex_files" VALUES('4','/data/4.mp4','/data/4.mp4','4.mp4',50000004,1200.0);
INSERT INTO "plex_files" VALUES('5','/data/5.mp4','/data/5.mp4','5.mp4',50000005,1200.0);
INSERT INTO "plex_files" VALUES('6','/data/other.mp4','/data/other.mp4','other.mp4',50000099,1200.0);
INSERT INTO "plex_files" VALUES('7','/data/spare.mp4','/data/spare.mp4','spare.mp4',50000099,1200.0);
CREATE TABLE plex_items (
        rating_key TEXT PRIMARY KEY, section_id TEXT NOT NULL, title TEXT NOT NULL, updated_at INTEGER NOT NULL,
        generation INTEGER NOT NULL
    );
INSERT INTO "plex_items" VALUES('1','1','Title 1',{second-1},2);
INSERT INTO "plex_items" VALUES('2','1','Title 2',{second-1},2);
INSERT INTO "plex_items" VALUES('3','1','3',{second-2},2);
INSERT INTO "plex_items" VALUES('4','1','4',{second-2},2);
INSERT INTO "plex_items" VALUES('5','1','5',{second-2},2);
INSERT INTO "plex_items" VALUES('6','1','other',{second-2},2);
INSERT INTO "plex_items" VALUES('7','1','spare',{second-2},2);
CREATE TABLE plex_sections (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, generation INTEGER NOT NULL, watermark INTEGER NOT NULL,
        built REAL NOT NULL, refreshed REAL NOT NULL
    );
INSERT INTO "plex_sections" VALUES('1','Videos',2,{second-1},{now+0},{now+0});
CREATE TABLE records (
        rating_key TEXT PRIMARY KEY, scene_id INTEGER NOT NULL, written TEXT NOT NULL, pending TEXT NOT NULL,
        fingerprint TEXT NOT NULL, seen_at INTEGER NOT NULL, synced REAL NOT NULL
    );
INSERT INTO "records" VALUES('1',1,'{"fields": {"title": "Title 1"}, "tags": {}, "locks": ["title"], "pictures": {}}','{"fields": {}, "tags": {}}','43a46661ca7af1d7c7f01c59',{second-1},{now-1});
INSERT INTO "records" VALUES('2',2,'{"fields": {"title": "Title 2"}, "tags": {}, "locks": ["title"], "pictures": {}}','{"fields": {}, "tags": {}}','b96a2729fce64401c39cfff4',{second-1},{now-1});
CREATE TABLE statistics (
        day TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, seconds REAL NOT NULL, PRIMARY KEY (day, name)
    ) WITHOUT ROWID;
INSERT INTO "statistics" VALUES('2026-11-30','done',2,2.74781779990007635205e-02);
INSERT INTO "statistics" VALUES('2026-11-30','edits',2,0.0);
CREATE TABLE versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO "versions" VALUES('store',1);
INSERT INTO "versions" VALUES('plugin',1);
INSERT INTO "versions" VALUES('outbox',1);
INSERT INTO "versions" VALUES('journal',1);
CREATE INDEX plex_items_by_section ON plex_items (section_id, generation);
CREATE INDEX plex_files_by_path ON plex_files (folded);
CREATE INDEX plex_files_by_name ON plex_files (name);
CREATE INDEX matches_by_how ON matches (how, scene_id);
CREATE INDEX links_by_scene ON links (scene_id);
CREATE INDEX missing_by_scene ON missing (scene_id);
CREATE INDEX records_by_scene ON records (scene_id);
CREATE INDEX outbox_by_due ON outbox (state, due);
CREATE INDEX outbox_by_reason ON outbox (state, reason, changed) WHERE reason <> '';
CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
        INSERT INTO outbox_counts VALUES (new.state, new.reason, 1) ON CONFLICT (state, reason) DO UPDATE SET n = n + 1;
    END;
CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
        UPDATE outbox_counts SET n = n - 1 WHERE state = old.state AND reason = old.reason;
    END;
CREATE TRIGGER outbox_moved AFTER UPDATE OF state, reason ON outbox
    WHEN old.state <> new.state OR old.reason <> new.reason BEGIN
        UPDATE outbox_counts SET n = n - 1 WHERE state = old.state AND reason = old.reason;
        INSERT INTO outbox_counts VALUES (new.state, new.reason, 1) ON CONFLICT (state, reason) DO UPDATE SET n = n + 1;
    END;
CREATE INDEX journal_runs_by_kind ON journal_runs (kind, id);
CREATE INDEX journal_runs_by_plan ON journal_runs (plan);
CREATE INDEX journal_items_by_plan ON journal_items (plan, outcome);
CREATE INDEX journal_items_of_plan ON journal_items (plan);
CREATE INDEX journal_items_by_run ON journal_items (run) WHERE run IS NOT NULL;
CREATE INDEX journal_items_by_subject ON journal_items (kind, item_id);
CREATE INDEX journal_rows_by_item ON journal_rows (item);
CREATE INDEX journal_intents ON journal_rows (item) WHERE outcome = 'intent';
CREATE INDEX journal_unselected ON journal_rows (item) WHERE selected = 0;
CREATE INDEX journal_blobs_by_item ON journal_blobs (item);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal_plans',2);
INSERT INTO "sqlite_sequence" VALUES('journal_runs',1);
INSERT INTO "sqlite_sequence" VALUES('journal_items',6);
INSERT INTO "sqlite_sequence" VALUES('journal_rows',11);
COMMIT;
