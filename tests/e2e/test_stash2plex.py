"""Stash2Plex as installed from its zip: a save in Stash arrives in Plex and is undone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.plex.model import PlexMovie
from sandbox.plex.server import PlexDouble
from tests.e2e.stash import StashUnderTest, wait_for

PLUGIN = "stash2plex"
CONFIGURE = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
TASK = "mutation($id: ID!, $args: Map) { runPluginTask(plugin_id: $id, args_map: $args) }"
CREATE = "mutation($input: SceneCreateInput!) { sceneCreate(input: $input) { id } }"
UPDATE = "mutation($input: SceneUpdateInput!) { sceneUpdate(input: $input) { id } }"
BULK = "mutation($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"
DESTROY = "mutation($id: ID!) { sceneDestroy(input: {id: $id}) }"


@pytest.fixture
def item() -> Iterator[tuple[PlexDouble, PlexMovie]]:
    plex = PlexDouble()
    section = plex.state.add_section("Videos", "/data")
    found = plex.state.add_item(section.id, "/data/beach.mp4")
    with plex.server:
        yield plex, found


@pytest.fixture
def scene(stash_with_plugins: StashUnderTest, item: tuple[PlexDouble, PlexMovie]) -> Iterator[str]:
    """A scene that is linked by hand, because a Stash for tests has no files."""
    stash, (plex, found) = stash_with_plugins, item
    stash.ask(CONFIGURE, id=PLUGIN, values={"plex_url": plex.url, "plex_token": plex.token})
    number = str(stash.ask(CREATE, input={"title": "Beach day"})["sceneCreate"]["id"])
    stash.operate(PLUGIN, "paths_propose")
    stash.operate(PLUGIN, "match_link", scene_id=number, rating_key=str(found.rating_key))
    start_syncing(stash)
    yield number
    stash.ask(DESTROY, id=number)
    stash.operate(PLUGIN, "server_confirm")
    stash.ask(CONFIGURE, id=PLUGIN, values={})


def start_syncing(stash: StashUnderTest) -> None:
    """Make the preview of all scenes and let what is saved from now on be sent."""
    stash.finish(stash.ask(TASK, id=PLUGIN, args={"mode": "preview_all"})["runPluginTask"])
    stash.operate(PLUGIN, "sync_start", send=False)
    wait_for(lambda: is_idle(stash), "the end of the drain")


def test_a_save_arrives_by_itself_and_is_taken_back(
    stash_with_plugins: StashUnderTest, item: tuple[PlexDouble, PlexMovie], scene: str
) -> None:
    stash, (_, found) = stash_with_plugins, item
    stash.ask(UPDATE, input={"id": scene, "title": "At the sea", "details": "One\nTwo", "date": "2024-03-01"})
    wait_for(lambda: found.fields.get("summary") == "One\nTwo" or None, "the save in Plex")
    assert (found.title, found.fields["originallyAvailableAt"]) == ("At the sea", "2024-03-01")
    stash.ask(BULK, input={"ids": [scene], "rating100": 85})
    wait_for(lambda: found.fields.get("userRating") == "8.5" or None, "the rating in Plex")
    wait_for(lambda: is_idle(stash), "the end of the drain")
    run = stash.operate(PLUGIN, "history_list")["runs"][0]
    undo = stash.operate(PLUGIN, "history_undo", run_id=run["id"])
    stash.operate(PLUGIN, "history_undo", plan_id=undo["plan_id"])
    assert (found.title, found.locks) == ("beach", set())


SCAN = "mutation($paths: [String!]) { metadataScan(input: {paths: $paths}) }"
IDENTIFY = """mutation($ids: [ID!]) {
  metadataIdentify(input: {sceneIDs: $ids, sources: [{source: {scraper_id: "builtin_autotag"}}], options: {
    fieldOptions: [{field: "performers", strategy: MERGE}], setOrganized: false}})
}"""
PERFORMER = "mutation($input: PerformerCreateInput!) { performerCreate(input: $input) { id } }"
FIND_FILE = """query($path: String!) {
  findScenes(scene_filter: {path: {value: $path, modifier: INCLUDES}}) { scenes { id } }
}"""


@pytest.fixture
def video(stash_with_plugins: StashUnderTest) -> Iterator[Path]:
    """A new video in the library of a real Stash on this machine, which scans real files only."""
    program = shutil.which("ffmpeg")
    if not os.environ.get("E2E_STASH") or program is None:
        pytest.skip("needs a real Stash and ffmpeg")
    library = stash_with_plugins.ask("{ configuration { general { stashes { path } } } }")
    if not library["configuration"]["general"]["stashes"]:
        pytest.skip("needs a Stash with a library")
    folder = Path(library["configuration"]["general"]["stashes"][0]["path"], "s2p-new")
    folder.mkdir(exist_ok=True)
    path = folder / "Ann Example at the sea.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=3", "-pix_fmt", "yuv420p"]
    subprocess.run([program, "-y", "-loglevel", "error", *picture, str(path)], check=True)
    yield path
    shutil.rmtree(folder)


def test_a_scan_an_identification_and_a_deletion_are_followed(
    stash_with_plugins: StashUnderTest, item: tuple[PlexDouble, PlexMovie], video: Path
) -> None:
    stash, (plex, _) = stash_with_plugins, item
    rules = f"{video.parent.parent} => /data"
    values = {"plex_url": plex.url, "plex_token": plex.token, "trigger_plex_scan": True, "path_rules": rules}
    stash.ask(CONFIGURE, id=PLUGIN, values=values)
    stash.operate(PLUGIN, "heartbeat")
    start_syncing(stash)
    stash.finish(stash.ask(SCAN, paths=[str(video.parent)])["metadataScan"])
    wait_for(lambda: [each.path for each in plex.state.scans] or None, "the scan of the folder in Plex")
    assert [each.path for each in plex.state.scans] == ["/data/s2p-new"]
    found = plex.state.add_item(1, f"/data/s2p-new/{video.name}", size=video.stat().st_size)
    scene = stash.ask(FIND_FILE, path=video.name)["findScenes"]["scenes"][0]["id"]

    performer = stash.ask(PERFORMER, input={"name": "Ann Example"})["performerCreate"]["id"]
    stash.finish(stash.ask(IDENTIFY, ids=[scene])["metadataIdentify"])
    wait_for(lambda: found.tag_names("actor") == ["Ann Example"] or None, "the performer in Plex")
    assert stash.operate(PLUGIN, "match_scene", scene_id=int(scene))["match"]["how"] == "path"

    stash.ask(DESTROY, id=scene)
    wait_for(lambda: stash.operate(PLUGIN, "match_scene", scene_id=int(scene))["match"] is None or None, "forgetting")
    assert found.tag_names("actor") == ["Ann Example"]
    stash.ask("mutation($id: ID!) { performerDestroy(input: {id: $id}) }", id=performer)
    stash.operate(PLUGIN, "server_confirm")
    stash.ask(CONFIGURE, id=PLUGIN, values={})


def is_idle(stash: StashUnderTest) -> bool | None:
    """Return True if no drain runs and nothing waits but scenes of other tests, which Plex does not have."""
    if stash.has_jobs():
        return None
    queue = stash.operate(PLUGIN, "status")["queue"]
    later = sum(each["n"] for each in queue["reasons"] if each["reason"] == "postponed")
    return not (queue["waiting"] > later or queue["working"] or queue["draining"]) or None
