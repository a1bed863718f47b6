"""Matching a scene to items of Plex."""

from __future__ import annotations

import pytest

from shared.paths import file_name, fold
from shared.plex.matching import ItemMatch, PlexFile, SceneFile, match_scene
from shared.plex.path_mapping import PathRule

RULES = [PathRule("/stash", "/plex")]


def match(
    files: list[SceneFile], index: list[PlexFile], rules: list[PathRule] | None = None, *, strict: bool = True
) -> ItemMatch:
    return match_scene(
        files,
        rules or [],
        lambda path: [each for each in index if fold(each.path) == path],
        lambda name: [each for each in index if fold(file_name(each.path)) == name],
        strict=strict,
    )


def keys(found: ItemMatch) -> list[str]:
    return [each.rating_key for each in found.items]


TWINS = [PlexFile("1", "3", "/plex/A/x.mp4", 100, 60.0), PlexFile("2", "3", "/plex/B/x.mp4", 200, 90.0)]


def test_a_mapped_path_decides_between_files_of_one_name() -> None:
    found = match([SceneFile("/stash/B/x.mp4")], TWINS, RULES)
    assert (found.how, keys(found), found.is_certain) == ("path", ["2"], True)


def test_without_a_mapping_the_same_name_twice_is_ambiguous() -> None:
    found = match([SceneFile("/elsewhere/x.mp4")], TWINS)
    assert (found.how, keys(found), found.is_certain) == ("ambiguous", ["1", "2"], False)


@pytest.mark.parametrize(
    ("file", "how", "key"),
    [
        (SceneFile("/e/x.mp4", size=200), "name and size", "2"),
        (SceneFile("/e/x.mp4", size=999, duration=60.9), "name and duration", "1"),
        (SceneFile("/e/x.mp4", duration=90.0), "name and duration", "2"),
    ],
)
def test_size_or_length_decides_between_files_of_one_name(file: SceneFile, how: str, key: str) -> None:
    found = match([file], TWINS)
    assert (found.how, keys(found)) == (how, [key])


def test_a_unique_name_is_enough_when_nothing_contradicts() -> None:
    assert match([SceneFile("/e/x.mp4")], TWINS[:1]).how == "name"


def test_a_unique_name_with_another_size_and_length_is_not_trusted() -> None:
    assert match([SceneFile("/e/x.mp4", size=7, duration=5.0)], TWINS[:1]).how == "ambiguous"


def test_any_file_of_the_scene_may_match() -> None:
    found = match([SceneFile("/stash/A/gone.mp4"), SceneFile("/stash/B/x.mp4")], TWINS, RULES)
    assert keys(found) == ["2"]


def test_a_file_in_two_libraries_gives_both_items() -> None:
    index = [PlexFile("12", "4", "/plex/A/x.mp4"), PlexFile("5", "3", "/plex/A/x.mp4")]
    assert keys(match([SceneFile("/stash/A/x.mp4")], index, RULES)) == ["5", "12"]
    assert match([SceneFile("/e/x.mp4")], index).is_certain


def test_an_item_with_two_parts_counts_once() -> None:
    index = [PlexFile("1", "3", "/plex/A/x.mp4"), PlexFile("1", "3", "/plex/A/x.mp4")]
    assert keys(match([SceneFile("/stash/A/x.mp4")], index, RULES)) == ["1"]


@pytest.mark.parametrize(("name", "key"), [("A.mp4", "1"), ("a.mp4", "2")])
@pytest.mark.parametrize("ignore_case", [True, False])
def test_an_exact_spelling_beats_one_that_differs_in_case(name: str, key: str, ignore_case: bool) -> None:
    index = [PlexFile("1", "3", "/plex/A.mp4"), PlexFile("2", "3", "/plex/a.mp4")]
    rules = [PathRule("/stash", "/plex", ignore_case)]
    assert keys(match([SceneFile(f"/stash/{name}")], index, rules)) == [key]


def test_two_other_spellings_of_a_path_are_not_a_path_match() -> None:
    index = [PlexFile("1", "3", "/plex/A.mp4"), PlexFile("2", "3", "/plex/a.mp4")]
    found = match([SceneFile("/stash/a.MP4")], index, [PathRule("/stash", "/plex", True)])
    assert (found.how, keys(found)) == ("ambiguous", ["1", "2"])


def test_without_strictness_the_most_alike_folders_win_every_time() -> None:
    found = match([SceneFile("/elsewhere/B/x.mp4")], TWINS[::-1], strict=False)
    assert (found.how, keys(found), found.evidence) == ("guess", ["2"], "one of 2")


def test_a_scene_that_is_not_in_plex_has_no_match() -> None:
    assert match([SceneFile("/stash/other.mp4")], TWINS, RULES) == ItemMatch("none")
