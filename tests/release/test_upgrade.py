"""What an earlier version left behind is read, continued and taken back by this one.

The dumps in `before/` were made by `make_state_before.py` with the plugins of commit c7bb684.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sandbox.plex.server import PlexDouble
from sandbox.stashbox.model import Scene
from sandbox.whisparr.model import MetadataScene
from sandbox.whisparr.server import WhisparrDouble
from tests.harness.bench import PluginBench, open_box
from tests.harness.installed import InstalledPlugin, install_plugin
from tests.missingScenes.conftest import Bench as MissingBench
from tests.missingScenes.conftest import set_up_whisparr
from tests.performerSiteSync.conftest import Bench as PerformerBench
from tests.release.make_state_before import name_addresses, stock_missing, stock_people, stock_plex, stock_tags
from tests.release.state_text import AGE, RATE_LIMITS, restore_state
from tests.stash2plex.pair import Pair, wait_until
from tests.tagManager.conftest import Bench as TagBench

CHANGED = "changed"


def list_runs(bench: PluginBench) -> dict[str, tuple[str, int]]:
    """State and number of changed items of every run."""
    runs = bench.operate("history_list")["runs"]
    return {str(run["id"]): (run["state"], run["totals"][CHANGED]) for run in runs}


def has_moved_rate_limits(plugin: InstalledPlugin) -> bool:
    """True if the file of rate limits stands where this version looks for it, and only there."""
    old = plugin.state_dir.parent / RATE_LIMITS
    return (old.parent.parent / old.name).exists() and not old.parent.exists()


class Restored(TagBench):
    """Tag Manager on the state of the earlier version."""

    notes: dict[str, Any]


@pytest.fixture
def tagging(assembled: Callable[[str], Path]) -> Iterator[Restored]:
    with open_box("tags") as box, install_plugin(assembled("tagManager")) as plugin:
        bench = Restored(plugin, box)
        tags = stock_tags(bench)
        bench.stash.scenes.update(1, {"tag_ids": ["1", "2"]})
        bench.stash.tags.update(3, {"stash_ids": [{"endpoint": box.endpoint, "stash_id": tags["Sea"].id}]})
        bench.notes = restore_state(plugin, name_addresses(bench))
        yield bench


def test_tag_manager_shows_the_runs_of_before_with_their_totals(tagging: Restored) -> None:
    notes = tagging.notes
    runs = list_runs(tagging)
    assert {runs[notes[name]] for name in ("accepted", "applied", "undone")} == {("finished", 1)}
    assert len(runs) == 4
    changes = tagging.operate("history_changes", run_id=notes["applied"])["changes"]
    assert [(row["field"], row["outcome"]) for row in changes] == [("tags", CHANGED)] * 2


def test_tag_manager_takes_back_a_run_of_before_and_none_twice(tagging: Restored) -> None:
    tagging.undo(tagging.notes["applied"])
    tagging.undo(tagging.notes["accepted"])
    ocean = tagging.stash.tags.get(3, "stash_ids { stash_id }")
    assert (tagging.tags_of(1), ocean) == (set(), {"id": "3", "stash_ids": []})
    assert tagging.operate("history_undo", run_id=tagging.notes["undone"], preview=True)["count"] == 0


def test_tag_manager_applies_the_plans_that_were_open(tagging: Restored) -> None:
    shown = tagging.operate("sync_plan")["plan"]
    assert (str(shown["plan_id"]), shown["selected"], shown["figures"]["additions"]) == (tagging.notes["open"], 1, 1)
    tagging.operate("sync_apply", plan_id=tagging.notes["open"])
    tagging.operate("plan_apply", plan_id=tagging.notes["exact"])
    shore = tagging.stash.tags.get(7, "stash_ids { stash_id }")
    assert shore is not None
    assert (tagging.tags_of(3), len(shore["stash_ids"])) == ({1}, 1)


def test_tag_manager_keeps_lists_words_rejections_and_what_an_undo_took_back(tagging: Restored) -> None:
    words = tagging.operate("words_get")
    assert words["synonyms"] == {"hiking": ["trekking"], "wet": ["damp"]}
    assert words["blacklist"] == ["Snow", "/^unsure/"]
    assert [row["name"] for row in tagging.operate("rejected_list")["rejected"]] == ["Rain"]
    assert [row["tag"]["name"] for row in tagging.operate("dead_list")["dead"]] == ["Old"]
    assert [(row["name"], row["scenes"]) for row in tagging.operate("sync_unmatched")["unmatched"]] == [("Fog", 2)]
    (category,) = tagging.operate("categories", endpoint=tagging.box.endpoint)["categories"]
    assert category["mapped"]["id"] == 6
    assert tagging.sync()["figures"]["kept_off"] == 2


def test_tag_manager_asks_a_box_nothing_that_was_answered_before(tagging: Restored) -> None:
    (box,) = tagging.operate("overview")["boxes"]
    tagging.sync(dry_run=True)
    assert (box["count"], box["is_stale"], tagging.asked()) == (6, False, 0)


def test_tag_manager_obeys_the_settings_of_before_and_finds_the_result_of_the_last_task(tagging: Restored) -> None:
    rows = {row["key"]: row["value"] for row in tagging.operate("settings_get")["settings"]}
    assert (rows["fuzzyThreshold"], rows["pageSize"], rows["preferStashBoxName"]) == (71, 5, True)
    assert len(tagging.operate("tags_list", view="all")["tags"]) == 5
    assert tagging.operate("run_result", run_token="token-1")["run"]["state"] == "finished"


def test_rate_limits_of_before_are_taken_over(tagging: Restored) -> None:
    tagging.task("refresh_tags")
    assert has_moved_rate_limits(tagging.plugin)


class RestoredMissing(MissingBench):
    """Missing Scenes on the state of the earlier version, with a Whisparr that has what was added."""

    notes: dict[str, Any]
    scenes: list[Scene]
    whisparr: WhisparrDouble

    def ids(self, *numbers: int) -> set[str]:
        """The ids of these scenes of the box."""
        return {self.scenes[number].id for number in numbers}

    def list_marked(self, name: str) -> set[str]:
        """The ids on one of the lists."""
        return {card["id"] for card in self.operate("list_marked", list=name)["scenes"]}

    def in_whisparr(self) -> set[str]:
        """The ids of the scenes Whisparr has."""
        return {movie.foreign_id for movie in self.whisparr.state.movies.values()}


@pytest.fixture
def missing(assembled: Callable[[str], Path]) -> Iterator[RestoredMissing]:
    with open_box("missing") as box, install_plugin(assembled("missingScenes")) as plugin:
        bench = RestoredMissing(plugin, box)
        bench.scenes = stock_missing(bench)
        with set_up_whisparr(bench) as bench.whisparr:
            for number in (5, 6, 7):
                known = MetadataScene(bench.scenes[number].id, f"Scene {number}")
                movie = bench.whisparr.state.add_movie(known, root_folder="/data/scenes", quality_profile_id=4)
                movie.added = time.time() - AGE
            for local in (2, 3):
                bench.stash.scenes.update(local, {"stash_ids": bench.links(bench.scenes[local].id)})
            bench.notes = restore_state(plugin, name_addresses(bench, whisparr=bench.whisparr.url))
            yield bench


def test_missing_scenes_shows_the_runs_of_before_and_settles_the_killed_one(missing: RestoredMissing) -> None:
    runs, notes = list_runs(missing), missing.notes
    assert (runs[notes["marked"]], runs[notes["undone"]]) == (("finished", 2), ("finished", 1))
    killed = missing.operate("history_list")["runs"][0]
    assert (killed["state"], killed["undoable"]) == ("interrupted", 2)


def test_missing_scenes_applies_the_plan_that_was_open(missing: RestoredMissing) -> None:
    started = missing.operate("plan_apply", plan_id=missing.notes["open"])
    missing.plugin.wait_for(started["job_id"])
    run = missing.operate("run_result", run_token=started["run_token"])["run"]
    assert (run["totals"][CHANGED], missing.in_whisparr()) == (2, missing.ids(5, 6, 7, 8, 9))


def test_missing_scenes_keeps_wanted_and_ignored(missing: RestoredMissing) -> None:
    assert missing.list_marked("wanted") == missing.ids(1, 2)
    assert missing.list_marked("ignored") == missing.ids(3)


def test_missing_scenes_keeps_completeness_visit_and_settings(missing: RestoredMissing) -> None:
    (row,) = missing.operate("list_completeness")["rows"]
    assert (row["name"], row["total"]) == ("Mira Mosswick", 10)
    assert missing.operate("start_visit")["since"] is not None
    rows = {row["key"]: row["value"] for row in missing.operate("settings_get")["settings"]}
    assert (rows["cleanupLimit"], rows["excludedTags"], rows["enableAutoCleanup"]) == (9, "Storm", True)


@pytest.fixture
def pair(assembled: Callable[[str], Path]) -> Iterator[Pair]:
    """Stash2Plex on the state of the earlier version, with a Plex to which scenes 1 and 2 were sent."""
    plex = PlexDouble()
    with plex.server, install_plugin(assembled("stash2plex")) as plugin:
        restore_state(plugin, {"plex": plex.url, "plex_host": urlsplit(plex.url).netloc})
        pair = Pair(plugin, plex)
        stock_plex(pair)
        for number, item in enumerate(list(plex.state.items.values())[:2], 1):
            item.fields["title"] = f"Title {number}"
            item.locks.add("title")
        yield pair
        pair.store.close()


def list_titles(pair: Pair) -> list[str]:
    """The titles of Plex's items, oldest first."""
    return [item.title for item in pair.plex.state.items.values()]


