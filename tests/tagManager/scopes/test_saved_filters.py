"""A sync of the scenes that a saved filter selects: its conditions are converted, or it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from shared.errors import BundleError
from shared.scene_scopes.saved_criteria import convert_criteria
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench

SAVE = "mutation Save($input: SaveFilterInput!) { saveFilter(input: $input) { id } }"


def named(*ids: int) -> list[dict[str, str]]:
    """Return selected members as Stash's page stores them."""
    return [{"id": str(each), "label": f"Thing {each}"} for each in ids]


def among(modifier: str, *ids: int, but: tuple[int, ...] = (), depth: int = 0) -> dict[str, Any]:
    return {"value": {"items": named(*ids), "excluded": named(*but), "depth": depth}, "modifier": modifier}


def value(saved: Any, modifier: str = "EQUALS") -> dict[str, Any]:
    return {"value": saved, "modifier": modifier}


@pytest.mark.parametrize(
    ("name", "saved", "asked"),
    [
        ("title", value("hill", "INCLUDES"), {"value": "hill", "modifier": "INCLUDES"}),
        ("director", {"modifier": "IS_NULL"}, {"value": "", "modifier": "IS_NULL"}),
        ("organized", value("false"), False),
        ("organized", value(True), True),
        ("has_markers", value("true"), "true"),
        ("rating100", value({"value": 60}, "GREATER_THAN"), {"value": 60, "modifier": "GREATER_THAN"}),
        ("duration", value({"value": 60, "value2": 90}, "BETWEEN"), {"value": 60, "value2": 90, "modifier": "BETWEEN"}),
        (
            "o_counter",
            {"value": 1, "value2": 3, "modifier": "BETWEEN"},
            {"value": 1, "value2": 3, "modifier": "BETWEEN"},
        ),
        ("rating100", value({}, "IS_NULL"), {"value": 0, "modifier": "IS_NULL"}),
        ("date", value({"value": "2020-01-31"}, "LESS_THAN"), {"value": "2020-01-31", "modifier": "LESS_THAN"}),
        (
            "created_at",
            value({"value": "2020-01-31 10:00"}, "LESS_THAN"),
            {"value": "2020-01-31T10:00", "modifier": "LESS_THAN"},
        ),
        (
            "tags",
            among("INCLUDES_ALL", 1, 2, but=(3,), depth=-1),
            {"value": ["1", "2"], "excludes": ["3"], "modifier": "INCLUDES_ALL", "depth": -1},
        ),
        (
            "tags",
            among("EXCLUDES", 1, depth=2),
            {"value": [], "excludes": ["1"], "modifier": "INCLUDES", "depth": 2},
        ),
        (
            "tags",
            among("EQUALS", 1, but=(2,), depth=1),
            {"value": ["1"], "excludes": [], "modifier": "EQUALS", "depth": 0},
        ),
        (
            "groups",
            among("EXCLUDES", 1, depth=-1),
            {"value": ["1"], "excludes": [], "modifier": "EXCLUDES", "depth": -1},
        ),
        ("studios", {"modifier": "NOT_NULL"}, {"value": [], "excludes": [], "modifier": "NOT_NULL", "depth": 0}),
        ("performers", value(named(4), "INCLUDES"), {"value": ["4"], "excludes": [], "modifier": "INCLUDES"}),
        (
            "performers",
            value({"items": [{"id": 4}]}, "EXCLUDES"),
            {"value": [], "excludes": ["4"], "modifier": "INCLUDES"},
        ),
        ("galleries", value(named(5), "EXCLUDES"), {"value": ["5"], "modifier": "EXCLUDES"}),
        ("resolution", value("1080p", "LESS_THAN"), {"value": "FULL_HD", "modifier": "LESS_THAN"}),
        ("orientation", value(["Portrait", "Square"]), {"value": ["PORTRAIT", "SQUARE"]}),
        ("captions", value("Deutsche", "EXCLUDES"), {"value": "de", "modifier": "EXCLUDES"}),
        ("duplicated", value("true"), {"duplicated": True}),
        (
            "stash_id_endpoint",
            value({"endpoint": "https://box.example/graphql", "stashID": ""}, "IS_NULL"),
            {"endpoint": "https://box.example/graphql", "stash_id": "", "modifier": "IS_NULL"},
        ),
        ("stash_id_endpoint", value("abc"), {"stash_id": "abc", "modifier": "EQUALS"}),
        (
            "phash_distance",
            value({"value": "ab", "distance": 4}),
            {"value": "ab", "distance": 4, "modifier": "EQUALS"},
        ),
        ("custom_fields", [{"field": "seen", "modifier": "NOT_NULL"}], [{"field": "seen", "modifier": "NOT_NULL"}]),
    ],
)
def test_a_saved_condition_becomes_the_filter_that_stashs_list_sends(name: str, saved: Any, asked: Any) -> None:
    assert convert_criteria({name: saved}) == ({name: asked}, [])


