"""Measures the cost of the plugins on Stash's own pages, and that of the start of a process."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import Row, measure_process
from sandbox.stash.server import SandboxStash, StashOptions
from scripts.places import PLUGINS, ROOT
from scripts.release.page_scripts import STARTER, build_page_scripts
from tests.harness.browser import open_screen, start_chromium
from tests.harness.installed import assemble, make_environment
from tests.harness.process import document, operation

ROUNDS = 7
SWITCH = "PYTHONDONTWRITEBYTECODE"


def measure() -> Iterator[Row]:
    """Yield the rows of the plugins' scripts and short operations, for `./dev bench pages`."""
    yield measure_starters()
    with tempfile.TemporaryDirectory() as folder:
        yield measure_opening(Path(folder))
        yield from measure_processes(Path(folder))


def measure_starters() -> Row:
    """Return the share of the plugins' scripts that Stash loads on each of its pages."""
    scripts = [build_page_scripts(plugin) for plugin in PLUGINS]
    loaded = sum(len(each[STARTER]) for each in scripts)
    whole = sum(len(text) for each in scripts for text in each.values())
    return Row("a page of Stash loads, of all scripts", loaded / whole, 0.1, note=f"{loaded / 1024:.0f} KB")


def measure_opening(folder: Path) -> Row:
    """Return the CPU time of the scripts of a page of Stash with all four plugins, over that with empty scripts.

    Stash itself works for each plugin, whatever its script does: it keeps the plugin's settings and tasks, and
    loads the script. The note says what this costs.
    """
    plugins = [assemble(ROOT / name, folder / name) for name in PLUGINS]
    hollow = [empty_starter(plugin, folder / "hollow" / plugin.name) for plugin in plugins]
    env = make_environment()
    kinds = [StashOptions(environment=env, plugins=each) for each in (plugins, hollow, [])]
    with start_chromium() as browser, ExitStack() as stack:
        stashes = [stack.enter_context(SandboxStash(options)) for options in kinds]
        taken = [[time_scripts(browser, stash) for stash in stashes] for _ in range(ROUNDS)]
    four, empty, none = (statistics.median(times) for times in zip(*taken))
    note = f"{four - empty:+.0f} ms; empty scripts {empty - none:+.0f} ms"
    return Row("opening Stash with four plugins, CPU time of scripts", four / empty, 1.1, note=note)


def empty_starter(plugin: Path, copy: Path) -> Path:
    """Return a copy of a plugin whose script on Stash's pages does nothing."""
    shutil.copytree(plugin, copy, symlinks=True)
    script = copy / STARTER
    script.unlink()
    script.write_text(";")
    return copy


def time_scripts(browser: Browser, stash: SandboxStash) -> float:
    """Return the milliseconds of CPU time that scripts used until a page of Stash is shown."""
    with open_screen(browser, stash) as screen:
        session = screen.page.context.new_cdp_session(screen.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        screen.visit("/stats").locator(".stats-element").first.wait_for()
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * float({row["name"]: row["value"] for row in metrics}["ScriptDuration"])


def measure_processes(folder: Path) -> Iterator[Row]:
    """Yield the CPU time of a short operation, and that with byte code switched off over it."""
    plugin = folder / "started" / "missingScenes"
    assemble(ROOT / plugin.name, plugin)
    (plugin / "shared").unlink()
    shutil.copytree(ROOT / "shared", plugin / "shared", ignore=shutil.ignore_patterns("__pycache__"))
    clean = {name: value for name, value in os.environ.items() if name != SWITCH}
    off = time_process(plugin, {**clean, SWITCH: "1"})
    on = time_process(plugin, clean)
    yield Row("an operation, CPU time of its whole process", on * 1000, 80, "ms")
    yield Row("an operation with byte code off, CPU time", off / on, 1.3)


def time_process(plugin: Path, env: Mapping[str, str]) -> float:
    """Return the median CPU seconds of an operation that asks no other program, after a first call."""
    sent = json.dumps(document(operation("history_list"), state=plugin.parent)).encode()
    command = [sys.executable, str(plugin / "missing_scenes.py")]
    return statistics.median([measure_process(command, sent, env).cpu_seconds for _ in range(ROUNDS + 1)][1:])