def test_stash2plex_sends_what_waited_in_the_queue_and_in_the_spool(pair: Pair) -> None:
    queue = pair.plugin.operation("status")["queue"]
    assert (queue["waiting"], queue["dead"]) == (2, 1)
    pair.work_step()
    assert list_titles(pair) == ["Title 1", "Title 2", "3", "Title 4", "5", "Title 3", "spare"]
    assert not (pair.plugin.state_dir / "spool").exists()
    assert pair.find_queue_row(2) is None
    waiting = pair.find_queue_row(6)
    assert waiting is None or waiting["state"] == "waiting"


def test_stash2plex_retries_an_entry_that_had_failed(pair: Pair) -> None:
    pair.plugin.operation("queue_retry", state="dead", keys=["scene:5"])
    wait_until(lambda: list_titles(pair)[4] == "Title 5")


def test_stash2plex_keeps_matches_and_links_made_by_hand(pair: Pair) -> None:
    rows = {row["scene_id"]: row for row in pair.plugin.operation("match_list")["matches"]}
    assert {scene: row["how"] for scene, row in rows.items()} == {
        **dict.fromkeys((1, 2, 4, 5), "path"),
        3: "manual",
        6: "none",
    }


def test_stash2plex_writes_nothing_that_was_sent_before(pair: Pair) -> None:
    pair.sync(1, 2)
    assert not [each for each in pair.list_writes() if each.path.endswith(("/1", "/2"))]


