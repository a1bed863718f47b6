-- The double's own tables. Names and keys are those of Stash where a plugin could meet them through querySQL or an error message.
CREATE TABLE blobs (checksum TEXT NOT NULL PRIMARY KEY, blob BLOB);

CREATE TABLE folders (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  mod_time TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE files (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  basename TEXT NOT NULL CHECK (basename != ''),
  parent_folder_id INTEGER NOT NULL REFERENCES folders(id),
  size INTEGER NOT NULL,
  mod_time TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  UNIQUE (parent_folder_id, basename)
);
CREATE TABLE video_files (
  file_id INTEGER NOT NULL PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE,
  duration FLOAT NOT NULL, video_codec TEXT NOT NULL, format TEXT NOT NULL, audio_codec TEXT NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, frame_rate FLOAT NOT NULL, bit_rate INTEGER NOT NULL,
  interactive BOOLEAN NOT NULL DEFAULT 0, interactive_speed INTEGER
);
CREATE TABLE files_fingerprints (
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  PRIMARY KEY (file_id, type, fingerprint)
);
CREATE INDEX index_fingerprint_type_fingerprint ON files_fingerprints (type, fingerprint);

CREATE TABLE studios (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  parent_id INTEGER DEFAULT NULL CHECK (id IS NOT parent_id) REFERENCES studios(id) ON DELETE SET NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  details TEXT, rating INTEGER,
  ignore_auto_tag BOOLEAN NOT NULL DEFAULT 0, favorite BOOLEAN NOT NULL DEFAULT 0, organized BOOLEAN NOT NULL DEFAULT 0,
  image_blob TEXT REFERENCES blobs(checksum)
);
CREATE INDEX index_studios_on_parent_id ON studios (parent_id);
CREATE TABLE studio_aliases (
  studio_id INTEGER NOT NULL REFERENCES studios(id) ON DELETE CASCADE, alias TEXT NOT NULL,
  PRIMARY KEY (studio_id, alias)
);
CREATE UNIQUE INDEX studio_aliases_alias_unique ON studio_aliases (alias);
CREATE TABLE studio_urls (
  studio_id INTEGER NOT NULL REFERENCES studios(id) ON DELETE CASCADE, position INTEGER NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (studio_id, position, url)
);
CREATE TABLE studio_stash_ids (
  studio_id INTEGER REFERENCES studios(id) ON DELETE CASCADE, endpoint TEXT, stash_id TEXT,
  updated_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z'
);
CREATE INDEX index_studio_stash_ids_on_studio_id ON studio_stash_ids (studio_id);
CREATE TABLE studio_custom_fields (
  studio_id INTEGER NOT NULL REFERENCES studios(id) ON DELETE CASCADE, field TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (studio_id, field)
);

CREATE TABLE tags (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT, sort_name TEXT, description TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  ignore_auto_tag BOOLEAN NOT NULL DEFAULT 0, favorite BOOLEAN NOT NULL DEFAULT 0,
  image_blob TEXT REFERENCES blobs(checksum),
  sort_key TEXT GENERATED ALWAYS AS (natural_key(COALESCE(sort_name, name))) STORED
);
CREATE INDEX index_tags_on_name ON tags (name);
CREATE TABLE tag_aliases (
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE, alias TEXT NOT NULL,
  PRIMARY KEY (tag_id, alias)
);
CREATE UNIQUE INDEX tag_aliases_alias_unique ON tag_aliases (alias);
CREATE TABLE tag_stash_ids (
  tag_id INTEGER REFERENCES tags(id) ON DELETE CASCADE, endpoint TEXT, stash_id TEXT,
  updated_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z'
);
CREATE INDEX index_tag_stash_ids_on_tag_id ON tag_stash_ids (tag_id);
CREATE TABLE tag_custom_fields (
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE, field TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (tag_id, field)
);
CREATE TABLE tags_relations (
  parent_id INTEGER REFERENCES tags(id) ON DELETE CASCADE, child_id INTEGER REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (parent_id, child_id)
);
CREATE INDEX index_tags_relations_on_child_id ON tags_relations (child_id);
CREATE TABLE studios_tags (
  studio_id INTEGER NOT NULL REFERENCES studios(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (studio_id, tag_id)
);
CREATE INDEX index_studios_tags_on_tag_id ON studios_tags (tag_id);

CREATE TABLE performers (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, disambiguation TEXT, gender TEXT, birthdate TEXT, birthdate_precision INTEGER, death_date TEXT, death_date_precision INTEGER,
  ethnicity TEXT, country TEXT,
  eye_color TEXT, hair_color TEXT, height INTEGER, weight INTEGER, measurements TEXT, fake_tits TEXT, penis_length FLOAT,
  circumcised TEXT, career_length TEXT, career_start TEXT, career_end TEXT, tattoos TEXT, piercings TEXT, details TEXT,
  rating INTEGER,
  favorite BOOLEAN NOT NULL DEFAULT 0, ignore_auto_tag BOOLEAN NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  image_blob TEXT REFERENCES blobs(checksum)
);
CREATE UNIQUE INDEX performers_name_disambiguation_unique ON performers (name, disambiguation) WHERE disambiguation IS NOT NULL;
CREATE UNIQUE INDEX performers_name_unique ON performers (name) WHERE disambiguation IS NULL;
CREATE TABLE performer_aliases (
  performer_id INTEGER NOT NULL REFERENCES performers(id) ON DELETE CASCADE, alias TEXT NOT NULL,
  PRIMARY KEY (performer_id, alias)
);
CREATE INDEX performer_aliases_alias ON performer_aliases (alias);
CREATE TABLE performer_urls (
  performer_id INTEGER NOT NULL REFERENCES performers(id) ON DELETE CASCADE, position INTEGER NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (performer_id, position, url)
);
CREATE TABLE performer_stash_ids (
  performer_id INTEGER REFERENCES performers(id) ON DELETE CASCADE, endpoint TEXT, stash_id TEXT,
  updated_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z'
);
CREATE INDEX index_performer_stash_ids_on_performer_id ON performer_stash_ids (performer_id);
CREATE TABLE performer_custom_fields (
  performer_id INTEGER NOT NULL REFERENCES performers(id) ON DELETE CASCADE, field TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (performer_id, field)
);
CREATE TABLE performers_tags (
  performer_id INTEGER NOT NULL REFERENCES performers(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (performer_id, tag_id)
);
CREATE INDEX index_performers_tags_on_tag_id ON performers_tags (tag_id);

CREATE TABLE scenes (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  title TEXT, code TEXT, details TEXT, director TEXT, date TEXT, date_precision INTEGER, rating INTEGER,
  studio_id INTEGER REFERENCES studios(id) ON DELETE SET NULL,
  organized BOOLEAN NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  resume_time FLOAT NOT NULL DEFAULT 0, play_duration FLOAT NOT NULL DEFAULT 0,
  cover_blob TEXT REFERENCES blobs(checksum)
);
CREATE INDEX index_scenes_on_studio_id ON scenes (studio_id);
CREATE TABLE scenes_files (
  scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE,
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  "primary" BOOLEAN NOT NULL,
  PRIMARY KEY (scene_id, file_id)
);
CREATE INDEX index_scenes_files_file_id ON scenes_files (file_id);
CREATE UNIQUE INDEX unique_index_scenes_files_on_primary ON scenes_files (scene_id) WHERE "primary" = 1;
CREATE TABLE scene_urls (
  scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE, position INTEGER NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (scene_id, position, url)
);
CREATE TABLE scene_stash_ids (
  scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE, endpoint TEXT NOT NULL, stash_id TEXT NOT NULL,
  updated_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z',
  PRIMARY KEY (scene_id, endpoint)
);
CREATE TABLE scene_custom_fields (
  scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE, field TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (scene_id, field)
);
CREATE TABLE performers_scenes (
  performer_id INTEGER REFERENCES performers(id) ON DELETE CASCADE,
  scene_id INTEGER REFERENCES scenes(id) ON DELETE CASCADE,
  PRIMARY KEY (scene_id, performer_id)
);
CREATE INDEX index_performers_scenes_on_performer_id ON performers_scenes (performer_id);
CREATE TABLE scenes_tags (
  scene_id INTEGER REFERENCES scenes(id) ON DELETE CASCADE,
  tag_id INTEGER REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (scene_id, tag_id)
);
CREATE INDEX index_scenes_tags_on_tag_id ON scenes_tags (tag_id);
CREATE TABLE scenes_view_dates (scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE, view_date TEXT NOT NULL);
CREATE INDEX index_scenes_view_dates ON scenes_view_dates (scene_id);
CREATE TABLE scenes_o_dates (scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE, o_date TEXT NOT NULL);
CREATE INDEX index_scenes_o_dates ON scenes_o_dates (scene_id);

CREATE TABLE scene_markers (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL, seconds FLOAT NOT NULL, end_seconds FLOAT,
  primary_tag_id INTEGER NOT NULL REFERENCES tags(id),
  scene_id INTEGER NOT NULL REFERENCES scenes(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE INDEX index_scene_markers_on_primary_tag_id ON scene_markers (primary_tag_id);
CREATE INDEX index_scene_markers_on_scene_id ON scene_markers (scene_id);
CREATE TABLE scene_markers_tags (
  scene_marker_id INTEGER REFERENCES scene_markers(id) ON DELETE CASCADE,
  tag_id INTEGER REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (scene_marker_id, tag_id)
);
CREATE INDEX index_scene_markers_tags_on_tag_id ON scene_markers_tags (tag_id);

CREATE TABLE groups (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, aliases TEXT, duration INTEGER, date TEXT, date_precision INTEGER, rating INTEGER,
  studio_id INTEGER REFERENCES studios(id) ON DELETE SET NULL,
  director TEXT, description TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE INDEX index_groups_on_studio_id ON groups (studio_id);
CREATE TABLE group_urls (
  group_id INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE, position INTEGER NOT NULL, url TEXT NOT NULL,
  PRIMARY KEY (group_id, position, url)
);
CREATE TABLE groups_tags (
  group_id INTEGER NOT NULL REFERENCES groups(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, tag_id)
);
CREATE INDEX index_groups_tags_on_tag_id ON groups_tags (tag_id);
CREATE TABLE groups_scenes (
  group_id INTEGER REFERENCES groups(id) ON DELETE CASCADE,
  scene_id INTEGER REFERENCES scenes(id) ON DELETE CASCADE,
  scene_index INTEGER,
  PRIMARY KEY (group_id, scene_id)
);
CREATE INDEX index_groups_scenes_on_scene_id ON groups_scenes (scene_id);

CREATE TABLE galleries (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  title TEXT, code TEXT, date TEXT, details TEXT, rating INTEGER, organized BOOLEAN NOT NULL DEFAULT 0,
  studio_id INTEGER REFERENCES studios(id) ON DELETE SET NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE galleries_tags (
  gallery_id INTEGER NOT NULL REFERENCES galleries(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (gallery_id, tag_id)
);
CREATE INDEX index_galleries_tags_on_tag_id ON galleries_tags (tag_id);
CREATE TABLE images (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  title TEXT, code TEXT, rating INTEGER, organized BOOLEAN NOT NULL DEFAULT 0,
  studio_id INTEGER REFERENCES studios(id) ON DELETE SET NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE images_tags (
  image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (image_id, tag_id)
);
CREATE INDEX index_images_tags_on_tag_id ON images_tags (tag_id);
CREATE TABLE performers_galleries (
  performer_id INTEGER NOT NULL REFERENCES performers(id) ON DELETE CASCADE,
  gallery_id INTEGER NOT NULL REFERENCES galleries(id) ON DELETE CASCADE,
  PRIMARY KEY (performer_id, gallery_id)
);
CREATE TABLE performers_images (
  performer_id INTEGER NOT NULL REFERENCES performers(id) ON DELETE CASCADE,
  image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,
  PRIMARY KEY (performer_id, image_id)
);
CREATE TABLE scenes_galleries (
  scene_id INTEGER NOT NULL REFERENCES scenes(id) ON DELETE CASCADE,
  gallery_id INTEGER NOT NULL REFERENCES galleries(id) ON DELETE CASCADE,
  PRIMARY KEY (scene_id, gallery_id)
);

CREATE TABLE saved_filters (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, mode TEXT NOT NULL,
  find_filter BLOB, object_filter BLOB, ui_options BLOB
);
CREATE UNIQUE INDEX index_saved_filters_on_mode_name_unique ON saved_filters (mode, name);

CREATE TABLE sandbox_configuration (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
