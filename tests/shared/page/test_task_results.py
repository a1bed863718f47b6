"""What became of a task, which Stash itself calls FINISHED in any case."""

from __future__ import annotations

import contextlib

import pytest

from shared.errors import GraphQLFailed
from shared.page.task_results import KEPT, KEPT_RESULTS
from shared.state.store import Store
from tests.harness.installed import InstalledPlugin
from tests.shared.page.conftest import Shelf


def result(plugin: InstalledPlugin, token: str = "t-1") -> dict[str, object] | None:
    run: dict[str, object] | None = plugin.operation("run_result", run_token=token)["run"]
    return run


def test_a_task_that_never_began_has_no_result(plugin: InstalledPlugin) -> None:
    assert result(plugin) is None


def test_the_run_of_a_task_is_found_by_its_token(plugin: InstalledPlugin, shelf: Shelf) -> None:
    plugin.run_task("rename", title="New", run_token="t-1")
    plugin.run_task("rename", title="Newer", run_token="t-2")
    first, second = result(plugin, "t-1"), result(plugin, "t-2")
    assert first and second
    assert (first["state"], first["title"], first["id"] == second["id"]) == ("finished", "Rename books", False)


def test_a_task_without_a_run_reports_what_it_said(plugin: InstalledPlugin) -> None:
    plugin.run_task("report", name="the report", run_token="t-1")
    run = result(plugin)
    assert run
    assert (run["state"], run["title"], run["message"]) == ("finished", "Report", "All is well with the report.")


@pytest.mark.parametrize("plan_id", [None, "7"])
def test_a_task_that_made_a_plan_names_it(plugin: InstalledPlugin, plan_id: str | None) -> None:
    plugin.run_task("report", name="x", plan_id=plan_id, run_token="t-1")
    run = result(plugin)
    assert run
    assert run["plan_id"] == plan_id


@pytest.mark.parametrize(
    ("mode", "message"),
    [
        ("rename", 'The argument "title" of the task rename is missing.'),
        ("report", "Sample met a bug of its own in task report (KeyError: 'name')."),
    ],
)
def test_a_failed_task_says_why_although_stash_calls_it_finished(
    plugin: InstalledPlugin, shelf: Shelf, mode: str, message: str
) -> None:
    job = plugin.run_task(mode, run_token="t-1")
    run = result(plugin)
    assert run
    assert (job.status, run["state"]) == ("FINISHED", "failed")
    assert message in str(run["message"])


def test_a_run_that_failed_in_the_middle_keeps_its_totals(plugin: InstalledPlugin, shelf: Shelf) -> None:
    shelf.put(down="yes")
    plugin.run_task("rename", title="New", run_token="t-1")
    run = result(plugin)
    assert run
    assert (run["state"], run["message"]) == ("failed", "The shelf cannot be reached.")


def test_only_the_newest_results_are_kept(plugin: InstalledPlugin) -> None:
    plugin.run_task("report", name="x", run_token="t-0")
    copy_kept_result(plugin, "t-0", [f"t-{number}" for number in range(1, KEPT_RESULTS)])
    plugin.run_task("report", name="x", run_token="t-new")
    assert result(plugin, "t-0") is None
    assert result(plugin, "t-1") is not None


def copy_kept_result(plugin: InstalledPlugin, token: str, later: list[str]) -> None:
    """Keep the result of a task under more tokens, as if later tasks had ended the same way."""
    with contextlib.closing(Store(str(plugin.state_dir / "state.sqlite3"))) as store:
        kept = store.kv.get(KEPT, object)
        store.kv.put(KEPT, {**kept, **dict.fromkeys(later, kept[token])})


WRONG_TOKENS = {"%": "must be letters", "a b": "must be letters", "x" * 81: "must be letters", "": "is missing"}


@pytest.mark.parametrize("token", WRONG_TOKENS)
def test_a_token_that_is_none_is_refused(plugin: InstalledPlugin, token: str) -> None:
    with pytest.raises(GraphQLFailed, match=WRONG_TOKENS[token]):
        plugin.operation("run_result", run_token=token)