def test_stash2plex_takes_back_a_run_of_before_and_keeps_settings(pair: Pair) -> None:
    (run,) = pair.plugin.operation("history_list")["runs"]
    plan = pair.plugin.operation("history_undo", run_id=run["id"], preview=True)
    pair.plugin.operation("history_undo", plan_id=plan["plan_id"])
    assert list_titles(pair)[:2] == ["1", "2"]
    rows = {row["key"]: row["value"] for row in pair.plugin.operation("settings_get")["settings"]}
    assert (rows["max_tags"], rows["enabled"]) == (7, False)


class RestoredPerformers(PerformerBench):
    """Performer/Site Sync on the state of the earlier version."""

    notes: dict[str, Any]
    records: dict[str, str]

    def change_record(self, name: str, **values: Any) -> None:
        """Change a performer at the box."""
        self.world.change(self.world.performers[self.records[name]], **values)


@pytest.fixture
def performers(assembled: Callable[[str], Path]) -> Iterator[RestoredPerformers]:
    """The library is as the earlier version left it, with a hair color that a person changed afterwards."""
    with open_box("people") as box, install_plugin(assembled("performerSiteSync")) as plugin:
        bench = RestoredPerformers(plugin, box)
        bench.records = stock_people(bench)
        bench.stash.performers.update(1, {"country": "NO", "eye_color": "Blue", "alias_list": ["Em"]})
        bench.stash.performers.update(2, {"country": "SE", "hair_color": "Green"})
        bench.stash.performers.update(9, {"favorite": True})
        bench.notes = restore_state(plugin, name_addresses(bench))
        yield bench


