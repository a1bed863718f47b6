"""Rows of the state file with content that cannot be read: told, set aside, and the plugin goes on."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Performer
from shared.errors import GraphQLFailed
from tests.harness.state import spoil_column
from tests.missingScenes.conftest import Bench

JUNK = ["{", "5", "[" * 5000, ""]


@pytest.fixture
def marked(bench: Bench, mira: Performer, local_mira: str) -> Bench:
    """The bench with two wanted scenes."""
    bench.add_scenes(2, mira)
    cards = bench.find(local_mira)["scenes"]
    bench.operate("mark_scenes", list="wanted", is_on=True, endpoint=bench.box.endpoint, scenes=cards)
    return bench


@pytest.mark.parametrize("junk", JUNK, ids=["cut off", "a number", "deep", "empty"])
def test_a_wanted_scene_with_an_unreadable_card_stays_wanted(marked: Bench, junk: str) -> None:
    spoil_column(marked.plugin.state_dir, "marks", "card", junk)
    with pytest.raises(GraphQLFailed, match=r"A row of the table marks .* was set aside") as failure:
        marked.operate("list_marked", list="wanted")
    assert "bug" not in str(failure.value)
    page = marked.operate("list_marked", list="wanted", text="scene")
    assert ([card["title"] for card in page["scenes"]], page["count"]) == (["Scene 1", "Scene 0"], 2)
    (kept,) = marked.plugin.state_dir.glob("*.damaged-rows-marks-*")
    assert "Scene" in kept.read_text(encoding="utf-8")
    notices = marked.operate("heartbeat")["notices"]
    assert any("the table marks could not be read" in str(each) for each in notices)


@pytest.mark.parametrize(
    ("table", "column"), [("journal_runs", "details"), ("journal_rows", "before"), ("journal_plans", "details")]
)
def test_the_history_with_an_unreadable_row_works_at_the_second_call(marked: Bench, table: str, column: str) -> None:
    spoil_column(marked.plugin.state_dir, table, column, "{")
    calls = {
        "journal_runs": ("history_list", {}),
        "journal_rows": ("history_changes", {"run_id": 1}),
        "journal_plans": ("plan_list", {"plan_id": 1}),
    }
    name, args = calls[table]
    with pytest.raises(GraphQLFailed, match=f"table {table} "):
        marked.operate(name, **args)
    assert marked.operate(name, **args) is not None
