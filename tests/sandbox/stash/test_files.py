"""Scenes with files: scans find them, and filters find them by the properties of their files."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from tests.harness.sandbox import RunningStash

FIND = 'query($filter: SceneFilterType) { findScenes(scene_filter: $filter, filter: {sort: "id"}) { scenes { id } } }'
SEARCH = 'query($q: String) { findScenes(filter: {q: $q, sort: "id"}) { scenes { id } } }'
SORT = "query($by: FindFilterType) { findScenes(filter: $by) { scenes { id } } }"
SCAN = "mutation($input: ScanMetadataInput!) { metadataScan(input: $input) }"
FOLDERS = """mutation {
  configureGeneral(input: {stashes: [{path: "/media", excludeVideo: false, excludeImage: false}]}) { __typename }
}"""
HOOKED = "hooks: [{name: told, triggeredBy: [Scene.Create.Post, Scene.Update.Post]}]"
ONE = VideoFile(
    "/media/hills/Green hill.mp4", size=1000, duration=600, width=1920, height=1080, phash="f0f0f0f0f0f0f0f0"
)
TWO = VideoFile("/media/lakes/blue lake 2.mp4", size=3000, duration=1200, width=720, height=1280, bit_rate=9_000_000)
TEN = VideoFile("/media/lakes/blue lake 10.mp4", size=2000, duration=300, width=640, height=360, frame_rate=60)
FOUND = [
    ({"path": {"value": "/media/hills/Green hill.mp4", "modifier": "EQUALS"}}, "1"),
    ({"path": {"value": "/media/lakes", "modifier": "EQUALS"}}, ""),
    ({"path": {"value": "/media/lakes%", "modifier": "EQUALS"}}, "23"),
    ({"path": {"value": "lakes", "modifier": "INCLUDES"}}, "23"),
    ({"path": {"value": "green hill", "modifier": "INCLUDES"}}, "1"),
    ({"path": {"value": "lakes", "modifier": "EXCLUDES"}}, "1"),
    ({"path": {"value": r"lake \d\.mp4$", "modifier": "MATCHES_REGEX"}}, "2"),
    ({"path": {"value": "", "modifier": "IS_NULL"}}, "4"),
    ({"file_count": {"value": 0, "modifier": "EQUALS"}}, "4"),
    ({"duration": {"value": 600, "modifier": "GREATER_THAN"}}, "2"),
    ({"duration": {"value": 300, "value2": 600, "modifier": "BETWEEN"}}, "13"),
    ({"resolution": {"value": "FULL_HD", "modifier": "EQUALS"}}, "1"),
    ({"resolution": {"value": "STANDARD_HD", "modifier": "LESS_THAN"}}, "3"),
    ({"orientation": {"value": ["PORTRAIT"]}}, "2"),
    ({"framerate": {"value": 60, "modifier": "EQUALS"}}, "3"),
    ({"bitrate": {"value": 5_000_000, "modifier": "GREATER_THAN"}}, "2"),
    ({"is_missing": "phash"}, "234"),
    ({"phash_distance": {"value": "f0f0f0f0f0f0f0f1", "modifier": "EQUALS", "distance": 2}}, "1"),
    ({"phash_distance": {"value": "f0f0f0f0f0f0f0f1", "modifier": "EQUALS"}}, ""),
    ({"video_codec": {"value": "h264", "modifier": "EQUALS"}}, "123"),
]
SORTED = [
    ({"sort": "path"}, "4123"),
    ({"sort": "path", "direction": "DESC"}, "3214"),
    ({"sort": "title"}, "4231"),
    ({"sort": "duration"}, "4312"),
    ({"sort": "filesize", "direction": "DESC"}, "2314"),
    ({"sort": "id", "per_page": 2, "page": 2}, "34"),
    ({"sort": "id", "per_page": 2, "page": 3}, ""),
    ({"sort": "id", "per_page": 0}, ""),
]


@pytest.fixture
def lakes(stash: RunningStash) -> RunningStash:
    """Three scenes with a file, and one without."""
    for file in (ONE, TWO, TEN):
        stash.stock.add_scene(file=file)
    stash.stock.add_scene("a scene without a file")
    return stash


def scan(stash: RunningStash, *files: VideoFile, **asked: Any) -> None:
    """Put files below /media and scan."""
    stash.ask(FOLDERS)
    stash.double.services.disk.drop(*files)
    stash.jobs.wait_for(int(stash.ask(SCAN, input=asked)))


def ids(found: Any) -> str:
    return "".join(scene["id"] for scene in found["scenes"])


@pytest.mark.parametrize(("wanted", "found"), FOUND)
def test_scenes_are_found_by_their_files(wanted: dict[str, Any], found: str, lakes: RunningStash) -> None:
    assert ids(lakes.ask(FIND, filter=wanted)) == found


@pytest.mark.parametrize(("by", "order"), SORTED)
def test_scenes_are_sorted_by_their_files(by: dict[str, Any], order: str, lakes: RunningStash) -> None:
    assert ids(lakes.ask(SORT, by=by)) == order


@pytest.mark.parametrize(
    ("text", "found"), [("lake", "23"), ("lake -10", "2"), ("hill OR 10", "13"), ('"green hill"', "1"), ("%", "1234")]
)
def test_scenes_are_searched_by_words(text: str, found: str, lakes: RunningStash) -> None:
    assert ids(lakes.ask(SEARCH, q=text)) == found


def test_the_sum_of_all_found_comes_with_the_page(lakes: RunningStash) -> None:
    sums = "{ findScenes(filter: {per_page: 1}) { count duration filesize } }"
    assert lakes.ask(sums) == {"count": 4, "duration": 2100, "filesize": 6000}


def test_a_scan_finds_new_files_below_its_paths(stash: RunningStash) -> None:
    scan(stash, ONE, TWO, TEN, paths=["/media/lakes", "/elsewhere"])
    paths = stash.ask('{ findScenes(filter: {sort: "path"}) { scenes { files { path } } } }')["scenes"]
    assert [scene["files"][0]["path"] for scene in paths] == [TWO.path, TEN.path]


def test_a_scan_tells_hooks_nothing_but_the_id(stash: RunningStash) -> None:
    stash.add_plugin("probe", "", HOOKED)
    scan(stash, ONE)
    assert stash.hooks() == [{"id": 1, "type": "Scene.Create.Post", "input": None}]


@pytest.mark.parametrize(("asked", "kinds"), [({}, {"oshash"}), ({"scanGeneratePhashes": True}, {"oshash", "phash"})])
def test_a_scan_makes_only_what_it_is_asked_for(asked: dict[str, bool], kinds: set[str], stash: RunningStash) -> None:
    scan(stash, ONE, **asked)
    found = stash.ask("{ findScenes { scenes { files { fingerprints { type } } } } }")["scenes"]
    assert {each["type"] for each in found[0]["files"][0]["fingerprints"]} == kinds


def test_a_known_content_elsewhere_is_one_more_file_of_its_scene(stash: RunningStash) -> None:
    scan(stash, VideoFile("/media/first.mp4", oshash="aaaa"), VideoFile("/media/copy.mp4", oshash="aaaa"))
    found = stash.ask("{ findScenes { scenes { files { basename } } } }")["scenes"]
    assert found == [{"files": [{"basename": "first.mp4"}, {"basename": "copy.mp4"}]}]


def test_a_stash_on_windows_has_its_own_separators(stash: RunningStash) -> None:
    stash.ask(FOLDERS.replace("/media", r"D:\\Media"))
    inside, other_case = VideoFile(r"D:\Media\Hills\a.mp4"), VideoFile(r"d:\media\b.mp4")
    stash.double.services.disk.drop(inside, other_case, VideoFile(r"\\nas\videos\c.mp4"))
    stash.jobs.wait_for(int(stash.ask(SCAN, input={"paths": [r"D:\Media"]})))
    fields = '{ findScenes(filter: {sort: "id"}) { scenes { files { path basename } } } }'
    rows = [row["files"][0] for row in stash.ask(fields)["scenes"]]
    assert [(row["path"], row["basename"]) for row in rows] == [(inside.path, "a.mp4"), (other_case.path, "b.mp4")]
    where = {"path": {"value": r"D:\Media\Hills\a.mp4", "modifier": "EQUALS"}}
    assert ids(stash.ask(FIND, filter=where)) == "1"
