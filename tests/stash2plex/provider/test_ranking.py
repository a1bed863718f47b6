"""Which scene is taken for a path that Plex says."""

from __future__ import annotations

import pytest
from plexsync.provider.ranking import END, FOLDER, NAME, PATH, choose_scene, rank_scenes
from plexsync.write.stash_scenes import StashScene

from shared.plex.matching import SceneFile
from shared.plex.path_mapping import PathRule

WINDOWS = PathRule("D:\\Media", "/data")


def make_scenes(*paths: str) -> list[StashScene]:
    return [StashScene(number, files=(SceneFile(path),)) for number, path in enumerate(paths, 1)]


@pytest.mark.parametrize(
    ("asked", "path", "rules", "how"),
    [
        ("/data/acme/a.mp4", "/data/acme/a.mp4", [], PATH),
        ("/data/acme/a.mp4", "/mnt/acme/a.mp4", [PathRule("/mnt", "/data")], PATH),
        ("/data/Acme/A.mp4", "D:\\Media\\acme\\a.mp4", [WINDOWS], PATH),
        ("O:\\films\\a.mp4", "/srv/films/a.mp4", [PathRule("/srv", "O:\\")], PATH),
        ("acme/a.mp4", "/data/acme/a.mp4", [], END),
        ("/acme/a.mp4", "/data/acme/a.mp4", [], END),
        ("a.mp4", "/data/a.mp4", [], END),
        ("Acme/A.mp4", "D:\\Media\\acme\\a.mp4", [WINDOWS], END),
        ("/plex/acme/a.mp4", "/data/acme/a.mp4", [], FOLDER),
        ("/plex/a.mp4", "/data/a.mp4", [], NAME),
        ("/data/cafe\u0301/a.mp4", "/data/caf\u00e9/a.mp4", [], PATH),
    ],
)
def test_a_path_is_compared_with_the_mapped_path(asked: str, path: str, rules: list[PathRule], how: str) -> None:
    (found,) = rank_scenes(asked, make_scenes(path), rules)
    assert found.how == how


def test_a_scene_without_a_file_of_this_name_is_left_out() -> None:
    assert rank_scenes("/data/a.mp4", make_scenes("/data/ba.mp4", "/data/b.mp4"), []) == []


def test_any_file_of_a_scene_counts_and_the_best_evidence_of_them() -> None:
    scene = StashScene(1, files=(SceneFile("/old/a.mp4"), SceneFile("/data/a.mp4")))
    assert [each.how for each in rank_scenes("/data/a.mp4", [scene], [])] == [PATH]


def choose(asked: str, *paths: str, strict: bool = True) -> int | None:
    best = choose_scene(rank_scenes(asked, make_scenes(*paths), []), strict=strict)
    return best.scene.id if best else None


def test_the_strongest_evidence_wins() -> None:
    assert choose("/data/x/a.mp4", "/other/x/a.mp4", "/data/x/a.mp4", "/data/a.mp4") == 2


def test_the_longer_common_end_wins() -> None:
    assert choose("/plex/y/x/a.mp4", "/data/x/a.mp4", "/data/y/x/a.mp4") == 2


@pytest.mark.parametrize(
    ("asked", "paths", "lenient"),
    [
        ("x/a.mp4", ["/one/x/a.mp4", "/two/x/a.mp4"], 1),
        ("/plex/x/a.mp4", ["/one/x/a.mp4", "/two/x/a.mp4"], 1),
        ("/plex/a.mp4", ["/data/a.mp4"], 1),
        ("/plex/a.mp4", ["/data/b.mp4"], None),
    ],
)
def test_what_is_not_certain_is_taken_by_a_lenient_provider_only(
    asked: str, paths: list[str], lenient: int | None
) -> None:
    assert choose(asked, *paths) is None
    assert choose(asked, *paths, strict=False) == lenient
