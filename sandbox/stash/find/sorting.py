"""The sort names each kind of object accepts, and their SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Callable, NamedTuple

from sandbox.stash.find.clauses import Join


class Sorting(NamedTuple):
    """An ORDER BY and the tables it needs."""

    order: str
    joins: Mapping[str, Join]


MakeSorting = Callable[[str], Sorting]
NOTHING = "(SELECT 0)"  # the double links no images or galleries to these
NATURAL = re.compile(r"natural_key\((?P<expression>.*)\) (?P<direction>ASC|DESC)")
NO_JOINS: dict[str, Join] = {}
FILE_JOINS = {
    "scenes_files": Join("LEFT", "scenes_files", "scenes_files", "scenes_files.scene_id = scenes.id"),
    "files": Join("LEFT", "files", "files", "scenes_files.file_id = files.id"),
}
FOLDER_JOINS = {**FILE_JOINS, "folders": Join("LEFT", "folders", "folders", "files.parent_folder_id = folders.id")}
VIDEO_JOINS = {
    **FILE_JOINS,
    "video_files": Join("LEFT", "video_files", "video_files", "video_files.file_id = scenes_files.file_id"),
}
PHASH_JOINS = {
    **FILE_JOINS,
    "fingerprints_phash": Join(
        "LEFT",
        "files_fingerprints",
        "fingerprints_phash",
        "scenes_files.file_id = fingerprints_phash.file_id AND fingerprints_phash.type = 'phash'",
    ),
}
STUDIO_JOIN = {"studios": Join("LEFT", "studios", "studios", "scenes.studio_id = studios.id")}
GROUP_JOIN = {"scene_group": Join("LEFT", "groups_scenes", "scene_group", "scenes.id = scene_group.scene_id")}
LAST = {
    "scenes": "natural_key(COALESCE(scenes.title, scenes.id)) ASC",
    "performers": "natural_key(COALESCE(performers.name, performers.id)) ASC",
    "studios": "natural_key(COALESCE(studios.name, studios.id)) ASC",
    "tags": "natural_key(COALESCE(tags.sort_name, tags.name, tags.id)) ASC",
    "groups": "natural_key(COALESCE(groups.name, groups.id)) ASC",
    "scene_markers": "scene_markers.id ASC",
    "images": "natural_key(COALESCE(images.title, images.id)) ASC",
    "galleries": "natural_key(COALESCE(galleries.title, galleries.id)) ASC",
}


def by(table: str, *expressions: str, joins: Mapping[str, Join] = NO_JOINS) -> MakeSorting:
    """Return a sort by expressions in the asked direction, then by Stash's last keys; `kinds.py` lists the sorts."""

    def make(direction: str) -> Sorting:
        terms = [each if each.endswith(("ASC", "DESC")) else f"{each} {direction}" for each in expressions]
        return Sorting("ORDER BY " + ", ".join(break_ties(table, [*terms, LAST[table]])), joins)

    return make


def break_ties(table: str, terms: list[str]) -> Iterator[str]:
    """Yield the terms; natural order calls no texts equal, so later terms count for NULL and ids run backward."""
    for term in terms:
        yield term
        if text := NATURAL.fullmatch(term):
            sign = "" if text["direction"] == "DESC" else "-"
            yield f"CASE WHEN {text['expression']} IS NOT NULL THEN {sign}{table}.id END"


def by_natural(table: str, expression: str) -> MakeSorting:
    """Return a sort of text by natural order.

    The tables of sorts below name it.
    """
    return by(table, f"natural_key({expression})")


def by_count(table: str, other: str, key: str, what: str = "COUNT(*)") -> MakeSorting:
    """Return a sort by the number of rows of another table that belong to the object.

    The tables of sorts below name it.
    """
    return by(table, f"(SELECT {what} FROM {other} AS sort WHERE sort.{key} = {table}.id)")


def by_sum(table: str, linked: str, key: str) -> MakeSorting:
    """Return a sort by the duration of all scenes that belong to the object.

    The tables of sorts below name it.
    """
    files = f"{linked} l JOIN scenes_files sf ON sf.scene_id = l.scene_id JOIN video_files v ON v.file_id = sf.file_id"
    return by(table, f"(SELECT COALESCE(SUM(v.duration), 0) FROM {files} WHERE l.{key} = {table}.id)")


def of_scenes(linked: str, key: str, table: str, dates: str, what: str = "COUNT(*)") -> str:
    """Return the SQL for a figure of the plays or counters of all scenes that belong to the object."""
    return f"(SELECT {what} FROM {linked} l JOIN {dates} d ON d.scene_id = l.scene_id WHERE l.{key} = {table}.id)"


def by_columns(table: str, names: str) -> dict[str, MakeSorting]:
    """Return the sorts by columns of the table itself, by the name of the column.

    The tables of sorts below begin with these.
    """
    return {name: by(table, f"{table}.{name}") for name in names.split()}


def _by_age(direction: str) -> Sorting:
    extreme, fallback = ("MAX", "NULL") if direction == "DESC" else ("MIN", "9223372036854775807")
    days = f"{extreme}(JulianDay(scenes.date) - JulianDay(p.birthdate))"
    found = "performers p JOIN performers_scenes a ON p.id = a.performer_id WHERE a.scene_id = scenes.id"
    return by("scenes", f"(SELECT COALESCE({days}, {fallback}) FROM {found})")(direction)


