"""Missing Scenes from the built zip, in the sandbox every day and in a real Stash on `./dev e2e`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stashbox.model import Scene
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from sandbox.whisparr.server import WhisparrDouble
from tests.e2e.stash import PackageManager, StashUnderTest, wait_for

PLUGIN = "missingScenes"
BOXES = "mutation($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
READ_BOXES = "{ configuration { general { stashBoxes { endpoint api_key name } } } }"
SETTINGS = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
ADD_PERFORMER = "mutation($input: PerformerCreateInput!) { row: performerCreate(input: $input) { id } }"
ADD_SCENE = "mutation($input: SceneCreateInput!) { row: sceneCreate(input: $input) { id } }"
LINK_SCENE = "mutation($input: SceneUpdateInput!) { row: sceneUpdate(input: $input) { id } }"


class Page:
    """What a page of the plugin does, for one performer with 130 scenes at the box and 100 in the library."""

    def __init__(self, stash: StashUnderTest, box: StashBox) -> None:
        self.stash = stash
        self.box = box
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

    def ask(self, operation: str, **args: Any) -> Any:
        return self.stash.operate(PLUGIN, operation, **args)

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
    before = stash.ask(READ_BOXES)["configuration"]["general"]["stashBoxes"]
    stash.ask(BOXES, boxes=[*before, {"endpoint": box.endpoint, "api_key": box.key, "name": "StashDB"}])
    manager.install(PLUGIN)
    yield Page(stash, box)
    stash.ask(BOXES, boxes=before)


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


def test_fingerprints_of_real_tables_can_be_compared(page: Page) -> None:
    ids = [scene.id for scene in page.scenes[-3:]]
    assert page.ask("find_owned_files", endpoint=page.box.endpoint, scene_ids=ids) == {"found": {}}


def test_completeness_counts_owned_of_all(page: Page) -> None:
    query = "mutation($id: ID!, $args: Map) { runPluginTask(plugin_id: $id, args_map: $args) }"
    args = {"mode": "completeness", "run_token": uuid.uuid4().hex}
    page.stash.finish(page.stash.ask(query, id=PLUGIN, args=args)["runPluginTask"])
    run = page.ask("run_result", run_token=args["run_token"])["run"]
    assert run["state"] == "finished", run["message"]
    rows = page.ask("list_completeness", page_size=200)["rows"]
    assert [row["total"] for row in rows if row["id"] == page.performer] == [130]


def test_whisparr_gets_a_scene_and_gives_it_up_when_it_is_tagged(page: Page, whisparr: WhisparrDouble) -> None:
    scene = page.scenes[-1]
    sent = {"id": scene.id, "title": scene.title}
    assert page.ask("whisparr_add", endpoint=page.box.endpoint, scene=sent)["message"] == "Added."
    values = {"id": page.add_local(), "stash_ids": page.link(scene.id)}
    page.stash.ask(LINK_SCENE, input=values)
    wait_for(lambda: None if whisparr.state.movies else True, "the clean-up")
    assert whisparr.state.find_exclusion(scene.id)
