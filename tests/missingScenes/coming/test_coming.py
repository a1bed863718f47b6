"""Coming up: scenes of favorites with a later date, of all boxes, until their day has come."""

from __future__ import annotations

from typing import Any

import pytest
from missing.coming.plan import is_coming, merge_scenes

from sandbox.stashbox.model import Performer
from shared.errors import GraphQLFailed
from tests.missingScenes.conftest import Bench

TODAY = "2026-03-31"


def list_coming(bench: Bench, today: str = TODAY) -> Any:
    return bench.operate("list_coming", today=today)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-04-01", True),
        ("2026-03-31", False),
        ("2026-04", True),
        ("2026-03", False),
        ("2027", True),
        ("2026", False),
        ("", False),
        (None, False),
    ],
)
def test_a_scene_comes_if_its_day_month_or_year_begins_after_today(date: str | None, expected: bool) -> None:
    assert is_coming(date, TODAY) is expected


def test_the_next_come_first_and_a_month_follows_its_days() -> None:
    dates = ["2027", "2026-05", "2026-04-02", "2026-05-30", "2026-04-02"]
    scenes = [{"endpoint": "e", "id": str(number), "date": date} for number, date in enumerate(dates)]
    assert [each["id"] for each in merge_scenes([*scenes, scenes[0]], TODAY)] == ["2", "4", "3", "1", "0"]


def test_scenes_of_favorite_performers_and_studios_are_listed_once_until_their_day(
    bench: Bench, mira: Performer
) -> None:
    studio = bench.world.add_studio("Hill Films")
    bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
    bench.add_local("studio", "Hill Films", studio.id, favorite=True)
    later = bench.world.add_scene("Later", performers=(mira,), studio=studio, release_date="2026-05-01")
    soon = bench.world.add_scene("Soon", studio=studio, release_date="2026-04-01")
    owned = bench.world.add_scene("Owned", performers=(mira,), release_date="2026-04-02")
    bench.world.add_scene("Out", performers=(mira,), release_date="2026-03-31")
    bench.world.add_scene("Of another", release_date="2026-04-01")
    bench.own(owned)
    answer = list_coming(bench)
    assert [(each["title"], each["box"]) for each in answer["scenes"]] == [("Soon", "StashDB"), ("Later", "StashDB")]
    assert bench.asked("queryScenes") <= 4
    assert [each["id"] for each in list_coming(bench, "2026-04-01")["scenes"]] == [later.id]
    page = bench.find("", "favorite_studios", date_to="2026-04-01")
    assert soon.id in [each["id"] for each in page["scenes"]]


def test_a_box_that_fails_is_named_and_is_no_empty_list(bench: Bench, mira: Performer) -> None:
    bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
    bench.box.server.faults.add("server_error")
    assert "StashDB" in list_coming(bench)["problems"]


def test_without_a_box_that_has_a_key_the_answer_names_no_box_and_is_no_error(bench: Bench) -> None:
    bench.configure()
    assert list_coming(bench) == {"scenes": [], "boxes": [], "problems": {}, "cut": []}


def test_without_favorites_no_box_is_asked(bench: Bench) -> None:
    assert list_coming(bench)["scenes"] == []
    assert bench.asked("queryScenes") == 0
    with pytest.raises(GraphQLFailed, match="today"):
        list_coming(bench, "soon")


def test_a_box_that_announces_more_is_named_and_the_set_up_of_its_list_is_read_once(
    bench: Bench, mira: Performer
) -> None:
    bench.add_local("performer", "Mira Mosswick", mira.id, favorite=True)
    for number in range(510):
        bench.world.add_scene(f"Scene {number}", performers=(mira,), release_date=f"2030-{1 + number % 12:02d}-01")
    traffic = bench.plugin.stash.server.traffic
    before = len(traffic.requests("Open"))
    answer = list_coming(bench)
    assert (len(answer["scenes"]), answer["cut"]) == (500, ["StashDB"])
    assert len(traffic.requests("Open")) - before == 2  # favorite performers and favorite studios
