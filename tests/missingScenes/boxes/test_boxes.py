"""Boxes that differ: ThePornDB's look-alike, other spellings of an address; a Stash without the quick look-up."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench, ids_of


@pytest.fixture
def tpdb(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Return a bench whose only box is ThePornDB."""
    with Tpdb(World("tpdb")) as box:
        host = box.endpoint.split("/")[2]
        monkeypatch.setenv("STASH_BUNDLE_TPDB", json.dumps({host: box.rest_url}))
        with install_plugin(folder) as plugin:
            bench = Bench(plugin, box)
            bench.configure(box, names=["ThePornDB"])
            yield bench


def test_tpdb_lists_the_scenes_of_a_performer_through_its_other_interface(tpdb: Bench) -> None:
    mira = tpdb.world.add_performer("Mira Mosswick")
    scenes = tpdb.add_scenes(130, mira)
    tpdb.own(*scenes[:100])
    pages = tpdb.find_all(tpdb.add_local("performer", "Mira Mosswick", mira.id))
    assert sorted(ids_of(*pages)) == sorted(scene.id for scene in scenes[100:])
    assert pages[-1]["figures"]["total"] == 130
    assert pages[0]["box"]["has_whisparr"] is False


def test_filters_apply_to_lists_of_tpdb(tpdb: Bench) -> None:
    world = tpdb.world
    mira, liked = world.add_performer("Mira Mosswick"), world.add_studio("Liked Films")
    hill, sea = world.add_tag("Hill"), world.add_tag("Sea")
    wanted = world.add_scene("Wanted", performers=[mira], studio=liked, tags=[hill])
    world.add_scene("Excluded", performers=[mira], studio=liked, tags=[hill, sea])
    world.add_scene("Elsewhere", performers=[mira], tags=[hill])
    tpdb.add_local("studio", "Liked Films", liked.id, favorite=True)
    tpdb.add_local("tag", "Hill", hill.id, favorite=True)
    local = tpdb.add_local("performer", "Mira Mosswick", mira.id)
    chosen: dict[str, Any] = {"filter_favorite_studios": True, "filter_favorite_tags": True, "excluded_tags": [sea.id]}
    page = tpdb.find(local, **chosen)
    assert ids_of(page) == [wanted.id]
    assert page["figures"]["hidden"] == {"excluded_tag": 1, "no_favorite_studio": 1}


def test_tpdb_counts_scenes_and_reports_unknown_performers(tpdb: Bench) -> None:
    mira, hills = tpdb.world.add_performer("Mira Mosswick"), tpdb.world.add_studio("Hill Films")
    gone = tpdb.world.add_performer("Gone")
    scenes = tpdb.add_scenes(3, mira, studio=hills)
    for kind, each in (("performer", mira), ("studio", hills), ("performer", gone)):
        tpdb.add_local(kind, each.name, each.id)
    (local,) = tpdb.own(scenes[0])
    tpdb.stash.scenes.update(int(local), {"studio_id": "1"})
    tpdb.world.forget(gone)
    tpdb.task("completeness")
    rows = tpdb.operate("list_completeness", sort="name")["rows"]
    found = [(row["name"], row["owned"], row["total"]) for row in rows]
    assert found == [("Gone", 0, 0), ("Hill Films", 1, 3), ("Mira Mosswick", 0, 3)]
    assert [bool(row["message"]) for row in rows] == [True, False, False]


@pytest.mark.parametrize("entity_type", ["tag", "box"])
def test_an_entity_that_tpdb_cannot_list_gets_a_message(tpdb: Bench, entity_type: str) -> None:
    tag = tpdb.world.add_tag("Hill")
    local = tpdb.add_local("tag", "Hill", tag.id) if entity_type == "tag" else ""
    page = tpdb.find(local, entity_type)
    assert page["state"] == "unavailable"
    assert "ThePornDB lists the scenes of one performer or one site" in page["message"]


def test_a_link_without_the_slash_of_the_endpoint_counts(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira Mosswick")
    scenes = bench.add_scenes(2, mira)
    spelled = f"{bench.box.endpoint}/"
    for kind, values in (("performer", {"name": "Mira", "stash_id": mira.id}), ("scene", {"stash_id": scenes[0].id})):
        links = [{"endpoint": spelled, "stash_id": values.pop("stash_id")}]
        shelf = getattr(bench.stash, f"{kind}s")
        shelf.create({**(values or {"title": "x"}), "stash_ids": links})
    (local,) = bench.stash.performers.ids()
    assert ids_of(bench.find(str(local))) == [scenes[1].id]


def test_a_stash_that_refuses_the_quick_look_up_is_asked_with_a_filter(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira Mosswick")
    scenes = bench.add_scenes(60, mira)
    bench.own(*scenes[:50])
    local = bench.add_local("performer", "Mira Mosswick", mira.id)
    bench.refuse_sql()
    assert bench.find(local)["figures"]["owned"] == 50


def test_favorites_of_many_kinds_are_browsed_together(bench: Bench) -> None:
    world = bench.world
    mira, hills = world.add_performer("Mira"), world.add_studio("Hill Films")
    both = world.add_scene("Both", performers=[mira], studio=hills)
    world.add_scene("One", performers=[mira])
    bench.add_local("performer", "Mira", mira.id, favorite=True)
    bench.add_local("studio", "Hill Films", hills.id, favorite=True)
    assert ids_of(bench.find("", "favorite_performers", filter_favorite_studios=True)) == [both.id]


def test_at_tpdb_the_scenes_that_are_released_from_the_day_of_the_follow_on_are_new(tpdb: Bench) -> None:
    today = datetime.datetime.now(datetime.timezone.utc).date()
    mira = tpdb.world.add_performer("Mira Mosswick")
    for days in (400, 3):
        day = (today - datetime.timedelta(days)).isoformat()
        tpdb.world.add_scene(f"Of before {days}", performers=(mira,), release_date=day)
    local = tpdb.add_local("performer", "Mira Mosswick", mira.id)
    tpdb.operate("follow_entity", kind="performer", entity_id=local, rules={})
    tpdb.world.add_scene("Of today", performers=(mira,), release_date=today.isoformat())
    assert tpdb.operate("preview_follow", kind="performer", entity_id=local, rules={})["count"] == 2
    assert tpdb.task("follow")["problems"] == {}
    tpdb.task("follow")
    assert [each["title"] for each in tpdb.operate("list_marked", list="wanted")["scenes"]] == ["Of today"]
