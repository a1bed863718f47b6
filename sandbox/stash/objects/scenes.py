"""Scenes, their files and markers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.objects.batches import (
    Args,
    custom_fields,
    date,
    entity,
    lists,
    nothing,
    plain,
    records,
    texts,
    unix_time,
    values,
)

SCENES = Registry()
PRIMARY = 'JOIN scenes_files sf ON sf.scene_id = s.id AND sf."primary" = 1'
VIDEO = f"{PRIMARY} JOIN video_files v ON v.file_id = sf.file_id"
STREAMS = (("", "video/mp4", "Direct stream"), (".mp4", "video/mp4", "MP4"), (".webm", "video/webm", "WEBM"))

SCENES.entities["Scene"] = entity(
    "scenes",
    {
        **texts("scenes", "title code details director"),
        **plain("scenes", "organized created_at updated_at resume_time play_duration"),
        "date": date("scenes", "date"),
        "rating100": "scenes.rating",
        "studio": "scenes.studio_id",
    },
)
SCENES.entities["SceneMarker"] = entity(
    "scene_markers",
    {
        **plain("scene_markers", "title seconds end_seconds created_at updated_at"),
        "scene": "scene_markers.scene_id",
        "primary_tag": "scene_markers.primary_tag_id",
    },
)
SCENES.entities["Gallery"] = entity(
    "galleries",
    {
        **texts("galleries", "title code details"),
        **plain("galleries", "date organized created_at updated_at"),
        "rating100": "galleries.rating",
    },
)
SCENES.entities["Image"] = entity(
    "images",
    {
        **texts("images", "title code"),
        **plain("images", "organized created_at updated_at"),
        "rating100": "images.rating",
    },
)
SCENES.entities["VideoFile"] = entity(
    "files",
    {
        **plain("files", "basename mod_time size created_at updated_at parent_folder_id"),
        "parent_folder": "files.parent_folder_id",
        "path": "join_path((SELECT path FROM folders WHERE folders.id = files.parent_folder_id), files.basename)",
        **{
            name: f"(SELECT {name} FROM video_files WHERE file_id = files.id)"
            for name in [
                "format",
                "width",
                "height",
                "duration",
                "video_codec",
                "audio_codec",
                "frame_rate",
                "bit_rate",
            ]
        },
    },
)
SCENES.entities["Folder"] = entity("folders", plain("folders", "path mod_time created_at updated_at"))

SCENES.resolvers.update(
    {
        ("Scene", "urls"): lists("SELECT scene_id, url FROM scene_urls WHERE scene_id IN (:ids) ORDER BY position"),
        ("Scene", "url"): values(
            "SELECT scene_id, url FROM scene_urls WHERE scene_id IN (:ids) ORDER BY position DESC"
        ),
        ("Scene", "tags"): lists(
            "SELECT j.scene_id, j.tag_id FROM scenes_tags j JOIN tags t ON t.id = j.tag_id WHERE j.scene_id IN (:ids) "
            "ORDER BY t.sort_key"
        ),
        ("Scene", "performers"): lists(
            "SELECT scene_id, performer_id FROM performers_scenes WHERE scene_id IN (:ids) ORDER BY performer_id"
        ),
        ("Scene", "galleries"): lists("SELECT scene_id, gallery_id FROM scenes_galleries WHERE scene_id IN (:ids)"),
        ("Scene", "scene_markers"): lists(
            "SELECT scene_id, id FROM scene_markers WHERE scene_id IN (:ids) ORDER BY seconds"
        ),
        ("Scene", "files"): lists(
            'SELECT scene_id, file_id FROM scenes_files WHERE scene_id IN (:ids) ORDER BY "primary" DESC, file_id'
        ),
        ("Scene", "stash_ids"): records(
            "SELECT scene_id, endpoint, stash_id, updated_at FROM scene_stash_ids "
            "WHERE scene_id IN (:ids) ORDER BY rowid",
            "endpoint stash_id updated_at",
        ),
        ("Scene", "groups"): records(
            "SELECT scene_id, group_id, scene_index FROM groups_scenes WHERE scene_id IN (:ids) ORDER BY group_id",
            "group scene_index",
        ),
        ("Scene", "movies"): records(
            "SELECT scene_id, group_id, scene_index FROM groups_scenes WHERE scene_id IN (:ids) ORDER BY group_id",
            "movie scene_index",
        ),
        ("Scene", "play_count"): values(
            "SELECT scene_id, COUNT(*) FROM scenes_view_dates WHERE scene_id IN (:ids) GROUP BY scene_id", 0
        ),
        ("Scene", "o_counter"): values(
            "SELECT scene_id, COUNT(*) FROM scenes_o_dates WHERE scene_id IN (:ids) GROUP BY scene_id", 0
        ),
        ("Scene", "last_played_at"): values(
            "SELECT scene_id, MAX(view_date) FROM scenes_view_dates WHERE scene_id IN (:ids) GROUP BY scene_id"
        ),
        ("Scene", "play_history"): lists(
            "SELECT scene_id, view_date FROM scenes_view_dates WHERE scene_id IN (:ids) ORDER BY view_date DESC"
        ),
        ("Scene", "o_history"): lists(
            "SELECT scene_id, o_date FROM scenes_o_dates WHERE scene_id IN (:ids) ORDER BY o_date DESC"
        ),
        ("Scene", "interactive"): values(
            f"SELECT s.id, v.interactive FROM scenes s {VIDEO} WHERE s.id IN (:ids)", False
        ),
        ("Scene", "interactive_speed"): values(
            f"SELECT s.id, v.interactive_speed FROM scenes s {VIDEO} WHERE s.id IN (:ids)"
        ),
        ("Scene", "captions"): nothing(None),
        ("Scene", "custom_fields"): custom_fields("scene"),
        **{
            (kind, "tags"): lists(
                f"SELECT j.{key}_id, j.tag_id FROM {table}_tags j JOIN tags t ON t.id = j.tag_id "
                f"WHERE j.{key}_id IN (:ids) ORDER BY t.sort_key"
            )
            for kind, key, table in (("Image", "image", "images"), ("Gallery", "gallery", "galleries"))
        },
        ("SceneMarker", "tags"): lists(
            "SELECT j.scene_marker_id, j.tag_id FROM scene_markers_tags j JOIN tags t ON t.id = j.tag_id "
            "WHERE j.scene_marker_id IN (:ids) ORDER BY t.sort_key"
        ),
    }
)


@SCENES.resolver("Scene.paths")
def link_files(context: Context, ids: Sequence[int], _: Args) -> list[dict[str, str]]:
    """Return the addresses of each scene's pictures and streams; the executor calls this for `paths`."""
    sql = (
        "SELECT s.id, s.updated_at, (SELECT f.fingerprint FROM scenes_files sf JOIN files_fingerprints f "
        "ON f.file_id = sf.file_id AND f.type = 'oshash' WHERE sf.scene_id = s.id AND sf.\"primary\" = 1) "
        "FROM scenes s WHERE s.id IN (:ids)"
    )
    rows = {row[0]: row[1:] for row in context.db.rows_for(sql, ids)}
    key = context.services.configuration.api_key
    suffix = f"?apikey={key}" if key else ""
    return [_link_scene(context, each, rows[each][0], rows[each][1], suffix) for each in ids]


