"""Odd arguments: a call is answered or refused in a sentence, never with a bug, and a refused call does nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sandbox.plex.server import PlexDouble
from sandbox.stashbox.server import StashBox
from sandbox.whisparr.server import WhisparrDouble
from scripts.places import PLUGINS
from scripts.release.argument_tables import EVERY_PLUGIN, list_handlers
from scripts.release.manifests import entry_path, load_plugin
from shared.arguments import find_declared
from shared.runtime.handler import OPERATION, load_named
from tests.harness.bench import PluginBench, open_box
from tests.harness.installed import install_plugin
from tests.harness.odd_values import OddCalls
from tests.harness.process import Outcome, document, operation, run_calls, run_plugin, task

LOADED = {name: load_plugin(name) for name in PLUGINS}
SEED = int(os.environ.get("ODD_SEED", "12"))
ROUNDS = int(os.environ.get("ODD_ROUNDS", "1"))  # calls of each operation and task with every degree of oddness
DEGREES = (0.0, 0.2, 0.6)
BUG = "bug of its own"


def list_calls(name: str) -> dict[tuple[str, str], str]:
    """Return the handlers of all operations and tasks of a plugin, by kind and name."""
    return {**list_handlers(EVERY_PLUGIN), **list_handlers(LOADED[name])}


def make_calls(name: str, texts: list[str]) -> list[dict[str, Any]]:
    """Return the arguments of many calls, the same ones for the same seed."""
    calls = OddCalls(Random(f"{SEED} {name}"), texts)
    return [
        (operation if kind == OPERATION else task)(call, **calls.make(find_declared(load_named(handler)) or (), degree))
        for _ in range(ROUNDS)
        for degree in DEGREES
        for (kind, call), handler in list_calls(name).items()
    ]


def is_refusal(outcome: Outcome) -> bool:
    """Return True if the reader of arguments refused the call."""
    error = outcome.error or ""
    return error.startswith(('The argument "', "The operation ", "The task "))


@contextlib.contextmanager
def open_world(name: str, folder: Path) -> Iterator[tuple[PluginBench, list[str]]]:
    """Open a Stash with the plugin, set up, and all programs that it talks to; yield texts that mean something."""
    with open_box("odd") as box, install_plugin(folder) as plugin, contextlib.ExitStack() as programs:
        bench = PluginBench(plugin, box)
        if name == "missingScenes":
            whisparr = WhisparrDouble()
            programs.enter_context(whisparr.server)
            plugin.save_settings(whisparrUrl=whisparr.url, whisparrApiKey=whisparr.state.api_key)
        if name == "stash2plex":
            plex = PlexDouble()
            programs.enter_context(plex.server)
            plex.state.add_section("Videos", "/data")
            plugin.save_settings(plex_url=plex.url, plex_token=plex.token)
        yield bench, [*stock(bench, box), "1", "performer", "x"]


def stock(bench: PluginBench, box: StashBox) -> list[str]:
    """Fill library and box a little; return the box's address and ids."""
    mira, tag = bench.world.add_performer("Mira Mosswick"), bench.world.add_tag("Hat")
    hill = bench.world.add_studio("Hill Films")
    scene = bench.world.add_scene("Up the hill", performers=[mira], studio=hill, tags=[tag])
    bench.stock.add_performer("Mira Mosswick", stash_ids=[bench.link(mira)])
    bench.stock.add_studio("Hill Films", stash_ids=[bench.link(hill)])
    bench.stock.add_tag("Hat")
    bench.stock.add_scene("Up the hill", stash_ids=[bench.link(scene)])
    return [box.endpoint, mira.id, tag.id, hill.id, scene.id]


def list_files(folder: Path) -> list[Path]:
    """Return the files that a call has written; compiled modules say nothing about it."""
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def describe(args: dict[str, Any], outcome: Outcome) -> str:
    """Return a call that met a bug, with the last lines of its log."""
    told = [line.text[:300] for line in outcome.lines][-3:]
    return f"{ascii(args)[:600]}\n    {outcome.error}\n    {told}"


@pytest.mark.parametrize("name", PLUGINS)
def test_odd_arguments_are_never_a_bug_and_refused_calls_do_nothing(
    tmp_path: Path, assembled: Callable[[str], Path], name: str
) -> None:
    with open_world(name, assembled(name)) as (bench, texts):
        calls = make_calls(name, texts)
        home, port = bench.plugin.stash.home, bench.plugin.stash.server.port
        connection = {"Host": "127.0.0.1", "PluginDir": str(bench.plugin.stash.plugins_dir / name)}
        sent = [document(each, state=home, port=port, **connection) for each in calls]
        outcomes = run_calls(entry_path(name), sent)
    bugs = [describe(args, each) for args, each in zip(calls, outcomes) if BUG in str(each.error) or each.exit_code]
    assert not bugs, f"{len(bugs)} of {len(calls)} calls:\n" + "\n".join(bugs[:20])

    refused = [(args, each.error) for args, each in zip(calls, outcomes) if is_refusal(each)]
    assert refused
    sent = [document(args, state=tmp_path / str(number)) for number, (args, _) in enumerate(refused)]
    again = run_calls(entry_path(name), sent)
    needed_stash = [args for (args, error), each in zip(refused, again) if each.error != error]
    assert not needed_stash, f"not refused before anything else: {needed_stash[:5]!a}"
    assert list_files(tmp_path) == []


@pytest.mark.parametrize("name", PLUGINS)
def test_the_built_plugin_refuses_a_flag_that_is_no_flag(tmp_path: Path, name: str) -> None:
    sent = document(operation("plan_select", plan_id=1, selected="perhaps"), state=tmp_path)
    outcome = run_plugin(entry_path(name), sent)
    sentence = 'The argument "selected" of the operation plan_select must be true or false, but is "perhaps".'
    assert outcome.error == sentence
    assert list_files(tmp_path) == []


@pytest.mark.parametrize("name", PLUGINS)
def test_every_handler_declares_its_arguments(name: str) -> None:
    handlers = list_calls(name)
    assert [call for call, handler in handlers.items() if find_declared(load_named(handler)) is None] == []
