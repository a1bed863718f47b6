"""Scenes that were just linked are synced by the queue if the setting says so."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Scene
from sandbox.stashbox.server import StashBox
from sandbox.traffic import Exchange
from tests.performerSiteSync.conftest import Bench

LINK = """mutation Save($id: ID!, $links: [StashIDInput!]) {
  sceneUpdate(input: {id: $id, stash_ids: $links}) { id }
}"""


@pytest.fixture
def alert(bench: Bench) -> Bench:
    """Return a bench whose plugin syncs linked scenes, and has looked at the library once."""
    bench.set(sceneOnLink=True, sceneFill=True)
    bench.stock.add_scene("Another one")
    bench.task("drain")
    return bench


def make_scene(bench: Bench) -> Scene:
    return bench.world.add_scene("Harbor", release_date="2019-05-07", director="Ida Holm")


def link(bench: Bench, number: int, remote: Scene) -> None:
    """Link a scene through Stash's API, as the Tagger does."""
    links = [{"endpoint": bench.box.endpoint, "stash_id": remote.id}]
    bench.stash.ask(LINK, {"id": number, "links": links})


def test_a_scene_that_was_just_linked_is_filled_in_by_the_queue(alert: Bench) -> None:
    number, remote = alert.stock.add_scene("My title"), make_scene(alert)
    alert.task("drain")
    assert alert.asked() == 0
    link(alert, number, remote)
    alert.task("drain")
    now = alert.show(number, "scene")
    assert (now["title"], now["date"], now["director"]) == ("My title", "2019-05-07", "Ida Holm")
    (run,) = alert.operate("history_list")["runs"]
    assert run["title"] == "Updated 2 values of 1 scene"
    asked = alert.asked()
    alert.task("drain")
    assert (alert.asked(), len(alert.operate("history_list")["runs"])) == (asked, 1)


def test_without_filling_the_first_sync_notes_the_baseline_for_the_next_one(alert: Bench) -> None:
    alert.set(sceneFill=False)
    number, remote = alert.stock.add_scene("Harbor"), make_scene(alert)
    link(alert, number, remote)
    alert.task("drain")
    (run,) = alert.operate("history_list")["runs"]
    assert (run["title"], run["changes"], run["totals"]["unchanged"]) == ("Newly linked scenes", 0, 1)
    alert.edit(remote, title="Harbor Lights")
    alert.task("update_scenes", ids=[number], fresh=True)
    now = alert.show(number, "scene")
    assert (now["title"], now["date"]) == ("Harbor Lights", None)


def test_many_linked_scenes_are_looked_up_together(alert: Bench) -> None:
    remotes = [make_scene(alert) for _ in range(12)]
    numbers = [alert.own_scene(each) for each in remotes]
    alert.task("drain")
    assert {alert.show(number, "scene")["director"] for number in numbers} == {"Ida Holm"}
    assert (len(alert.operate("history_list")["runs"]), alert.asked("LookUp")) == (1, 1)


def test_a_linked_scene_is_left_alone_without_the_setting(bench: Bench) -> None:
    bench.set(sceneFill=True)
    bench.task("drain")
    number = bench.own_scene(make_scene(bench))
    assert (bench.task("drain")["done"], bench.show(number, "scene")["director"] or "", bench.asked()) == (0, "", 0)


def test_a_link_that_was_taken_off_and_another_field_start_nothing(alert: Bench) -> None:
    number = alert.own_scene(make_scene(alert))
    alert.task("drain")
    asked = alert.asked()
    alert.stash.scenes.update(number, {"title": "Renamed"})
    alert.task("drain")
    alert.stash.ask(LINK, {"id": number, "links": []})
    assert (alert.task("drain")["done"], alert.asked()) == (0, asked)


def test_a_link_that_a_sync_moved_to_the_merged_record_is_synced_once(alert: Bench) -> None:
    old, new = make_scene(alert), make_scene(alert)
    number = alert.own_scene(old)
    alert.task("drain")
    alert.world.merge(old, new)
    alert.task("update_scenes", ids=[number], fresh=True)
    assert [each["stash_id"] for each in alert.show(number, "scene")["stash_ids"]] == [new.id]
    alert.task("drain")
    runs, asked = alert.operate("history_list")["count"], alert.asked()
    alert.task("drain")
    assert (alert.operate("history_list")["count"], alert.asked()) == (runs, asked)


def test_linked_scenes_wait_when_no_source_answers(alert: Bench) -> None:
    number = alert.own_scene(make_scene(alert))
    alert.box.server.stop()
    answer = alert.task("drain")
    assert (answer["done"], answer["left"], answer["ended"]) == (0, 1, "waiting")
    assert alert.show(number, "scene")["director"] in (None, "")


def test_linked_scenes_wait_when_their_only_source_is_down_and_another_was_asked_nothing(
    alert: Bench, other: StashBox
) -> None:
    assert other.endpoint != alert.box.endpoint
    alert.own_scene(make_scene(alert))
    alert.box.server.stop()
    answer = alert.task("drain")
    assert (answer["done"], answer["left"]) == (0, 1)


def test_only_the_scenes_of_a_box_that_is_down_wait(alert: Bench, other: StashBox) -> None:
    alert.configure(alert.box, other)
    here = alert.own_scene(make_scene(alert))
    remote = other.world.add_scene("Pier", director="Olga Brand")
    there = alert.stock.add_scene("Pier", stash_ids=[alert.link(remote, other)])
    both = alert.own_scene(make_scene(alert), alert.link(other.world.add_scene("Harbor", code="H-1"), other))
    other.server.faults.add("server_error", status=503)
    answer = alert.task("drain")
    assert (answer["done"], answer["left"], answer["ended"]) == (1, 2, "waiting")
    shown = [alert.show(number, "scene")["director"] or "" for number in (here, there, both)]
    assert shown == ["Ida Holm", "", "Ida Holm"]
    other.server.faults.clear()
    alert.make_due()
    answer = alert.task("drain")
    assert (answer["done"], answer["left"]) == (2, 0)
    assert alert.show(there, "scene")["director"] == "Olga Brand"
    assert alert.stash.scenes.get(both, "code") == {"id": str(both), "code": "H-1"}


def test_one_linked_scene_reads_only_the_people_and_the_cover_that_it_needs(alert: Bench) -> None:
    alert.set(imageUpdates=True)
    for each in range(150):
        alert.stock.add_performer(f"Performer {each}", aliases=[f"Alias {each}"])
        alert.stock.add_studio(f"Studio {each}")
        alert.stock.add_scene(f"Scene {each}")
    ada, bea = alert.world.add_performer("Ada Ash"), alert.world.add_performer("ALIAS 7")
    studio = alert.world.add_studio("Studio 9")
    remote = alert.world.add_scene("Harbor", performers=[ada, bea], studio=studio)
    mine = alert.own(ada, name="Ada at Home")
    number = alert.own_scene(remote)
    alert.task("drain")
    shown = alert.show(number, "scene")
    assert {each["name"] for each in shown["performers"]} == {"Ada at Home", "Performer 7"} and mine
    assert shown["studio"]["name"] == "Studio 9"
    exchanges = [each for each in alert.plugin.stash.server.traffic.exchanges() if reads_people(each)]
    assert 3 <= len(exchanges) <= 6 and max(each.sent for each in exchanges) < 1500


def reads_people(exchange: Exchange) -> bool:
    """Return True for a request that reads performers or studios, or looks for covers."""
    sent = exchange.request.body.decode()
    return any(word in sent for word in ("findPerformers", "findStudios", "is_missing"))
