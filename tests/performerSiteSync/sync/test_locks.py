"""Locks of fields: listed with their reason, and given back to the sources."""

from __future__ import annotations

from tests.performerSiteSync.conftest import Bench


def test_an_edited_field_is_locked_and_can_be_given_back(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.sync()
    bench.stash.performers.update(number, {"country": "SE"})
    rows = {row["field"]: row for row in bench.operate("locks", id=number)["fields"]}
    bench.set(fieldPolicies="country: follow")
    bench.operate("lock_set", id=number, field="country", is_locked=False)
    bench.sync()
    assert (rows["country"]["lock"], rows["country"]["box"], rows["name"]["box"]) == ("edited", "StashDB", None)
    assert bench.show(number)["country"] == "NO"
