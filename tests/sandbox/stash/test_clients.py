"""An independent client works with the double: StashInterface of stashapp-tools, unchanged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from stashapi.stashapp import StashInterface  # type: ignore[import-untyped]

from sandbox.stash.files.disk import VideoFile
from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]


@pytest.fixture(params=["0.28", "0.30", "0.31"])
def stocked(request: pytest.FixtureRequest, make_stash: MakeStash) -> RunningStash:
    """A Stash whose scenes have values in every field."""
    stash = make_stash(profile=request.param)
    tag, studio = stash.stock.add_tag("Grass", aliases=["Lawn"]), stash.stock.add_studio("Hill Films")
    performer = stash.stock.add_performer("Ann Hill", aliases=["Annie"])
    for number in range(3):
        file = VideoFile(f"/media/{number}.mp4", oshash=f"0{number}")
        stash.stock.add_scene(f"Scene {number}", file=file, tags=[tag], studio=studio, performers=[performer])
    return stash


@pytest.fixture
def interface(stocked: RunningStash) -> Any:
    """The client; it reads the whole schema when it is made."""
    return StashInterface({"Scheme": "http", "Host": "0.0.0.0", "Port": stocked.double.server.port})


def test_it_reads_scenes_with_all_their_fields(interface: Any) -> None:
    scenes = interface.find_scenes(filter={"sort": "id"})
    assert [scene["title"] for scene in scenes] == ["Scene 0", "Scene 1", "Scene 2"]
    assert interface.find_scene(1)["performers"] == [{"id": "1"}]


def test_it_finds_scenes_by_their_hash(interface: Any) -> None:
    assert interface.find_scene_by_hash({"oshash": "02"})["title"] == "Scene 2"


def test_it_changes_scenes(interface: Any) -> None:
    interface.update_scene({"id": 1, "title": "Up", "rating100": 60})
    interface.update_scenes({"ids": [1, 2], "organized": True})
    found = interface.find_scenes({"organized": True}, filter={"sort": "id"}, fragment="title rating100")
    assert found == [{"title": "Up", "rating100": 60}, {"title": "Scene 1", "rating100": None}]


@pytest.mark.parametrize(("name", "number"), [("grass", "1"), ("Lawn", "1"), ("Meadow", "2")])
def test_it_finds_tags_by_name_and_alias_or_makes_them(name: str, number: str, interface: Any) -> None:
    assert interface.find_tag(name, create=True)["id"] == number


def test_it_finds_performers_and_studios_by_name(interface: Any) -> None:
    assert interface.find_performer("Annie")["id"] == "1"
    assert interface.find_studio("hill films")["id"] == "1"


def test_it_saves_settings_of_plugins(interface: Any) -> None:
    interface.configure_plugin("hills", {"a": 1})
    interface.configure_plugin("hills", {"b": 2})
    assert interface.find_plugin_config("hills") == {"a": 1, "b": 2}


def test_it_runs_tasks(interface: Any, stocked: RunningStash) -> None:
    stocked.add_plugin("probe", "", "tasks: [{name: One}]")
    job = interface.run_plugin_task("probe", "One", args={"a": "b"})
    assert interface.wait_for_job(job)


def test_it_uses_sql(interface: Any) -> None:
    columns = interface.sql_query("SELECT title FROM scenes WHERE id > ? ORDER BY id", [1])
    assert columns["rows"] == [["Scene 1"], ["Scene 2"]]
