"""The double of TPDB: a dialect without lists, and a REST twin."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read


def get(box: Tpdb, path: str, key: str | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {key or box.key}"}
    return requests.get(box.rest_url + path, headers=headers, timeout=60)


@pytest.mark.parametrize(
    "query",
    [
        "{queryStudios(input:{}){count}}",
        "{queryTagCategories{count}}",
        '{searchTag(term:"x"){id}}',
        "{queryEdits(input:{}){count}}",
        "{queryScenes(input:{}){scenes{id}}}",
        '{findPerformer(id:"01693880-d0c0-7c88-87a6-d529d3ba2fe6"){is_favorite}}',
        'mutation{favoritePerformer(id:"1",favorite:true)}',
    ],
)
def test_most_of_a_stash_box_is_unknown(tpdb: Tpdb, query: str) -> None:
    assert ask(tpdb, query).status_code == 422


def test_lists_are_useless(tpdb: Tpdb, world: World) -> None:
    world.add_scene("S")
    world.add_performer("Ann")
    given = '{sort:"date",direction:"desc",per_page:2}'
    assert read(tpdb, f"{{queryScenes(input:{given}){{scenes{{id}}}}}}") == {"scenes": [None, None]}
    named = given.replace("{", '{name:"Nobody",', 1)
    found = read(tpdb, f"{{queryPerformers(input:{named}){{performers{{name}}}}}}")
    assert found == {"performers": [{"name": "Ann"}]}
    assert ask(tpdb, "{queryTags(input:{}){tags{name}}}").text == "Server Error"


def test_lookups_work_and_dates_carry_a_time(tpdb: Tpdb, world: World) -> None:
    studio = world.add_studio("Trails")
    scene = world.add_scene("S", studio=studio, release_date="2024-05-06", performers=[world.add_performer("Ann")])
    query = "query($id:ID!){findScene(id:$id){title date studio{name parent{name}} performers{performer{name}}}}"
    assert read(tpdb, query, id=scene.id) == {
        "title": "S",
        "date": "2024-05-06 00:00:00",
        "studio": {"name": "Trails", "parent": None},
        "performers": [{"performer": {"name": "Ann"}}],
    }


@pytest.mark.parametrize(("path", "status"), [("/scenes", 401), ("/nothing", 404), ("/sites/unknown", 404)])
def test_rest_refuses_in_json(tpdb: Tpdb, path: str, status: int) -> None:
    reply = get(tpdb, path, key="wrong" if status == 401 else None)
    assert reply.status_code == status and "message" in reply.json()


def make_scenes(world: World) -> dict[str, Any]:
    ann, site = world.add_performer("Ann"), world.add_studio("Trails")
    tag = world.add_tag("Hill")
    for number in range(5):
        details = {"release_date": f"2024-01-0{number + 1}", "images": [world.add_picture(640, 360)]}
        world.add_scene(f"{number}", performers=[ann], studio=site if number % 2 else None, tags=[tag], **details)
    return {"ann": ann, "site": site}


def test_a_performers_scenes_come_page_by_page(tpdb: Tpdb, world: World) -> None:
    ann = make_scenes(world)["ann"]
    reply = get(tpdb, f"/performers/{ann.id}/scenes?page=2&limit=2&sort=date&sort_order=asc").json()
    assert [scene["title"] for scene in reply["data"]] == ["2", "3"]
    assert (reply["meta"]["total"], reply["meta"]["last_page"]) == (5, 3)


def test_a_sites_scenes_are_asked_by_its_number(tpdb: Tpdb, world: World) -> None:
    site = make_scenes(world)["site"]
    number = get(tpdb, f"/sites/{site.id}").json()["data"]["id"]
    reply = get(tpdb, f"/scenes?site_id={number}").json()
    assert {scene["title"] for scene in reply["data"]} == {"1", "3"}


def test_a_scene_names_the_person_behind_the_sites_performer(tpdb: Tpdb, world: World) -> None:
    ann = make_scenes(world)["ann"]
    (appearance,) = get(tpdb, f"/performers/{ann.id}/scenes").json()["data"][0]["performers"]
    assert appearance["id"] != ann.id and appearance["parent"]["id"] == ann.id


def test_posters_are_a_list_or_sizes(tpdb: Tpdb, world: World) -> None:
    make_scenes(world)
    shapes = {type(scene["posters"]) for scene in get(tpdb, "/scenes").json()["data"]}
    assert shapes <= {list, dict}
    assert get(tpdb, "/auth/user").json()["data"]["name"] == "sandbox"
    assert get(tpdb, "/performers?q=ann").json()["data"][0]["name"] == "Ann"
    assert get(tpdb, "/sites?q=trails").json()["data"][0]["name"] == "Trails"
