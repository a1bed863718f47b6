"""Matches a scene to items of Plex: by mapped path, then by a file name that size and duration confirm. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from shared.paths import file_name, fold, normal_path
from shared.plex.path_mapping import PathRule, count_common_tail, map_path, same_path

DURATION_SLACK = 2.0  # seconds by which Stash and Plex may differ about the duration of one file


class SceneFile(NamedTuple):
    """One file of a scene, as Stash has it."""

    path: str
    size: int = 0
    duration: float = 0.0


class PlexFile(NamedTuple):
    """One file of an item, as Plex has it."""

    rating_key: str
    section_id: str
    path: str
    size: int = 0
    duration: float = 0.0


class ItemMatch(NamedTuple):
    """The items that a scene was matched to, and the rule that matched them.

    `how` is "path", "name and size", "name and duration", "name", "guess", "ambiguous" or "none". `items` are all
    items that hold the file, one for each library it is in; when ambiguous, the candidates.
    """

    how: str
    items: tuple[PlexFile, ...] = ()
    evidence: str = ""

    @property
    def is_certain(self) -> bool:
        """Return True if a sync may write the items of this match; the matcher asks."""
        return self.how not in ("ambiguous", "none")


Lookup = Callable[[str], Iterable[PlexFile]]


def match_scene(
    files: Sequence[SceneFile], rules: Sequence[PathRule], by_path: Lookup, by_name: Lookup, *, strict: bool = True
) -> ItemMatch:
    """Return the items of a scene, by the path of any of its files, else by name; Stash2Plex's matcher calls it.

    `by_path` gets a folded path and `by_name` a folded file name; both may return more files than fit. Unless `strict`,
    the likeliest of several candidates is taken.
    """
    for file in files:
        if items := find_by_path(file, rules, by_path):
            return ItemMatch("path", items, items[0].path)
    named = [match_by_name(file, by_name(fold(file_name(file.path)))) for file in files]
    certain = next((match for match in named if match.is_certain), None)
    doubtful = [match for match in named if match.how == "ambiguous"]
    if certain or not doubtful:
        return certain or ItemMatch("none")
    return doubtful[0] if strict else choose_likeliest(files[0].path, doubtful[0].items)


def find_by_path(file: SceneFile, rules: Sequence[PathRule], by_path: Lookup) -> tuple[PlexFile, ...]:
    """Return for `match_scene` the items at a file's mapped path; the exact spelling goes before another case."""
    mapped = map_path(file.path, rules)
    found = [each for each in by_path(fold(mapped.path)) if same_path(mapped, each.path)]
    exact = [each for each in found if normal_path(each.path) == mapped.path]
    spellings = {normal_path(each.path) for each in found}
    if not exact and len(spellings) > 1:
        return ()
    return one_per_item(exact or found)


def match_by_name(file: SceneFile, named: Iterable[PlexFile]) -> ItemMatch:
    """Return the match among files of the same name: the only one of this size, else the only one of this duration.

    `match_scene` calls it.
    """
    left = [each for each in named if fold(file_name(each.path)) == fold(file_name(file.path))]
    if not left:
        return ItemMatch("none")
    same_size = [each for each in left if file.size and each.size == file.size]
    if is_one_file(same_size):
        return ItemMatch("name and size", one_per_item(same_size), f"{file.size} bytes")
    same_duration = [each for each in same_size or left if is_same_duration(file, each)]
    if is_one_file(same_duration):
        return ItemMatch("name and duration", one_per_item(same_duration), f"{file.duration:.0f} s")
    how = "name" if is_one_file(left) and not any(contradicts(file, each) for each in left) else "ambiguous"
    return ItemMatch(how, one_per_item(left), file_name(file.path))


def is_same_duration(file: SceneFile, candidate: PlexFile) -> bool:
    """Return True if `match_by_name` may take two files for one: both durations are known and agree."""
    return bool(file.duration and candidate.duration) and abs(file.duration - candidate.duration) <= DURATION_SLACK


def contradicts(file: SceneFile, candidate: PlexFile) -> bool:
    """Return True if size or duration is known on both sides and differs; `match_by_name` then drops the candidate."""
    differs_in_size = bool(file.size and candidate.size) and file.size != candidate.size
    both_durations = bool(file.duration and candidate.duration)
    return differs_in_size or (both_durations and not is_same_duration(file, candidate))


def is_one_file(candidates: Sequence[PlexFile]) -> bool:
    """Return True if all candidates are one file, perhaps in several libraries; `match_by_name` asks."""
    return len({normal_path(each.path) for each in candidates}) == 1


def one_per_item(candidates: Iterable[PlexFile]) -> tuple[PlexFile, ...]:
    """Return the candidates of a match with each item once, in a stable order; the ways of matching end with it."""
    found: dict[str, PlexFile] = {}
    for each in sorted(candidates, key=lambda one: (one.section_id, len(one.rating_key), one.rating_key)):
        found.setdefault(each.rating_key, each)
    return tuple(found.values())


def choose_likeliest(path: str, candidates: Sequence[PlexFile]) -> ItemMatch:
    """Return a match with the candidate whose last folders equal most of the scene's.

    `match_scene` calls it for lenient matching only.
    """
    own = normal_path(path).split("/")
    best = max(candidates, key=lambda each: count_common_tail(own, normal_path(each.path).split("/")))
    return ItemMatch("guess", (best,), f"one of {len(candidates)}")
