"""Filling empty descriptions and missing aliases of linked tags."""

from __future__ import annotations

from tests.tagManager.conftest import Bench


def test_a_backfill_fills_gaps_and_keeps_existing_values(bench: Bench) -> None:
    first = bench.world.add_tag("Rain", description="Water from above", aliases=["Drizzle", "Taken"])
    second = bench.world.add_tag("Fog", description="Thick air")
    bench.add_tag("Taken")
    bench.add_tag("Wet", first)
    bench.add_tag("Fog", second, description="Mine")
    bench.task("refresh_tags")
    planned = bench.plan("backfill_plan")
    bench.apply(planned)
    found = bench.tags_by_name()
    assert (found["Wet"]["description"], sorted(found["Wet"]["aliases"])) == ("Water from above", ["Drizzle", "Rain"])
    assert (found["Fog"]["description"], planned["aliases_left_out"]) == ("Mine", 1)
