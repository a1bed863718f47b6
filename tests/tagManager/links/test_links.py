"""Accepting links one by one and all exact matches at once, and the conflicts of a link."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


def test_an_accepted_link_is_written_at_once_and_can_be_undone(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Wet")
    run = fetched.operate_on("link_accept", tag, rain)["run"]
    assert fetched.links_of(tag) == [rain.id]
    fetched.undo(run["id"])
    assert fetched.links_of(tag) == []


def test_six_quick_clicks_on_link_make_six_links(fetched: Bench, rain: Tag) -> None:
    tags = [fetched.add_tag(f"Wet {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as clicks:
        list(clicks.map(lambda tag: fetched.operate_on("link_accept", tag, rain, anyway=True), tags))
    assert [fetched.links_of(tag) for tag in tags] == [[rain.id]] * 6


def test_links_of_other_boxes_stay(fetched: Bench, rain: Tag, other: StashBox) -> None:
    hill = other.world.add_tag("Hill")
    tag = fetched.stock.add_tag("Wet", stash_ids=[fetched.link(hill, other)])
    fetched.operate_on("link_accept", tag, rain)
    assert fetched.links_of(tag) == [hill.id, rain.id]


def test_a_link_is_replaced_only_on_request(fetched: Bench, rain: Tag) -> None:
    tag = fetched.add_tag("Wet", fetched.world.add_tag("Fog"))
    assert fetched.operate_on("link_accept", tag, rain)["conflict"]["kind"] == "other_link"
    fetched.operate_on("link_accept", tag, rain, replace=True)
    assert fetched.links_of(tag) == [rain.id]


def test_a_link_that_another_tag_has_is_a_conflict_with_its_holder(fetched: Bench, rain: Tag, local_rain: int) -> None:
    conflict = fetched.operate_on("link_accept", fetched.add_tag("Wet"), rain)["conflict"]
    assert conflict["holders"] == [{"id": local_rain, "name": "Rain"}]


@pytest.mark.parametrize(("here", "there"), [("caf\u00e9", "Cafe\u0301"), ("cafe\u0301", "Caf\u00e9")])
def test_a_name_with_an_accent_matches_exactly_however_it_was_typed(fetched: Bench, here: str, there: str) -> None:
    remote = fetched.world.add_tag(there)
    fetched.task("refresh_tags")
    local = fetched.add_tag(here)
    plan = fetched.operate("exact_plan", endpoint=fetched.box.endpoint)
    fetched.operate("plan_apply", plan_id=plan["plan_id"])
    assert fetched.links_of(local) == [remote.id]


def test_exact_matches_are_found_by_a_task_that_the_page_follows(fetched: Bench, rain: Tag) -> None:
    def find_plan() -> Any:
        started = fetched.operate("exact_start", endpoint=fetched.box.endpoint, by=["alias"])
        fetched.plugin.wait_for(started["job_id"])
        run = fetched.operate("run_result", run_token=started["run_token"])["run"]
        assert run["state"] == "finished"
        return run["plan_id"]

    assert find_plan() is None
    shower = fetched.add_tag("shower")
    fetched.apply_plan(find_plan())
    assert fetched.links_of(shower) == [rain.id]


def test_exact_matches_are_one_plan_and_deselected_ones_are_not_linked(fetched: Bench, rain: Tag) -> None:
    fetched.world.add_tag("Hill")
    fetched.task("refresh_tags")
    wet, hill = fetched.add_tag("rain"), fetched.add_tag("Hill")
    fetched.add_tag("Unknown")
    plan = fetched.operate("exact_plan", endpoint=fetched.box.endpoint)
    rows = fetched.operate("plan_list", plan_id=plan["plan_id"])["changes"]
    fetched.operate("plan_select", plan_id=plan["plan_id"], selected=False, only=[rows[0]["id"]])
    fetched.operate("plan_apply", plan_id=plan["plan_id"])
    assert (plan["items"], fetched.links_of(hill), fetched.links_of(wet)) == (2, [], [rain.id])


def test_many_exact_matches_need_one_more_request_than_few(bench: Bench) -> None:
    """The number lies above the ids that Stash is asked about at once; it stands for thousands of tags."""
    remote = [bench.world.add_tag(f"Hill {number}") for number in range(120)]
    bench.task("refresh_tags")
    traffic = bench.plugin.stash.server.traffic

    def count_requests() -> tuple[int, int]:
        before = len(traffic.requests())
        return bench.task("exact_plan")["items"], len(traffic.requests()) - before

    bench.add_tag("Hill 0")
    few = count_requests()
    for each in remote[1:]:
        bench.add_tag(each.name)
    many = count_requests()
    assert (few[0], many[0]) == (1, 120)
    assert many[1] <= few[1] + 1  # the links in the other spelling of the endpoint


def test_among_many_exact_matches_one_that_another_tag_has_is_a_conflict(bench: Bench) -> None:
    remote = [bench.world.add_tag(f"Hill {number}") for number in range(120)]
    bench.task("refresh_tags")
    for each in remote:
        bench.add_tag(each.name)
    bench.stock.add_tag("Top", stash_ids=[StashId(f"{bench.box.endpoint}/", remote[7].id)])
    plan = bench.task("exact_plan")
    shown = bench.operate("plan_list", plan_id=plan["plan_id"], outcome="conflict")["changes"]
    assert [(row["item"]["label"], row["message"]) for row in shown] == [
        ("Hill 7", "StashDB's Hill 7 is linked to Top already.")
    ]


@pytest.fixture
def spelled(fetched: Bench, rain: Tag) -> int:
    """Return a tag that is linked to the box in another spelling of its endpoint, as an older Stash may have it."""
    return fetched.stock.add_tag("Wet", stash_ids=[StashId(f"{fetched.box.endpoint}/", rain.id)])


def test_a_link_in_another_spelling_of_the_endpoint_counts(fetched: Bench, rain: Tag, spelled: int) -> None:
    other = fetched.add_tag("Dry")
    views = {view: fetched.operate("tags_list", view=view) for view in ("linked", "unlinked")}
    found = {view: [tag["id"] for tag in page["tags"]] for view, page in views.items()}
    assert (found, [page["count"] for page in views.values()]) == ({"linked": [spelled], "unlinked": [other]}, [1, 1])
    assert fetched.operate("tag_show", tag_id=spelled)["links"][0]["name"] == "Rain"
    assert fetched.operate("exact_plan", endpoint=fetched.box.endpoint)["items"] == 0
    holders = fetched.operate_on("link_accept", other, rain)["conflict"]["holders"]
    assert holders == [{"id": spelled, "name": "Wet"}]


def test_a_scene_and_a_tag_linked_in_another_spelling_are_synced(fetched: Bench, rain: Tag, spelled: int) -> None:
    remote = fetched.world.add_scene("Storm", tags=[rain])
    scene = fetched.stock.add_scene("Storm", stash_ids=[StashId(f"{fetched.box.endpoint}/", remote.id)])
    fetched.sync()
    assert fetched.tags_of(scene) == {spelled}


def test_a_link_in_another_spelling_can_be_removed_and_replaced(fetched: Bench, rain: Tag, spelled: int) -> None:
    fog = fetched.world.add_tag("Fog")
    fetched.task("refresh_tags")
    fetched.operate_on("link_accept", spelled, fog, replace=True)
    assert fetched.links_of(spelled) == [fog.id]
    second = fetched.stock.add_tag("Wetter", stash_ids=[StashId(f"{fetched.box.endpoint}/", rain.id)])
    fetched.operate("link_remove", tag_id=second, endpoint=fetched.box.endpoint)
    assert fetched.links_of(second) == []


def test_a_dead_link_in_another_spelling_is_repaired(fetched: Bench, rain: Tag, spelled: int) -> None:
    fetched.world.delete(rain)
    fetched.task("refresh_tags")
    fetched.apply(fetched.operate("dead_plan", action="remove"))
    assert fetched.links_of(spelled) == []
