BEGIN TRANSACTION;
CREATE TABLE adds (scene_id TEXT PRIMARY KEY, movie_id INTEGER NOT NULL, added REAL NOT NULL) WITHOUT ROWID;
INSERT INTO "adds" VALUES('01693883-8fe0-7cfb-9f6f-1a7f3c493f19',1,{now-27});
INSERT INTO "adds" VALUES('4b034166-ea56-4afb-bc56-e9764874f176',2,{now-25});
CREATE TABLE breakers (
        name TEXT PRIMARY KEY, failures INTEGER NOT NULL, probe_at REAL NOT NULL, probing_until REAL NOT NULL,
        since REAL NOT NULL, message TEXT NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "breakers" VALUES('outbox',3,{now+20},0.0,{now-20},'Whisparr at {whisparr} does not answer: the connection was refused while looking for a scene. Check that it is running and that the setting "Whisparr URL" is right.');
CREATE TABLE completeness (
        kind TEXT NOT NULL, local_id INTEGER NOT NULL, endpoint TEXT NOT NULL, name TEXT NOT NULL,
        favorite INTEGER NOT NULL, total INTEGER NOT NULL, owned INTEGER NOT NULL, checked REAL NOT NULL,
        message TEXT NOT NULL, PRIMARY KEY (kind, local_id, endpoint)
    ) WITHOUT ROWID;
INSERT INTO "completeness" VALUES('performer',1,'{box}','Mira Mosswick',0,10,1,{now-28},'');
CREATE TABLE exclusions (scene_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE journal_blobs (
        hash TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (hash, item)
    ) WITHOUT ROWID;
CREATE TABLE journal_items (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, run INTEGER, kind TEXT NOT NULL,
        item_id TEXT NOT NULL, label TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
    );
INSERT INTO "journal_items" VALUES(1,1,1,'box scene','27a613eb-7d97-487c-8e58-048cb0444b8d {box}','Scene 1','changed');
INSERT INTO "journal_items" VALUES(2,1,1,'box scene','01693880-d0c0-75ca-936e-4abcacac298d {box}','Scene 2','changed');
INSERT INTO "journal_items" VALUES(3,2,2,'box scene','c2752370-c25c-4308-b68d-2781833c9b8a {box}','Scene 3','changed');
INSERT INTO "journal_items" VALUES(4,3,3,'box scene','b32f5a3e-70ad-4242-ae8a-2c77f28839a4 {box}','Scene 4','changed');
INSERT INTO "journal_items" VALUES(5,4,4,'box scene','b32f5a3e-70ad-4242-ae8a-2c77f28839a4 {box}','Scene 4','changed');
INSERT INTO "journal_items" VALUES(6,5,5,'whisparr scene','01693883-8fe0-7cfb-9f6f-1a7f3c493f19','Scene 5','changed');
INSERT INTO "journal_items" VALUES(7,6,6,'whisparr scene','4b034166-ea56-4afb-bc56-e9764874f176','Scene 6','changed');
INSERT INTO "journal_items" VALUES(8,6,6,'whisparr scene','0ac29162-2725-4eae-a62b-6b24f10f83f0','Scene 7','');
INSERT INTO "journal_items" VALUES(9,7,NULL,'whisparr scene','01693886-4f00-7bd1-8e8a-dab613d91bcb','Scene 8','');
INSERT INTO "journal_items" VALUES(10,7,NULL,'whisparr scene','7778efd8-72ac-497b-b9fe-beb798e74782','Scene 9','');
CREATE TABLE journal_plans (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL,
        created REAL NOT NULL, is_live INTEGER NOT NULL, undo_of INTEGER, details TEXT NOT NULL,
        items INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_plans" VALUES(1,'lists','Wanted: 2 scenes','live',{now-30},1,NULL,'{"via": "operation", "run_token": ""}',2,2);
INSERT INTO "journal_plans" VALUES(2,'lists','Ignored: "Scene 3"','live',{now-30},1,NULL,'{"via": "operation", "run_token": ""}',1,1);
INSERT INTO "journal_plans" VALUES(3,'lists','Wanted: "Scene 4"','live',{now-29},1,NULL,'{"via": "operation", "run_token": ""}',1,1);
INSERT INTO "journal_plans" VALUES(4,'lists','Undo: Wanted: "Scene 4"','applied',{now-29},0,3,'{}',1,1);
INSERT INTO "journal_plans" VALUES(5,'whisparr_adds','Add to Whisparr: "Scene 5"','live',{now-27},1,NULL,'{"via": "operation", "run_token": ""}',1,1);
INSERT INTO "journal_plans" VALUES(6,'whisparr_adds','Add 2 scenes to Whisparr','open',{now-26},0,NULL,'{}',2,2);
INSERT INTO "journal_plans" VALUES(7,'whisparr_adds','Add 2 scenes to Whisparr','open',{now-24},0,NULL,'{}',2,2);
CREATE TABLE journal_rows (
        id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, field TEXT NOT NULL, action TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
        selected INTEGER NOT NULL DEFAULT 1, outcome TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '',
        undoes INTEGER, undone INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "journal_rows" VALUES(1,1,'wanted','set','false','true','user','',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(2,2,'wanted','set','false','true','user','',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(3,3,'ignored','set','false','true','user','',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(4,4,'wanted','set','false','true','user','',1,'changed','',NULL,1);
INSERT INTO "journal_rows" VALUES(5,5,'wanted','set','true','false','user','undo of run 3',1,'changed','',4,0);
INSERT INTO "journal_rows" VALUES(6,6,'in_whisparr','do','false','true','Whisparr','missing in the library',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(7,7,'in_whisparr','do','false','true','Whisparr','missing in the library',1,'changed','',NULL,0);
INSERT INTO "journal_rows" VALUES(8,8,'in_whisparr','do','false','true','Whisparr','missing in the library',1,'intent','',NULL,0);
INSERT INTO "journal_rows" VALUES(9,9,'in_whisparr','do','false','true','Whisparr','missing in the library',1,'','',NULL,0);
INSERT INTO "journal_rows" VALUES(10,10,'in_whisparr','do','false','true','Whisparr','missing in the library',1,'','',NULL,0);
CREATE TABLE journal_runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        state TEXT NOT NULL, started REAL NOT NULL, ended REAL, undo_of INTEGER, error TEXT NOT NULL DEFAULT '',
        details TEXT NOT NULL
    );
INSERT INTO "journal_runs" VALUES(1,1,'lists','Wanted: 2 scenes','finished',{now-30},{now-30},NULL,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(2,2,'lists','Ignored: "Scene 3"','finished',{now-30},{now-30},NULL,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(3,3,'lists','Wanted: "Scene 4"','finished',{now-29},{now-29},NULL,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(4,4,'lists','Undo: Wanted: "Scene 4"','finished',{now-28},{now-28},3,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(5,5,'whisparr_adds','Add to Whisparr: "Scene 5"','finished',{now-27},{now-27},NULL,'','{"via": "operation", "run_token": ""}');
INSERT INTO "journal_runs" VALUES(6,6,'whisparr_adds','Add 2 scenes to Whisparr','running',{now-25},NULL,NULL,'','{"via": "task", "run_token": "ce85adf6e3ff84d4ebdbb7b7"}');
CREATE TABLE journal_totals (
        owner TEXT NOT NULL, unit TEXT NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (owner, unit, outcome)
    ) WITHOUT ROWID;
INSERT INTO "journal_totals" VALUES('run:1','items','changed',2);
INSERT INTO "journal_totals" VALUES('run:1','rows','changed',2);
INSERT INTO "journal_totals" VALUES('run:2','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:2','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:3','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:3','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:4','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:4','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:5','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:5','rows','changed',1);
INSERT INTO "journal_totals" VALUES('run:6','items','changed',1);
INSERT INTO "journal_totals" VALUES('run:6','rows','changed',1);
CREATE TABLE kv (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "kv" VALUES('journal.pruned','{now-30}');
INSERT INTO "kv" VALUES('journal.swept','{now-30}');
INSERT INTO "kv" VALUES('outbox.asked','null');
INSERT INTO "kv" VALUES('outbox.paused','null');
INSERT INTO "kv" VALUES('stashbox.capabilities.bcb2400a2cd45ab1','{"at": {now-31}, "names": {"queries": ["findEdit", "findPerformer", "findScene", "findScenesBySceneFingerprints", "findSite", "findStudio", "findTag", "findTagCategory", "findTagOrAlias", "getConfig", "me", "queryEdits", "queryPerformers", "queryScenes", "querySites", "queryStudios", "queryTagCategories", "queryTags", "searchPerformer", "searchPerformers", "searchScene", "searchScenes", "searchStudio", "searchTag", "version"], "mutations": ["favoritePerformer", "favoriteStudio"], "scene": ["code", "created", "date", "deleted", "details", "director", "duration", "edits", "fingerprints", "id", "images", "performers", "production_date", "release_date", "studio", "tags", "title", "updated", "urls"], "performer": ["age", "aliases", "band_size", "birth_date", "birthdate", "breast_type", "career_end_year", "career_start_year", "country", "created", "cup_size", "death_date", "deleted", "disambiguation", "edits", "ethnicity", "eye_color", "gender", "hair_color", "height", "hip_size", "id", "images", "is_favorite", "measurements", "merged_ids", "merged_into_id", "name", "piercings", "scene_count", "scenes", "studios", "tattoos", "updated", "urls", "waist_size"], "studio": ["aliases", "child_studios", "created", "deleted", "id", "images", "is_favorite", "name", "parent", "performers", "sub_studios", "updated", "urls"], "tag": ["aliases", "category", "created", "deleted", "description", "edits", "id", "name", "updated"], "scene_filters": ["alias", "code", "date", "direction", "favorites", "fingerprints", "has_fingerprint_submissions", "page", "parentStudio", "per_page", "performers", "production_date", "sort", "studios", "tags", "text", "title", "url"]}}');
INSERT INTO "kv" VALUES('task_results','{"ce85adf6e3ff84d4ebdbb7b7": {"state": "running", "message": null, "started": {now-25}, "name": "apply_plan", "ended": null, "plan_id": null, "problems": null, "totals": null}}');
INSERT INTO "kv" VALUES('visit','{"seen": {now-31}, "since": null}');
INSERT INTO "kv" VALUES('whisparr.program','{"url": "{whisparr}", "program": ["{whisparr}", "Whisparr", "3.2.0.412"]}');
CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, born TEXT NOT NULL,
        beat REAL NOT NULL, expires REAL NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "leases" VALUES('run:whisparr_adds','7659-2a29d66f6e6d','elsewhere pid:[1]',7659,'869417',{now-25},{now+95},'run 6');
CREATE TABLE lookups (scene_id TEXT PRIMARY KEY, movie_id INTEGER NOT NULL, asked REAL NOT NULL) WITHOUT ROWID;
INSERT INTO "lookups" VALUES('01693883-8fe0-7cfb-9f6f-1a7f3c493f19',1,{now-27});
INSERT INTO "lookups" VALUES('4b034166-ea56-4afb-bc56-e9764874f176',2,{now-25});
CREATE TABLE marks (
        list TEXT NOT NULL, endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, is_on INTEGER NOT NULL, title TEXT NOT NULL,
        date TEXT NOT NULL, card TEXT NOT NULL, added REAL NOT NULL, PRIMARY KEY (list, endpoint, scene_id)
    ) WITHOUT ROWID;
INSERT INTO "marks" VALUES('ignored','{box}','01693880-d0c0-75ca-936e-4abcacac298d',0,'Scene 2','2000-01-03','{"id": "01693880-d0c0-75ca-936e-4abcacac298d", "title": "Scene 2", "code": null, "date": "2000-01-03", "director": null, "url": "http://{box_host}/scenes/01693880-d0c0-75ca-936e-4abcacac298d", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-30});
INSERT INTO "marks" VALUES('ignored','{box}','27a613eb-7d97-487c-8e58-048cb0444b8d',0,'Scene 1','2000-01-02','{"id": "27a613eb-7d97-487c-8e58-048cb0444b8d", "title": "Scene 1", "code": null, "date": "2000-01-02", "director": null, "url": "http://{box_host}/scenes/27a613eb-7d97-487c-8e58-048cb0444b8d", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-30});
INSERT INTO "marks" VALUES('ignored','{box}','b32f5a3e-70ad-4242-ae8a-2c77f28839a4',0,'Scene 4','2000-01-05','{"id": "b32f5a3e-70ad-4242-ae8a-2c77f28839a4", "title": "Scene 4", "code": null, "date": "2000-01-05", "director": null, "url": "http://{box_host}/scenes/b32f5a3e-70ad-4242-ae8a-2c77f28839a4", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-29});
INSERT INTO "marks" VALUES('ignored','{box}','c2752370-c25c-4308-b68d-2781833c9b8a',1,'Scene 3','2000-01-04','{"id": "c2752370-c25c-4308-b68d-2781833c9b8a", "title": "Scene 3", "code": null, "date": "2000-01-04", "director": null, "url": "http://{box_host}/scenes/c2752370-c25c-4308-b68d-2781833c9b8a", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-30});
INSERT INTO "marks" VALUES('wanted','{box}','01693880-d0c0-75ca-936e-4abcacac298d',1,'Scene 2','2000-01-03','{"id": "01693880-d0c0-75ca-936e-4abcacac298d", "title": "Scene 2", "code": null, "date": "2000-01-03", "director": null, "url": "http://{box_host}/scenes/01693880-d0c0-75ca-936e-4abcacac298d", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-30});
INSERT INTO "marks" VALUES('wanted','{box}','27a613eb-7d97-487c-8e58-048cb0444b8d',1,'Scene 1','2000-01-02','{"id": "27a613eb-7d97-487c-8e58-048cb0444b8d", "title": "Scene 1", "code": null, "date": "2000-01-02", "director": null, "url": "http://{box_host}/scenes/27a613eb-7d97-487c-8e58-048cb0444b8d", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-30});
INSERT INTO "marks" VALUES('wanted','{box}','b32f5a3e-70ad-4242-ae8a-2c77f28839a4',0,'Scene 4','2000-01-05','{"id": "b32f5a3e-70ad-4242-ae8a-2c77f28839a4", "title": "Scene 4", "code": null, "date": "2000-01-05", "director": null, "url": "http://{box_host}/scenes/b32f5a3e-70ad-4242-ae8a-2c77f28839a4", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-28});
INSERT INTO "marks" VALUES('wanted','{box}','c2752370-c25c-4308-b68d-2781833c9b8a',0,'Scene 3','2000-01-04','{"id": "c2752370-c25c-4308-b68d-2781833c9b8a", "title": "Scene 3", "code": null, "date": "2000-01-04", "director": null, "url": "http://{box_host}/scenes/c2752370-c25c-4308-b68d-2781833c9b8a", "image": null, "duration": null, "studio": {"id": "0169387e-11a0-7fb9-b31b-93a0e16727c5", "name": "Hill Films"}, "performers": [{"id": "68a71afc-c9d5-4207-9c14-2d76fb018610", "name": "Mira Mosswick", "as": null}]}',{now-30});
CREATE TABLE outbox (
        key TEXT PRIMARY KEY, fields TEXT NOT NULL, note TEXT NOT NULL, seq INTEGER NOT NULL DEFAULT 1,
        state TEXT NOT NULL DEFAULT 'waiting', due REAL NOT NULL, owner TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0, postponed INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', added REAL NOT NULL, changed REAL NOT NULL
    );
INSERT INTO "outbox" VALUES('scene:2','["id", "stash_ids"]','null',1,'waiting',{now+20},'',0,3,0,'postponed','Whisparr at {whisparr} does not answer: the connection was refused while looking for a scene. Check that it is running and that the setting "Whisparr URL" is right.',{now-24},{now+0});
INSERT INTO "outbox" VALUES('scene:3','["id", "stash_ids"]','null',1,'dead',{now+0},'',0,0,0,'bug','',{now+0},{now+0});
CREATE TABLE outbox_counts (
        state TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (state, reason)
    ) WITHOUT ROWID;
INSERT INTO "outbox_counts" VALUES('dead','bug',1);
INSERT INTO "outbox_counts" VALUES('waiting','',0);
INSERT INTO "outbox_counts" VALUES('waiting','postponed',1);
INSERT INTO "outbox_counts" VALUES('working','',0);
INSERT INTO "outbox_counts" VALUES('working','postponed',0);
CREATE TABLE prints (
        endpoint TEXT NOT NULL, scene_id TEXT NOT NULL, prints TEXT NOT NULL, read REAL NOT NULL,
        PRIMARY KEY (endpoint, scene_id)
    ) WITHOUT ROWID;
INSERT INTO "prints" VALUES('{box}','01693880-d0c0-75ca-936e-4abcacac298d','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','01693883-8fe0-7cfb-9f6f-1a7f3c493f19','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','01693886-4f00-7bd1-8e8a-dab613d91bcb','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','0ac29162-2725-4eae-a62b-6b24f10f83f0','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','27a613eb-7d97-487c-8e58-048cb0444b8d','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','4b034166-ea56-4afb-bc56-e9764874f176','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','7778efd8-72ac-497b-b9fe-beb798e74782','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','b32f5a3e-70ad-4242-ae8a-2c77f28839a4','[]',{now-31});
INSERT INTO "prints" VALUES('{box}','c2752370-c25c-4308-b68d-2781833c9b8a','[]',{now-31});
CREATE TABLE versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO "versions" VALUES('store',1);
INSERT INTO "versions" VALUES('plugin',5);
INSERT INTO "versions" VALUES('journal',1);
INSERT INTO "versions" VALUES('outbox',1);
CREATE TABLE wishes (
        scene_id TEXT PRIMARY KEY, asked REAL NOT NULL, profile_id INTEGER NOT NULL, root_folder TEXT NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "wishes" VALUES('0ac29162-2725-4eae-a62b-6b24f10f83f0',{now-26},4,'/data/scenes');
CREATE INDEX marks_by_added ON marks (list, is_on, added);
CREATE INDEX prints_by_age ON prints (read);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal_plans',7);
INSERT INTO "sqlite_sequence" VALUES('journal_runs',6);
INSERT INTO "sqlite_sequence" VALUES('journal_items',10);
INSERT INTO "sqlite_sequence" VALUES('journal_rows',10);
COMMIT;
