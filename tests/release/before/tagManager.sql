BEGIN TRANSACTION;
CREATE TABLE breakers (
        name TEXT PRIMARY KEY, failures INTEGER NOT NULL, probe_at REAL NOT NULL, probing_until REAL NOT NULL,
        since REAL NOT NULL, message TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE created_tags (item TEXT PRIMARY KEY, tag INTEGER NOT NULL, made TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dead_links (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, into_id TEXT NOT NULL, checked REAL NOT NULL,
        PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "dead_links" VALUES('{box}','c7807fe8-15a9-4413-80ad-d85f62548947','deleted','',{now-3});
CREATE TABLE journal_blobs (
        hash TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)
    ) WITHOUT ROWID;
CREATE TABLE journal_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, run INTEGER, kind TEXT NOT NULL,
        item_id TEXT NOT NULL, label TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
    );
INSERT INTO "journal_items" VALUES(1,1,1,'tag','3','Ocean','changed');
INSERT INTO "journal_items" VALUES(2,2,NULL,'tag','7','Shore','');
INSERT INTO "journal_items" VALUES(3,3,2,'scene','1','Scene 0','changed');
INSERT INTO "journal_items" VALUES(4,4,3,'scene','2','Scene 1','changed');
INSERT INTO "journal_items" VALUES(5,5,4,'scene','2','Scene 1','changed');
INSERT INTO "journal_items" VALUES(6,6,NULL,'scene','3','Scene 0','');
CREATE TABLE journal_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        created REAL NOT NULL, is_live INTEGER NOT NULL, undo_of INTEGER, details TEXT NOT NULL,
        items INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_plans" VALUES(1,'tags','Ocean linked to StashDB''s Sea','applied',{now-2},0,NULL,'{}',1,1);
INSERT INTO "journal_plans" VALUES(2,'tags','Exact matches with StashDB','open',{now-1},0,NULL,'{}',1,1);
INSERT INTO "journal_plans" VALUES(3,'scene_tags','Tags from StashDB','applied',{now-1},0,NULL,'{}',1,2);
INSERT INTO "journal_plans" VALUES(4,'scene_tags','Tags from StashDB','applied',{now-1},0,NULL,'{}',1,2);
INSERT INTO "journal_plans" VALUES(5,'scene_tags','Undo: Tags from StashDB','applied',{now-1},0,3,'{}',1,2);
INSERT INTO "journal_plans" VALUES(6,'scene_tags','Tags from StashDB','open',{now+0},0,NULL,'{}',1,1);
CREATE TABLE journal_rows (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, field TEXT NOT NULL, action TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
        selected INTEGER NOT NULL DEFAULT 1, outcome TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
        undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_rows" VALUES(1,1,'links','add','null','["{box}", "6072d09e-c159-494d-8727-d5746f10346a"]','{box}','StashDB: Sea',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(2,2,'links','add','null','["{box}", "afefc80f-80cf-4163-9851-3e677c52083d"]','{box}','StashDB: Shore (same name)',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(3,3,'tags','add','null','1','{box}','Rain: linked',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(4,3,'tags','add','null','2','{box}','Hill: linked',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(5,4,'tags','add','null','1','{box}','Rain: linked',1,'changed','',NULL,1);
INSERT INTO "journal_rows" VALUES(6,4,'tags','add','null','2','{box}','Hill: linked',1,'changed','',NULL,1);
INSERT INTO "journal_rows" VALUES(7,5,'tags','remove','2','null','{box}','undo of run 3: Hill: linked',1,'changed','',6,0);
INSERT INTO "journal_rows" VALUES(8,5,'tags','remove','1','null','{box}','undo of run 3: Rain: linked',1,'changed','',5,0);
INSERT INTO "journal_rows" VALUES(9,6,'tags','add','null','1','{box}','Rain: linked',1,'','',NULL,0);
CREATE TABLE journal_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        state TEXT NOT NULL, started REAL NOT NULL, ended REAL, undo_of INTEGER, error TEXT NOT NULL DEFAULT '',
        details TEXT NOT NULL
    );
INSERT INTO "journal_runs" VALUES(1,1,'tags','Ocean linked to StashDB''s Sea','finished',{now-2},{now-2},NULL,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(2,3,'scene_tags','Tags from StashDB','finished',{now-1},{now-1},NULL,'','{"via": "task", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(3,4,'scene_tags','Tags from StashDB','finished',{now-1},{now-1},NULL,'','{"via": "task", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(4,5,'scene_tags','Undo: Tags from StashDB','finished',{now+0},{now+0},3,'','{"via": "operation", "run_token": ""}');
CREATE TABLE journal_totals (
        owner TEXT NOT NULL, unit TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (owner, unit, outcome)
    ) WITHOUT ROWID;
INSERT INTO "journal_totals" VALUES('plan:6','items','unchanged',2);
INSERT INTO "journal_totals" VALUES('run:1','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:1','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:2','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:2','rows','changed',2);
INSERT INTO "journal_totals" VALUES('run:3','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:3','rows','changed',2);
INSERT INTO "journal_totals" VALUES('run:4','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:4','rows','changed',2);
CREATE TABLE kv (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "kv" VALUES('blacklist','["Snow", "/^unsure/"]');
INSERT INTO "kv" VALUES('journal.pruned','{now-2}');
INSERT INTO "kv" VALUES('journal.swept','{now-2}');
INSERT INTO "kv" VALUES('plan_figures','{"3": {"scenes": 1, "additions": 2, "blacklisted": 1, "kept_off": 0, "remote_deleted": 0, "remote_merged": 0, "not_found": 0, "failed": 0, "of": 1, "tags": 2, "unmatched_tags": 1, "ambiguous": [], "boxes": [{"endpoint": "{box}", "name": "StashDB", "problem": null, "scenes": 1, "requested": 1, "strategy": "ids"}], "unlinked": 0}, "4": {"scenes": 1, "additions": 2, "blacklisted": 1, "kept_off": 0, "remote_deleted": 0, "remote_merged": 0, "not_found": 0, "failed": 0, "of": 1, "tags": 2, "unmatched_tags": 1, "ambiguous": [], "boxes": [{"endpoint": "{box}", "name": "StashDB", "problem": null, "scenes": 1, "requested": 1, "strategy": "ids"}], "unlinked": 0}, "6": {"scenes": 3, "additions": 1, "blacklisted": 2, "kept_off": 2, "remote_deleted": 0, "remote_merged": 0, "not_found": 0, "failed": 0, "of": 3, "tags": 1, "unmatched_tags": 1, "ambiguous": [], "boxes": [{"endpoint": "{box}", "name": "StashDB", "problem": null, "scenes": 3, "requested": 3, "strategy": "ids"}], "unlinked": 0}}');
INSERT INTO "kv" VALUES('scene_pass {box}','{"last": {"since": {now+0}, "full": {now+0}}}');
INSERT INTO "kv" VALUES('stashbox.capabilities.751158adc457015f','{"at": {now-3}, "names": {"queries": ["findEdit", "findPerformer", "findScene", "findScenesBySceneFingerprints", "findSite", "findStudio", "findTag", "findTagCategory", "findTagOrAlias", "getConfig", "me", "queryEdits", "queryPerformers", "queryScenes", "querySites", "queryStudios", "queryTagCategories", "queryTags", "searchPerformer", "searchPerformers", "searchScene", "searchScenes", "searchStudio", "searchTag", "version"], "mutations": ["favoritePerformer", "favoriteStudio"], "scene": ["code", "created", "date", "deleted", "details", "director", "duration", "edits", "fingerprints", "id", "images", "performers", "production_date", "release_date", "studio", "tags", "title", "updated", "urls"], "performer": ["age", "aliases", "band_size", "birth_date", "birthdate", "breast_type", "career_end_year", "career_start_year", "country", "created", "cup_size", "death_date", "deleted", "disambiguation", "edits", "ethnicity", "eye_color", "gender", "hair_color", "height", "hip_size", "id", "images", "is_favorite", "measurements", "merged_ids", "merged_into_id", "name", "piercings", "scene_count", "scenes", "studios", "tattoos", "updated", "urls", "waist_size"], "studio": ["aliases", "child_studios", "created", "deleted", "id", "images", "is_favorite", "name", "parent", "performers", "sub_studios", "updated", "urls"], "tag": ["aliases", "category", "created", "deleted", "description", "edits", "id", "name", "updated"], "scene_filters": ["alias", "code", "date", "direction", "favorites", "fingerprints", "has_fingerprint_submissions", "page", "parentStudio", "per_page", "performers", "production_date", "sort", "studios", "tags", "text", "title", "url"]}}');
INSERT INTO "kv" VALUES('synonyms','{"hiking": ["trekking"], "wet": ["damp"]}');
INSERT INTO "kv" VALUES('task_results','{"token-1": {"state": "finished", "message": "Dry run over 3 of 3 scenes: 1 tag would be added, nothing was changed.", "started": {now+0}, "name": "sync_scene_tags", "ended": {now+0}, "plan_id": 6, "problems": null, "totals": null}}');
INSERT INTO "kv" VALUES('unmatched_as_of','{"{box}": {now+0}}');
CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
        beat REAL NOT NULL, expires REAL NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE mappings (
        endpoint TEXT NOT NULL, category TEXT NOT NULL, tag INTEGER NOT NULL, PRIMARY KEY (endpoint, category)
    ) WITHOUT ROWID;
INSERT INTO "mappings" VALUES('{box}','969e0d9a-7334-4a08-ad83-8adae8aacec4',6);
CREATE TABLE plan_tags (
        plan INTEGER NOT NULL, tag INTEGER NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
        local TEXT NOT NULL, rule TEXT NOT NULL, scenes INTEGER NOT NULL, PRIMARY KEY (plan, tag, endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "plan_tags" VALUES(3,1,'{box}','f3d0ed6c-9307-4837-a749-1eafa0bd614d','Rain','Rain','link',1);
INSERT INTO "plan_tags" VALUES(3,2,'{box}','0169387e-11a0-7882-9cbc-40be26493db3','Hill','Hill','link',1);
INSERT INTO "plan_tags" VALUES(4,1,'{box}','f3d0ed6c-9307-4837-a749-1eafa0bd614d','Rain','Rain','link',1);
INSERT INTO "plan_tags" VALUES(4,2,'{box}','0169387e-11a0-7882-9cbc-40be26493db3','Hill','Hill','link',1);
INSERT INTO "plan_tags" VALUES(6,1,'{box}','f3d0ed6c-9307-4837-a749-1eafa0bd614d','Rain','Rain','link',1);
CREATE TABLE rejections (
        tag INTEGER NOT NULL, endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, added REAL NOT NULL,
        PRIMARY KEY (tag, endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "rejections" VALUES(4,'{box}','f3d0ed6c-9307-4837-a749-1eafa0bd614d','Rain',{now-2});
CREATE TABLE remote_categories (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, description TEXT NOT NULL,
        PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "remote_categories" VALUES('{box}','969e0d9a-7334-4a08-ad83-8adae8aacec4','Weather','SCENE','');
CREATE TABLE remote_scenes (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, tags TEXT NOT NULL, note TEXT NOT NULL,
        fetched REAL NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "remote_scenes" VALUES('{box}','01693883-8fe0-7785-978b-46e74b037bc0','found','["f3d0ed6c-9307-4837-a749-1eafa0bd614d", "0169387e-11a0-7882-9cbc-40be26493db3", "1cc10595-038e-4d59-bd45-4d15f11d2b3b", "01693880-d0c0-7f2e-961d-ca904969e8da"]','',{now+0});
INSERT INTO "remote_scenes" VALUES('{box}','5638d990-f414-4e8f-955e-b94d7e9e9221','found','["f3d0ed6c-9307-4837-a749-1eafa0bd614d"]','',{now+0});
INSERT INTO "remote_scenes" VALUES('{box}','a6ead316-91a3-44c1-ab2e-785b37081be4','found','["f3d0ed6c-9307-4837-a749-1eafa0bd614d", "0169387e-11a0-7882-9cbc-40be26493db3", "1cc10595-038e-4d59-bd45-4d15f11d2b3b", "01693880-d0c0-7f2e-961d-ca904969e8da"]','',{now+0});
CREATE TABLE remote_tags (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, description TEXT NOT NULL,
        category TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "remote_tags" VALUES('{box}','0169387e-11a0-7882-9cbc-40be26493db3','Hill','[]','','969e0d9a-7334-4a08-ad83-8adae8aacec4','2019-03-01T09:03:00Z');
INSERT INTO "remote_tags" VALUES('{box}','01693880-d0c0-7f2e-961d-ca904969e8da','Snow','[]','','969e0d9a-7334-4a08-ad83-8adae8aacec4','2019-03-01T09:06:00Z');
INSERT INTO "remote_tags" VALUES('{box}','1cc10595-038e-4d59-bd45-4d15f11d2b3b','Fog','[]','','969e0d9a-7334-4a08-ad83-8adae8aacec4','2019-03-01T09:04:00Z');
INSERT INTO "remote_tags" VALUES('{box}','6072d09e-c159-494d-8727-d5746f10346a','Sea','[]','','969e0d9a-7334-4a08-ad83-8adae8aacec4','2019-03-01T09:05:00Z');
INSERT INTO "remote_tags" VALUES('{box}','afefc80f-80cf-4163-9851-3e677c52083d','Shore','[]','','969e0d9a-7334-4a08-ad83-8adae8aacec4','2019-03-01T09:08:00Z');
INSERT INTO "remote_tags" VALUES('{box}','f3d0ed6c-9307-4837-a749-1eafa0bd614d','Rain','[]','','969e0d9a-7334-4a08-ad83-8adae8aacec4','2019-03-01T09:02:00Z');
CREATE TABLE seen_tags (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "seen_tags" VALUES('{box}','0169387e-11a0-7882-9cbc-40be26493db3','Hill');
INSERT INTO "seen_tags" VALUES('{box}','01693880-d0c0-7f2e-961d-ca904969e8da','Snow');
INSERT INTO "seen_tags" VALUES('{box}','1cc10595-038e-4d59-bd45-4d15f11d2b3b','Fog');
INSERT INTO "seen_tags" VALUES('{box}','f3d0ed6c-9307-4837-a749-1eafa0bd614d','Rain');
CREATE TABLE settled (scene INTEGER PRIMARY KEY, tags TEXT NOT NULL);
INSERT INTO "settled" VALUES(1,'[1, 2]');
INSERT INTO "settled" VALUES(2,'[1, 2]');
CREATE TABLE tag_lists (
        endpoint TEXT PRIMARY KEY, fetched REAL, count INTEGER NOT NULL, problem TEXT NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "tag_lists" VALUES('{box}',{now-3},6,'');
CREATE TABLE unmatched (
        endpoint TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, scenes INTEGER NOT NULL,
        PRIMARY KEY (endpoint, id)
    ) WITHOUT ROWID;
INSERT INTO "unmatched" VALUES('{box}','1cc10595-038e-4d59-bd45-4d15f11d2b3b','Fog',2);
CREATE TABLE versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO "versions" VALUES('store',1);
INSERT INTO "versions" VALUES('plugin',1);
INSERT INTO "versions" VALUES('journal',1);
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
INSERT INTO "sqlite_sequence" VALUES('journal_plans',6);
INSERT INTO "sqlite_sequence" VALUES('journal_items',6);
INSERT INTO "sqlite_sequence" VALUES('journal_rows',9);
INSERT INTO "sqlite_sequence" VALUES('journal_runs',4);
COMMIT;