SCENES: dict[str, MakeSorting] = {
    **by_columns("scenes", "created_at code date id organized play_duration resume_time rating updated_at"),
    "title": by(
        "scenes",
        "natural_key(COALESCE(scenes.title, files.basename))",
        "natural_key(folders.path)",
        joins=FOLDER_JOINS,
    ),
    "path": by("scenes", "natural_key(COALESCE(folders.path, '') || COALESCE(files.basename, ''))", joins=FOLDER_JOINS),
    "bitrate": by("scenes", "video_files.bit_rate", joins=VIDEO_JOINS),
    "framerate": by("scenes", "video_files.frame_rate", joins=VIDEO_JOINS),
    "duration": by("scenes", "video_files.duration", joins=VIDEO_JOINS),
    "interactive": by("scenes", "video_files.interactive", joins=VIDEO_JOINS),
    "interactive_speed": by("scenes", "video_files.interactive_speed", joins=VIDEO_JOINS),
    "resolution": by("scenes", "MIN(video_files.width, video_files.height)", joins=VIDEO_JOINS),
    "filesize": by("scenes", "files.size", joins=FILE_JOINS),
    "file_mod_time": by("scenes", "files.mod_time", joins=FILE_JOINS),
    "perceptual_similarity": by("scenes", "fingerprints_phash.fingerprint", "files.size DESC", joins=PHASH_JOINS),
    "studio": by("scenes", "natural_key(studios.name)", joins=STUDIO_JOIN),
    "group_scene_number": by("scenes", "scene_group.scene_index", joins=GROUP_JOIN),
    "movie_scene_number": by("scenes", "scene_group.scene_index", joins=GROUP_JOIN),
    "tag_count": by_count("scenes", "scenes_tags", "scene_id"),
    "performer_count": by_count("scenes", "performers_scenes", "scene_id"),
    "file_count": by_count("scenes", "scenes_files", "scene_id"),
    "play_count": by_count("scenes", "scenes_view_dates", "scene_id"),
    "o_counter": by_count("scenes", "scenes_o_dates", "scene_id"),
    "last_played_at": by_count("scenes", "scenes_view_dates", "scene_id", "MAX(view_date)"),
    "last_o_at": by_count("scenes", "scenes_o_dates", "scene_id", "MAX(o_date)"),
    "performer_age": _by_age,
}
PERFORMERS: dict[str, MakeSorting] = {
    **by_columns("performers", "birthdate created_at height id measurements penis_length rating updated_at weight"),
    "name": by_natural("performers", "performers.name"),
    "career_length": by("performers", "performers.career_length"),
    "tag_count": by_count("performers", "performers_tags", "performer_id"),
    "scenes_count": by_count("performers", "performers_scenes", "performer_id"),
    "scenes_duration": by_sum("performers", "performers_scenes", "performer_id"),
    "images_count": by("performers", NOTHING),
    "galleries_count": by("performers", NOTHING),
    "play_count": by("performers", of_scenes("performers_scenes", "performer_id", "performers", "scenes_view_dates")),
    "last_played_at": by(
        "performers",
        of_scenes("performers_scenes", "performer_id", "performers", "scenes_view_dates", "MAX(d.view_date)"),
    ),
    "o_counter": by("performers", of_scenes("performers_scenes", "performer_id", "performers", "scenes_o_dates")),
    "last_o_at": by(
        "performers", of_scenes("performers_scenes", "performer_id", "performers", "scenes_o_dates", "MAX(d.o_date)")
    ),
}
STUDIOS: dict[str, MakeSorting] = {
    **by_columns("studios", "created_at id rating updated_at"),
    "name": by_natural("studios", "studios.name"),
    "tag_count": by_count("studios", "studios_tags", "studio_id"),
    "scenes_count": by_count("studios", "scenes", "studio_id"),
    "child_count": by_count("studios", "studios", "parent_id"),
    "scenes_duration": by_sum("studios", "(SELECT id AS scene_id, studio_id FROM scenes)", "studio_id"),
    "images_count": by("studios", NOTHING),
    "galleries_count": by("studios", NOTHING),
}
TAGS: dict[str, MakeSorting] = {
    **by_columns("tags", "created_at id updated_at"),
    "name": by_natural("tags", "COALESCE(tags.sort_name, tags.name)"),
    "scenes_count": by_count("tags", "scenes_tags", "tag_id"),
    "performers_count": by_count("tags", "performers_tags", "tag_id"),
    "studios_count": by_count("tags", "studios_tags", "tag_id"),
    "groups_count": by_count("tags", "groups_tags", "tag_id"),
    "movies_count": by_count("tags", "groups_tags", "tag_id"),
    "scenes_duration": by_sum("tags", "scenes_tags", "tag_id"),
    "scene_markers_count": by_count("tags", "scene_markers", "primary_tag_id"),
    "images_count": by_count("tags", "images_tags", "tag_id"),
    "galleries_count": by_count("tags", "galleries_tags", "tag_id"),
}
GROUPS: dict[str, MakeSorting] = {
    **by_columns("groups", "created_at date duration id rating updated_at"),
    "name": by_natural("groups", "groups.name"),
    "scenes_count": by_count("groups", "groups_scenes", "group_id"),
    "tag_count": by_count("groups", "groups_tags", "group_id"),
}
MARKERS: dict[str, MakeSorting] = {
    **by_columns("scene_markers", "created_at id seconds updated_at scene_id"),
    "title": by_natural("scene_markers", "scene_markers.title"),
}
PICTURES: dict[str, dict[str, MakeSorting]] = {
    kind: {**by_columns(table, "created_at id rating updated_at"), "title": by_natural(table, f"{table}.title")}
    for kind, table in (("image", "images"), ("gallery", "galleries"))
}
SORTS = {
    "scene": SCENES,
    "performer": PERFORMERS,
    "studio": STUDIOS,
    "tag": TAGS,
    "group": GROUPS,
    "scene_marker": MARKERS,
    **PICTURES,
}
