"""Favorites in both directions: set, created if Stash lacks the object, and removed on one side."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import Performer, Studio
from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def like(box: StashBox, *liked: Performer) -> set[str]:
    """Mark performers as favorites of the key's user at the box, and return the ids of all."""
    account = box.world.accounts[box.key]
    account.performers.update(each.id for each in liked)
    return account.performers


def like_sites(box: StashBox, *liked: Studio) -> set[str]:
    """Mark studios as favorites of the key's user at the box, and return the ids of all."""
    account = box.world.accounts[box.key]
    account.studios.update(each.id for each in liked)
    return account.studios


def is_liked(bench: Bench, number: int) -> bool:
    """True if the performer is a favorite in Stash."""
    return bool(bench.show(number)["favorite"])


def test_favorites_of_the_box_become_favorites_in_stash(bench: Bench) -> None:
    people = [bench.world.add_performer(f"P{each}") for each in range(250)]
    numbers = [bench.own(each) for each in people[:2]]
    like(bench.box, *people)
    run = bench.task("favorite_performers")["run"]
    assert [is_liked(bench, each) for each in numbers] == [True, True]
    assert (run["changed"], run["skipped"], run["seen"]) == (2, 248, 250)
    assert bench.asked("List") == 3


def test_favorites_with_one_name_on_both_sides_of_a_page_are_all_seen(bench: Bench) -> None:
    people = [bench.world.add_performer(f"P{each // 7}") for each in range(150)]
    numbers = [bench.own(each, name=f"Mine {at}") for at, each in enumerate(people[95:105])]
    like(bench.box, *people)
    run = bench.task("favorite_performers")["run"]
    assert all(is_liked(bench, each) for each in numbers)
    assert (run["changed"], run["seen"]) == (10, 150)


