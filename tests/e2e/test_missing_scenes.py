"""Missing Scenes from the built zip, in the sandbox every day and in a real Stash on `./dev e2e`."""

from __future__ import annotations

import contextlib
import datetime
import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from missing.completeness.library_counts import count_by_filter, count_owned
from missing.owned.by_fingerprint import find_hits, find_hits_by_filter
from missing.owned.by_id import find_by_filter, find_owned_anywhere
from missing.owned.fingerprint_cache import ComparablePrint

from sandbox.stashbox.model import Fingerprint, Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from sandbox.whisparr.server import WhisparrDouble
from shared.stash import StashAddress, StashClient
from tests.e2e.page import PluginPage, having
from tests.e2e.stash import PackageManager, StashUnderTest, wait_for

PLUGIN = "missingScenes"
SETTINGS = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
ADD_PERFORMER = "mutation($input: PerformerCreateInput!) { row: performerCreate(input: $input) { id } }"
ADD_SCENE = "mutation($input: SceneCreateInput!) { row: sceneCreate(input: $input) { id } }"
OSHASH, PHASH = 0x00AB5F0123456789, 0xFFEE000000000001
LINK_SCENE = "mutation($input: SceneUpdateInput!) { row: sceneUpdate(input: $input) { id } }"


class Page(PluginPage):
    """The requests of the plugin's page, for one performer with 130 scenes at the box and 100 in the library."""

    plugin = PLUGIN

    def __init__(self, stash: StashUnderTest, box: StashBox) -> None:
        super().__init__(stash, box)
        name = f"Mira {uuid.uuid4().hex[:8]}"
        mira = box.world.add_performer(name)
        self.scenes = [
            box.world.add_scene(f"{name} {n}", performers=[mira], release_date=f"{2000 + n // 12}-{1 + n % 12:02d}-01")
            for n in range(130)
        ]
        values = {"name": name, "stash_ids": self.link(mira.id)}
        self.performer = stash.ask(ADD_PERFORMER, input=values)["row"]["id"]
        for scene in self.scenes[:100]:
            self.add_local(scene)

    def link(self, stash_id: str) -> list[dict[str, str]]:
        return [{"endpoint": self.box.endpoint, "stash_id": stash_id}]

    def add_local(self, scene: Scene | None = None) -> str:
        values = {"title": "Local", "stash_ids": self.link(scene.id) if scene else []}
        return str(self.stash.ask(ADD_SCENE, input=values)["row"]["id"])

    def find(self, **args: Any) -> Any:
        return self.ask("find_missing", entity_type="performer", entity_id=self.performer, **args)

    def find_all(self) -> set[str]:
        pages = [self.find()]
        while pages[-1]["cursor"]:
            pages.append(self.find(cursor=pages[-1]["cursor"]))
        figures = pages[-1]["figures"]
        assert figures["total"] == figures["scanned"] == figures["owned"] + figures["missing"] == 130
        return {card["id"] for page in pages for card in page["scenes"]}


@pytest.fixture(scope="module")
def box() -> Iterator[StashBox]:
    with StashBox(World("e2e missing")) as box:
        yield box


@pytest.fixture
def page(stash: StashUnderTest, manager: PackageManager, box: StashBox) -> Iterator[Page]:
    with having(PLUGIN, manager, box):
        yield Page(stash, box)


@pytest.fixture
def whisparr(page: Page) -> Iterator[WhisparrDouble]:
    double = WhisparrDouble()
    with double.server:
        values = {
            "whisparrUrl": double.url,
            "whisparrApiKey": double.state.api_key,
            "whisparrQualityProfile": 4,
            "whisparrRootFolder": "/data/scenes",
            "enableAutoCleanup": True,
        }
        page.stash.ask(SETTINGS, id=PLUGIN, values=values)
        page.ask("heartbeat")
        yield double
        page.stash.ask(SETTINGS, id=PLUGIN, values={})


def tomorrow() -> str:
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_list_has_exactly_what_the_library_lacks(page: Page) -> None:
    assert page.find_all() == {scene.id for scene in page.scenes[100:]}
    page.add_local(page.scenes[100])
    assert page.find_all() == {scene.id for scene in page.scenes[101:]}


def test_a_linked_scene_is_owned_until_the_link_is_taken_back(page: Page) -> None:
    local, scene = page.add_local(), page.scenes[-1]
    run = page.ask("link_scene", endpoint=page.box.endpoint, scene_id=scene.id, local_id=local)["run"]
    assert scene.id not in page.find_all()
    plan = page.ask("history_undo", run_id=run["id"], preview=True)
    page.ask("history_undo", plan_id=plan["plan_id"])
    assert scene.id in page.find_all()


def test_a_wanted_scene_is_on_its_list(page: Page) -> None:
    card = page.find()["scenes"][0]
    page.ask("mark_scenes", list="wanted", is_on=True, endpoint=page.box.endpoint, scenes=[card])
    assert card["id"] in [row["id"] for row in page.ask("list_marked", list="wanted")["scenes"]]


