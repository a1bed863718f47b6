"""The scenes of a sync: those of a performer, a studio, a filter or a search."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stashbox.model import Tag
from shared.errors import BundleError
from tests.tagManager.conftest import Bench


@pytest.fixture
def scenes(bench: Bench, rain: Tag, local_rain: int) -> list[int]:
    """Three linked scenes: the first of performer 1, the second of studio 2 below studio 1, the third of neither."""
    performer = bench.stock.add_performer("Ada Sample")
    network = bench.stock.add_studio("Harbor Light")
    studio = bench.stock.add_studio("Harbor Light Short", parent=network)
    found = bench.add_scenes(3, rain)
    bench.stash.scenes.update(found[0], {"performer_ids": [performer]})
    bench.stash.scenes.update(found[1], {"studio_id": studio})
    bench.stash.scenes.update(found[2], {"title": "Walking <home>", "organized": True})
    return found


@pytest.mark.parametrize(
    ("scope", "chosen"),
    [
        ({"performer_id": 1}, [0]),
        ({"studio_id": 1}, [1]),
        ({"filter": {"organized": True}}, [2]),
        ({"text": "walking"}, [2]),
        ({"filter": {"organized": False}, "text": "walking"}, []),
        ({"filter": {}, "text": ""}, [0, 1, 2]),
    ],
)
def test_only_the_scenes_of_the_scope_are_synced(
    bench: Bench, scenes: list[int], local_rain: int, scope: dict[str, Any], chosen: list[int]
) -> None:
    bench.sync(scope={**scope, "label": "mine"})
    assert [number for number, scene in enumerate(scenes) if bench.tags_of(scene)] == chosen


def test_the_plan_is_titled_with_the_label_of_the_scope(bench: Bench, scenes: list[int]) -> None:
    bench.sync(dry_run=True, scope={"performer_id": 1, "label": "Ada Sample"})
    assert bench.operate("sync_plan")["plan"]["title"] == "Tags from StashDB: Ada Sample"


def test_a_scope_without_a_performer_is_refused_instead_of_meaning_everything(bench: Bench) -> None:
    with pytest.raises(BundleError, match="performer_id"):
        bench.operate("sync_start", scope={"performer_id": None, "label": "nobody"})


@pytest.mark.parametrize("name", ["performer_id", "studio_id", "saved_filter_id", "scene_ids"])
def test_a_malformed_id_is_refused_with_the_name_of_the_argument(bench: Bench, name: str) -> None:
    with pytest.raises(BundleError, match=f'The argument "scope.{name}" of the operation sync_start must be a'):
        bench.operate("sync_start", scope={name: "abc"})


@pytest.mark.parametrize(
    "scope", [{"scene_ids": [1, 2, 3, 4]}, {"filter": {"id": {"value": 0, "modifier": "GREATER_THAN"}}}]
)
def test_chosen_scenes_without_a_link_are_counted(bench: Bench, scenes: list[int], scope: dict[str, Any]) -> None:
    bench.stock.add_scene("Not linked")
    figures = bench.sync(dry_run=True, scope=scope)["figures"]
    assert (figures["scenes"], figures["of"], figures["unlinked"]) == (3, 3, 1)


def test_a_sync_of_everything_counts_no_scene_without_a_link(bench: Bench, scenes: list[int]) -> None:
    bench.stock.add_scene("Not linked")
    assert bench.sync(dry_run=True)["figures"]["unlinked"] == 0
