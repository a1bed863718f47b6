"""Connections, settings, cache, report and locks."""

from __future__ import annotations

import pytest

from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def test_a_source_without_a_key_fails_without_a_request(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=(" ",))
    first, second = bench.operate("test_connections")["sources"]
    assert (first["is_ok"], second["is_ok"], bench.asked()) == (False, True, 0)
    with pytest.raises(AssertionError, match="no API key"):
        bench.task("test_connections")


def test_one_source_can_be_tested_alone(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    answer = bench.operate("test_connections", source=other.endpoint)
    assert ([row["box"] for row in answer["sources"]], bench.asked()) == (["FansDB"], 0)


def test_unreadable_settings_are_named(bench: Bench) -> None:
    bench.set(fieldPolicies="colour: follow, country: maybe", sourcePrecedence="StashDB, Nowhere")
    message = bench.operate("validate_configuration")["message"]
    assert [word in message for word in ('"colour"', '"maybe"', '"Nowhere"')] == [True] * 3


def test_the_default_settings_are_valid(bench: Bench) -> None:
    assert bench.task("validate_configuration")["problems"] == []


def test_clearing_the_cache_keeps_locks_and_history(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO", eye_color="BLUE"))
    bench.operate("lock_set", id=number, field="country", is_locked=True)
    bench.sync()
    asked = bench.asked()
    bench.task("clear_cache")
    bench.sync()
    assert (bench.show(number)["country"] or "", bench.asked()) == ("", asked + 1)
    assert bench.operate("history_list")["runs"]
