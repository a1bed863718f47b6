"""Links that Tag Manager's link doctor doubts: a conflict, and no values come through them until a person decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.stashbox.model import Scene
from shared.bundle.link_doubts import FILE_NAME
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.scenes.test_update import sync
from tests.tagManager.conftest import Bench as TagBench
from tests.tagManager.scene_links.conftest import Clinic

PLUGINS = "Plugins"


class Doubted:
    """A wrong link and a right one, both plugins, and a check of the links."""

    def __init__(self, bench: Bench, tag_manager: Path) -> None:
        self.bench = bench
        stash = bench.plugin.stash
        (stash.plugins_dir / "tagManager").symlink_to(tag_manager)
        stash.services.plugins.reload()
        self.tags = TagBench(type(bench.plugin)(stash, "tagManager"), bench.box)
        self.clinic = Clinic(self.tags)
        self.scene, self.wrong, self.right = self.clinic.mix_up()
        file = self.clinic.make_file()
        self.fine = self.clinic.add_remote("Fine", file)
        self.other = self.clinic.own(self.fine, file)
        self.clinic.check()

    def edit(self) -> None:
        """Let the box add a code to the wrong and to the fine record."""
        for each in (self.wrong, self.fine):
            self.bench.edit(each, code="C-1")

    def codes(self) -> list[str]:
        """Return the codes of both scenes."""
        return [self.bench.show(each, "scene")["code"] or "" for each in (self.scene, self.other)]

    def conflicts(self) -> list[dict[str, Any]]:
        """Return the open conflicts."""
        found: list[dict[str, Any]] = self.bench.operate("conflicts")["conflicts"]
        return found


@pytest.fixture
def doubted(bench: Bench, assembled: Callable[[str], Path]) -> Doubted:
    doubted = Doubted(bench, assembled("tagManager"))
    sync(bench)
    doubted.edit()
    return doubted


def test_a_doubted_link_is_a_conflict_and_brings_nothing(doubted: Doubted) -> None:
    sync(doubted.bench)
    assert doubted.codes() == ["", "C-1"]
    (conflict,) = doubted.conflicts()
    assert (conflict["what"], conflict["item"]["id"], conflict["decisions"]) == (
        "doubted",
        str(doubted.scene),
        ["never"],
    )
    assert "the stash-box knows your file as another scene; the lengths are far apart" in conflict["message"]
    assert [each["remote_id"] for each in conflict["candidates"]] == [doubted.wrong.id]


def test_a_link_called_right_in_the_link_doctor_brings_what_changed_meanwhile(doubted: Doubted) -> None:
    sync(doubted.bench)
    (row,) = doubted.clinic.rows()
    key = {"scene_id": row["scene"]["id"], "endpoint": row["endpoint"], "remote_id": row["remote"]["id"]}
    run = doubted.tags.operate("doctor_right", **key)["run"]
    assert doubted.conflicts() == []
    sync(doubted.bench)
    assert doubted.codes() == ["C-1", "C-1"]
    doubted.tags.undo(run["id"])
    sync(doubted.bench)
    assert [each["what"] for each in doubted.conflicts()] == ["doubted"]


def test_a_repaired_link_closes_the_conflict(doubted: Doubted) -> None:
    sync(doubted.bench)
    doubted.tags.apply(doubted.clinic.plan(doubted.clinic.rows()[0], "relink"))
    assert doubted.conflicts() == []
    sync(doubted.bench)
    assert doubted.conflicts() == []


def test_a_person_lets_the_sync_use_a_doubted_link_and_takes_that_back(doubted: Doubted) -> None:
    sync(doubted.bench)
    (conflict,) = doubted.conflicts()
    doubted.bench.operate("conflict_decide", key=conflict["key"], decision="never")
    sync(doubted.bench)
    assert (doubted.codes(), doubted.conflicts()) == (["C-1", "C-1"], [])
    (decision,) = doubted.bench.operate("decisions")["decisions"]
    doubted.bench.operate("decision_take_back", key=decision["key"])
    sync(doubted.bench)
    assert [each["what"] for each in doubted.conflicts()] == ["doubted"]


def test_a_run_asks_stash_once_about_the_other_plugin_and_the_box_nothing_more(doubted: Doubted) -> None:
    traffic = doubted.bench.plugin.stash.server.traffic
    sync(doubted.bench)
    asked, box = len(traffic.requests(PLUGINS)), doubted.bench.asked()
    sync(doubted.bench)
    assert len(traffic.requests(PLUGINS)) - asked == 1
    Path(doubted.bench.plugin.stash.home, "plugin_data", "shared", FILE_NAME).unlink()
    again = doubted.bench.asked()
    sync(doubted.bench)
    assert len(traffic.requests(PLUGINS)) - asked == 1, "without the file nothing is asked"
    assert doubted.bench.asked() - again == again - box
    assert doubted.codes() == ["C-1", "C-1"]


def test_without_tag_manager_an_old_file_doubts_nothing(doubted: Doubted) -> None:
    stash = doubted.bench.plugin.stash
    (stash.plugins_dir / "tagManager").unlink()
    stash.services.plugins.reload()
    sync(doubted.bench)
    assert (doubted.codes(), doubted.conflicts()) == (["C-1", "C-1"], [])


def test_a_weak_doubt_stops_nothing(bench: Bench, assembled: Callable[[str], Path]) -> None:
    doubted = Doubted(bench, assembled("tagManager"))
    remote: Scene = doubted.clinic.add_remote("Cut", duration=900)
    number = doubted.clinic.own(remote, doubted.clinic.make_file(1060))
    doubted.clinic.check()
    sync(bench)
    bench.edit(remote, code="C-2")
    sync(bench)
    assert bench.show(number, "scene")["code"] == "C-2"
