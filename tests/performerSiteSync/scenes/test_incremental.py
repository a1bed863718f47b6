"""Rounds of random edits on both sides: after each sync, every scene has what a simple model of three values says."""

from __future__ import annotations

import random

from sandbox.stashbox.model import Scene
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.test_update import sync

SCENES, ROUNDS, EDITS = 120, 8, 25
FIELDS = ("title", "code", "director")
Values = dict[str, str]


class ModelScene:
    """One scene as the model sees it: what the box said at the baseline, what it says, and what the library has."""

    def __init__(self, remote: Scene, number: int) -> None:
        self.remote, self.number = remote, number
        self.box: Values = {field: getattr(remote, field) for field in FIELDS}
        self.base, self.local = dict(self.box), dict(self.box)

    def sync(self) -> None:
        """Take over what the box changed where the library has the box's earlier value; all else stays."""
        for field in FIELDS:
            if self.local[field] == self.base[field]:
                self.local[field] = self.box[field]
            self.base[field] = self.box[field]


def make_scenes(bench: Bench) -> list[ModelScene]:
    found = []
    for each in range(SCENES):
        remote = bench.world.add_scene(f"Scene {each}", code=f"C-{each}", director="Ida Holm")
        number = bench.own_scene(remote, code=f"C-{each}", director="Ida Holm")
        found.append(ModelScene(remote, number))
    return found


def edit(bench: Bench, scene: ModelScene, chance: random.Random) -> None:
    field, value = chance.choice(FIELDS), f"V{chance.randrange(10**6)}"
    side = chance.random()
    if side < 0.5:
        scene.box[field] = value
        bench.edit(scene.remote, **{field: value})
    else:
        scene.local[field] = scene.box[field] if side > 0.8 else value
        bench.stash.scenes.update(scene.number, {field: scene.local[field]})


def test_rounds_of_edits_on_both_sides_end_as_the_model_says(bench: Bench) -> None:
    chance = random.Random(20261130)
    scenes = make_scenes(bench)
    sync(bench)
    for _ in range(ROUNDS):
        for scene in chance.sample(scenes, EDITS):
            edit(bench, scene, chance)
        sync(bench)
        rows = bench.stash.scenes.read([scene.number for scene in scenes], " ".join(FIELDS))
        for scene in scenes:
            scene.sync()
        assert {number: {field: row[field] for field in FIELDS} for number, row in rows.items()} == {
            scene.number: scene.local for scene in scenes
        }


def test_an_unchanged_library_costs_one_request_for_changes(bench: Bench) -> None:
    make_scenes(bench)
    sync(bench)
    assert bench.asked("LookUp") == SCENES / 40
    asked = bench.asked()
    assert sync(bench)["run"]["unchanged"] == SCENES
    assert bench.asked() - asked <= 2
