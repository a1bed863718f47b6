"""Criteria that only make sense for scenes, and ages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.stash.find import criteria as has
from sandbox.stash.find import relations as of
from sandbox.stash.find.clauses import Filter
from sandbox.stash.find.criteria import Criterion

FILES = "scenes_files.scene_id = scenes.id"


def join_files(target: Filter) -> None:
    """Join the files of a scene and their folders to the query, for criteria on files."""
    target.left_join("scenes_files", FILES)
    target.left_join("files", "scenes_files.file_id = files.id")
    target.left_join("folders", "files.parent_folder_id = folders.id")


def join_video(target: Filter) -> None:
    """Join the video properties of a scene's files to the query, for criteria on them."""
    target.left_join("scenes_files", FILES)
    target.left_join("video_files", "video_files.file_id = scenes_files.file_id")


def fingerprint(kind: str) -> Criterion:
    """Return the text criterion on one type of fingerprint, such as oshash; `kinds.py` lists it for scenes."""
    alias = f"fingerprints_{kind}"

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        join_fingerprints(target, kind)
        target.conditions.append(has.compare_text(f"{alias}.fingerprint", given["modifier"], given["value"]))

    return add


def join_fingerprints(target: Filter, kind: str) -> None:
    """Join the fingerprints of one type of a scene's files to the query, for criteria on them."""
    alias = f"fingerprints_{kind}"
    target.left_join("scenes_files", FILES)
    on = f"scenes_files.file_id = {alias}.file_id AND {alias}.type = '{kind}'"
    target.left_join("files_fingerprints", on, alias)


def phash(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on perceptual hashes: near the given one, or equal to it.

    `kinds.py` lists it.
    """
    join_fingerprints(target, "phash")
    column = "fingerprints_phash.fingerprint"
    value, distance = read_phash(given["value"]), given.get("distance") or 0
    if distance and given["modifier"] in ("EQUALS", "NOT_EQUALS"):
        sign = "<" if given["modifier"] == "EQUALS" else ">"
        target.where(f"typeof({column}) = 'integer' AND phash_distance({column}, ?) {sign} ?", value, distance)
    else:
        target.conditions.append(has.compare_number(column, {"value": value, "modifier": given["modifier"]}))


def read_phash(text: str) -> int:
    """Return a hexadecimal hash as the signed number that is stored; text that is no number is 0.

    Criteria, scans and mutations call it.
    """
    try:
        value = int(text, 16) & (2**64 - 1)
    except ValueError:
        return 0
    return value - 2**64 if value >= 2**63 else value


def path(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on the full path of files; `kinds.py` lists it."""
    join_files(target)
    whole = "join_path(folders.path, files.basename)"
    modifier, value = given["modifier"], given["value"]
    if modifier in ("IS_NULL", "NOT_NULL"):
        target.conditions.append(has.compare_blank(f"({whole})", modifier))
    else:
        target.conditions.append(has.compare_text(f"({whole})", modifier, value))


def resolution(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on the smaller side of the picture; `kinds.py` lists it."""
    join_video(target)
    low, high = has.SMALLEST_SIDE[given["value"]]
    side = "MIN(video_files.width, video_files.height)"
    tests = {
        "EQUALS": f"BETWEEN {low} AND {high}",
        "NOT_EQUALS": f"NOT BETWEEN {low} AND {high}",
        "LESS_THAN": f"< {low}",
        "GREATER_THAN": f"> {high}",
    }
    if given["modifier"] in tests:
        target.where(f"{side} {tests[given['modifier']]}")


def orientation(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on upright, wide or square pictures; `kinds.py` lists it."""
    join_video(target)
    signs = {"PORTRAIT": "<", "LANDSCAPE": ">", "SQUARE": "="}
    tests = [f"video_files.width {signs[value]} video_files.height" for value in given["value"]]
    if tests:
        target.where(" OR ".join(f"({test})" for test in tests))


def markers(target: Filter, given: str) -> None:
    """Apply a scene filter's criterion `has_markers`: scenes with or without markers."""
    target.left_join("scene_markers", "scene_markers.scene_id = scenes.id")
    if given == "true":
        target.having("COUNT(scene_markers.scene_id) > 0")
    else:
        target.where("scene_markers.id IS NULL")


def favorite_performer(target: Filter, given: bool) -> None:
    """Apply a scene filter's criterion `performer_favorite`: scenes with a favorite performer, or with none."""
    target.left_join("performers_scenes", "scenes.id = performers_scenes.scene_id")
    if given:
        target.left_join("performers", "performers.id = performers_scenes.performer_id")
        target.where("performers.favorite = 1")
        return
    plain = (
        "(SELECT ps.scene_id AS id FROM performers_scenes ps JOIN performers p ON p.id = ps.performer_id "
        "GROUP BY ps.scene_id HAVING SUM(p.favorite) = 0)"
    )
    target.left_join(plain, "scenes.id = nofaves.id", "nofaves")
    target.where("performers_scenes.scene_id IS NULL OR nofaves.id IS NOT NULL")


def performer_age(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on the age of performers at the scene's date; `kinds.py` lists it."""
    target.inner_join("performers_scenes", "scenes.id = performers_scenes.scene_id")
    target.inner_join("performers", "performers_scenes.performer_id = performers.id")
    target.where("scenes.date != '' AND performers.birthdate != ''")
    years = "CAST(strftime('%Y.%m%d', scenes.date) - strftime('%Y.%m%d', performers.birthdate) AS INT)"
    target.conditions.append(has.compare_number(years, given))


def last_played(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on the time of the last play; `kinds.py` lists it."""
    latest = "(SELECT scene_id, MAX(view_date) AS last_played_at FROM scenes_view_dates GROUP BY scene_id)"
    target.left_join(latest, "scene_last_view.scene_id = scenes.id", "scene_last_view")
    has.moment("IFNULL(last_played_at, datetime(0))")(target, given)


def performer_tags(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a scene filter's criterion on the tags of performers; `kinds.py` lists it."""
    modifier, wanted, excluded = of.read_groups(given)
    linked = "performers_scenes ps JOIN performers_tags pt ON pt.performer_id = ps.performer_id"
    if modifier in of.NULLS:
        found = f"SELECT ps.scene_id FROM {linked}"
        target.where(f"scenes.id {'NOT IN' if modifier == 'IS_NULL' else 'IN'} ({found})")
    for values, operator in ((wanted, "IN"), (excluded, "NOT IN")):
        if values:
            pairs = of.TAGS.descend(values, given.get("depth") or 0)
            found = f"SELECT ps.scene_id FROM {linked} JOIN ({pairs}) d ON d.item_id = pt.tag_id"
            if operator == "IN" and modifier == "INCLUDES_ALL":
                found += f" GROUP BY ps.scene_id HAVING COUNT(DISTINCT d.root_id) = {len(values)}"
            target.where(f"scenes.id {operator} ({found})")


def missing_phash(target: Filter, _: str) -> None:
    """Apply a scene filter's criterion `is_missing: phash`: a file has no perceptual hash."""
    join_fingerprints(target, "phash")
    target.where("fingerprints_phash.fingerprint IS NULL")


def age(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a performer filter's criterion on the age today, or at death; `kinds.py` lists it."""
    end = "IFNULL(strftime('%Y.%m%d', performers.death_date), strftime('%Y.%m%d', 'now'))"
    years = f"CAST({end} - strftime('%Y.%m%d', performers.birthdate) AS INT)"
    target.conditions.append(has.compare_number(years, given))
