"""Many syncs in a row: what they write, and what they cost."""

from __future__ import annotations

from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.scene_model import run_rounds
from tests.performerSiteSync.scenes.test_update import sync

SCENES, ROUNDS, EDITS = 200, 12, 60


def test_rounds_of_edits_on_both_sides_end_as_the_model_says(bench: Bench) -> None:
    assert run_rounds(bench, SCENES, ROUNDS, EDITS) == []


def test_an_unchanged_library_costs_one_request_for_changes(bench: Bench) -> None:
    scenes = 120
    for each in range(scenes):
        bench.own_scene(bench.world.add_scene(f"Scene {each}"))
    sync(bench)
    assert bench.asked("LookUp") == scenes / 40
    asked = bench.asked()
    assert sync(bench)["run"]["unchanged"] == scenes
    assert bench.asked() - asked <= 2
