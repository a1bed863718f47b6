"""What the filters show and what they hide, each hidden scene under its reason."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Performer
from sandbox.stashbox.server import StashBox
from tests.missingScenes.conftest import Bench, ids_of


@pytest.fixture
def varied(bench: Bench, mira: Performer) -> dict[str, str]:
    """Add four different scenes of Mira; return their ids by title."""
    world = bench.world
    hills, seas = world.add_studio("Hill Films"), world.add_studio("Sea Films")
    hill, sea = world.add_tag("Hill"), world.add_tag("Sea")
    bert = world.add_performer("Bert Birch", gender="MALE")
    rows: list[dict[str, Any]] = [
        {"title": "Both", "studio": hills, "tags": [hill], "performers": [mira], "release_date": "2024-05-01"},
        {"title": "Studio", "studio": hills, "tags": [sea], "performers": [mira, bert], "release_date": "2023"},
        {"title": "Tag", "studio": seas, "tags": [hill], "performers": [mira], "duration": 600},
        {"title": "Neither", "studio": seas, "tags": [sea], "performers": [mira], "duration": 1200},
    ]
    bench.add_local("studio", "Hill Films", hills.id, favorite=True)
    bench.add_local("studio", "Sea Films", favorite=True)  # the same name, but nobody linked it
    bench.add_local("tag", "Hill", hill.id, favorite=True)
    return {row["title"]: world.add_scene(**row).id for row in rows}


@pytest.mark.parametrize(
    ("args", "shown", "hidden"),
    [
        ({"filter_favorite_studios": True}, ["Both", "Studio"], {"no_favorite_studio": 2}),
        ({"filter_favorite_tags": True}, ["Both", "Tag"], {"no_favorite_tag": 2}),
        (
            {"filter_favorite_studios": True, "filter_favorite_tags": True},
            ["Both"],
            {"no_favorite_studio": 2, "no_favorite_tag": 1},
        ),
        ({"text": "HILL bo"}, ["Both"], {"text": 3}),
        ({"text": "bert"}, ["Studio"], {"text": 3}),
        ({"date_from": "2023-06-01"}, ["Both", "Studio"], {"date": 2}),
        ({"date_to": "2023-12-31"}, ["Studio"], {"date": 3}),
        ({"date_to": "2023"}, ["Studio"], {"date": 3}),
        ({"date_from": "2024-05", "date_to": "2024-05"}, ["Both"], {"date": 3}),
        ({"min_duration": 900}, ["Neither"], {"duration": 3}),
        ({"max_duration": 900}, ["Tag"], {"duration": 3}),
        ({"performer_gender": "male"}, ["Studio"], {"gender": 3}),
        ({"min_performers": 2}, ["Studio"], {"performer_count": 3}),
        ({"max_performers": 1}, ["Both", "Tag", "Neither"], {"performer_count": 1}),
        ({"excluded_tags": ["sea"]}, ["Both", "Tag"], {"excluded_tag": 2}),
    ],
)
def test_a_filter_shows_what_fits_and_counts_the_rest(
    bench: Bench, local_mira: str, varied: dict[str, str], args: Any, shown: list[str], hidden: dict[str, int]
) -> None:
    page = bench.find(local_mira, **args)
    assert sorted(ids_of(page)) == sorted(varied[title] for title in shown)
    assert page["figures"]["hidden"] == hidden


def test_without_linked_favorites_nothing_is_shown_and_the_box_is_not_asked(bench: Bench, local_mira: str) -> None:
    bench.add_local("studio", "Sea Films", favorite=True)
    page = bench.find(local_mira, filter_favorite_studios=True)
    assert page["state"] == "no_favorites"
    assert "None of your 1 favorite studios is linked" in page["message"]
    assert bench.box.server.traffic.total == 0


def test_excluded_tags_of_the_settings_hold_by_id_and_by_old_names(
    bench: Bench, local_mira: str, varied: dict[str, str]
) -> None:
    hill = next(tag.id for tag in bench.world.tags.values() if tag.name == "Hill")
    bench.plugin.save_settings(excludedTags=f"{hill}, SEA")
    page = bench.find(local_mira)
    assert (page["scenes"], page["figures"]["hidden"]) == ([], {"excluded_tag": 4})
    assert page["message"] == "4 missing scenes hidden by the filters; 0 of 4 in the library."


def test_excluded_and_favorite_tags_hold_together_on_the_browse_page(bench: Bench, varied: dict[str, str]) -> None:
    page = bench.find("", "favorite_tags", excluded_tags=["sea"], filter_favorite_studios=True)
    assert ids_of(page) == [varied["Both"]]


def test_browsing_the_box_shows_everything_missing(bench: Bench, varied: dict[str, str]) -> None:
    assert sorted(ids_of(bench.find("", "box"))) == sorted(varied.values())


def test_browsing_favorites_asks_the_box_for_nothing_else(bench: Bench, varied: dict[str, str]) -> None:
    bench.add_scenes(300)
    page = bench.find("", "favorite_studios")
    assert sorted(ids_of(page)) == sorted([varied["Both"], varied["Studio"]])
    assert page["figures"]["total"] == 2


def test_another_filter_needs_a_new_list(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(150, mira)
    cursor = bench.find(local_mira)["cursor"]
    with pytest.raises(Exception, match="another list"):
        bench.find(local_mira, cursor=cursor, text="x")


def test_scenes_entered_since_a_moment_end_the_list_at_the_first_older_one(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    old = bench.add_scenes(150, mira)
    since = old[-1].created[:19] + "Z"
    new = bench.world.add_scene("New", performers=[mira], release_date="1999-01-01")
    page = bench.find(local_mira, created_since=since)
    assert new.id in ids_of(page)
    assert len(ids_of(page)) <= 2
    assert page["state"] == "complete"
    assert all(card["new"] for card in page["scenes"])
    assert isinstance(bench.box, StashBox)
