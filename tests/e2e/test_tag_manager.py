"""Tag Manager from the built zip, in the sandbox every day and in a real Stash on `./dev e2e`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.e2e.page import PluginPage, having
from tests.e2e.stash import PackageManager, StashUnderTest

PLUGIN = "tagManager"
ADD_TAG = "mutation($input: TagCreateInput!) { row: tagCreate(input: $input) { id } }"
ADD_SCENE = "mutation($input: SceneCreateInput!) { row: sceneCreate(input: $input) { id } }"
READ_SCENE = "query($id: ID!) { row: findScene(id: $id) { tags { id } stash_ids { stash_id } } }"
CONFIGURE = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
READ_TAG = (
    "query($id: ID!) { row: findTag(id: $id) { name aliases description stash_ids { stash_id } parents { name } } }"
)


class Page(PluginPage):
    """The requests of the plugin's page."""

    plugin = PLUGIN

    def add_tag(self, name: str, **values: Any) -> int:
        return int(self.stash.ask(ADD_TAG, input={"name": name, **values})["row"]["id"])

    def add_scene(self, stash_id: str, tags: list[int]) -> int:
        link = {"endpoint": self.box.endpoint, "stash_id": stash_id}
        values = {"title": "Local", "stash_ids": [link], "tag_ids": [str(each) for each in tags]}
        return int(self.stash.ask(ADD_SCENE, input=values)["row"]["id"])

    def tags_of(self, scene: int) -> set[int]:
        return {int(tag["id"]) for tag in self.stash.ask(READ_SCENE, id=str(scene))["row"]["tags"]}

    def links_of(self, scene: int) -> list[str]:
        return [link["stash_id"] for link in self.stash.ask(READ_SCENE, id=str(scene))["row"]["stash_ids"]]

    def tag(self, tag_id: int) -> Any:
        return self.stash.ask(READ_TAG, id=str(tag_id))["row"]

    def refresh(self) -> None:
        assert self.finish(self.ask("tags_refresh", endpoint=self.box.endpoint))["state"] == "finished"


@pytest.fixture
def box() -> Iterator[StashBox]:
    """A box of this test alone: scenes that other tests have left are linked to none that Stash knows."""
    with StashBox(World("e2e tags")) as box:
        yield box


@pytest.fixture
def page(stash: StashUnderTest, manager: PackageManager, box: StashBox) -> Iterator[Page]:
    with having(PLUGIN, manager, box):
        yield Page(stash, box)


@pytest.fixture
def word() -> str:
    """A name nobody else has."""
    return f"Rain {uuid.uuid4().hex[:8]}"


def test_a_sync_is_previewed_applied_and_taken_back(page: Page, word: str) -> None:
    rain = page.box.world.add_tag(word)
    local, mine = page.add_tag(word.upper()), page.add_tag(f"{word} mine")
    remote = [page.box.world.add_scene("Scene", tags=[rain]) for _ in range(45)]
    scenes = [page.add_scene(each.id, [mine]) for each in remote]
    page.finish(page.ask("sync_start", dry_run=True))
    plan = page.ask("sync_plan")["plan"]
    assert (plan["items"], page.tags_of(scenes[0])) == (45, {mine})
    run = page.finish(page.ask("sync_apply", plan_id=plan["plan_id"]))
    assert (run["totals"]["changed"], page.tags_of(scenes[-1])) == (45, {mine, local})
    page.undo(run)
    assert all(page.tags_of(scene) == {mine} for scene in scenes)


@pytest.mark.since("0.30")
def test_a_tag_is_proposed_linked_and_taken_over_field_by_field(page: Page, word: str) -> None:
    remote = page.box.world.add_tag(word, description="Water from above", aliases=[f"{word} wet"])
    tag = page.add_tag(f"{word}s")
    page.refresh()
    (row,) = page.ask("tags_list", endpoint=page.box.endpoint, text=word)["tags"]
    assert [each["id"] for each in row["proposals"]] == [remote.id]
    choice = {"name": "take_alias", "description": "take", "aliases": [f"{word} wet"]}
    plan = page.ask("merge_plan", tag_id=tag, endpoint=page.box.endpoint, remote_id=remote.id, choice=choice)
    assert page.apply(plan)["totals"]["changed"] == 1
    found = page.tag(tag)
    assert (found["name"], sorted(found["aliases"])) == (word, sorted([f"{word} wet", f"{word}s"]))
    assert (found["description"], found["stash_ids"]) == ("Water from above", [{"stash_id": remote.id}])


@pytest.mark.since("0.30")
def test_a_sync_follows_a_link_that_is_made_and_an_undo_takes_exactly_that_back(page: Page, word: str) -> None:
    remote = page.box.world.add_tag(word)
    tag, scene = page.add_tag(f"{word} here"), page.add_scene(page.box.world.add_scene("S", tags=[remote]).id, [])
    page.refresh()
    where = {"endpoint": page.box.endpoint, "remote_id": remote.id}
    linked = page.ask("link_accept", tag_id=tag, **where)["run"]
    assert page.tag(tag)["stash_ids"] == [{"stash_id": remote.id}]
    run = page.finish(page.ask("sync_start", dry_run=False, scope={"scene_ids": [scene]}))
    assert (run["state"], page.tags_of(scene)) == ("finished", {tag})
    page.undo(run)
    page.undo(linked)
    assert (page.tags_of(scene), page.tag(tag)["stash_ids"]) == (set(), [])


