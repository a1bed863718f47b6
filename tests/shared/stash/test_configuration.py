"""Configuration, settings of plugins, jobs, pictures, and the features of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.profiles import PROFILES
from shared.errors import BadReply, TooLarge
from shared.stash import StashAddress, StashClient, is_placeholder
from shared.stash.pictures import find_route
from tests.harness.weather import Server, flood, send, serve, web_page

from .conftest import ScriptedStash

BOX = {"name": "Box", "endpoint": "https://box.example/graphql", "api_key": "key-12345"}


def serve_settings(scripted: ScriptedStash, plugins: Any) -> None:
    scripted.answers["PluginSettings"] = {"configuration": {"plugins": plugins}}
    scripted.answers["ConfigurePlugin"] = {"configurePlugin": {}}


@pytest.mark.parametrize(
    ("plugins", "settings"), [({"a": {"x": 1}}, {"x": 1}), ({}, {}), ({"a": None}, {}), (None, {})]
)
def test_settings_of_an_unconfigured_plugin_are_empty(
    stash: StashClient, scripted: ScriptedStash, plugins: Any, settings: dict[str, Any]
) -> None:
    serve_settings(scripted, plugins)
    assert stash.read_plugin_settings("a") == settings
    assert scripted.asked == [("PluginSettings", {"ids": ["a"]})]


def test_writing_one_setting_keeps_the_others(stash: StashClient, scripted: ScriptedStash) -> None:
    serve_settings(scripted, {"a": {"x": 1, "y": 2, "z": 3}})
    assert stash.write_plugin_settings("a", {"x": 7, "y": None}) == {"x": 7, "z": 3}
    assert scripted.asked[-1] == ("ConfigurePlugin", {"id": "a", "values": {"x": 7, "z": 3}})


@pytest.mark.parametrize(("release", "rate"), [("0.25", 0), ("0.31", 240)])
def test_boxes_carry_their_limit_when_this_stash_knows_it(release: str, rate: int) -> None:
    scripted = ScriptedStash(release)
    row = {**BOX, "max_requests_per_minute": 240} if rate else BOX
    scripted.answers["Boxes"] = {"configuration": {"general": {"stashBoxes": [row]}}}
    with serve(scripted) as server:
        boxes = StashClient(StashAddress(server.url)).read_boxes()
    assert boxes == [(*BOX.values(), rate)]
    assert "key-12345" not in repr(boxes)


def test_tag_patterns_and_libraries_are_read(stash: StashClient, scripted: ScriptedStash) -> None:
    library = {"path": "/data", "excludeVideo": False}
    scripted.answers.update(
        TagPatterns={"configuration": {"scraping": {"excludeTagPatterns": ["^x"]}}},
        Libraries={"configuration": {"general": {"stashes": [library]}}},
    )
    assert stash.read_excluded_tag_patterns() == ["^x"]
    assert stash.read_library_folders() == [("/data", True)]


@pytest.mark.parametrize("release", sorted(PROFILES))
def test_a_scan_has_the_users_own_options(release: str) -> None:
    scripted = ScriptedStash(release)
    scripted.answers["ScanDefaults"] = {"configuration": {"defaults": {"scan": {"scanGenerateCovers": True}}}}
    scripted.answers["Scan"] = {"metadataScan": "12"}
    with serve(scripted) as server:
        assert StashClient(StashAddress(server.url)).metadata_scan(["/data"], {"scanGeneratePhashes": True}) == "12"
    options = {"scanGenerateCovers": True, "scanGeneratePhashes": True, "paths": ["/data"]}
    assert scripted.asked[-1] == ("Scan", {"input": options})


def test_a_scan_without_saved_options_is_plain(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["ScanDefaults"] = {"configuration": {"defaults": {"scan": None}}}
    assert stash.read_scan_defaults() == {}


@pytest.mark.parametrize("release", sorted(PROFILES))
def test_the_job_queue_is_read_in_every_release(release: str) -> None:
    scripted = ScriptedStash(release)
    scripted.answers["JobQueue"] = {"jobQueue": None}
    with serve(scripted) as server:
        stash = StashClient(StashAddress(server.url))
        assert stash.job_queue() == []


def test_a_task_gets_its_arguments_with_their_types(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["RunTask"] = {"runPluginTask": "7"}
    assert stash.run_plugin_task("tagManager", args={"mode": "drain", "dry": True, "n": 3}, description="Drain") == "7"
    sent = {
        "plugin": "tagManager",
        "task": None,
        "description": "Drain",
        "args": {"mode": "drain", "dry": True, "n": 3},
    }
    assert scripted.asked == [("RunTask", sent)]


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("0.25", set()),
        ("0.28", {"link_times", "studio_tags"}),
        ("0.30", {"tag_links", "partial_dates"}),
        ("0.31", {"performer_merge", "career_dates"}),
    ],
)
def test_what_a_release_can_do_is_read_from_its_schema(release: str, expected: set[str]) -> None:
    with serve(ScriptedStash(release)) as server:
        able = StashClient(StashAddress(server.url)).capabilities()
    assert all(getattr(able, f"has_{name}") for name in expected)
    later = {"0.25": "has_link_times", "0.28": "has_tag_links", "0.30": "has_career_dates", "0.31": ""}[release]
    assert not later or not getattr(able, later)


def test_links_are_selected_so_that_they_can_be_echoed() -> None:
    for release, fields in (("0.25", "endpoint stash_id"), ("0.31", "endpoint stash_id updated_at")):
        with serve(ScriptedStash(release)) as server:
            assert StashClient(StashAddress(server.url)).capabilities().link_fields == f"stash_ids {{ {fields} }}"


def test_the_schema_is_read_once_per_version(server: Server, scripted: ScriptedStash, tmp_path: Path) -> None:
    for _ in range(2):
        StashClient(StashAddress(server.url, dir=str(tmp_path))).capabilities()
    assert scripted.names == ["Version", "Schema", "Version"]
    scripted.answers["Version"]["version"]["hash"] = "another build"
    StashClient(StashAddress(server.url, dir=str(tmp_path))).capabilities()
    assert scripted.names[3:] == ["Version", "Schema"]


def test_within_a_process_the_features_are_requested_once(stash: StashClient, scripted: ScriptedStash) -> None:
    assert stash.capabilities() is stash.capabilities()
    assert scripted.names == ["Version", "Schema"]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"key": "x"}', '{"key": "x", "types": 7}', "\x00\x01"])
def test_a_damaged_schema_file_is_replaced(
    server: Server, scripted: ScriptedStash, tmp_path: Path, content: str
) -> None:
    folder = tmp_path / "plugin_data" / "shared"
    folder.mkdir(parents=True)
    (folder / "stash-schema.json").write_text(content)
    able = StashClient(StashAddress(server.url, dir=str(tmp_path))).capabilities()
    assert (able.has("Tag", "name"), scripted.names) == (True, ["Version", "Schema"])


def test_without_a_writable_folder_the_features_are_still_read(server: Server, tmp_path: Path) -> None:
    (tmp_path / "plugin_data").write_text("in the way")
    able = StashClient(StashAddress(server.url, dir=str(tmp_path))).capabilities()
    assert able.has("Tag", "name")


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("http://127.0.0.1:9999/performer/1/image?t=1", "/performer/1/image?t=1"),
        ("https://stash.example/media/scene/7/screenshot?t=1", "/scene/7/screenshot?t=1"),
        ("http://stash.example/group/2/frontimage", "/group/2/frontimage"),
        ("http://stash.example/odd/path", "/odd/path"),
    ],
)
def test_pictures_are_fetched_from_where_we_reach_stash(url: str, route: str) -> None:
    assert find_route(url) == route


@pytest.mark.parametrize(
    ("url", "placeholder"),
    [(None, True), ("", True), ("http://a/tag/1/image?t=1&default=true", True), ("http://a/tag/1/image?t=1", False)],
)
def test_a_default_picture_is_no_picture(url: str | None, placeholder: bool) -> None:
    assert is_placeholder(url) is placeholder


def test_a_picture_comes_with_its_type_and_our_session() -> None:
    with serve(send(b"PNG", content_type="image/png")) as server:
        stash = StashClient(StashAddress(f"{server.url}/base", cookie="cookie-1"))
        picture = stash.download_picture("https://public.example/performer/1/image?t=1")
    assert (picture, repr(picture)) == ((b"PNG", "image/png"), "StashPicture(3 bytes, image/png)")
    assert (server.seen[0].path, server.seen[0].headers["Cookie"]) == (
        "/base/performer/1/image?t=1",
        "session=cookie-1",
    )


@pytest.mark.parametrize("sky", [web_page(), send(b"", content_type="image/png"), send(b"x")])
def test_what_is_no_picture_is_not_taken_for_one(sky: Any) -> None:
    with serve(sky) as server, pytest.raises(BadReply, match="instead of a picture"):
        StashClient(StashAddress(server.url)).download_picture("/tag/1/image")


def test_a_huge_picture_is_refused() -> None:
    with serve(flood(40 << 20)) as server, pytest.raises(TooLarge):
        StashClient(StashAddress(server.url)).download_picture("/tag/1/image")
