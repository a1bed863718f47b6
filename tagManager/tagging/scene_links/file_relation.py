"""Decides how files of scenes with one link are related: the same video, parts, versions or different ones. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from shared.file_matching.compare import MOST_DISTANCE, SURE_DISTANCE, SceneFiles, has_same_length

SAME, PART, VERSION, OTHER = "same", "part", "version", "other"
FAR_SECONDS = 30.0
FAR_SHARE = 0.1


def is_far(duration: float, other: float) -> bool:
    """Return True if two lengths can hardly be those of two versions of one scene."""
    return abs(duration - other) > max(FAR_SECONDS, FAR_SHARE * max(duration, other))


def measure_distance(one: SceneFiles, other: SceneFiles) -> int | None:
    """Return in how many bits the nearest picture hashes of two scenes differ; 0 for equal files, None without any."""
    if set(_list_values(one, "oshash")) & set(_list_values(other, "oshash")):
        return 0
    pairs = [(a, b) for a in _list_values(one, "phash") for b in _list_values(other, "phash")]
    return min((bin(a ^ b).count("1") for a, b in pairs), default=None)


def relate_files(group: Sequence[SceneFiles], place: int, box_length: int) -> str:
    """Return SAME, VERSION, PART or OTHER: how the files of the scene at `place` relate to the others of its group.

    The group are all scenes with one link; `box_length` is the length of their record at the box, 0 if unknown.
    """
    one, others = group[place], [each for number, each in enumerate(group) if number != place]
    distances = [(measure_distance(one, each), each) for each in others]
    near = [(distance, each) for distance, each in distances if distance is not None and distance <= MOST_DISTANCE]
    if any(distance <= SURE_DISTANCE and _has_length_of(one, each) for distance, each in near):
        return SAME
    if near:
        return VERSION
    whole = sum(each.duration for each in group)
    if box_length and all(each.duration for each in group) and has_same_length(float(box_length), whole):
        return PART
    is_told_apart = all(distance is not None for distance, _ in distances)
    lengths = [each.duration for each in (one, *others)]
    if not is_told_apart and box_length and not any(is_far(each, box_length) for each in lengths if each):
        return VERSION
    return OTHER


def _list_values(files: SceneFiles, kind: str) -> list[int]:
    return [each.value for each in files.prints if each.kind == kind]


def _has_length_of(one: SceneFiles, other: SceneFiles) -> bool:
    return not (one.duration and other.duration) or has_same_length(one.duration, other.duration)
