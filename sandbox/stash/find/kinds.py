"""The criteria of scenes, performers, studios, tags, groups, markers, images and galleries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.stash.find import criteria as has
from sandbox.stash.find import performer_criteria as performer
from sandbox.stash.find import relations as of
from sandbox.stash.find import scene_criteria as scene
from sandbox.stash.find.clauses import Clause, Filter
from sandbox.stash.find.criteria import Criterion
from sandbox.stash.graph.failures import StashFailure

OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "AND NOT"}


@dataclass
class Kind:
    """One kind of object: its table, criteria, search columns and joins."""

    name: str
    table: str
    criteria: dict[str, Criterion] = field(default_factory=dict)


def build_filter(kind: Kind, given: Mapping[str, Any]) -> Filter:
    """Return the joins and conditions of a filter input such as SceneFilterType; the find queries call this."""
    made = Filter()
    used = [name for name in OPERATORS if given.get(name) is not None]
    if len(used) > 1:
        raise StashFailure(f"cannot have {used[0]} and {used[1]} in the same filter")
    if used:
        made.sub = build_filter(kind, given[used[0]])
        made.operator = OPERATORS[used[0]]
    for name, value in given.items():
        if value is not None and name not in OPERATORS:
            kind.criteria[name](made, value)
    return made


def build_subquery(kind: Kind, given: Mapping[str, Any]) -> Clause | None:
    """Return a SELECT of the ids that pass a filter, None for an empty filter.

    Filters on related objects call it.
    """
    made = build_filter(kind, given)
    if made.is_empty:
        return None
    rows, groups = made.row_condition(), made.group_condition()
    joins = list(made.all_joins().values())
    sql = f"SELECT {kind.table}.id FROM {kind.table} " + " ".join(join.text() for join in joins)
    sql += f" WHERE {rows.sql}" if rows.sql else ""
    sql += f" GROUP BY {kind.table}.id HAVING {groups.sql}" if groups.sql else ""
    return Clause(sql, tuple(arg for join in joins for arg in join.args) + rows.args + groups.args)


def related(other: Kind, column: str, table: str = "", on: str = "", alias: str = "") -> Criterion:
    """Return the criterion for a filter on related objects, through a linking table or directly."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        found = build_subquery(other, given)
        if found is not None:
            if table:
                target.inner_join(table, on, alias)
            target.where(f"{column} IN ({found.sql})", *found.args)

    return add


SCENE = Kind("scene", "scenes")
PERFORMER = Kind("performer", "performers")
STUDIO = Kind("studio", "studios")
TAG = Kind("tag", "tags")
GROUP = Kind("group", "groups")
MARKER = Kind("scene_marker", "scene_markers")
IMAGE = Kind("image", "images")
GALLERY = Kind("gallery", "galleries")

SCENE.criteria = {
    **{name: has.text(f"scenes.{name}") for name in ("title", "code", "details", "director")},
    "id": has.number("scenes.id"),
    "oshash": scene.fingerprint("oshash"),
    "checksum": scene.fingerprint("md5"),
    "phash": scene.phash,
    "phash_distance": scene.phash,
    "path": scene.path,
    "file_count": has.count_rows("scenes_files", "scene_id", "scenes"),
    "rating100": has.number("scenes.rating"),
    "organized": has.flag("scenes.organized"),
    "o_counter": has.count_rows("scenes_o_dates", "scene_id", "scenes"),
    "resolution": scene.resolution,
    "orientation": scene.orientation,
    "framerate": has.number("CAST(ROUND(video_files.frame_rate) AS INT)", scene.join_video),
    "bitrate": has.number("video_files.bit_rate", scene.join_video),
    "video_codec": has.text("video_files.video_codec", scene.join_video),
    "audio_codec": has.text("video_files.audio_codec", scene.join_video),
    "duration": has.number("CAST(video_files.duration AS INT)", scene.join_video),
    "has_markers": scene.markers,
    "is_missing": has.missing(
        "scenes",
        {
            "url": has.no_row("scene_urls", "scene_id", "scenes"),
            "galleries": has.no_row("scenes_galleries", "scene_id", "scenes", "galleries_join"),
            "studio": has.condition("scenes.studio_id IS NULL"),
            "movie": has.no_row("groups_scenes", "scene_id", "scenes", "groups_join"),
            "group": has.no_row("groups_scenes", "scene_id", "scenes", "groups_join"),
            "performers": has.no_row("performers_scenes", "scene_id", "scenes", "performers_join"),
            "date": has.condition("scenes.date IS NULL OR scenes.date IS ''"),
            "tags": has.no_row("scenes_tags", "scene_id", "scenes", "tags_join"),
            "stash_id": has.no_row("scene_stash_ids", "scene_id", "scenes"),
            "phash": scene.missing_phash,
            "cover": has.condition("scenes.cover_blob IS NULL"),
        },
    ),
    "studios": of.studio_of("scenes"),
    "groups": of.Nested(
        of.Tree("groups", "id", "id"), "groups_scenes", "scene_id", "group_id", "scenes", "scene_group"
    ),
    "tags": of.Nested(of.TAGS, "scenes_tags", "scene_id", "tag_id", "scenes", "scene_tag"),
    "tag_count": has.count_rows("scenes_tags", "scene_id", "scenes"),
    "performer_tags": scene.performer_tags,
    "performer_favorite": scene.favorite_performer,
    "performer_age": scene.performer_age,
    "performers": of.many("performers_scenes", "scene_id", "performer_id", "scenes", "performers_join"),
    "performer_count": has.count_rows("performers_scenes", "scene_id", "scenes"),
    "stash_id_endpoint": has.stash_id("scene_stash_ids", "scene_id", "scenes"),
    "url": has.text_list("scene_urls", "url", "scene_id", "scenes"),
    "interactive": has.flag("video_files.interactive", scene.join_video),
    "interactive_speed": has.number("video_files.interactive_speed", scene.join_video),
    "resume_time": has.number("CAST(scenes.resume_time AS INT)"),
    "play_count": has.count_rows("scenes_view_dates", "scene_id", "scenes"),
    "play_duration": has.number("CAST(scenes.play_duration AS INT)"),
    "last_played_at": scene.last_played,
    "date": has.day("scenes.date"),
    "created_at": has.moment("scenes.created_at"),
    "updated_at": has.moment("scenes.updated_at"),
    "performers_filter": related(
        PERFORMER,
        "performers_join.performer_id",
        "performers_scenes",
        "performers_join.scene_id = scenes.id",
        "performers_join",
    ),
    "studios_filter": related(STUDIO, "scenes.studio_id"),
    "tags_filter": related(TAG, "scene_tag.tag_id", "scenes_tags", "scene_tag.scene_id = scenes.id", "scene_tag"),
}

