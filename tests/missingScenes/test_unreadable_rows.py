"""Rows of the state file with content that cannot be read: told, set aside, and Missing Scenes goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Performer
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


def test_a_match_of_a_file_with_too_few_members_is_told_once_and_the_next_call_works(bench: Bench) -> None:
    bench.world.add_scene("Remote", fingerprints=[Fingerprint(1, "OSHASH", 1200)])
    bench.stock.add_scene("Local", file=VideoFile("/media/1.mp4", duration=1200.0, oshash=f"{1:016x}"))
    bench.task("compare_files")
    spoil_column(bench.plugin.state_dir, "file_matches", "evidence", '["oshash"]')
    with pytest.raises(GraphQLFailed, match="A row of the table file_matches "):
        bench.operate("file_matches", group="sure")
    assert bench.operate("file_matches", group="sure")["rows"] == []
