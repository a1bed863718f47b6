"""The listener's script runs inside every release of Stash that the sandbox plays, on its engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from sandbox.stash.profiles import PROFILES
from tests.harness.sandbox import ROOT, RunningStash, start_stash

SHIPPED = yaml.safe_load((ROOT / "stash2plex" / "stash2plexListener.yml").read_text(encoding="utf-8"))["hooks"][0]
HEARS = {"plugin": "probe", "task": "Probe: handle saved changes", "fields": "title rating100", "needs": ""}
MANIFEST = {
    "name": "Probe listener",
    "interface": "js",
    "exec": ["listener.js"],
    "hooks": [{**SHIPPED, "defaultArgs": {**SHIPPED["defaultArgs"], **HEARS}}],
}
SAVE = 'mutation { sceneUpdate(input: {id: "1", title: "x"}) { id } }'


@pytest.fixture(params=sorted(PROFILES))
def stash(request: pytest.FixtureRequest) -> Iterator[RunningStash]:
    """A Stash with a scene, the listener, and a plugin that the listener starts."""
    with start_stash(profile=request.param) as stash:
        stash.stock.add_scene("One")
        folder = stash.add_plugin("probe")
        script = (ROOT / "shared" / "listener" / "listener.js").read_text(encoding="utf-8")
        (folder / "listener.js").write_text(script, encoding="utf-8")
        (folder / "probeListener.yml").write_text(yaml.safe_dump(MANIFEST), encoding="utf-8")
        stash.double.services.plugins.reload()
        yield stash


def test_a_save_of_a_field_of_interest_starts_the_task(stash: RunningStash) -> None:
    stash.ask(SAVE)
    stash.jobs.wait_until_idle()
    assert [run.document["args"] for run in stash.runs("task")] == [{"mode": "drain", "changed": "scene:1"}]
    assert stash.log("error") == stash.log("warning") == []


def test_a_save_of_other_fields_starts_nothing(stash: RunningStash) -> None:
    stash.ask('mutation { sceneUpdate(input: {id: "1", date: "2024-01-01"}) { id } }')
    assert stash.runs("task") == []
    assert stash.log("error") == stash.log("warning") == []
