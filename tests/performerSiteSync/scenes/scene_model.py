"""A model of the sync of scenes: what each scene has after rounds of random edits on both sides.

A test runs it with some hundred scenes, and the benchmark of scenes with a thousand and ten thousand edits.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sandbox.stashbox.model import Credit, Performer, Scene
from shared.errors import BundleError
from tests.harness.clock import CountingClock
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.inside import run_inside

FIELDS = ("title", "code", "director", "details")
UPDATE = f"UPDATE scenes SET {', '.join(f'{name} = ?' for name in FIELDS)} WHERE id = ?"
PEOPLE = 12
ROUND_SECONDS = 3 * 3600.0  # longer than the margin in which a pass asks again for the changes before it
Values = dict[str, str]


@dataclass
class ModelScene:
    """One scene as the model sees it: what the box says, said at the last look and at the baseline; the library."""

    remote: Scene
    number: int
    box: Values
    cast: set[int] = field(default_factory=set)  # performers at the box, by their number in the library
    heard: Values = field(default_factory=dict)
    heard_cast: set[int] = field(default_factory=set)
    base: Values = field(default_factory=dict)
    base_cast: set[int] = field(default_factory=set)
    local: Values = field(default_factory=dict)
    local_cast: set[int] = field(default_factory=set)
    written: Values = field(default_factory=dict)
    written_cast: set[int] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def hear(self) -> None:
        """Take over what the box says: it answered."""
        self.heard, self.heard_cast = dict(self.box), set(self.cast)

    def sync(self) -> None:
        """Take over what the box changed where the library has the box's earlier value or ours; all else stays.

        A pass looks only at scenes that the box changed, so what the library has is seen only then.
        """
        said = {name: value for name, value in self.heard.items() if value}
        if said == self.base and self.heard_cast == self.base_cast and self.seen:
            return
        filled = {name for name in FIELDS if self.local.get(name)}
        for name in FIELDS:
            self._sync_field(name)
        added = self.heard_cast - self.base_cast - self.local_cast - self.written_cast
        self.local_cast |= added
        self.written_cast |= added
        if not added:
            self.base_cast = set(self.heard_cast)
        self.seen |= filled

    def _sync_field(self, name: str) -> None:
        said, before, mine = self.heard.get(name), self.base.get(name), self.local.get(name)
        if not said:
            self.base.pop(name, None)
        elif said == mine:
            self.base[name] = said
        elif not mine:
            if not before and name not in self.written and name not in self.seen:
                self.local[name] = self.written[name] = said
        elif mine == self.written.get(name) or (said != before and mine == before):
            self.local[name] = self.written[name] = said
        elif said != before:
            self.base[name] = said  # a person's value stays; the person was told once


class Model:
    """All scenes of the model, and the edits on both sides; its clock runs ahead of the real one."""

    def __init__(self, bench: Bench, chance: random.Random, scenes: int) -> None:
        self._bench, self._chance = bench, chance
        self.spent = 0.0
        self.people: dict[int, Performer] = {}
        for each in range(PEOPLE):
            remote = bench.world.add_performer(f"Performer {each}")
            self.people[bench.own(remote)] = remote
        self.scenes = [self._add(each) for each in range(scenes)]

    def _add(self, each: int) -> ModelScene:
        said = {"title": f"Scene {each}", "code": f"C-{each}", "director": "Ida Holm"}
        remote = self._bench.world.add_scene(said["title"], code=said["code"], director=said["director"])
        number = self._bench.own_scene(remote, code=said["code"], director=said["director"])
        return ModelScene(remote, number, said, local=dict(said), base=dict(said))

    def edit(self, count: int) -> None:
        """Make so many edits, half of them at the box; a scene may get several."""
        now = datetime.fromtimestamp(time.time() + self.spent, timezone.utc).isoformat()
        chosen = [self._chance.choice(self.scenes) for _ in range(count)]
        for scene in chosen:
            if self._chance.random() < 0.5:
                self._edit_box(scene, now)
            else:
                self._edit_library(scene)
        self._save_library({scene.number: scene for scene in chosen}.values())

    def _edit_box(self, scene: ModelScene, now: str) -> None:
        name, value = self._choose()
        if name == "performers":
            scene.cast ^= {int(value)}
            appearances = [Credit(self.people[each].id) for each in sorted(scene.cast)]
            self._bench.world.change(scene.remote, updated=now, performers=appearances)
            return
        scene.box[name] = value
        self._bench.world.change(scene.remote, updated=now, **{name: value or None})

    def _edit_library(self, scene: ModelScene) -> None:
        name, value = self._choose()
        if name == "performers":
            scene.local_cast ^= {int(value)}
        else:
            scene.local[name] = scene.box.get(name, "") if self._chance.random() < 0.3 else value

    def _choose(self) -> tuple[str, str]:
        """Return a field and its new value; one of eight clears the field."""
        name = self._chance.choice((*FIELDS, "performers"))
        if name == "performers":
            return name, str(self._chance.choice(sorted(self.people)))
        return name, "" if self._chance.random() < 0.125 else f"V{self._chance.randrange(10**6)}"

    def _save_library(self, scenes: Iterable[ModelScene]) -> None:
        """Save the library's side, in Stash's database: thousands of requests would take a minute."""
        with self._bench.plugin.stash.services.library.write() as db:
            for scene in scenes:
                values = [scene.local.get(name) or None for name in FIELDS]
                db.run(UPDATE, (*values, scene.number))
                db.run("DELETE FROM performers_scenes WHERE scene_id = ?", (scene.number,))
                for each in sorted(scene.local_cast):
                    db.run("INSERT INTO performers_scenes (scene_id, performer_id) VALUES (?, ?)", (scene.number, each))

    def sync(self, *, is_down: bool = False) -> None:
        """Sync the library and the model; a box that is down leaves the answers of the last look."""
        self.spent += ROUND_SECONDS
        if is_down:
            self._bench.box.server.faults.add("server_error", status=503)
        try:
            run_inside(self._bench, CountingClock(time.time() + self.spent), "update_scenes")
        except BundleError:
            assert is_down
        self._bench.box.server.faults.clear()
        for scene in self.scenes:
            if not is_down:
                scene.hear()
            scene.sync()

    def find_differences(self) -> list[tuple[int, Any, Any]]:
        """Return the scenes in which the library differs from the model, with both sides."""
        rows = self._bench.stash.scenes.read(
            [each.number for each in self.scenes], f"{' '.join(FIELDS)} performers {{ id }}"
        )
        found = []
        for scene in self.scenes:
            row = rows[scene.number]
            here = {name: row[name] or "" for name in FIELDS}, {int(each["id"]) for each in row["performers"]}
            there = {name: scene.local.get(name, "") for name in FIELDS}, scene.local_cast
            if here != there:
                found.append((scene.number, here, there))
        return found


def run_rounds(bench: Bench, scenes: int, rounds: int, edits: int) -> list[tuple[int, Any, Any]]:
    """Run rounds of edits, each with a sync, and return the first differences; in every fifth, the box is down."""
    chance = random.Random(20261130)
    model = Model(bench, chance, scenes)
    model.sync()
    for number in range(rounds):
        model.edit(edits)
        model.sync(is_down=number % 5 == 3)
        differences = model.find_differences()
        if differences:
            return differences
    return []
