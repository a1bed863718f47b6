"""Which scene is the file that Plex asks about: scenes of Stash in the order of what speaks for them. Pure.

Plex says of a file only its path: in full, or from the library's folder on. The path rules lead each file of Stash to
its path in Plex, and that is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plexsync.write.stash_scenes import StashScene
from shared.paths import file_name, fold, normal_path
from shared.plex.path_mapping import MappedPath, PathRule, count_common_tail, map_path, same_path

NAME, FOLDER, END, PATH = "the name of its file", "folder and name of its file", "the end of its path", "its path"
LEVELS = (NAME, FOLDER, END, PATH)  # from weak to strong


class RankedScene(NamedTuple):
    """A scene that may be the file; `how` is one of `LEVELS`, `tail` counts the last parts that both paths share."""

    scene: StashScene
    how: str
    tail: int

    @property
    def strength(self) -> tuple[int, int]:
        """Return what scenes are compared by: how well a file's path agrees with Plex's, and in how many parts."""
        return LEVELS.index(self.how), self.tail


def rank_scenes(path: str, scenes: Iterable[StashScene], rules: Sequence[PathRule]) -> list[RankedScene]:
    """Return the scenes that have a file of this name, the likeliest first, for a match request and for `--check`."""
    ranked = (rank_scene(path, scene, rules) for scene in scenes)
    found = [each for each in ranked if each is not None]
    return sorted(found, key=lambda each: (-each.strength[0], -each.tail, each.scene.id))


def rank_scene(path: str, scene: StashScene, rules: Sequence[PathRule]) -> RankedScene | None:
    """Return a scene with how well its best file agrees with Plex's path, for `rank_scenes`; None if no file fits."""
    name = fold(file_name(path))
    mapped = [map_path(file.path, rules) for file in scene.files if fold(file_name(file.path)) == name]
    ranked = [RankedScene(scene, *compare_paths(path, each)) for each in mapped]
    return max(ranked, key=lambda each: each.strength, default=None)


def compare_paths(path: str, mapped: MappedPath) -> tuple[str, int]:
    """Return which of `LEVELS` a mapped path reaches against the path that Plex says, and how many last parts agree."""
    asked = normal_path(path).lstrip("/")
    tail = count_common_tail(asked.split("/"), mapped.path.lstrip("/").split("/"))
    if same_path(mapped, path):
        return PATH, tail
    if ends_with(mapped, asked):
        return END, tail
    return (FOLDER if tail > 1 else NAME), tail


def ends_with(mapped: MappedPath, asked: str) -> bool:
    """Return True if a mapped path ends with the whole path that Plex says, as paths from a library's folder on do."""
    whole, end = (fold(mapped.path), fold(asked)) if mapped.ignore_case else (mapped.path, asked)
    return whole.endswith(f"/{end}")


def choose_scene(ranked: Sequence[RankedScene], *, strict: bool) -> RankedScene | None:
    """Return the scene that is taken without asking a person; None if none is certain enough. Routes and check call it.

    A name alone is not: Plex says neither size nor duration. If two scenes fit equally well, a strict provider takes
    neither.
    """
    if not ranked:
        return None
    best = ranked[0]
    rivals = [each for each in ranked if each.strength == best.strength]
    is_certain = best.how != NAME and len(rivals) == 1
    return best if is_certain or not strict else None