PERFORMER_TEXTS = (
    "name disambiguation details ethnicity country eye_color hair_color measurements fake_tits career_length tattoos "
    "piercings"
)
PERFORMER.criteria = {
    **{name: has.text(f"performers.{name}") for name in PERFORMER_TEXTS.split()},
    "filter_favorites": has.flag("performers.favorite"),
    "ignore_auto_tag": has.flag("performers.ignore_auto_tag"),
    "birth_year": has.year("performers.birthdate"),
    "death_year": has.year("performers.death_date"),
    "age": scene.age,
    "height_cm": has.number("performers.height"),
    "weight": has.number("performers.weight"),
    "penis_length": has.number("performers.penis_length"),
    "circumcised": has.choice("performers.circumcised", several="value"),
    "gender": has.choice("performers.gender"),
    "aliases": has.text_list("performer_aliases", "alias", "performer_id", "performers"),
    "url": has.text_list("performer_urls", "url", "performer_id", "performers"),
    "is_missing": has.missing(
        "performers",
        {
            "url": has.no_row("performer_urls", "performer_id", "performers"),
            "scenes": has.no_row("performers_scenes", "performer_id", "performers", "scenes_join"),
            "image": has.condition("performers.image_blob IS NULL"),
            "stash_id": has.no_row("performer_stash_ids", "performer_id", "performers"),
            "aliases": has.no_row("performer_aliases", "performer_id", "performers"),
        },
    ),
    "tags": of.Nested(of.TAGS, "performers_tags", "performer_id", "tag_id", "performers", "performer_tag"),
    "tag_count": has.count_rows("performers_tags", "performer_id", "performers"),
    "scene_count": has.count_rows("performers_scenes", "performer_id", "performers"),
    "stash_id_endpoint": has.stash_id("performer_stash_ids", "performer_id", "performers"),
    "play_count": performer.count_in_scenes("scenes_view_dates"),
    "o_counter": performer.count_in_scenes("scenes_o_dates"),
    "studios": performer.studios,
    "performers": performer.partners,
    "rating100": has.number("performers.rating"),
    "birthdate": has.day("performers.birthdate"),
    "death_date": has.day("performers.death_date"),
    "created_at": has.moment("performers.created_at"),
    "updated_at": has.moment("performers.updated_at"),
    "scenes_filter": related(
        SCENE, "performers_scenes.scene_id", "performers_scenes", "performers_scenes.performer_id = performers.id"
    ),
    "tags_filter": related(
        TAG, "performer_tag.tag_id", "performers_tags", "performer_tag.performer_id = performers.id", "performer_tag"
    ),
    "custom_fields": has.custom_fields("performer_custom_fields", "performer_id", "performers"),
}

