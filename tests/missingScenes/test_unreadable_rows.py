"""Rows of the state file with content that cannot be read: told, set aside, and Missing Scenes goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.stashbox.model import Performer
from shared.errors import GraphQLFailed
from tests.harness.state import spoil_column
from tests.missingScenes.conftest import Bench


def open_next_page(bench: Bench, page: Any) -> Any:
    """Read the second page of a list, which begins with cards that the first one held back."""
    return bench.find("1", page_size=10, cursor=page["cursor"])


def compare_page(bench: Bench, page: Any) -> Any:
    """Compare all scenes of the list with the local files, by cached fingerprints."""
    return bench.operate("find_owned_files", endpoint=bench.box.endpoint, scene_ids=page["ids"])


@pytest.mark.usefixtures("local_mira")
@pytest.mark.parametrize("junk", ["[5]", '[["a"]]', '[{"id": 5}]'])
@pytest.mark.parametrize(("column", "call"), [("held_cards.cards", open_next_page), ("prints.prints", compare_page)])
def test_odd_members_of_a_cached_list_are_told_once_and_the_next_call_works(
    bench: Bench, mira: Performer, column: str, call: Callable[[Bench, Any], Any], junk: str
) -> None:
    ids = [scene.id for scene in bench.add_scenes(30, mira)]
    page = {**bench.find("1", page_size=10), "ids": ids}
    compare_page(bench, page)
    table, _, name = column.partition(".")
    spoil_column(bench.plugin.state_dir, table, name, junk)
    with pytest.raises(GraphQLFailed, match=f"A row of the table {table} "):
        call(bench, page)
    assert call(bench, page)
