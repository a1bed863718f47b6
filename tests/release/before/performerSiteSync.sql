BEGIN TRANSACTION;
CREATE TABLE answers (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, into_id TEXT NOT NULL,
        body TEXT NOT NULL, fetched REAL NOT NULL, PRIMARY KEY (kind, endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "answers" VALUES('performer','{box}','0169387e-11a0-7b64-ad51-0a8ee127abd9','found','','{"name": "Twin", "disambiguation": "a", "country": "NO"}',{now-6});
INSERT INTO "answers" VALUES('performer','{box}','01693880-d0c0-7580-90a3-d9f6963e3d11','found','','{"name": "Odd", "disambiguation": "b"}',{now-6});
INSERT INTO "answers" VALUES('performer','{box}','01693883-8fe0-7d46-900e-31935e2e31ae','found','','{"name": "Wren", "country": "IS"}',{now-2});
INSERT INTO "answers" VALUES('performer','{box}','499329a9-91c4-4ef5-a69a-87cb7e5861aa','found','','{"name": "Odd", "disambiguation": "a"}',{now-6});
INSERT INTO "answers" VALUES('performer','{box}','8b503cb7-3a5d-4d0e-83d4-b60217f98399','found','','{"name": "Mira Moss", "alias_list": ["Em"], "country": "NO", "eye_color": "Blue"}',{now-7});
INSERT INTO "answers" VALUES('performer','{box}','9949c1a0-ea82-433b-916e-4ec10acc1296','found','','{"name": "Kim", "country": "FI"}',{now-5});
INSERT INTO "answers" VALUES('performer','{box}','c4d8e112-4dc6-487a-8ab7-eedcaf746b99','found','','{"name": "Twin", "disambiguation": "b", "country": "NO"}',{now-6});
INSERT INTO "answers" VALUES('performer','{box}','e353bbf7-144d-470b-b9ba-31647fa81372','found','','{"name": "Nell North", "country": "SE", "hair_color": "Red"}',{now-7});
INSERT INTO "answers" VALUES('performer','{box}','e7cbef41-c3da-4c99-955c-ac6397cbad2c','gone','','{}',{now-7});
CREATE TABLE breakers (
        name TEXT PRIMARY KEY, failures INTEGER NOT NULL, probe_at REAL NOT NULL, probing_until REAL NOT NULL,
        since REAL NOT NULL, message TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE conflicts (
        key TEXT PRIMARY KEY, kind TEXT NOT NULL, item INTEGER NOT NULL, endpoint TEXT NOT NULL, what TEXT NOT NULL,
        subject TEXT NOT NULL, label TEXT NOT NULL, message TEXT NOT NULL, body TEXT NOT NULL, found REAL NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "conflicts" VALUES('performer|3|name|{box}|','performer',3,'{box}','name','','Twin','StashDB: 2 records have this name.','{"remote": [{"kind": "performer", "id": null, "box": "StashDB", "endpoint": "{box}", "remote_id": "0169387e-11a0-7b64-ad51-0a8ee127abd9", "name": "Twin", "disambiguation": "a", "birthdate": null, "country": "NO", "aliases": [], "scene_count": 0, "image": null, "url": "http://{box_host}/performers/0169387e-11a0-7b64-ad51-0a8ee127abd9", "evidence": ["The same name."]}, {"kind": "performer", "id": null, "box": "StashDB", "endpoint": "{box}", "remote_id": "c4d8e112-4dc6-487a-8ab7-eedcaf746b99", "name": "Twin", "disambiguation": "b", "birthdate": null, "country": "NO", "aliases": [], "scene_count": 0, "image": null, "url": "http://{box_host}/performers/c4d8e112-4dc6-487a-8ab7-eedcaf746b99", "evidence": ["The same name."]}], "local": []}',{now-6});
CREATE TABLE decisions (
        key TEXT PRIMARY KEY, kind TEXT NOT NULL, item INTEGER NOT NULL, endpoint TEXT NOT NULL, what TEXT NOT NULL,
        subject TEXT NOT NULL, verdict TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,
        made REAL NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "decisions" VALUES('performer|4|identity|{box}|','performer',4,'{box}','identity','','never','Odd','','StashDB: 2 records have this name.',{now-6});
CREATE TABLE duplicates (
        kind TEXT NOT NULL, first INTEGER NOT NULL, second INTEGER NOT NULL, score INTEGER NOT NULL,
        evidence TEXT NOT NULL, PRIMARY KEY (kind, first, second)
    ) WITHOUT ROWID;
INSERT INTO "duplicates" VALUES('performer',7,8,70,'["The same name.", "The same birth date, 1998-02-03."]');
CREATE TABLE journal_blobs (
        hash TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)
    ) WITHOUT ROWID;
CREATE TABLE journal_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, run INTEGER, kind TEXT NOT NULL,
        item_id TEXT NOT NULL, label TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
    );
INSERT INTO "journal_items" VALUES(1,1,1,'performer','1','Mira Moss','changed');
INSERT INTO "journal_items" VALUES(2,1,1,'performer','2','Nell North','changed');
INSERT INTO "journal_items" VALUES(3,1,1,'performer','3','Twin','conflict');
INSERT INTO "journal_items" VALUES(4,1,1,'performer','4','Odd','conflict');
INSERT INTO "journal_items" VALUES(5,1,1,'performer','6','Gone','skipped');
INSERT INTO "journal_items" VALUES(6,2,2,'performer','5','Kim','changed');
INSERT INTO "journal_items" VALUES(7,3,3,'performer','5','Kim','changed');
INSERT INTO "journal_items" VALUES(8,4,4,'performer','9','Wren','changed');
INSERT INTO "journal_items" VALUES(9,5,NULL,'performer','9','Wren','');
CREATE TABLE journal_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        created REAL NOT NULL, is_live INTEGER NOT NULL, undo_of INTEGER, details TEXT NOT NULL,
        items INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_plans" VALUES(1,'performers','Update performers','live',{now-7},1,NULL,'{"via": "task", "run_token": ""}',5,8);
INSERT INTO "journal_plans" VALUES(2,'one_performer','Update Kim','live',{now-5},1,NULL,'{"via": "operation", "run_token": ""}',1,1);
INSERT INTO "journal_plans" VALUES(3,'one_performer','Undo: Update Kim','applied',{now-5},0,2,'{}',1,1);
INSERT INTO "journal_plans" VALUES(4,'favorites','Favourite performers of StashDB','live',{now-2},1,NULL,'{"via": "task", "run_token": ""}',1,1);
INSERT INTO "journal_plans" VALUES(5,'performers','Update performers','open',{now+0},0,NULL,'{"via": "task", "run_token": "token-1"}',1,1);
CREATE TABLE journal_rows (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, field TEXT NOT NULL, action TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
        selected INTEGER NOT NULL DEFAULT 1, outcome TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
        undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_rows" VALUES(1,1,'country','set','""','"NO"','{box}','From StashDB.',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(2,1,'eye_color','set','""','"Blue"','{box}','From StashDB.',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(3,1,'alias_list','add','null','"Em"','{box}','From StashDB.',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(4,2,'country','set','""','"SE"','{box}','From StashDB.',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(5,2,'hair_color','set','""','"Red"','{box}','From StashDB.',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(6,3,'stash_ids','note','null','null','{box}','',1,'conflict','StashDB: 2 records have this name.',NULL,0);
INSERT INTO "journal_rows" VALUES(7,4,'stash_ids','note','null','null','{box}','',1,'conflict','StashDB: 2 records have this name.',NULL,0);
INSERT INTO "journal_rows" VALUES(8,5,'stash_ids','note','null','null','{box}','',1,'skipped','StashDB no longer has e7cbef41-c3da-4c99-955c-ac6397cbad2c. The link and all data stay as they are.',NULL,0);
INSERT INTO "journal_rows" VALUES(9,6,'country','set','""','"FI"','{box}','From StashDB.',1,'changed','',NULL,1);
INSERT INTO "journal_rows" VALUES(10,7,'country','set','"FI"','""','{box}','undo of run 2: From StashDB.',1,'changed','',9,0);
INSERT INTO "journal_rows" VALUES(11,8,'favorite','set','false','true','{box}','A favourite at StashDB.',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(12,9,'country','set','""','"IS"','{box}','From StashDB.',1,'','',NULL,0);
CREATE TABLE journal_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        state TEXT NOT NULL, started REAL NOT NULL, ended REAL, undo_of INTEGER, error TEXT NOT NULL DEFAULT '',
        details TEXT NOT NULL
    );
INSERT INTO "journal_runs" VALUES(1,1,'performers','Update performers','finished',{now-7},{now-6},NULL,'','{"via": "task", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(2,2,'one_performer','Update Kim','finished',{now-5},{now-5},NULL,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(3,3,'one_performer','Undo: Update Kim','finished',{now-5},{now-5},2,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(4,4,'favorites','Favourite performers of StashDB','finished',{now-2},{now-1},NULL,'','{"via": "task", "run_token": ""}');
CREATE TABLE journal_totals (
        owner TEXT NOT NULL, unit TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (owner, unit, outcome)
    ) WITHOUT ROWID;
INSERT INTO "journal_totals" VALUES('run:1','items','changed',2);
INSERT INTO "journal_totals" VALUES('run:1','items','conflict',2);
INSERT INTO "journal_totals" VALUES('run:1','items','skipped',1);
INSERT INTO "journal_totals" VALUES('run:1','rows','changed',5);
INSERT INTO "journal_totals" VALUES('run:1','rows','conflict',2);
INSERT INTO "journal_totals" VALUES('run:1','rows','skipped',1);
INSERT INTO "journal_totals" VALUES('run:2','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:2','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:3','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:3','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:4','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:4','rows','changed',1);
CREATE TABLE kv (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "kv" VALUES('duplicates.performer','{now-3}');
INSERT INTO "kv" VALUES('duplicates.studio','{now-3}');
INSERT INTO "kv" VALUES('favorites.state','{"performer|{box}": {"is_available": true, "message": "", "count_there": 1, "checked_at": "2026-11-30T10:21:39Z"}}');
INSERT INTO "kv" VALUES('journal.pruned','{now-6}');
INSERT INTO "kv" VALUES('journal.swept','{now-6}');
INSERT INTO "kv" VALUES('report','{"made_at": "2026-11-30T10:21:40Z", "performer": {"total": 9, "linked": 5, "unlinked": 4, "fields": {"name": 9, "disambiguation": 1, "alias_list": 1, "gender": 0, "birthdate": 2, "death_date": 0, "ethnicity": 0, "country": 2, "eye_color": 1, "hair_color": 1, "height_cm": 0, "measurements": 0, "fake_tits": 0, "career_start": 0, "career_end": 0, "tattoos": 0, "piercings": 0, "urls": 0, "favorite": 1, "stash_ids": 5, "image": 0}, "sources": {"StashDB": 5}, "by_source": {"alias_list": {"StashDB": 1}, "country": {"StashDB": 3}, "eye_color": {"StashDB": 1}, "hair_color": {"StashDB": 1}}, "gaps": {"country": {"StashDB": 2}}}, "studio": {"total": 0, "linked": 0, "unlinked": 0, "fields": {}, "sources": {"StashDB": 0}, "by_source": {}, "gaps": {}}, "runs": [{"id": "4", "title": "Favourite performers of StashDB", "kind": "task", "state": "finished", "started_at": "2026-11-30T10:21:39Z", "finished_at": "2026-11-30T10:21:39Z", "message": null, "dry_run": false, "undo_of": null, "undoable": 1, "problems": null, "totals": {"seen": 1, "changed": 1, "unchanged": 0, "skipped": 0, "conflict": 0, "failed": 0}}, {"id": "3", "title": "Undo: Update Kim", "kind": "undo", "state": "finished", "started_at": "2026-11-30T10:21:35Z", "finished_at": "2026-11-30T10:21:35Z", "message": null, "dry_run": false, "undo_of": "2", "undoable": 1, "problems": null, "totals": {"seen": 1, "changed": 1, "unchanged": 0, "skipped": 0, "conflict": 0, "failed": 0}}, {"id": "2", "title": "Update Kim", "kind": "operation", "state": "finished", "started_at": "2026-11-30T10:21:35Z", "finished_at": "2026-11-30T10:21:35Z", "message": null, "dry_run": false, "undo_of": null, "undoable": 0, "problems": null, "totals": {"seen": 1, "changed": 1, "unchanged": 0, "skipped": 0, "conflict": 0, "failed": 0}}, {"id": "1", "title": "Update performers", "kind": "task", "state": "partial", "started_at": "2026-11-30T10:21:34Z", "finished_at": "2026-11-30T10:21:34Z", "message": null, "dry_run": false, "undo_of": null, "undoable": 5, "problems": null, "totals": {"seen": 5, "changed": 2, "unchanged": 0, "skipped": 1, "conflict": 2, "failed": 0}}]}');
INSERT INTO "kv" VALUES('stashbox.capabilities.9ba737ecfc171b35','{"at": {now-7}, "names": {"queries": ["findEdit", "findPerformer", "findScene", "findScenesBySceneFingerprints", "findSite", "findStudio", "findTag", "findTagCategory", "findTagOrAlias", "getConfig", "me", "queryEdits", "queryPerformers", "queryScenes", "querySites", "queryStudios", "queryTagCategories", "queryTags", "searchPerformer", "searchPerformers", "searchScene", "searchScenes", "searchStudio", "searchTag", "version"], "mutations": ["favoritePerformer", "favoriteStudio"], "scene": ["code", "created", "date", "deleted", "details", "director", "duration", "edits", "fingerprints", "id", "images", "performers", "production_date", "release_date", "studio", "tags", "title", "updated", "urls"], "performer": ["age", "aliases", "band_size", "birth_date", "birthdate", "breast_type", "career_end_year", "career_start_year", "country", "created", "cup_size", "death_date", "deleted", "disambiguation", "edits", "ethnicity", "eye_color", "gender", "hair_color", "height", "hip_size", "id", "images", "is_favorite", "measurements", "merged_ids", "merged_into_id", "name", "piercings", "scene_count", "scenes", "studios", "tattoos", "updated", "urls", "waist_size"], "studio": ["aliases", "child_studios", "created", "deleted", "id", "images", "is_favorite", "name", "parent", "performers", "sub_studios", "updated", "urls"], "tag": ["aliases", "category", "created", "deleted", "description", "edits", "id", "name", "updated"], "scene_filters": ["alias", "code", "date", "direction", "favorites", "fingerprints", "has_fingerprint_submissions", "page", "parentStudio", "per_page", "performers", "production_date", "sort", "studios", "tags", "text", "title", "url"]}}');
INSERT INTO "kv" VALUES('task_results','{"token-1": {"state": "finished", "message": "1 seen: 1 planned (nothing was written).", "started": {now+0}, "name": "update_performers", "ended": {now+0}, "plan_id": 5, "problems": null, "totals": {"seen": 1, "changed": 0, "unchanged": 0, "skipped": 0, "conflict": 0, "failed": 0, "planned": 1}}}');
CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
        beat REAL NOT NULL, expires REAL NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE likes (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL,
        PRIMARY KEY (kind, endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "likes" VALUES('performer','{box}','01693883-8fe0-7d46-900e-31935e2e31ae','liked');
CREATE TABLE locks (
        kind TEXT NOT NULL, item INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (kind, item, field)
    ) WITHOUT ROWID;
INSERT INTO "locks" VALUES('performer',1,'eye_color');
CREATE TABLE merges (
        key TEXT PRIMARY KEY, body TEXT NOT NULL, picture BLOB, revived INTEGER, made REAL NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE searches (
        kind TEXT NOT NULL, endpoint TEXT NOT NULL, term TEXT NOT NULL, body TEXT NOT NULL, fetched REAL NOT NULL,
        PRIMARY KEY (kind, endpoint, term)
    ) WITHOUT ROWID;
INSERT INTO "searches" VALUES('performer','{box}','odd','[["01693880-d0c0-7580-90a3-d9f6963e3d11", {"name": "Odd", "disambiguation": "b"}, 0], ["499329a9-91c4-4ef5-a69a-87cb7e5861aa", {"name": "Odd", "disambiguation": "a"}, 0]]',{now-6});
INSERT INTO "searches" VALUES('performer','{box}','twin','[["0169387e-11a0-7b64-ad51-0a8ee127abd9", {"name": "Twin", "disambiguation": "a", "country": "NO"}, 0], ["c4d8e112-4dc6-487a-8ab7-eedcaf746b99", {"name": "Twin", "disambiguation": "b", "country": "NO"}, 0]]',{now-6});
CREATE TABLE undone (
        kind TEXT NOT NULL, item INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (kind, item, field)
    ) WITHOUT ROWID;
INSERT INTO "undone" VALUES('performer',5,'country');
CREATE TABLE versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO "versions" VALUES('store',1);
INSERT INTO "versions" VALUES('plugin',4);
INSERT INTO "versions" VALUES('journal',1);
CREATE TABLE written (
        kind TEXT NOT NULL, item INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
        PRIMARY KEY (kind, item, field, value)
    ) WITHOUT ROWID;
INSERT INTO "written" VALUES('performer',1,'alias_list','"Em"','{box}');
INSERT INTO "written" VALUES('performer',1,'country','"NO"','{box}');
INSERT INTO "written" VALUES('performer',1,'eye_color','"Blue"','{box}');
INSERT INTO "written" VALUES('performer',2,'country','"SE"','{box}');
INSERT INTO "written" VALUES('performer',2,'hair_color','"Red"','{box}');
INSERT INTO "written" VALUES('performer',5,'country','"FI"','{box}');
CREATE INDEX answers_by_age ON answers (fetched);
CREATE INDEX decisions_by_item ON decisions (kind, item);
CREATE INDEX conflicts_by_item ON conflicts (kind, item);
CREATE INDEX answers_gone ON answers (endpoint, id) WHERE state = 'gone';
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
INSERT INTO "sqlite_sequence" VALUES('journal_plans',5);
INSERT INTO "sqlite_sequence" VALUES('journal_runs',4);
INSERT INTO "sqlite_sequence" VALUES('journal_items',9);
INSERT INTO "sqlite_sequence" VALUES('journal_rows',12);
COMMIT;