def test_a_favorite_of_two_boxes_is_one_row_of_the_preview(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    here, there = bench.world.add_performer("Mira"), other.world.add_performer("Mira")
    number = bench.own(here, bench.link(there, other))
    like(bench.box, here)
    like(other, there)
    run = bench.task("favorite_performers", dry_run=True)["run"]
    rows = bench.operate("plan_list", plan_id=run["plan_id"])["changes"]
    assert ([row["item"]["id"] for row in rows], run["planned"], run["unchanged"]) == ([str(number)], 1, 1)
    assert bench.task("favorite_performers")["run"]["changed"] == 1


def test_a_missing_favorite_is_created_with_its_data_and_undo(bench: Bench) -> None:
    bench.set(autoCreatePerformers=True)
    like(bench.box, bench.world.add_performer("Mira", country="NO", aliases=["Em", "mira"]))
    run = bench.task("favorite_performers")["run"]
    (number,) = bench.stash.performers.ids()
    now = bench.show(number)
    assert (now["country"], now["alias_list"], now["favorite"], run["changed"]) == ("NO", ["Em"], True, 1)
    bench.undo(run["run_id"])
    assert bench.stash.performers.ids() == []
    assert bench.task("favorite_performers")["run"]["changed"] == 0


@pytest.mark.parametrize("takes_images", [True, False])
def test_a_created_favorite_has_its_picture_if_image_updates_is_on(bench: Bench, takes_images: bool) -> None:
    bench.set(autoCreatePerformers=True, imageUpdates=takes_images)
    like(bench.box, bench.world.add_performer("Mira", images=[bench.world.add_picture()]))
    bench.task("favorite_performers")
    (number,) = bench.stash.performers.ids()
    assert ("default=true" in bench.show(number)["image_path"]) is not takes_images


def test_another_spelling_of_the_endpoint_is_the_same_favorite(bench: Bench) -> None:
    bench.set(autoCreatePerformers=True)
    mira = bench.world.add_performer("Mira")
    number = bench.stock.add_performer("Mira", stash_ids=[StashId(bench.box.endpoint + "/", mira.id)])
    like(bench.box, mira)
    bench.task("favorite_performers")
    assert (is_liked(bench, number), bench.stash.performers.ids()) == (True, [number])


@pytest.mark.parametrize("known", [{"name": "Mira"}, {"name": "Nell", "aliases": ["mira"]}])
def test_a_favorite_with_a_taken_name_is_a_conflict_without_a_write(bench: Bench, known: dict[str, Any]) -> None:
    bench.set(autoCreatePerformers=True)
    number = bench.stock.add_performer(**known)
    like(bench.box, bench.world.add_performer("Mira"))
    assert bench.task("favorite_performers", dry_run=True)["run"]["conflict"] == 1
    assert bench.task("favorite_performers")["run"]["conflict"] == 1
    assert (bench.stash.performers.ids(), is_liked(bench, number)) == ([number], False)
    assert bench.plugin.stash.server.traffic.requests("Create") == []


def test_a_favorite_studio_whose_name_is_an_alias_is_a_conflict(bench: Bench) -> None:
    bench.set(autoCreateSites=True)
    number = bench.stock.add_studio("Why", aliases=["Exe"])
    like_sites(bench.box, bench.world.add_studio("Exe"))
    run = bench.task("favorite_sites")["run"]
    assert (run["conflict"], bench.show(number, "studio")["favorite"], bench.stash.studios.ids()) == (
        1,
        False,
        [number],
    )
    assert "Why" in bench.find_messages(run)
    assert bench.plugin.stash.server.traffic.requests("Create") == []
    (conflict,) = bench.operate("conflicts", kind="studio")["conflicts"]
    assert (conflict["what"], conflict["item"]["id"]) == ("favorite_alias", str(number))


def test_a_favorite_with_a_known_name_is_linked_by_a_decision(bench: Bench) -> None:
    bench.set(autoCreatePerformers=True)
    number, mira = bench.stock.add_performer("Mira"), bench.world.add_performer("Mira")
    like(bench.box, mira)
    bench.task("favorite_performers")
    (conflict,) = bench.operate("conflicts")["conflicts"]
    bench.operate("conflict_decide", key=conflict["key"], decision="link", remote_id=mira.id)
    bench.task("favorite_performers")
    assert (bench.links_of(number), is_liked(bench, number)) == ([mira.id], True)


def test_favorites_of_stash_are_set_at_the_box_with_undo(bench: Bench) -> None:
    bench.set(favoritesDirection="both")
    mira, nell = bench.world.add_performer("Mira"), bench.world.add_performer("Nell")
    number = bench.own(mira, favorite=True)
    bench.own(nell)
    liked = like(bench.box)
    run = bench.task("favorite_performers_stashdb")["run"]
    assert liked == {mira.id}
    bench.undo(run["run_id"])
    run = bench.task("favorite_performers_stashdb")["run"]
    assert (liked, is_liked(bench, number), run["changed"]) == (set(), True, 0)


def test_an_undone_favorite_is_not_set_again(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira")
    number = bench.own(mira)
    like(bench.box, mira)
    bench.undo(bench.task("favorite_performers")["run"]["run_id"])
    bench.task("favorite_performers")
    assert is_liked(bench, number) is False


@pytest.fixture
def synced(bench: Bench) -> tuple[Bench, int, set[str]]:
    """Return a bench after a sync of one favorite, her id in Stash, and the favorites at the box."""
    bench.set(favoritesDirection="both")
    mira = bench.world.add_performer("Mira")
    number = bench.own(mira)
    liked = like(bench.box, mira)
    bench.task("favorite_performers")
    return bench, number, liked


def test_a_favorite_removed_at_the_box_is_proposed_for_removal(synced: tuple[Bench, int, set[str]]) -> None:
    bench, number, liked = synced
    liked.clear()
    answer = bench.task("favorite_performers")
    assert (is_liked(bench, number), liked, answer["proposed"]) == (True, set(), 1)
    assert "Make a preview to take it off" in bench.find_messages(answer["run"])
    plan = bench.task("favorite_performers", dry_run=True)["run"]["plan_id"]
    (row,) = bench.operate("plan_list", plan_id=plan)["changes"]
    assert (row["selected"], row["before"], row["after"]) == (False, True, False)
    bench.operate("plan_select", plan_id=plan, selected=True)
    bench.operate("plan_apply", plan_id=plan)
    assert is_liked(bench, number) is False


def test_a_favorite_removed_in_stash_is_proposed_for_removal(synced: tuple[Bench, int, set[str]]) -> None:
    bench, number, liked = synced
    bench.stash.performers.update(number, {"favorite": False})
    bench.task("favorite_performers")
    assert (is_liked(bench, number), len(liked)) == (False, 1)
    plan = bench.task("favorite_performers", dry_run=True)["run"]["plan_id"]
    bench.operate("plan_select", plan_id=plan, selected=True)
    bench.operate("plan_apply", plan_id=plan)
    assert (liked, bench.task("favorite_performers")["proposed"]) == (set(), 0)


@pytest.mark.parametrize(("setting", "expected"), [("remove", False), ("keep", True)])
def test_the_setting_decides_about_removals(synced: tuple[Bench, int, set[str]], setting: str, expected: bool) -> None:
    bench, number, liked = synced
    bench.set(favoritesRemoval=setting)
    liked.clear()
    bench.task("favorite_performers")
    assert (is_liked(bench, number), liked) == (expected, set())


def test_a_favorite_of_another_box_is_not_removed(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    bench.set(favoritesRemoval="remove")
    here, there = bench.world.add_performer("Mira"), other.world.add_performer("Mira")
    number = bench.own(here, bench.link(there, other))
    liked, _ = like(bench.box, here), like(other, there)
    bench.task("favorite_performers")
    liked.clear()
    run = bench.task("favorite_performers")["run"]
    assert is_liked(bench, number) is True
    assert "still is one at FansDB" in bench.find_messages(run)


def test_a_merge_at_the_box_removes_no_favorite(synced: tuple[Bench, int, set[str]]) -> None:
    bench, number, liked = synced
    bench.set(favoritesRemoval="remove", autoCreatePerformers=True)
    (old,) = liked
    bench.world.merge(bench.world.performers[old], bench.world.add_performer("Mira Moss"))
    run = bench.task("favorite_performers")["run"]
    assert (is_liked(bench, number), bench.stash.performers.ids(), run["conflict"]) == (True, [number], 1)


def test_the_first_run_removes_no_favorite(bench: Bench) -> None:
    bench.set(favoritesRemoval="remove")
    number = bench.own(bench.world.add_performer("Mira"), favorite=True)
    like(bench.box, bench.world.add_performer("Nell"))
    bench.task("favorite_performers")
    assert is_liked(bench, number) is True


def test_a_box_that_fails_while_writing_does_not_stop_the_others(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    bench.set(favoritesDirection="export")
    here, there = bench.world.add_performer("Mira"), other.world.add_performer("Mira")
    bench.own(here, bench.link(there, other), favorite=True)
    second = bench.world.add_performer("Nell")
    bench.own(second, favorite=True)
    bench.box.server.faults.add("unauthorized", operation="Favorite")
    answer = bench.task("favorite_performers")
    assert (answer["state"], answer["run"]["failed"], bench.asked("Favorite")) == ("partial", 2, 1)
    assert (like(bench.box), like(other)) == (set(), {there.id})
    bench.box.server.faults.clear()
    bench.task("favorite_performers")
    assert like(bench.box) == {here.id, second.id}


def test_favorite_studios_are_synced(bench: Bench) -> None:
    site = bench.world.add_studio("Site")
    number = bench.own_studio(site)
    like_sites(bench.box, site)
    bench.task("favorite_sites")
    assert bench.show(number, "studio")["favorite"] is True


def test_a_box_whose_list_fails_is_left_alone(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    bench.set(favoritesRemoval="remove")
    people = [bench.world.add_performer(f"P{each}") for each in range(150)]
    first, last = bench.own(people[0]), bench.own(people[149])
    there = other.world.add_performer("Mira")
    number = bench.stock.add_performer("Mira", stash_ids=[bench.link(there, other)])
    like(other, there), like(bench.box, *people)
    bench.task("favorite_performers")
    bench.box.server.faults.add("server_error", operation="List", after=1)
    answer = bench.task("favorite_performers")
    assert (answer["state"], list(answer["problems"])) == ("partial", ["StashDB"])
    assert [is_liked(bench, each) for each in (first, last, number)] == [True] * 3
    state = {row["box"]: row for row in bench.operate("favorites_state")["sources"] if row["kind"] == "performer"}
    assert (state["StashDB"]["is_available"], state["FansDB"]["count_there"]) == (False, 1)


def test_previews_alone_also_propose_removals(bench: Bench) -> None:
    remote = bench.world.add_performer("Mira")
    number = bench.own(remote)
    liked = like(bench.box, remote)
    bench.operate("plan_apply", plan_id=bench.task("favorite_performers", dry_run=True)["run"]["plan_id"])
    before = is_liked(bench, number)
    liked.clear()
    plan_id = bench.task("favorite_performers", dry_run=True)["run"]["plan_id"]
    plan = bench.operate("plan_list", plan_id=plan_id)
    assert (before, plan["count"], plan["selected"]) == (True, 1, 0)
