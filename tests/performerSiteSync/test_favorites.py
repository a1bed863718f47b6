"""Favourites in both directions, and what becomes of those that Stash does not have."""

from __future__ import annotations

from sandbox.stashbox.model import Performer
from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def like(box: StashBox, *liked: Performer) -> set[str]:
    """These are favourites of the key's user at the box."""
    account = box.world.accounts[box.key]
    account.performers.update(each.id for each in liked)
    return account.performers


def test_favorites_of_the_box_become_favorites_here(bench: Bench) -> None:
    """acceptance 40"""
    people = [bench.world.add_performer(f"P{each}") for each in range(250)]
    numbers = [bench.own(each) for each in people[:2]]
    like(bench.box, *people)
    run = bench.task("favorite_performers")["run"]
    assert [bench.show(each)["favorite"] for each in numbers] == [True, True]
    assert (run["changed"], run["skipped"], run["seen"]) == (2, 248, 250)


def test_a_missing_favorite_is_created_with_its_data_and_can_be_taken_back(bench: Bench) -> None:
    """acceptance 42"""
    bench.set(autoCreatePerformers=True)
    like(bench.box, bench.world.add_performer("Mira", country="NO", aliases=["Em", "mira"]))
    run = bench.task("favorite_performers")["run"]
    (number,) = bench.stash.performers.ids()
    now = bench.show(number)
    assert (now["country"], now["alias_list"], now["favorite"], run["changed"]) == ("NO", ["Em"], True, 1)
    bench.undo(run["run_id"])
    assert bench.stash.performers.ids() == []


def test_a_name_that_is_taken_is_a_conflict(bench: Bench) -> None:
    """acceptance 42"""
    bench.set(autoCreatePerformers=True)
    number = bench.stock.add_performer("Mira")
    like(bench.box, bench.world.add_performer("Mira"))
    bench.task("favorite_performers", dry_run=True)
    assert bench.task("favorite_performers")["run"]["conflict"] == 1
    assert (bench.stash.performers.ids(), bench.show(number)["favorite"]) == ([number], False)


def test_favorites_of_stash_go_to_the_box_and_can_be_taken_back(bench: Bench) -> None:
    bench.set(favoritesDirection="both")
    mira, nell = bench.world.add_performer("Mira"), bench.world.add_performer("Nell")
    bench.own(mira, favorite=True)
    bench.own(nell)
    liked = like(bench.box)
    run = bench.task("favorite_performers_stashdb")["run"]
    assert liked == {mira.id}
    bench.undo(run["run_id"])
    assert liked == set()


def test_what_was_taken_off_at_the_box_stays_here_and_is_told(bench: Bench) -> None:
    """acceptance 44"""
    bench.set(favoritesDirection="both")
    mira = bench.world.add_performer("Mira")
    number = bench.own(mira)
    liked = like(bench.box, mira)
    bench.task("favorite_performers")
    liked.clear()
    run = bench.task("favorite_performers")["run"]
    assert (bench.show(number)["favorite"], liked) == (True, set())
    assert "No longer a favourite" in bench.find_messages(run)


def test_favorite_sites_come_along(bench: Bench) -> None:
    site = bench.world.add_studio("Site")
    number = bench.own_studio(site)
    bench.world.accounts[bench.box.key].studios.add(site.id)
    bench.task("favorite_sites")
    assert bench.show(number, "studio")["favorite"] is True


def test_a_box_whose_list_fails_is_left_alone(bench: Bench, other: StashBox) -> None:
    """acceptance 41"""
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira")
    number = bench.stock.add_performer("Mira", stash_ids=[bench.link(there, other)])
    like(other, there)
    bench.box.server.stop()
    answer = bench.task("favorite_performers")
    assert (answer["state"], bench.show(number)["favorite"]) == ("partial", True)
