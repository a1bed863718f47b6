"""The tests of the Setup tab."""

from __future__ import annotations

import pytest

from tests.tagManager.conftest import Bench


@pytest.mark.parametrize(("fault", "state"), [("", "ok"), ("unauthorized", "warning")])
def test_the_setup_tab_tests_the_boxes(bench: Bench, fault: str, state: str) -> None:
    if fault:
        bench.box.server.faults.add(fault)
    (result,) = bench.operate("setup_tests", only="boxes")["tests"]
    assert result["state"] == state
    assert "StashDB" in result["message"]


def test_a_key_whose_user_may_not_read_is_a_warning(bench: Bench) -> None:
    bench.world.accounts[bench.box.key].roles = ()
    (result,) = bench.operate("setup_tests", only="boxes")["tests"]
    assert result["state"] == "warning"
    assert "may not read. Ask for the role READ." in result["message"]


def test_the_setup_tab_names_patterns_that_cannot_be_used(bench: Bench) -> None:
    bench.operate("blacklist_save", entries=["/(oops/"])
    (result,) = bench.operate("setup_tests", only="patterns")["tests"]
    assert (result["state"], "(oops" in result["message"]) == ("warning", True)
