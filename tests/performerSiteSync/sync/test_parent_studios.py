"""Parent studios: found by id, name or alias, created if the setting says so, never in a circle."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Studio
from tests.performerSiteSync.conftest import Bench


def parent_of(bench: Bench, number: int) -> str | None:
    """Return the id of the studio's parent in Stash, or None."""
    parent = bench.show(number, "studio")["parent_studio"]
    return parent and str(parent["id"])


@pytest.fixture
def site(bench: Bench) -> Studio:
    return bench.world.add_studio("Site", parent=bench.world.add_studio("Network"))


@pytest.mark.parametrize("known", [{"name": "network"}, {"name": "Other", "aliases": ["Network"]}])
def test_a_parent_is_found_by_its_name_or_alias(bench: Bench, site: Studio, known: dict[str, Any]) -> None:
    network, number = bench.stock.add_studio(**known), bench.own_studio(site)
    run = bench.task("update_studios")["run"]
    assert (parent_of(bench, number), run["changed"]) == (str(network), 1)
    bench.undo(run["run_id"])
    bench.task("update_studios")
    assert (parent_of(bench, number), bench.locks(number, "studio")["parent_id"]) == (None, "undone")


def test_a_missing_parent_is_not_created_by_default(bench: Bench, site: Studio) -> None:
    number = bench.own_studio(site)
    assert bench.task("update_studios")["run"]["unchanged"] == 1
    assert (bench.stash.studios.ids(), parent_of(bench, number)) == ([number], None)


def test_missing_parents_are_created_the_highest_first_with_undo(bench: Bench) -> None:
    bench.set(createParents=True)
    group = bench.world.add_studio("Group")
    network = bench.world.add_studio("Network", parent=group, aliases=["Net"])
    numbers = [bench.own_studio(bench.world.add_studio(name, parent=network)) for name in ("First", "Second")]
    planned = bench.task("update_studios", dry_run=True)["run"]
    run = bench.task("update_studios")["run"]
    made = {bench.show(each, "studio")["name"]: each for each in bench.stash.studios.ids() if each not in numbers}
    assert {parent_of(bench, each) for each in numbers} == {str(made["Network"])}
    assert (parent_of(bench, made["Network"]), bench.show(made["Group"], "studio")["favorite"]) == (
        str(made["Group"]),
        False,
    )
    assert (planned["planned"], run["changed"]) == (2, 4)
    bench.undo(run["run_id"])
    assert bench.stash.studios.ids() == numbers


def test_a_studio_with_the_name_of_its_parent_is_a_conflict(bench: Bench) -> None:
    bench.set(createParents=True)
    number = bench.own_studio(bench.world.add_studio("Same", parent=bench.world.add_studio("Same")))
    run = bench.task("update_studios")["run"]
    assert (run["conflict"], parent_of(bench, number), bench.stash.studios.ids()) == (1, None, [number])
    assert "cannot be a site of yours" in bench.find_messages(run)


def test_a_parent_below_its_own_studio_is_a_conflict(bench: Bench) -> None:
    network = bench.world.add_studio("Network")
    number = bench.own_studio(bench.world.add_studio("Site", parent=network))
    below = bench.own_studio(network, parent=number)
    run = bench.task("update_studios")["run"]
    assert (run["conflict"], parent_of(bench, number), parent_of(bench, below)) == (1, None, str(number))


def test_a_parent_chosen_by_a_person_stays(bench: Bench, site: Studio) -> None:
    mine = bench.stock.add_studio("Mine")
    bench.stock.add_studio("Network")
    number = bench.own_studio(site, parent=mine)
    assert bench.task("update_studios")["run"]["changed"] == 0
    assert parent_of(bench, number) == str(mine)