STUDIO.criteria = {
    "name": has.text("studios.name"),
    "details": has.text("studios.details"),
    "parents": of.parent_studio(),
    "stash_id_endpoint": has.stash_id("studio_stash_ids", "studio_id", "studios"),
    "tags": of.Nested(of.TAGS, "studios_tags", "studio_id", "tag_id", "studios", "studio_tag"),
    "tag_count": has.count_rows("studios_tags", "studio_id", "studios"),
    "is_missing": has.missing(
        "studios",
        {
            "url": has.no_row("studio_urls", "studio_id", "studios"),
            "image": has.condition("studios.image_blob IS NULL"),
            "stash_id": has.no_row("studio_stash_ids", "studio_id", "studios"),
        },
    ),
    "rating100": has.number("studios.rating"),
    "favorite": has.flag("studios.favorite"),
    "ignore_auto_tag": has.flag("studios.ignore_auto_tag"),
    "scene_count": has.count_joined("scenes", "scenes.studio_id = studios.id", "scenes.id"),
    "child_count": has.count_joined(
        "studios", "children_count.parent_id = studios.id", "children_count.id", "children_count"
    ),
    "url": has.text_list("studio_urls", "url", "studio_id", "studios"),
    "aliases": has.text_list("studio_aliases", "alias", "studio_id", "studios"),
    "scenes_filter": related(SCENE, "scenes.id", "scenes", "scenes.studio_id = studios.id"),
    "created_at": has.moment("studios.created_at"),
    "updated_at": has.moment("studios.updated_at"),
    "custom_fields": has.custom_fields("studio_custom_fields", "studio_id", "studios", are_texts=True),
}

TAG_COUNTS = {
    "scene": "scenes_tags",
    "performer": "performers_tags",
    "studio": "studios_tags",
    "group": "groups_tags",
    "image": "images_tags",
    "gallery": "galleries_tags",
}
TAG.criteria = {
    **{name: has.text(f"tags.{name}") for name in ("name", "sort_name", "description")},
    **{
        f"{name}_count": has.count_joined(table, f"{table}.tag_id = tags.id", f"{table}.{name}_id")
        for name, table in TAG_COUNTS.items()
    },
    "aliases": has.text_list("tag_aliases", "alias", "tag_id", "tags"),
    "favorite": has.flag("tags.favorite"),
    "ignore_auto_tag": has.flag("tags.ignore_auto_tag"),
    "is_missing": has.missing("tags", {"image": has.condition("tags.image_blob IS NULL")}),
    "marker_count": has.number(
        "(SELECT COUNT(DISTINCT m.id) FROM scene_markers m LEFT JOIN scene_markers_tags t ON t.scene_marker_id = m.id "
        "WHERE m.primary_tag_id = tags.id OR t.tag_id = tags.id)"
    ),
    "parents": of.relatives_of_tag("parents"),
    "children": of.relatives_of_tag("children"),
    "parent_count": has.count_joined(
        "tags_relations", "tags_parents_count.child_id = tags.id", "tags_parents_count.parent_id", "tags_parents_count"
    ),
    "child_count": has.count_joined(
        "tags_relations",
        "tags_children_count.parent_id = tags.id",
        "tags_children_count.child_id",
        "tags_children_count",
    ),
    "stash_id_endpoint": has.stash_id("tag_stash_ids", "tag_id", "tags"),
    "scenes_filter": related(SCENE, "scenes_tags.scene_id", "scenes_tags", "scenes_tags.tag_id = tags.id"),
    "created_at": has.moment("tags.created_at"),
    "updated_at": has.moment("tags.updated_at"),
}

GROUP.criteria = {
    "name": has.text("groups.name"),
    "director": has.text("groups.director"),
    "synopsis": has.text("groups.description"),
    "rating100": has.number("groups.rating"),
    "studios": of.studio_of("groups"),
    "tags": of.Nested(of.TAGS, "groups_tags", "group_id", "tag_id", "groups", "group_tag"),
    "tag_count": has.count_rows("groups_tags", "group_id", "groups"),
    "url": has.text_list("group_urls", "url", "group_id", "groups"),
    "date": has.day("groups.date"),
    "created_at": has.moment("groups.created_at"),
    "updated_at": has.moment("groups.updated_at"),
}

MARKER_TAGS = (
    "(SELECT scene_marker_id, tag_id FROM scene_markers_tags UNION SELECT id, primary_tag_id FROM scene_markers)"
)
MARKER.criteria = {
    "tags": of.Nested(of.TAGS, MARKER_TAGS, "scene_marker_id", "tag_id", "scene_markers", "scene_marker_tag"),
    "scenes": of.many("scene_markers", "id", "scene_id", "scene_markers", "scenes_join"),
    "created_at": has.moment("scene_markers.created_at"),
    "updated_at": has.moment("scene_markers.updated_at"),
}

for _kind, _table in ((IMAGE, "images"), (GALLERY, "galleries")):
    _tags, _key = f"{_table}_tags", f"{_kind.name}_id"
    _kind.criteria = {
        "title": has.text(f"{_table}.title"),
        "performers": of.many(f"performers_{_table}", _key, "performer_id", _table, "performers_join"),
        "studios": of.studio_of(_table),
        "tags": of.Nested(of.TAGS, _tags, _key, "tag_id", _table, f"{_kind.name}_tag"),
        "tag_count": has.count_rows(_tags, _key, _table),
        "created_at": has.moment(f"{_table}.created_at"),
        "updated_at": has.moment(f"{_table}.updated_at"),
    }