def test_a_folder_is_a_property_of_files_to_the_api() -> None:
    where, unconvertible = convert_criteria({"folder": among("INCLUDES", 7, depth=-1)})
    assert where["files_filter"]["parent_folder"]["value"] == ["7"]
    assert not unconvertible


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("weather", value("wet")),
        ("tags", value("rain", "INCLUDES")),
        ("tags", "rain"),
        ("title", {"modifier": "EQUALS"}),
        ("rating100", value(4)),
        ("duration", value({"value": "long"})),
        ("created_at", value({"value": "yesterday"}, "LESS_THAN")),
        ("resolution", value("2000p")),
        ("orientation", value("Portrait")),
        ("organized", value("maybe")),
        ("is_missing", value("")),
        ("galleries", among("INCLUDES", 1, but=(2,))),
        ("custom_fields", value("wet")),
    ],
)
def test_a_condition_that_cannot_be_converted_is_named(name: str, saved: Any) -> None:
    assert convert_criteria({"path": value("/hill", "INCLUDES"), name: saved})[1] == [name]


def save(bench: Bench, name: str, criteria: dict[str, Any] | None, *, text: str = "", mode: str = "SCENES") -> int:
    """Save a filter as Stash's page does; return its id."""
    given = {"mode": mode, "name": name, "object_filter": criteria, "find_filter": {"q": text}}
    return int(bench.stash.ask(SAVE, {"input": given})["saveFilter"]["id"])


@pytest.fixture
def scenes(bench: Bench, rain: Tag, local_rain: int) -> list[int]:
    """Three linked scenes, the second organized and called Harbor."""
    found = bench.add_scenes(3, rain)
    bench.stash.scenes.update(found[1], {"organized": True, "title": "Harbor"})
    return found


@pytest.mark.parametrize(
    ("criteria", "text", "chosen"),
    [
        ({"organized": value("true")}, "", [1]),
        (None, "harbor", [1]),
        ({"organized": value("false")}, "harbor", []),
        ({"tags": among("EXCLUDES", 1)}, "", [0, 1, 2]),
        ({"stash_id_endpoint": value({"endpoint": "", "stashID": ""}, "IS_NULL")}, "", []),
        ({}, "", [0, 1, 2]),
    ],
)
def test_only_the_scenes_of_a_saved_filter_are_synced(
    bench: Bench, scenes: list[int], criteria: dict[str, Any] | None, text: str, chosen: list[int]
) -> None:
    bench.sync(scope={"saved_filter_id": save(bench, "Mine", criteria, text=text)})
    assert [number for number, scene in enumerate(scenes) if bench.tags_of(scene)] == chosen


def test_the_plan_is_named_after_the_filter(bench: Bench, scenes: list[int]) -> None:
    bench.sync(dry_run=True, scope={"saved_filter_id": save(bench, "Walks", {"organized": value("true")})})
    assert bench.operate("sync_plan")["plan"]["title"] == "Tags from StashDB: Walks"


def test_saved_filters_are_listed_with_the_reason_why_one_cannot_be_used(bench: Bench) -> None:
    save(bench, "Walks", {"organized": value("true")})
    save(bench, "Strange", {"play_weather": value("wet"), "organized": value("true")})
    save(bench, "Tags", {}, mode="TAGS")
    strange, walks = bench.operate("saved_filters")["filters"]
    assert (walks["name"], walks["problem"]) == ("Walks", None)
    assert strange["problem"].startswith(
        'The saved filter "Strange" asks for play weather, which cannot be taken over.'
    )


def test_a_filter_that_cannot_be_converted_starts_no_sync(bench: Bench, scenes: list[int]) -> None:
    strange = save(bench, "Strange", {"play_weather": value("wet"), "organized": value("true")})
    with pytest.raises(BundleError, match="play weather"):
        bench.operate("sync_start", scope={"saved_filter_id": strange})


def test_a_filter_that_is_gone_or_not_of_scenes_is_refused(bench: Bench) -> None:
    of_tags = save(bench, "Mine", {}, mode="TAGS")
    for number in (of_tags, of_tags + 1):
        with pytest.raises(BundleError, match="does not exist any more"):
            bench.operate("sync_start", scope={"saved_filter_id": number})


@pytest.fixture
def old(folder: Any, box: Any) -> Iterator[Bench]:
    """A bench with the oldest supported Stash."""
    with install_plugin(folder, profile="0.25") as plugin:
        yield Bench(plugin, box)


def test_the_oldest_stash_has_saved_filters_and_names_conditions_it_does_not_know(old: Bench) -> None:
    save(old, "Walks", {"organized": value("true")})
    save(old, "Wide", {"bitrate": value({"value": 9}, "GREATER_THAN")})
    walks, wide = old.operate("saved_filters")["filters"]
    assert (walks["problem"], "asks for bitrate," in wide["problem"]) == (None, True)
