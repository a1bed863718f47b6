"""Fetching the boxes' tag lists when a box fails."""

from __future__ import annotations

import pytest

from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


def test_a_fetch_that_fails_keeps_the_old_list_and_marks_it(bench: Bench) -> None:
    for number in range(250):
        bench.world.add_tag(f"Tag {number}")
    bench.task("refresh_tags")
    bench.box.server.faults.add("graphql_error", operation="List", after=1)
    with pytest.raises(AssertionError, match="stay"):
        bench.task("refresh_tags")
    (box,) = bench.operate("overview")["boxes"]
    assert (box["count"], box["is_stale"]) == (250, True)
    assert bench.operate("remote_search", text="Tag 249")["count"] == 1


def test_one_box_that_fails_does_not_stop_the_lists_of_others(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    other.world.add_tag("Hill")
    bench.box.server.faults.add("server_error")
    answer = bench.task("refresh_tags", run_token="t-1")
    run = bench.operate("run_result", run_token="t-1")["run"]
    assert (run["state"], list(run["problems"]), list(answer["problems"])) == ("partial", ["StashDB"], ["StashDB"])
    assert bench.operate("remote_search", endpoint=other.endpoint, text="hill")["count"] == 1


def test_a_tag_with_an_endless_name_is_left_out_with_a_line_in_the_log(bench: Bench) -> None:
    bench.world.add_tag("x" * 100_000)
    bench.world.add_tag("Hill", aliases=["y" * 100_000, "Mound"])
    bench.task("refresh_tags")
    (found,) = bench.operate("remote_search", text="")["tags"]
    assert (found["name"], found["aliases"]) == ("Hill", ["Mound"])
    warnings = str(bench.plugin.stash.services.logbook.messages("warning"))
    assert "left out of the tag Hill: aliases of 100,000 characters" in warnings