def _link_scene(context: Context, scene_id: int, updated_at: str, oshash: str | None, key: str) -> dict[str, str]:
    base = f"/scene/{scene_id}"
    hashed = f"/scene/{oshash or ''}"
    paths = {name: f"{base}/{name}" for name in ("preview", "webp", "funscript", "interactive_heatmap", "caption")}
    paths["screenshot"] = f"{base}/screenshot?t={unix_time(updated_at)}"
    paths["stream"] = f"{base}/stream{key}"
    paths["vtt"] = f"{hashed}_thumbs.vtt"
    paths["sprite"] = f"{hashed}_sprite.jpg"
    return {name: context.url(path) for name, path in paths.items()}


@SCENES.resolver("Scene.sceneStreams")
def list_streams(context: Context, ids: Sequence[int], _: Args) -> list[list[dict[str, Any]]]:
    """Return the ways to watch each scene; the executor calls this for `sceneStreams`."""
    key = context.services.configuration.api_key
    suffix = f"?apikey={key}" if key else ""
    return [
        [
            {"url": context.url(f"/scene/{each}/stream{ending}{suffix}"), "mime_type": mime, "label": label}
            for ending, mime, label in STREAMS
        ]
        for each in ids
    ]


@SCENES.resolver("VideoFile.fingerprints")
def list_fingerprints(context: Context, ids: Sequence[int], _: Args) -> list[list[dict[str, str]]]:
    """Return all fingerprints of each file; the executor calls this."""
    sql = "SELECT file_id, type, fingerprint FROM files_fingerprints WHERE file_id IN (:ids) ORDER BY rowid"
    found: dict[int, list[dict[str, str]]] = {}
    for owner, kind, value in context.db.rows_for(sql, ids):
        found.setdefault(owner, []).append({"type": kind, "value": show_fingerprint(value)})
    return [found.get(each, []) for each in ids]


@SCENES.resolver("VideoFile.fingerprint")
def pick_fingerprint(context: Context, ids: Sequence[int], args: Args) -> list[str | None]:
    """Return each file's fingerprint of one type, None if it has none; the executor calls this."""
    every = list_fingerprints(context, ids, {})
    return [next((one["value"] for one in found if one["type"] == args["type"]), None) for found in every]


def show_fingerprint(value: str | int) -> str:
    """Return a fingerprint as text: perceptual hashes are hexadecimal without padding; `list_fingerprints` calls it."""
    return format(value & (2**64 - 1), "x") if isinstance(value, int) else value


def _link_markers(ending: str) -> Any:
    def resolve(context: Context, ids: Sequence[int], _: Args) -> list[str]:
        sql = "SELECT id, scene_id FROM scene_markers WHERE id IN (:ids)"
        scenes: dict[int, int] = dict(context.db.rows_for(sql, ids))
        return [context.url(f"/scene/{scenes[each]}/scene_marker/{each}/{ending}") for each in ids]

    return resolve


for _name in ("stream", "preview", "screenshot"):
    SCENES.resolvers["SceneMarker", _name] = _link_markers(_name)
