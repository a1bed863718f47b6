"""The link doctor: planted errors found among 100,000 links, false alarms, requests, memory and time.

Every fiftieth link has one of the errors each. Every hundredth leads to a record whose fingerprint the box moved to
another one: a check reads at most the 1,280 newest notices. Lengths of wrong links are off by 12 % and more. The other
links are right, but not all of them are plain: the box does not know the file, knows another cut or no length, has the
same file at a second scene, or several versions; the length is off by just less than 10 %, or another record has one of
the file's fingerprints as well. Two kinds have rows of their own, because nothing tells them apart: a wrong link to a
scene of the same length whose file no box knows, and a right link to a cut that nobody has submitted.
"""

from __future__ import annotations

import contextlib
import math
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Row
from benchmarks._plugins import run_plugin
from sandbox.generate import fill_library
from sandbox.stash.library import EPOCH
from sandbox.stashbox.model import Fingerprint, PrintVote, Scene
from sandbox.stashbox.notifications import MOVED, move_fingerprint
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin
from tests.harness.process import task

SCENES = 100_000
EVERY = 50  # each error stands in one link of so many: 2 %
ERRORS = {1: "length", 2: "elsewhere", 3: "shared", 5: "gone", 6: "moved"}
SILENT, OTHER_CUT = 7, 8  # a wrong link without a trace, and a right one that looks wrong
SHARING = 4  # the right link that a wrong one shares
UNKNOWN, RECUT, TWIN, VERSION, POPULAR, NO_LENGTH = 10, 11, 12, 13, 14, 15  # right links that are not plain
EDGE, OTHER_PHASH, OTHER_OSHASH = 16, 17, 18  # right links near the edge of the rule
FACTORS = (0.4, 0.6, 0.8, 0.88, 1.14, 1.3, 1.8)  # of a length that is far off
CODES = {
    "length": {"length"},
    "elsewhere": {"elsewhere"},
    "shared": {"shared_other", "shared_version", "shared_part", "shared_same"},
    "gone": {"deleted", "merged"},
    "moved": {"moved"},
}
SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
READ_FILES = """SELECT v.file_id, v.duration, max(CASE p.type WHEN 'oshash' THEN p.fingerprint END),
    max(CASE p.type WHEN 'phash' THEN p.fingerprint END)
    FROM video_files v JOIN files_fingerprints p ON p.file_id = v.file_id GROUP BY v.file_id ORDER BY v.file_id"""


