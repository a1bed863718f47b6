"""Every call of every plugin, with a Stash that fails: one document, one sentence, no secret, no traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.places import PLUGINS
from scripts.release.manifests import entry_path, load_plugin
from shared.runtime.plugin import STANDARD_OPERATIONS, STANDARD_TASKS
from tests.harness import weather
from tests.harness.process import Outcome, document, operation, run_plugin, task
from tests.harness.weather import Weather, serve

LOADED = {name: load_plugin(name) for name in PLUGINS}
FAULTS: dict[str, Weather] = {
    "unauthorized": weather.unauthorized(),
    "web page": weather.web_page(),
    "GraphQL errors": weather.answer({"errors": [{"message": "no such thing"}], "data": None}),
}

# Arguments that are well-formed and lead nowhere.
ANY_ARGS = {"plan_id": "1", "run_id": "1", "run_token": "t-1", "key": "allowPipInstall", "only": "stash", "values": {}}


def calls_of(name: str) -> list[dict[str, Any]]:
    """Every operation and task a plugin answers."""
    plugin = LOADED[name]
    operations = [operation(one, **ANY_ARGS) for one in (*plugin.operations, *STANDARD_OPERATIONS)]
    return [*operations, *(task(mode, **ANY_ARGS) for mode in (*plugin.tasks, *STANDARD_TASKS))]


def describe(value: Any) -> str:
    return str(value.get("operation") or value.get("mode")) if isinstance(value, dict) else str(value)


def check_envelope(outcome: Outcome) -> None:
    """One of output and error, in words for a person."""
    assert outcome.document.keys() in ({"output"}, {"error"})
    assert outcome.exit_code == 0
    if outcome.error is not None:
        assert not outcome.error[0].islower()
        assert outcome.error[-1] in ".?"
        assert "bug of its own" not in outcome.error
    shown = outcome.stdout.decode() + "".join(line.text for line in outcome.lines)
    assert "cookie-value-for-tests" not in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize("args", calls_of("missingScenes"), ids=describe)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_of_a_plugin_survives_every_fault(tmp_path: Path, fault: str, args: dict[str, Any]) -> None:
    with serve(FAULTS[fault]) as stash:
        sent = document(args, state=tmp_path, port=stash.server_address[1])
        check_envelope(run_plugin(entry_path("missingScenes"), sent))


OTHER_CALLS = [(name, args) for name in PLUGINS[1:] for args in calls_of(name)]


@pytest.mark.parametrize(("name", "args"), OTHER_CALLS, ids=describe)
def test_every_call_of_the_other_plugins_has_the_same_envelope(tmp_path: Path, name: str, args: dict[str, Any]) -> None:
    with serve(FAULTS["unauthorized"]) as stash:
        sent = document(args, state=tmp_path, port=stash.server_address[1])
        check_envelope(run_plugin(entry_path(name), sent))


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
