"""What a save in Stash costs: which modules a hook loads, beyond those of Python itself."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from scripts.places import PLUGINS
from scripts.release.manifests import entry_path, load_plugin
from shared.runtime.plugin import Plugin
from tests.harness.process import ROOT, Outcome, document, hook, run_plugin
from tests.shared.conftest import SAMPLE

IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s*([\w.]+)$", re.MULTILINE)

# All that a hook which concerns nobody may load.
IGNORED = {
    "__future__",
    "_json",
    "encodings.utf_8_sig",
    "shared",
    "shared.errors",
    "shared.runtime",
    "shared.runtime.main",
    "shared.runtime.plugin",
    "shared.runtime.stdio",
    "shared.runtime.handler",
}

# Each costs more than everything a hook does itself. `json` (and `re` with it) is paid by those that keep something.
HEAVY = {"typing", "dataclasses", "logging", "pathlib", "http", "ssl", "asyncio", "urllib", "subprocess", "tempfile"}
NETWORK = {"socket", "_socket", "selectors"}
PACKAGES = {"requests", "stashapi", "urllib3"}

LIGHT_ROOMS = [
    *("errors", "settings"),
    *(
        f"runtime.{name}"
        for name in ("plugin", "main", "stdio", "handler", "call", "clock", "log", "redact", "failure", "deps")
    ),
    *("state.store", "state.lease", "state.json_file"),
    *("queue.outbox", "queue.spool", "queue.breaker", "queue.enqueue"),
]


def imported(text: str) -> set[str]:
    """The modules named in what `-X importtime` wrote."""
    return set(IMPORTED.findall(text))


@cache
def bare_modules() -> frozenset[str]:
    """What this Python loads for nothing."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "pass"], capture_output=True, text=True, check=True
    )
    return frozenset(imported(done.stderr))


def loaded_by(outcome: Outcome) -> set[str]:
    return imported("\n".join(line.text for line in outcome.lines)) - bare_modules()


def run_hook(entry: Path, state: Path, trigger: str, fields: list[str]) -> set[str]:
    """The modules a hook of this plugin loads, the second time, when its state file is there."""
    sent = document(hook(trigger, 5, fields), state=state)
    run_plugin(entry, sent)
    outcome = run_plugin(entry, sent, options=["-X", "importtime"])
    assert outcome.error is None
    return loaded_by(outcome)


def tops(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_a_hook_that_concerns_nobody_loads_next_to_nothing(tmp_path: Path) -> None:
    assert run_hook(SAMPLE, tmp_path, "Scene.Update.Post", ["title"]) <= IGNORED


def test_a_hook_that_keeps_something_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = run_hook(SAMPLE, tmp_path, "Performer.Update.Post", ["name"])
    assert "sqlite3" in loaded
    assert tops(loaded) & (HEAVY | PACKAGES) <= {"urllib"}  # the sample's Stash is not there, so it asks again and logs


def test_a_feature_that_is_off_does_not_even_open_the_state_file(tmp_path: Path) -> None:
    folder = tmp_path / "plugin_data" / "samplePlugin"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text('{"isOn": false}')
    loaded = run_hook(SAMPLE, tmp_path, "Studio.Update.Post", ["name"])
    assert tops(loaded) & (HEAVY | PACKAGES | NETWORK | {"sqlite3", "json", "re"}) == set()
    assert [path.name for path in folder.iterdir()] == ["settings.json"]


def plugin_hooks() -> list[tuple[Plugin, str]]:
    """Every hook of every plugin."""
    plugins = [load_plugin(name) for name in PLUGINS]
    return [(plugin, trigger) for plugin in plugins for trigger in plugin.hooks]


@pytest.mark.parametrize("number", range(len(plugin_hooks())))
def test_every_hook_of_the_plugins_loads_nothing_heavy(tmp_path: Path, number: int) -> None:
    plugin, trigger = plugin_hooks()[number]
    fields = list(plugin.hooks[trigger].fields) or ["title"]
    loaded = run_hook(entry_path(plugin.id), tmp_path, trigger, fields)
    assert tops(loaded) & (HEAVY | PACKAGES) <= {"urllib"}


@pytest.mark.parametrize("number", [at for at, (plugin, one) in enumerate(plugin_hooks()) if plugin.hooks[one].fields])
def test_every_hook_with_fields_is_cheap_for_other_fields(tmp_path: Path, number: int) -> None:
    plugin, trigger = plugin_hooks()[number]
    assert run_hook(entry_path(plugin.id), tmp_path, trigger, ["no_such_field"]) <= IGNORED


@pytest.mark.parametrize("room", LIGHT_ROOMS)
def test_a_light_room_is_light(room: str) -> None:
    command = [sys.executable, "-X", "importtime", "-c", f"import shared.{room}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert tops(imported(done.stderr) - bare_modules()) & (HEAVY | NETWORK | PACKAGES) == set()
