"""Tag Manager and Performer/Site Sync read the scenes of a box together: one request serves the tags and the fields."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Scene
from shared.stash_box.scene_answers import FILE_NAME
from tests.harness.clock import CountingClock
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.inside import run_inside

SCENES = 80
DAY, MONTH = 86400.0, 31 * 86400.0
ASKING = ("LookUp", "Match")


class Library:
    """Linked scenes with files, and the two plugins that read them; `spent` is the time that has passed."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.spent = 0.0
        self.harbor = bench.world.add_tag("Harbor", category=None)
        self.local_tag = bench.stock.add_tag("Harbor")
        self.remotes = [self._add(number) for number in range(SCENES)]

    def _add(self, number: int) -> Scene:
        oshash = 0xABCDEF0123456000 + number
        prints = [Fingerprint(oshash, "OSHASH", 1200)]
        remote = self.bench.world.add_scene(f"Scene {number}", tags=[self.harbor], fingerprints=prints)
        file = VideoFile(f"/media/{number}.mp4", duration=1200.0, oshash=f"{oshash:016x}")
        link = self.bench.link(remote)
        self.bench.stock.add_scene(f"Scene {number}", file=file, stash_ids=[link])
        return remote

    def edit(self, remote: Scene, **changes: Any) -> None:
        """Change a scene at the box now."""
        now = datetime.fromtimestamp(time.time() + self.spent, timezone.utc)
        self.bench.world.change(remote, updated=now.isoformat(), **changes)

    def count(self, read: Callable[[], Any]) -> int:
        """Return how many requests about scenes some work sends to the box."""
        before = sum(self.bench.asked(each) for each in ASKING)
        read()
        return sum(self.bench.asked(each) for each in ASKING) - before

    def sync_fields(self, **args: Any) -> int:
        """Run Update All Scenes, and return the number of its requests."""
        return self.count(lambda: self._run("update_scenes", "performerSiteSync", **args))

    def sync_tags(self, **args: Any) -> int:
        """Run the scene tag sync, and return the number of its requests."""
        return self.count(lambda: self._run("sync_scene_tags", "tagManager", dry_run=False, **args))

    def _run(self, mode: str, plugin_id: str, **args: Any) -> Any:
        self.spent += 60.0
        clock = CountingClock(time.time() + self.spent)
        return run_inside(self.bench, clock, mode, plugin_id=plugin_id, **args)

    def count_tagged(self) -> int:
        """Return how many scenes of the library have the tag."""
        where = {"tags": {"value": [str(self.local_tag)], "modifier": "INCLUDES"}}
        return self.bench.stash.scenes.count(where)


@pytest.fixture
def library(bench: Bench) -> Library:
    """Return a library whose scenes both plugins have read once."""
    library = Library(bench)
    assert (library.sync_fields(), library.sync_tags()) == (2, 2)
    library.spent += MONTH
    return library


def test_when_both_are_due_the_second_plugin_asks_nothing(library: Library) -> None:
    assert (library.sync_tags(), library.sync_fields()) == (2, 0)
    library.spent += MONTH
    assert (library.sync_fields(), library.sync_tags()) == (2, 0)
    assert library.count_tagged() == SCENES


def test_what_the_box_changed_is_asked_for_once_and_reaches_both(library: Library) -> None:
    library.sync_fields(), library.sync_tags()
    library.spent += 3 * DAY
    remote = library.remotes[3]
    library.edit(remote, title="Renamed")
    assert (library.sync_tags(), library.sync_fields()) == (1, 0)
    titles = [row["title"] for row in library.bench.stash.scenes.read(range(1, SCENES + 1), "title").values()]
    assert "Renamed" in titles


def test_an_answer_from_before_a_change_is_not_taken(library: Library) -> None:
    library.sync_fields()
    library.edit(library.remotes[3], title="Renamed")
    assert library.sync_tags() == 0
    assert library.sync_tags() == 1
    library.edit(library.remotes[3], title="Renamed again")
    assert library.sync_fields() == 1


@pytest.mark.parametrize("args", [{"fresh": True}, {"ids": [1], "fresh": True}])
def test_fresh_answers_are_asked_for_if_a_person_wants_them(library: Library, args: dict[str, Any]) -> None:
    library.sync_tags()
    assert library.sync_fields(**args) == (1 if "ids" in args else 2)
    assert library.sync_tags(full=True) == 2


def test_answers_are_kept_for_a_day(library: Library) -> None:
    library.sync_tags()
    library.spent += DAY
    assert library.sync_fields() == 2


def test_clear_cache_forgets_them_and_a_damaged_file_costs_only_requests(library: Library) -> None:
    library.sync_tags()
    library._run("clear_cache", "performerSiteSync")
    assert library.sync_fields() == 2
    path = library.bench.plugin.state_dir.parent / "shared" / FILE_NAME
    library.spent += MONTH
    path.write_bytes(b"no database " * 1000)
    assert (library.sync_tags(), library.sync_fields()) == (2, 2)


def test_the_one_that_is_used_alone_asks_for_what_it_needs(bench: Bench) -> None:
    library = Library(bench)
    assert library.sync_tags() == 2
    sent = bench.box.server.traffic.requests("Match")[-1].body.decode()
    assert "details" not in sent
    path = bench.plugin.state_dir.parent / "shared" / FILE_NAME
    assert path.stat().st_size < 50_000