@pytest.mark.since("0.30")
def test_a_link_that_leads_nowhere_is_removed_and_put_back(page: Page, word: str) -> None:
    remote = page.box.world.add_tag(word)
    tag = page.add_tag(word, stash_ids=[{"endpoint": page.box.endpoint, "stash_id": remote.id}])
    page.box.world.delete(remote)
    page.refresh()
    entry = {"tag_id": tag, "endpoint": page.box.endpoint, "remote_id": remote.id, "action": "remove"}
    run = page.apply(page.ask("dead_plan", entries=[entry]))
    assert page.tag(tag)["stash_ids"] == []
    page.undo(run)
    assert page.tag(tag)["stash_ids"] == [{"stash_id": remote.id}]


@pytest.mark.since("0.30")
def test_tags_are_imported_with_their_category_as_parent(page: Page, word: str) -> None:
    shape = page.box.world.add_category(f"{word} shape")
    remote = [page.box.world.add_tag(f"{word} {n}", category=shape) for n in range(25)]
    page.refresh()
    plan = page.ask("import_plan", endpoint=page.box.endpoint, category_ids=[shape.id], with_groups=True)
    run = page.apply(plan)
    assert run["totals"]["changed"] == len(remote) + 2
    rows = page.ask("tags_list", endpoint=page.box.endpoint, view="linked", text=f"{word} 7")["tags"]
    row = next(row for row in rows if row["name"] == f"{word} 7")
    assert page.tag(row["id"])["parents"] == [{"name": f"{word} shape"}]
    assert page.undo(run)["totals"]["changed"] == len(remote) + 2
    assert page.tag(row["id"]) is None


@pytest.mark.since("0.30")
def test_an_edge_of_the_tree_is_turned_round(page: Page, word: str) -> None:
    upper = page.add_tag(f"{word} upper")
    lower = page.add_tag(f"{word} lower", parent_ids=[str(upper)])
    changes = [{"tag_id": upper, "add": [lower]}, {"tag_id": lower, "remove": [upper]}]
    assert page.apply(page.ask("hierarchy_plan", changes=changes))["totals"]["failed"] == 0
    assert (page.tag(upper)["parents"], page.tag(lower)["parents"]) == ([{"name": f"{word} lower"}], [])


@pytest.mark.since("0.28")
def test_an_unwanted_tag_is_taken_off_deleted_and_brought_back_with_all_it_had(page: Page, word: str) -> None:
    parent = page.add_tag(f"{word} parent")
    unwanted = page.add_tag(word, aliases=[f"{word} alias"], description="why", parent_ids=[str(parent)])
    scenes = [page.add_scene(str(uuid.uuid4()), [unwanted, parent]) for _ in range(30)]
    before = page.tag(unwanted)
    run = page.finish(page.ask("unwanted_start", tag_ids=[unwanted], exclude="none"))
    applied = page.finish(page.ask("plan_apply", plan_id=run["plan_id"]))
    assert (applied["totals"]["changed"], page.tag(unwanted)) == (31, None)
    assert all(page.tags_of(scene) == {parent} for scene in scenes)
    page.undo(applied)
    (again,) = page.tags_of(scenes[0]) - {parent}
    assert (page.tag(again), again != unwanted) == (before, True)
    assert all(page.tags_of(scene) == {parent, again} for scene in scenes)


def test_a_link_to_a_deleted_scene_is_found_removed_and_put_back(page: Page, word: str) -> None:
    remote = page.box.world.add_scene(word)
    scene = page.add_scene(remote.id, [])
    page.box.world.delete(remote)
    assert page.finish(page.ask("doctor_start"))["state"] == "finished"
    (doubt,) = page.ask("doctor_list", scene_id=scene)["rows"]
    assert [reason["code"] for reason in doubt["reasons"]] == ["deleted"]
    entry = {"scene_id": scene, "endpoint": page.box.endpoint, "remote_id": remote.id, "action": "unlink"}
    run = page.apply(page.ask("doctor_plan", entries=[entry]))
    assert (run["totals"]["changed"], page.links_of(scene)) == (1, [])
    page.undo(run)
    assert page.links_of(scene) == [remote.id]


def test_fingerprints_of_a_linked_file_are_submitted_once(page: Page, word: str) -> None:
    page.stash.ask(CONFIGURE, id=PLUGIN, values={"offerFingerprints": True})
    remote = page.box.world.add_scene(word, duration=1200)
    scene = page.add_scene(remote.id, [])
    page.add_file(str(scene), oshash="00ab5f0123456789")
    plan = page.ask("giving_scene", scene_id=scene)
    run = page.apply(plan)
    assert (run["state"], [each.algorithm for each in remote.fingerprints]) == ("finished", ["OSHASH"]), run
    assert page.ask("giving_scene", scene_id=scene)["plan_id"] is None
    page.stash.ask(CONFIGURE, id=PLUGIN, values={})