class Ground:
    """The records of the box for the generated library, and to which of them each scene is linked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.links: dict[int, str] = {}
        self._chance = random.Random(7)

    def add(self, number: int, duration: int, oshash: int, phash: int) -> None:
        """Add the records for one scene of the library, and link it to one of them."""
        kind, own = (
            number % EVERY,
            [Fingerprint(oshash, "OSHASH", duration, 3), Fingerprint(phash, "PHASH", duration, 3)],
        )
        if kind in (SILENT, OTHER_CUT) or is_moved(number):
            self.links[number] = self._plant_special(number, duration, own).id
            return
        make = {"length": self._plant_length, "elsewhere": self._plant_elsewhere, "gone": self._plant_gone}
        if ERRORS.get(kind) in make:
            self.links[number] = make[ERRORS[kind]](number, duration, own).id
        elif ERRORS.get(kind) == "shared":
            self.links[number] = ""  # that of the next scene
        else:
            self.links[number] = self._add_right(number, duration, own).id
            if kind == SHARING:
                self.links[number - 1] = self.links[number]

    def _add_right(self, number: int, duration: int, own: list[Fingerprint]) -> Scene:
        kind, near = number % EVERY, duration + self._chance.randint(-2, 2)
        if kind == UNKNOWN:
            return self._add(number, round(duration * self._chance.uniform(0.97, 1.03)), self._make_prints(duration))
        if kind == RECUT:
            return self._add(number, round(duration * self._chance.uniform(0.93, 1.07)), own)
        if kind == EDGE:
            share = self._chance.choice((-1, 1)) * self._chance.uniform(0.08, 0.098)
            return self._add(number, round(duration * (1 + share)), self._make_prints(duration))
        if kind in (OTHER_PHASH, OTHER_OSHASH):
            theirs = own[1 if kind == OTHER_PHASH else 0]
            self._add(number, near, [theirs._replace(submissions=1), *self._make_prints(near)])
            own = [each for each in own if kind == OTHER_PHASH or each != theirs]
        if kind == TWIN:
            self._add(number, near, own)
        if kind == VERSION:
            return self._add(number, round(duration * 0.7), [*own, *self._make_prints(round(duration * 0.7))])
        if kind == POPULAR:
            return self._add(number, near, [*own, *(one for _ in range(10) for one in self._make_prints(near))])
        return self._add(number, None if kind == NO_LENGTH else near, own)

    def _plant_length(self, number: int, duration: int, own: list[Fingerprint]) -> Scene:
        del own
        length = round(duration * self._chance.choice(FACTORS))
        return self._add(number, length, self._make_prints(length))

    def _plant_elsewhere(self, number: int, duration: int, own: list[Fingerprint]) -> Scene:
        self._add(number, duration, own[number // EVERY % 2 :])  # for each second one, only the picture is the same
        return self._add(number, duration + self._chance.randint(-20, 20), self._make_prints(duration))

    def _plant_special(self, number: int, duration: int, own: list[Fingerprint]) -> Scene:
        if number % EVERY == SILENT:
            return self._add(number, duration + self._chance.randint(-20, 20), self._make_prints(duration))
        if number % EVERY == OTHER_CUT:
            return self._add(number, round(duration * 0.7), self._make_prints(round(duration * 0.7)))
        source, target = self._add(number, duration, own), self._add(number, duration, self._make_prints(duration))
        (account,) = self.world.accounts.values()
        account.votes[(source.id, "PHASH", own[1].value)] = PrintVote(1, duration)
        move_fingerprint(self.world, source, target, own[1].value)
        return source

    def _plant_gone(self, number: int, duration: int, own: list[Fingerprint]) -> Scene:
        scene = self._add(number, duration, own)
        if number // EVERY % 2:
            self.world.merge(scene, into=self._add(number, duration, self._make_prints(duration)))
        else:
            self.world.change(scene, deleted=True, fingerprints=[])
        return scene

    def _make_prints(self, duration: int) -> list[Fingerprint]:
        return [Fingerprint(self._chance.getrandbits(63), kind, duration, 2) for kind in ("OSHASH", "PHASH")]

    def _add(self, number: int, duration: int | None, prints: list[Fingerprint]) -> Scene:
        return self.world.add_scene(f"Scene {number}", duration=duration, fingerprints=prints)


def is_moved(number: int) -> bool:
    """Return True for a scene whose fingerprint the box moved; the other scenes of the kind are right."""
    return ERRORS.get(number % EVERY) == "moved" and number // EVERY % 2 == 0


def measure() -> Iterator[Row]:
    """Yield the rows of a sync and of the checks of links after it, for `./dev bench links`."""
    with tempfile.TemporaryDirectory() as folder:
        built = assemble(ROOT / "tagManager", Path(folder, "tagManager"))
        with install_plugin(built, is_forked=False) as plugin, StashBox(World("links")) as box:
            stock(plugin, box)
            run_plugin(plugin, task("sync_scene_tags", dry_run=True))
            box.server.traffic.clear()
            spent = run_plugin(plugin, task("doctor_check"))
            asked = len(box.server.traffic.requests("LookUp"))
            checked = len(box.server.traffic.requests("Match"))
            yield from measure_findings(plugin)
            yield Row(f"check of {SCENES:,} links after a sync: lookups by id", asked, 0, "")
            suspects = count_checked(plugin)
            ratio = checked / math.ceil(suspects / 40)
            yield Row("check: requests by fingerprints ÷ ⌈doubtful/40⌉", ratio, 1.01, note=f"{checked} of {suspects:,}")
            yield Row("check: peak memory", spent.peak_mib, 80, "MiB")
            yield Row("check: time by a box without a limit", spent.seconds, 240, "s", f"{spent.cpu_seconds:.0f} s CPU")
            box.server.traffic.clear()
            spent = run_plugin(plugin, task("doctor_check"))
            asked = len(box.server.traffic.requests("LookUp")) + len(box.server.traffic.requests("Match"))
            yield Row("check again: requests about scenes", asked, 0, "", f"{spent.seconds:.0f} s")


def stock(plugin: InstalledPlugin, box: StashBox) -> None:
    """Fill the library with scenes and the box with the records that they are linked to, rightly or wrongly."""
    library = plugin.stash.services.library
    fill_library(library, SCENES)
    with library.read() as db:
        files = [(row[0], int(row[1]), int(row[2], 16), int(row[3]) % (1 << 64)) for row in db.rows(READ_FILES)]
    for account in box.world.accounts.values():
        account.subscriptions.append(MOVED)
    ground = Ground(box.world)
    for each in files:
        ground.add(*each)
    with library.write() as db:
        db.run("DELETE FROM scene_stash_ids")
        rows = ((number, box.endpoint, remote_id, EPOCH) for number, remote_id in ground.links.items() if remote_id)
        db.run_many("INSERT INTO scene_stash_ids (scene_id, endpoint, stash_id, updated_at) VALUES (?, ?, ?, ?)", rows)
    row = {"endpoint": box.endpoint, "api_key": box.key, "name": "Box", "max_requests_per_minute": 10**6}
    plugin.client.ask(SAVE_BOXES, {"boxes": [row]})


def measure_findings(plugin: InstalledPlugin) -> Iterator[Row]:
    """Yield the share of planted errors of each kind that were missed, and that of right links that were doubted."""
    with contextlib.closing(sqlite3.connect(plugin.state_dir / "state.sqlite3")) as db:
        found = {scene: set(codes.split()) for scene, codes in db.execute("SELECT scene, codes FROM link_findings")}
    every = range(1, SCENES + 1)
    for kind, error in ERRORS.items():
        planted = [each for each in every if each % EVERY == kind and (error != "moved" or is_moved(each))]
        missed = [number for number in planted if not found.get(number, set()) & CODES[error]]
        share, note = 100 * len(missed) / len(planted), f"{len(planted) - len(missed):,} of {len(planted):,} found"
        yield Row(f"wrong links ({error}): missed", share, 2, "%", note)
    odd = (*ERRORS, SHARING, SILENT, OTHER_CUT)
    right = [
        each
        for each in every
        if each % EVERY not in odd or (ERRORS.get(each % EVERY) == "moved" and not is_moved(each))
    ]
    alarms = [number for number in right if number in found]
    yield Row("right links: false alarms", 100 * len(alarms) / len(right), 1, "%", f"{len(alarms):,} of {len(right):,}")
    for kind, what in (
        (SILENT, "wrong links without a trace: found"),
        (OTHER_CUT, "right links to another cut: doubted"),
    ):
        some = [number for number in every if number % EVERY == kind]
        told = [number for number in some if number in found]
        yield Row(what, 100 * len(told) / len(some), 100, "%", f"{len(told):,} of {len(some):,}")


def count_checked(plugin: InstalledPlugin) -> int:
    """Return the number of links that were doubtful enough to ask about their fingerprints."""
    with contextlib.closing(sqlite3.connect(plugin.state_dir / "state.sqlite3")) as db:
        return int(db.execute("SELECT count(*) FROM link_checks").fetchone()[0])
