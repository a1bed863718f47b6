"""The listener inside Stash: which saves queue the drain, and what a drain finds that no listener told it.

A plugin of the tests holds Stash's job queue, so that queued drains can be counted. Stash2Plex's queue is paused by
hand, so that a drain only looks and leaves what it found in the queue, where the tests read it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from shared.stash.object_tags import MORE_FOLLOW
from tests.e2e.conftest import FOLDER
from tests.e2e.stash import StashUnderTest, wait_for

PLUGIN, LISTENER = "stash2plex", "stash2plexListener"
DRAIN = "Stash2Plex: handle saved changes"
HOLD = "listenerTestHold"
SETTINGS = {"plex_url": "http://127.0.0.1:1", "plex_token": "token", "enabled": True}
CONFIGURE = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
ENABLE = "mutation($map: BoolMap!) { setPluginsEnabled(enabledMap: $map) }"
CREATE = "mutation($input: SceneCreateInput!) { sceneCreate(input: $input) { id } }"
UPDATE = "mutation($input: SceneUpdateInput!) { sceneUpdate(input: $input) { title } }"
BULK = "mutation($input: BulkSceneUpdateInput!) { bulkSceneUpdate(input: $input) { id } }"
MERGE = "mutation($input: SceneMergeInput!) { sceneMerge(input: $input) { id } }"
DESTROY = "mutation($id: ID!) { sceneDestroy(input: {id: $id}) }"
RUN = "mutation($plugin: ID!) { runPluginTask(plugin_id: $plugin, args_map: {}) }"
LOGIN = """mutation($name: String, $password: String) {
  configureGeneral(input: {username: $name, password: $password}) { username }
}"""
KEY = "mutation($clear: Boolean) { generateAPIKey(input: {clear: $clear}) }"
MANIFEST = """name: Holds the job queue
interface: raw
exec:
  - python3
  - "{pluginDir}/hold.py"
"""
SCRIPT = """import pathlib, time
end = time.monotonic() + 60
while pathlib.Path(__file__).with_name("hold").exists() and time.monotonic() < end:
    time.sleep(0.02)
print("{}")
"""


class Audience:
    """A Stash whose saves Stash2Plex hears, with scenes of the tests."""

    def __init__(self, stash: StashUnderTest, plugins: Path) -> None:
        self.stash = stash
        self.folder = plugins / HOLD
        self.script = plugins / FOLDER / PLUGIN / "shared" / "listener" / "listener.js"
        self.scenes: list[str] = []

    def add_scene(self) -> str:
        """Add a scene."""
        return str(self.stash.ask(CREATE, input={"title": f"Morning {uuid.uuid4().hex}"})["sceneCreate"]["id"])

    def save(self, scene: str, **values: Any) -> None:
        """Save a scene."""
        self.stash.ask(UPDATE, input={"id": scene, **(values or {"title": f"Evening {uuid.uuid4().hex}"})})

    @contextlib.contextmanager
    def hold_jobs(self) -> Iterator[None]:
        """Let Stash run no other job for a while; in the end wait for those that were queued meanwhile."""
        flag = self.folder / "hold"
        flag.touch()
        job = self.stash.ask(RUN, plugin=HOLD)["runPluginTask"]
        wait_for(lambda: [each for each in self.list_jobs() if each["status"] == "RUNNING"] or None, "the hold")
        yield
        flag.unlink()
        self.stash.finish(job)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until Stash has no job."""
        wait_for(lambda: not self.list_jobs() or None, "the end of all jobs")

    def list_jobs(self) -> list[dict[str, Any]]:
        """Return the jobs that wait or run."""
        jobs = self.stash.ask("{ jobQueue { id status description } }")["jobQueue"] or []
        return [job for job in jobs if job["status"] in ("READY", "RUNNING", "STOPPING")]

    def count_drains(self, status: str = "READY") -> int:
        """Return how many drains are in Stash's queue."""
        return sum(DRAIN in job["description"] and job["status"] == status for job in self.list_jobs())

    def find_entries(self) -> set[str]:
        """Return the scenes in the plugin's queue."""
        listed = self.stash.operate(PLUGIN, "queue_list", page_size=100)["entries"]
        return {str(entry["scene_id"]) for entry in listed}

    def wait_for_entry(self, scene: str) -> None:
        """Wait until a drain that ran by itself has found a scene."""
        wait_for(lambda: scene in self.find_entries() or None, f"finding scene {scene}")

    def look_for_entry(self, scene: str) -> None:
        """Let heartbeats of an open page look until they find a scene."""

        def look() -> bool | None:
            self.stash.operate(PLUGIN, "heartbeat")
            return scene in self.find_entries() or None

        wait_for(look, f"finding scene {scene}")

    def add_known_scenes(self, count: int) -> None:
        """Add scenes and look at them, so that only later saves of them count."""
        self.scenes = [self.add_scene() for _ in range(count)]
        self.look_for_entry(self.scenes[-1])

    def switch(self, **plugins: bool) -> None:
        """Switch plugins on or off."""
        self.stash.ask(ENABLE, map=plugins)