def test_a_file_that_is_there_is_recognised_linked_with_one_click_and_unlinked_again(page: Page) -> None:
    by_file, by_picture = page.scenes[-1], page.scenes[-2]
    by_file.fingerprints.append(Fingerprint(OSHASH, "OSHASH", 1200))
    by_picture.fingerprints.append(Fingerprint(PHASH, "PHASH", 1203))
    same, similar = page.add_local(), page.add_local()
    page.add_file(same, oshash=f"{OSHASH:016x}")
    page.add_file(similar, phash=PHASH - (1 << 64))
    page.find_all()
    where = {"endpoint": page.box.endpoint}
    found = page.ask("find_owned_files", **where, scene_ids=[by_file.id, by_picture.id])
    assert {key: [each["scene_id"] for each in rows] for key, rows in found["found"].items()} == {
        by_file.id: [same],
        by_picture.id: [similar],
    }
    run = page.ask("link_scene", **where, scene_id=by_file.id, local_id=same)["run"]
    assert by_file.id not in page.find_all()
    plan = page.ask("history_undo", run_id=run["id"], preview=True)
    page.ask("history_undo", plan_id=plan["plan_id"])
    assert by_file.id in page.find_all()


def test_filters_answer_what_sql_answers(page: Page) -> None:
    """For a Stash that refuses SQL."""
    same = page.add_local()
    page.add_file(same, oshash=f"{OSHASH + 1:016x}")
    page.stash.ask(LINK_SCENE, input={"id": same, "performer_ids": [page.performer]})
    page.stash.ask(LINK_SCENE, input={"id": same, "stash_ids": page.link("b" * 36)})
    endpoint, performer, ids = page.box.endpoint, int(page.performer), [scene.id for scene in page.scenes[90:]]
    with contextlib.closing(StashClient(StashAddress(page.stash.url, os.environ.get("E2E_API_KEY", "")))) as stash:
        assert find_by_filter(stash, ids[:40]) == find_owned_anywhere(stash, ids) == set(ids[:10])
        counts = count_owned(stash, "performer", endpoint, [performer])
        assert count_by_filter(stash, "performer", endpoint, [performer]) == counts == {performer: 1}
        usable = [ComparablePrint("oshash", OSHASH + 1, 1200)]
        elsewhere = "https://another.example/graphql"
        for each, found in ((endpoint, {}), (elsewhere, {("oshash", usable[0].stored): [int(same)]})):
            assert find_hits_by_filter(stash, each, usable) == find_hits(stash, each, usable) == found


def test_completeness_counts_owned_of_all(page: Page) -> None:
    query = "mutation($id: ID!, $args: Map) { runPluginTask(plugin_id: $id, args_map: $args) }"
    args = {"mode": "completeness", "run_token": uuid.uuid4().hex}
    page.stash.finish(page.stash.ask(query, id=PLUGIN, args=args)["runPluginTask"])
    run = page.ask("run_result", run_token=args["run_token"])["run"]
    assert run["state"] == "finished", run["message"]
    rows = page.ask("list_completeness", page_size=200)["rows"]
    assert [row["total"] for row in rows if row["id"] == page.performer] == [130]


def test_what_is_new_of_a_followed_performer_is_wanted_once_and_taken_back(page: Page) -> None:
    followed = {"kind": "performer", "entity_id": page.performer}
    follow = page.ask("follow_entity", **followed, rules={"oldest_days": 0})["follow"]
    assert page.run("follow")["state"] == "finished"
    scene = page.box.world.add_scene("New", performers=page.scenes[0].performers, created=tomorrow())
    run = page.run("follow")
    assert [row["id"] for row in page.ask("list_marked", list="wanted")["scenes"]][:1] == [scene.id], run
    came = next(each for each in page.ask("list_follows")["follows"] if each["id"] == follow["id"])["came"]
    assert [each["id"] for each in came] == [scene.id]
    page.undo(run)
    assert scene.id not in [row["id"] for row in page.ask("list_marked", list="wanted")["scenes"]]
    page.ask("unfollow", follow_id=follow["id"])


@pytest.mark.since("0.28")
def test_completeness_is_written_where_stash_can_filter_and_removed_again(page: Page) -> None:
    query = "query($id: ID!) { row: findPerformer(id: $id) { custom_fields } }"
    page.stash.ask(LINK_SCENE, input={"id": page.add_local(page.scenes[-1]), "performer_ids": [page.performer]})
    page.stash.ask(SETTINGS, id=PLUGIN, values={"completenessFields": True})
    page.run("completeness")
    fields = page.stash.ask(query, id=page.performer)["row"]["custom_fields"]
    assert fields == {"missing_scenes_missing": 129, "missing_scenes_owned": 1, "missing_scenes_total": 130}
    page.finish(page.ask("remove_custom_fields"))
    assert page.stash.ask(query, id=page.performer)["row"]["custom_fields"] == {}
    page.stash.ask(SETTINGS, id=PLUGIN, values={})


def test_whisparr_gets_a_scene_and_gives_it_up_when_it_is_tagged(page: Page, whisparr: WhisparrDouble) -> None:
    scene = page.scenes[-1]
    sent = {"id": scene.id, "title": scene.title}
    assert page.ask("whisparr_add", endpoint=page.box.endpoint, scene=sent)["message"] == "Added."
    values = {"id": page.add_local(), "stash_ids": page.link(scene.id)}
    page.stash.ask(LINK_SCENE, input=values)
    wait_for(lambda: None if whisparr.state.movies else True, "the clean-up")
    assert whisparr.state.find_exclusion(scene.id)
