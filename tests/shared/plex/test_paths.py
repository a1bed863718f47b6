"""Path rules between Stash and Plex."""

from __future__ import annotations

import pytest

from shared.paths import file_name, folder_of, lies_in, native_path, normal_path
from shared.plex.path_mapping import PathRule, find_overlaps, map_path, measure_rules, propose_rules, same_path

NFC, NFD = "/data/caf\u00e9.mp4", "/data/cafe\u0301.mp4"


@pytest.mark.parametrize(
    ("path", "normal"),
    [
        ("/data//A/x.mp4", "/data/A/x.mp4"),
        ("/data/A/", "/data/A"),
        ("/", "/"),
        ("d:\\Media\\A\\x.mp4", "D:/Media/A/x.mp4"),
        ("D:/Media\\A//x.mp4", "D:/Media/A/x.mp4"),
        ("D:\\", "D:"),
        ("\\\\nas\\share\\x.mp4", "//nas/share/x.mp4"),
        ("//nas/share\\x.mp4", "//nas/share/x.mp4"),
        ("/data/odd\\name.mp4", "/data/odd\\name.mp4"),
        (NFD, NFC),
        ("\\\\?\\D:\\Media\\x.mp4", "D:/Media/x.mp4"),
        ("//?/d:/Media/x.mp4", "D:/Media/x.mp4"),
        ("\\\\?\\UNC\\nas\\share\\x.mp4", "//nas/share/x.mp4"),
    ],
)
def test_every_spelling_of_a_path_has_one_normal_form(path: str, normal: str) -> None:
    assert normal_path(path) == normal


@pytest.mark.parametrize(
    ("path", "rule", "expected"),
    [
        ("D:\\Media\\A\\x.mp4", PathRule("D:\\Media", "/data"), "/data/A/x.mp4"),
        ("d:/media\\A/x.mp4", PathRule("D:\\Media\\", "/data/"), "/data/A/x.mp4"),
        ("\\\\NAS\\Media\\A\\x.mp4", PathRule("\\\\nas\\media", "/data"), "/data/A/x.mp4"),
        ("/data/A/x.mp4", PathRule("/data", "O:\\Media"), "O:/Media/A/x.mp4"),
        ("/x.mp4", PathRule("/", "/media"), "/media/x.mp4"),
        ("/data/x.mp4", PathRule("/data/", "/"), "/x.mp4"),
        ("D:\\x.mp4", PathRule("D:\\", "/data"), "/data/x.mp4"),
    ],
)
def test_a_rule_maps_a_path_whatever_separators_and_slashes(path: str, rule: PathRule, expected: str) -> None:
    assert map_path(path, [rule]).path == expected


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/data2/x.mp4", PathRule("/data", "/media")),
        ("/Data/x.mp4", PathRule("/data", "/media")),
        ("E:\\Media\\x.mp4", PathRule("D:\\Media", "/data")),
    ],
)
def test_a_rule_leaves_paths_alone_that_only_look_alike(path: str, rule: PathRule) -> None:
    mapped = map_path(path, [rule])
    assert mapped.rule is None
    assert mapped.path == normal_path(path)


@pytest.mark.parametrize("turned", [False, True])
def test_the_longest_prefix_wins_whatever_the_order(turned: bool) -> None:
    rules = [PathRule("/data", "/plex"), PathRule("/data/clips/", "/other")]
    assert map_path("/data/clips/x.mp4", rules[::-1] if turned else rules).path == "/other/x.mp4"


@pytest.mark.parametrize(
    ("rule", "plex_path", "same"),
    [
        (PathRule("/s", "/p", ignore_case=True), "/P/A.MP4", True),
        (PathRule("/s", "/p", ignore_case=False), "/p/A.mp4", False),
        (PathRule("/s", "/p"), "/p/A.mp4", False),
        (PathRule("/s", "P:\\"), "p:\\A.mp4", True),
        (PathRule("/s", "/p"), "/p/a.mp4", True),
    ],
)
def test_case_counts_unless_the_rule_or_windows_says_otherwise(rule: PathRule, plex_path: str, same: bool) -> None:
    assert same_path(map_path("/s/a.mp4", [rule]), plex_path) is same


def test_composed_and_decomposed_names_are_one_file() -> None:
    assert same_path(map_path(NFD, []), NFC)


def test_overlapping_rules_are_reported_with_contradictions_marked() -> None:
    rules = [PathRule("/data", "/a"), PathRule("/data/", "/b"), PathRule("/data/clips", "/c"), PathRule("/other", "/d")]
    assert [(o.first.plex, o.second.plex, o.same) for o in find_overlaps(rules)] == [
        ("/a", "/b", True),
        ("/a", "/c", False),
        ("/b", "/c", False),
    ]


def test_rules_are_proposed_from_files_with_a_unique_name() -> None:
    stash = ["D:\\Media\\A\\one.mp4", "D:\\Media\\B\\two.mp4", "D:\\Media\\B\\same.mp4", "D:\\Media\\A\\same.mp4"]
    plex = ["/data/A/one.mp4", "/data/B/two.mp4", "/data/A/same.mp4"]
    assert propose_rules(stash, plex) == [(PathRule("D:/Media", "/data"), 2)]


def test_no_rule_is_proposed_for_paths_that_agree() -> None:
    assert propose_rules(["/data/one.mp4"], ["/data/one.mp4"]) == []


def test_rules_are_measured_on_a_sample() -> None:
    rate = measure_rules([PathRule("D:\\Media", "/data")], ["D:\\Media\\ONE.mp4", "E:\\two.mp4"], ["/data/one.mp4"])
    assert rate == (1, 2, ("E:\\two.mp4",))


@pytest.mark.parametrize(
    ("path", "folder", "name"),
    [
        ("/data/A/x.mp4", "/data/A", "x.mp4"),
        ("O:\\Media\\A\\x.mp4", "O:\\Media\\A", "x.mp4"),
        ("\\\\nas\\m\\x.mp4", "\\\\nas\\m", "x.mp4"),
        ("/x.mp4", "/", "x.mp4"),
        ("O:\\x.mp4", "O:\\", "x.mp4"),
        ("x.mp4", "", "x.mp4"),
    ],
)
def test_folder_and_name_are_found_in_either_spelling(path: str, folder: str, name: str) -> None:
    assert (folder_of(path), file_name(path)) == (folder, name)


@pytest.mark.parametrize(
    ("path", "rule", "native"),
    [
        ("/s/A/new one/x.mp4", PathRule("/s", "O:\\Media"), "O:\\Media\\A\\new one"),
        ("/s/A/x.mp4", PathRule("/s", "\\\\nas\\m"), "\\\\nas\\m\\A"),
        ("D:\\A\\x.mp4", PathRule("D:\\", "/data"), "/data/A"),
    ],
)
def test_a_folder_to_scan_is_written_as_plex_writes_it(path: str, rule: PathRule, native: str) -> None:
    assert native_path(folder_of(map_path(path, [rule]).path)) == native


@pytest.mark.parametrize(
    ("path", "folder", "inside"),
    [
        ("/data/A/x.mp4", "/data/", True),
        ("/data2/x.mp4", "/data", False),
        ("/Data/x.mp4", "/data", False),
        ("o:/media/x.mp4", "O:\\Media", True),
    ],
)
def test_a_librarys_folder_covers_what_lies_in_it(path: str, folder: str, inside: bool) -> None:
    assert lies_in(path, folder) is inside