@pytest.fixture(scope="module")
def installed(stash_with_plugins: StashUnderTest) -> Iterator[Audience]:
    """Stash2Plex, whose queue is paused, as the only listener; the plugin that holds the job queue; known scenes."""
    stash = stash_with_plugins
    general = stash.ask("{ configuration { general { pluginsPath } } }")["configuration"]["general"]
    audience = Audience(stash, Path(general["pluginsPath"]))
    audience.folder.mkdir(exist_ok=True)
    (audience.folder / f"{HOLD}.yml").write_text(MANIFEST)
    (audience.folder / "hold.py").write_text(SCRIPT)
    stash.ask("mutation { reloadPlugins }")
    listeners = [name for name in stash.plugins() if name.endswith("Listener")]
    audience.switch(**dict.fromkeys(listeners, False))
    stash.ask(CONFIGURE, id=PLUGIN, values=SETTINGS)
    stash.operate(PLUGIN, "heartbeat")  # new path rules end a pause
    stash.operate(PLUGIN, "queue_pause")
    audience.add_known_scenes(50)
    yield audience
    stash.operate(PLUGIN, "queue_resume")
    stash.ask(CONFIGURE, id=PLUGIN, values={})
    audience.switch(**dict.fromkeys(listeners, True))
    shutil.rmtree(audience.folder)
    stash.ask("mutation { reloadPlugins }")


@pytest.fixture
def audience(installed: Audience) -> Iterator[Audience]:
    installed.switch(**{LISTENER: True})
    installed.stash.operate(PLUGIN, "queue_remove")
    yield installed
    installed.switch(**{LISTENER: False})
    installed.stash.ask("mutation { stopAllJobs }")
    installed.wait_until_idle()
    installed.stash.ask(CONFIGURE, id=PLUGIN, values=SETTINGS)


@pytest.fixture
def scene(audience: Audience) -> str:
    """A scene that is known."""
    return audience.scenes[-1]


def test_a_save_of_a_watched_field_queues_one_drain_which_finds_it(audience: Audience, scene: str) -> None:
    with audience.hold_jobs():
        for rating in (20, 40, 60):
            audience.save(scene, rating100=rating)
        assert audience.count_drains() == 1
    assert scene in audience.find_entries()


def test_a_creation_and_a_deletion_are_heard(audience: Audience, scene: str) -> None:
    new = audience.add_scene()
    audience.wait_for_entry(new)
    audience.wait_until_idle()
    with audience.hold_jobs():
        audience.stash.ask(DESTROY, id=audience.scenes.pop())
        assert audience.count_drains() == 1
    assert audience.find_entries() >= {new, scene}


@pytest.mark.parametrize("settings", [SETTINGS, {**SETTINGS, "enabled": False}, {**SETTINGS, "plex_token": ""}])
def test_a_save_of_another_field_or_without_the_feature_queues_nothing(
    audience: Audience, scene: str, settings: Mapping[str, Any]
) -> None:
    audience.stash.ask(CONFIGURE, id=PLUGIN, values=settings)
    values = {"url": "https://example.test/1"} if settings == SETTINGS else {"title": "Other"}
    with audience.hold_jobs():
        audience.save(scene, **values)
        assert audience.count_drains() == 0


def test_of_saves_in_a_row_the_one_without_the_mark_is_heard_for_all(audience: Audience) -> None:
    first, second, last = audience.scenes[-3:]
    with audience.hold_jobs():
        for scene, mark in ((first, MORE_FOLLOW), (second, MORE_FOLLOW), (last, None)):
            assert audience.count_drains() == 0
            audience.stash.ask(BULK, input={"ids": [scene], "rating100": 55, "clientMutationId": mark})
        assert audience.count_drains() == 1
    assert audience.find_entries() >= {first, second, last}


