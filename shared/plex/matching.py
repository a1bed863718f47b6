"""Matches a scene to a Plex item: by mapped path, then by a file name that nothing contradicts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from shared.plex.path_mapping import PathRule, count_common_tail, file_name, fold, map_path, normal_path, same_path

DURATION_SLACK = 2.0  # seconds two programs may differ over the length of one file


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
    """`how` is "path", "name and size", "name and duration", "name", "guess", "ambiguous" or "none".

    `items` are all items that hold the file (one for each library it is in); when ambiguous, the candidates.
    """

    how: str
    items: tuple[PlexFile, ...] = ()
    evidence: str = ""

    @property
    def is_certain(self) -> bool:
        """True if the items may be written."""
        return self.how not in ("ambiguous", "none")


Lookup = Callable[[str], Iterable[PlexFile]]


def match_scene(
    files: Sequence[SceneFile], rules: Sequence[PathRule], by_path: Lookup, by_name: Lookup, *, strict: bool = True
) -> ItemMatch:
    """Finds the items of a scene: any of its files by path first, then any by name.

    `by_path` is asked with a folded path, `by_name` with a folded file name; both may answer with more than fits.
    """
    for file in files:
        if items := find_by_path(file, rules, by_path):
            return ItemMatch("path", items, items[0].path)
    named = [match_by_name(file, by_name(fold(file_name(file.path)))) for file in files]
    certain = next((match for match in named if match.is_certain), None)
    doubtful = [match for match in named if match.how == "ambiguous"]
    if certain or not doubtful:
        return certain or ItemMatch("none")
    return doubtful[0] if strict else guess(files[0].path, doubtful[0].items)


def find_by_path(file: SceneFile, rules: Sequence[PathRule], by_path: Lookup) -> tuple[PlexFile, ...]:
    """The items at the mapped path; an exact spelling beats one that differs in case."""
    mapped = map_path(file.path, rules)
    found = [each for each in by_path(fold(mapped.path)) if same_path(mapped, each.path)]
    exact = [each for each in found if normal_path(each.path) == mapped.path]
    spellings = {normal_path(each.path) for each in found}
    if not exact and len(spellings) > 1:
        return ()
    return one_per_item(exact or found)


def match_by_name(file: SceneFile, named: Iterable[PlexFile]) -> ItemMatch:
    """Decides between files of the same name: the only one left after size, then after length."""
    left = [each for each in named if fold(file_name(each.path)) == fold(file_name(file.path))]
    if not left:
        return ItemMatch("none")
    same_size = [each for each in left if file.size and each.size == file.size]
    if is_one_file(same_size):
        return ItemMatch("name and size", one_per_item(same_size), f"{file.size} bytes")
    same_length = [each for each in same_size or left if is_same_length(file, each)]
    if is_one_file(same_length):
        return ItemMatch("name and duration", one_per_item(same_length), f"{file.duration:.0f} s")
    how = "name" if is_one_file(left) and not any(contradicts(file, each) for each in left) else "ambiguous"
    return ItemMatch(how, one_per_item(left), file_name(file.path))


def is_same_length(file: SceneFile, candidate: PlexFile) -> bool:
    """True if both lengths are known and agree."""
    return bool(file.duration and candidate.duration) and abs(file.duration - candidate.duration) <= DURATION_SLACK


def contradicts(file: SceneFile, candidate: PlexFile) -> bool:
    """True if size or length is known on both sides and differs."""
    other_size = bool(file.size and candidate.size) and file.size != candidate.size
    both_lengths = bool(file.duration and candidate.duration)
    return other_size or (both_lengths and not is_same_length(file, candidate))


def is_one_file(candidates: Sequence[PlexFile]) -> bool:
    """True if all candidates are one file, perhaps in several libraries."""
    return len({normal_path(each.path) for each in candidates}) == 1


def one_per_item(candidates: Iterable[PlexFile]) -> tuple[PlexFile, ...]:
    """The candidates with each item once, in a stable order."""
    found: dict[str, PlexFile] = {}
    for each in sorted(candidates, key=lambda one: (one.section_id, len(one.rating_key), one.rating_key)):
        found.setdefault(each.rating_key, each)
    return tuple(found.values())


def guess(path: str, candidates: Sequence[PlexFile]) -> ItemMatch:
    """The candidate whose folders look most like the scene's; the same one every time."""
    own = normal_path(path).split("/")
    best = max(candidates, key=lambda each: count_common_tail(own, normal_path(each.path).split("/")))
    return ItemMatch("guess", (best,), f"one of {len(candidates)}")
