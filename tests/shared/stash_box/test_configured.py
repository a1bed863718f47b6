"""The box a call works on, and its set-up test."""

from __future__ import annotations

import pytest

from sandbox.stashbox.server import StashBox
from shared.errors import UsageError
from shared.stash_box import Box, StashBoxClient
from shared.stash_box.configured import pick_box, require_box
from shared.stash_box.setup_tests import BoxCheck, check_box, summarize_checks
from tests.shared.stash_box.conftest import Connect

KEYLESS = Box("Keyless", "https://one.example/graphql", " ")
USABLE = Box("Usable", "https://two.example/graphql", "key")


def test_without_an_endpoint_the_first_box_with_a_key_is_picked() -> None:
    assert (pick_box([KEYLESS, USABLE]), pick_box([KEYLESS])) == (USABLE, KEYLESS)


def test_the_named_box_is_picked_even_without_a_key() -> None:
    assert pick_box([USABLE, KEYLESS], KEYLESS.endpoint) == KEYLESS


@pytest.mark.parametrize("endpoint", ["https://gone.example/graphql", ""])
def test_an_operation_that_names_its_box_gets_no_other_one(endpoint: str) -> None:
    with pytest.raises(UsageError, match="Metadata Providers"):
        require_box([USABLE], endpoint)


def test_without_any_box_the_error_says_where_to_add_one() -> None:
    with pytest.raises(UsageError, match="Add one with its API key under Settings > Metadata Providers"):
        pick_box([])


def test_a_box_that_answers_names_the_user(client: StashBoxClient) -> None:
    check = check_box(client)
    assert (check.problem, check.sentence) == ("", f"Box answers, signed in as {check.user}.")


def test_a_box_without_a_key_is_not_asked(box: StashBox, connect: Connect) -> None:
    check = check_box(connect(box, api_key=" "))
    assert (check.sentence.startswith("Box: It has no API key."), box.server.traffic.total) == (True, 0)


def test_one_box_with_a_problem_makes_the_set_up_test_a_warning(box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("unauthorized")
    result = summarize_checks([BoxCheck(USABLE, "mira", ""), check_box(client)])
    assert (result.state, result.message.count("Box")) == ("warning", 2)


def test_without_boxes_the_set_up_test_says_what_to_do() -> None:
    step = "Add one with its API key under Settings > Metadata Providers in Stash."
    expected = ("not_set_up", "No stash-box is set up in Stash.", step, "stashBoxEndpoint")
    assert tuple(summarize_checks([], "stashBoxEndpoint")) == expected
