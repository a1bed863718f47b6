"""The operations for Stash's own pages: the row of new scenes on the front page, and all counts of cards at once."""

from __future__ import annotations

from typing import Any

import pytest
from missing.front_page.tasks import SCENES, merge_newest

from sandbox.stashbox.model import Performer
from tests.missingScenes.conftest import Bench, ids_of


@pytest.fixture
def favorite(bench: Bench, mira: Performer) -> str:
    """Add a favorite performer that is linked to the box; return her number."""
    return bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)


def row_ids(bench: Bench) -> list[str]:
    return ids_of(bench.operate("front_row"))


def refresh(bench: Bench) -> Any:
    bench.plugin.run_task("front_row", run_token="row")
    return bench.operate("run_result", run_token="row")["run"]


def test_of_both_lists_the_newest_scenes_are_kept_once() -> None:
    cards = [{"id": str(number), "created": f"2024-01-{number:02d}"} for number in range(1, 29)]
    merged = merge_newest([cards[:20], cards[10:]])
    assert [each["id"] for each in merged] == [str(number) for number in range(28, 28 - SCENES, -1)]


@pytest.mark.usefixtures("favorite")
def test_the_row_has_new_missing_scenes_of_favorite_performers_and_studios(bench: Bench, mira: Performer) -> None:
    hills = bench.world.add_studio("Hill Films")
    bench.add_local("studio", "Hill Films", hills.id, favorite=True)
    old = bench.world.add_scene("Old", performers=[mira], created="2024-01-01T00:00:00Z")
    new = bench.world.add_scene("New", studio=hills, created="2024-02-01T00:00:00Z")
    owned = bench.world.add_scene("Owned", performers=[mira], created="2024-03-01T00:00:00Z")
    bench.own(owned)
    assert refresh(bench)["message"] == "2 scenes for the front page."
    assert row_ids(bench) == [new.id, old.id]


@pytest.mark.usefixtures("favorite")
def test_the_row_asks_no_box_and_leaves_out_what_is_owned_or_ignored_since(bench: Bench, mira: Performer) -> None:
    first, second, third = bench.add_scenes(3, mira)
    refresh(bench)
    asked = bench.asked()
    (card, *_) = (each for each in bench.operate("front_row")["scenes"] if each["id"] == third.id)
    bench.operate("mark_scenes", list="ignored", is_on=True, endpoint=bench.box.endpoint, scenes=[card])
    bench.own(second)
    assert (row_ids(bench), bench.asked()) == ([first.id], asked)


@pytest.mark.usefixtures("favorite")
def test_a_box_that_fails_leaves_the_last_row_and_the_task_says_why(bench: Bench, mira: Performer) -> None:
    (scene,) = bench.add_scenes(1, mira)
    refresh(bench)
    bench.box.server.faults.add("unauthorized")
    run = refresh(bench)
    assert (run["state"], "API key" in run["message"], row_ids(bench)) == ("failed", True, [scene.id])


@pytest.mark.usefixtures("favorite")
def test_without_a_row_the_front_page_says_why_until_it_is_read(bench: Bench) -> None:
    fault = bench.box.server.faults.add("unauthorized")
    refresh(bench)
    row = bench.operate("front_row")
    assert (row["made_at"], "API key" in row["problem"]) == (None, True)
    bench.box.server.faults.remove(fault)
    refresh(bench)
    assert bench.operate("front_row")["problem"] == ""


def test_without_favorites_the_row_is_empty(bench: Bench) -> None:
    assert (refresh(bench)["state"], row_ids(bench)) == ("finished", [])


@pytest.mark.usefixtures("favorite")
@pytest.mark.parametrize(("is_on", "scenes"), [(True, 1), (False, 0)])
def test_an_open_page_reads_the_row_once_a_day_if_it_is_switched_on(
    bench: Bench, mira: Performer, is_on: bool, scenes: int
) -> None:
    bench.add_scenes(1, mira)
    bench.plugin.save_settings(frontPageRow=is_on)
    bench.operate("heartbeat")
    bench.plugin.stash.services.jobs.wait_until_idle()
    asked = bench.asked()
    bench.operate("heartbeat")
    bench.plugin.stash.services.jobs.wait_until_idle()
    assert (len(row_ids(bench)), bench.asked()) == (scenes, asked)


def test_all_cards_of_a_page_are_counted_with_one_call_that_asks_no_other_program(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    hills = bench.world.add_studio("Hill Films")
    bench.add_scenes(3, mira, studio=hills)
    studio = bench.add_local("studio", "Hill Films", hills.id)
    bench.plugin.run_task("completeness")
    asked, traffic = bench.asked(), bench.plugin.stash.server.traffic
    traffic.clear()
    counts = bench.operate("card_counts", performers=[local_mira, "999"], studios=[studio])
    expected = {"owned": 0, "total": 3}
    assert counts == {"performers": {local_mira: expected}, "studios": {studio: expected}}
    assert (traffic.total, bench.asked()) == (1, asked)
