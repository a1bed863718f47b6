"""Every call of every plugin, with a Stash that fails: one document, one sentence, no secret, no traceback."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from scripts.places import PLUGINS
from scripts.release.argument_tables import EVERY_PLUGIN, list_handlers
from scripts.release.manifests import entry_path, load_plugin
from shared.arguments import find_declared
from shared.runtime.handler import OPERATION, load_named
from tests.harness import weather
from tests.harness.odd_values import OddCalls
from tests.harness.process import Outcome, document, operation, run_calls, run_plugin, task
from tests.harness.weather import Weather, serve

LOADED = {name: load_plugin(name) for name in PLUGINS}
FAULTS: dict[str, Weather] = {
    "unauthorized": weather.unauthorized(),
    "web page": weather.web_page(),
    "GraphQL errors": weather.answer({"errors": [{"message": "no such thing"}], "data": None}),
}


def calls_of(name: str) -> list[dict[str, Any]]:
    """Every operation and task a plugin answers, with arguments that are well-formed and lead nowhere."""
    made = OddCalls(Random(name), ("https://box.example/graphql", "1"))
    found = {**list_handlers(EVERY_PLUGIN), **list_handlers(LOADED[name])}
    return [
        (operation if kind == OPERATION else task)(each, **made.make(find_declared(load_named(handler)) or (), 0.0))
        for (kind, each), handler in found.items()
    ]


def describe(args: dict[str, Any]) -> str:
    return str(args.get("operation") or args["mode"])


def check_envelope(outcome: Outcome, call: str = "") -> None:
    """One of output and error, in words for a person; `call` names the call if it failed."""
    assert outcome.document.keys() in ({"output"}, {"error"}), call
    assert outcome.exit_code == 0, call
    if outcome.error is not None:
        assert not outcome.error[0].islower(), call
        assert outcome.error[-1] in ".?", call
        assert "bug of its own" not in outcome.error, call
    shown = outcome.stdout.decode() + "".join(line.text for line in outcome.lines)
    assert "cookie-value-for-tests" not in shown, call
    assert "Traceback" not in shown, call


@pytest.mark.parametrize(
    ("name", "fault"),
    [*((PLUGINS[0], fault) for fault in FAULTS), *((name, "unauthorized") for name in PLUGINS[1:])],
)
def test_every_call_survives_a_stash_that_fails(tmp_path: Path, name: str, fault: str) -> None:
    calls = calls_of(name)
    with serve(FAULTS[fault]) as stash:
        port = stash.server_address[1]
        sent = [document(args, state=tmp_path / str(each), port=port) for each, args in enumerate(calls)]
        outcomes = run_calls(entry_path(name), sent)
    for args, outcome in zip(calls, outcomes):
        check_envelope(outcome, describe(args))


@pytest.mark.parametrize("name", PLUGINS)
@pytest.mark.parametrize("args", [{}, task("nothing"), operation("nothing")])
def test_every_plugin_tells_what_it_knows(tmp_path: Path, name: str, args: dict[str, Any]) -> None:
    outcome = run_plugin(entry_path(name), document(args, state=tmp_path))
    check_envelope(outcome)
    assert LOADED[name].name in str(outcome.error)
    assert "Known " in str(outcome.error)


@pytest.mark.parametrize("name", PLUGINS)
def test_a_state_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "plugin_data").write_text("a file where the folder should be")
    outcome = run_plugin(entry_path(name), document(operation("history_list"), state=tmp_path))
    check_envelope(outcome)
    assert "cannot be made" in str(outcome.error)