def test_performer_sync_shows_the_runs_of_before_and_takes_one_back(performers: RestoredPerformers) -> None:
    runs, notes = list_runs(performers), performers.notes
    found = [runs[notes[name]] for name in ("written", "undone", "liked")]
    assert found == [("partial", 2), ("finished", 1), ("finished", 1)]
    performers.undo(notes["written"])
    mira, nell = performers.show(1), performers.show(2)
    assert (mira["country"] or "", mira["eye_color"] or "", mira["alias_list"]) == ("", "", [])
    assert (nell["country"] or "", nell["hair_color"]) == ("", "Green")


def test_performer_sync_applies_the_plan_that_was_open(performers: RestoredPerformers) -> None:
    assert performers.operate("run_result", run_token="token-1")["run"]["state"] == "finished"
    assert str(performers.operate("review")["plan_id"]) == performers.notes["open"]
    performers.apply_plan(performers.notes["open"])
    assert performers.show(9)["country"] == "IS"


def test_performer_sync_knows_what_it_wrote_and_what_a_person_changed_locked_or_undid(
    performers: RestoredPerformers,
) -> None:
    found = performers.locks(1)["eye_color"], performers.locks(2)["hair_color"], performers.locks(5)["country"]
    assert found == ("hand", "edited", "undone")
    performers.change_record("mira", country="DK", eye_color="GREEN")
    performers.change_record("nell", hair_color="BLACK")
    performers.sync(ids=["1", "2", "5"], fresh=True)
    mira, nell, kim = (performers.show(number) for number in (1, 2, 5))
    assert (mira["country"], mira["eye_color"], nell["hair_color"], kim["country"] or "") == ("DK", "Blue", "Green", "")


def test_performer_sync_keeps_conflicts_decisions_duplicates_gone_records_and_report(
    performers: RestoredPerformers,
) -> None:
    (conflict,) = performers.operate("conflicts")["conflicts"]
    assert (conflict["what"], conflict["item"]["label"], len(conflict["candidates"])) == ("name", "Twin", 2)
    (decision,) = performers.operate("decisions")["decisions"]
    assert (decision["decision"], decision["item"]["label"]) == ("never", "Odd")
    (pair,) = performers.operate("duplicates")["duplicates"]
    assert [person["id"] for person in pair["people"]] == ["7", "8"]
    assert [row["item"]["label"] for row in performers.operate("gone")["gone"]] == ["Gone"]
    assert performers.operate("report")["report"]["performer"]["total"] == 9
    performers.sync()
    assert performers.operate("conflicts")["count"] == 1


def test_performer_sync_asks_for_no_record_that_a_box_sent_before(performers: RestoredPerformers) -> None:
    run = performers.sync(ids=["1", "2", "3", "6"])["run"]
    assert (run["changed"], performers.asked("Search"), performers.asked("LookUp")) == (0, 0, 0)


def test_performer_sync_sees_a_removed_favorite_by_the_favorites_of_before(performers: RestoredPerformers) -> None:
    performers.world.accounts[performers.box.key].performers.clear()
    answer = performers.task("favorite_performers", dry_run=True)
    assert (answer["proposed"], performers.show(9)["favorite"]) == (1, True)


def test_performer_sync_obeys_the_settings_of_before(performers: RestoredPerformers) -> None:
    rows = {row["key"]: row["value"] for row in performers.operate("settings_get")["settings"]}
    assert (rows["favoritesDirection"], rows["nameSearch"], rows["rateLimit"]) == ("both", True, 0)