def test_a_bulk_update_queues_at_most_one_waiting_drain(audience: Audience) -> None:
    scenes = audience.scenes
    with ThreadPoolExecutor(1) as pool:
        saving = pool.submit(audience.stash.ask, BULK, input={"ids": scenes, "rating100": 80})
        while not saving.done():
            assert audience.count_drains() <= 1
            assert audience.count_drains("RUNNING") <= 1
        saving.result()
    assert audience.count_drains() <= 1
    audience.wait_until_idle()
    assert audience.find_entries() >= set(scenes)
    with audience.hold_jobs():
        audience.stash.ask(BULK, input={"ids": scenes, "rating100": 90})
        assert audience.count_drains() == 1


def test_saves_of_eight_at_once_leave_a_short_list_of_jobs(audience: Audience) -> None:
    scenes = audience.scenes[:8]
    for round_ in range(5):
        with audience.hold_jobs(), ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda scene: audience.save(scene, rating100=10 + round_), scenes))  # noqa: B023 -- done here
            assert audience.count_drains() in (1, 2)
            assert len(audience.list_jobs()) <= 3  # with the one that holds the others
    assert audience.find_entries() >= set(scenes)


def test_a_merge_which_no_listener_hears_is_found_by_the_next_look(audience: Audience) -> None:
    source, destination, other = audience.scenes.pop(), *audience.scenes[:2]
    with audience.hold_jobs():
        audience.stash.ask(MERGE, input={"source": [source], "destination": destination})
    audience.save(other)
    audience.wait_for_entry(other)
    audience.wait_until_idle()
    assert audience.find_entries() >= {source, other}


def test_what_was_saved_while_the_listener_was_off_is_found_by_an_open_page(audience: Audience, scene: str) -> None:
    audience.switch(**{LISTENER: False})
    with audience.hold_jobs():
        audience.save(scene)
        assert audience.count_drains() == 0
    audience.look_for_entry(scene)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(
            lambda text: spoil_step(text, "find", "jobQueue { status", "jobQueue { noSuchField"),
            id="its query is refused",
        ),
        pytest.param(lambda text: spoil_step(text, "start", "startTask();", "unknown.start();"), id="it has a bug"),
        pytest.param(lambda text: text + "\n}}}", id="it cannot be read"),
    ],
)
def test_an_error_of_the_listener_breaks_no_save(audience: Audience, scene: str, spoil: Callable[[str], str]) -> None:
    text = audience.script.read_text()
    before = audience.stash.complaints()
    audience.script.write_text(spoil(text))
    try:
        for title in ("One", "Two", "Three"):
            audience.save(scene, title=title)
    finally:
        audience.script.write_text(text)
    new = [message for _, message in audience.stash.complaints() if (_, message) not in before]
    assert len([message for message in new if "was not started" in message]) <= 1
    assert (
        audience.stash.ask("query($id: ID!) { findScene(id: $id) { title } }", id=scene)["findScene"]["title"]
        == "Three"
    )
    assert audience.count_drains() == 0
    audience.look_for_entry(scene)


def spoil_step(script: str, step: str, sound: str, faulty: str) -> str:
    """Return the listener's script with a fault in a step that it gets as an argument."""
    names = ("plugin", "task", "fields", "needs", "onByDefault", "filter", "find", "start")
    copy = "".join(f"{name}: hook.{name}, " for name in names)
    spoiled = f"hook = {{ {copy}}};\nhook.{step} = hook.{step}.replace({json.dumps(sound)}, {json.dumps(faulty)});\n"
    return script.replace("eval(hook.filter);", f"{spoiled}eval(hook.filter);")


def test_behind_a_login_saves_are_heard_and_found(audience: Audience, scene: str) -> None:
    with log_in(audience.stash):
        with audience.hold_jobs():
            audience.save(scene)
            assert audience.count_drains() == 1
        assert scene in audience.find_entries()


@contextlib.contextmanager
def log_in(stash: StashUnderTest) -> Iterator[None]:
    """Let Stash ask for a login for a while, and use an API key, which Stash makes for a name only."""
    general = "{ configuration { general { username } } }"
    if stash.ask(general)["configuration"]["general"]["username"]:
        yield  # it asks for one anyway
        return
    headers = stash.headers
    stash.ask(LOGIN, name="ann", password="")
    key = stash.ask(KEY)["generateAPIKey"]
    stash.ask(LOGIN, name="ann", password=uuid.uuid4().hex)
    try:
        stash.headers = {"ApiKey": key}
        yield
    finally:
        stash.ask(LOGIN, name="", password="")
        stash.ask(KEY, clear=True)
        stash.headers = headers
