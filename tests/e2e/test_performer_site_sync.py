"""Performer/Site Sync from the built zip, in the sandbox every day and in a real Stash on `./dev e2e`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stashbox.model import BoxEntity, Performer
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.e2e.page import PluginPage, having
from tests.e2e.stash import PackageManager, StashUnderTest, wait_for

PLUGIN = "performerSiteSync"
CONFIGURE = "mutation($id: ID!, $values: Map!) { configurePlugin(plugin_id: $id, input: $values) }"
PERFORMER = "name alias_list urls country eye_color birthdate favorite image_path stash_ids { stash_id }"
STUDIO = "name aliases favorite image_path parent_studio { id name } stash_ids { stash_id }"


class Page(PluginPage):
    """The requests of the plugin's page and of Stash's task list."""

    plugin = PLUGIN

    def __init__(self, stash: StashUnderTest, box: StashBox) -> None:
        super().__init__(stash, box)
        self.set()

    def set(self, **values: Any) -> None:
        self.stash.ask(CONFIGURE, id=PLUGIN, values={"rateLimit": 0, **values})

    def add(self, kind: str, name: str, *remote: BoxEntity) -> str:
        links = [{"endpoint": self.box.endpoint, "stash_id": each.id} for each in remote]
        query = f"mutation($input: {kind}CreateInput!) {{ row: {kind.lower()}Create(input: $input) {{ id }} }}"
        return str(self.stash.ask(query, input={"name": name, "stash_ids": links})["row"]["id"])

    def show(self, kind: str, number: str) -> Any:
        fields = PERFORMER if kind == "Performer" else STUDIO
        return self.stash.ask(f"query($id: ID!) {{ row: find{kind}(id: $id) {{ id {fields} }} }}", id=number)["row"]

    def run(self, mode: str, **args: Any) -> Any:
        """The run of a task that went well."""
        run = super().run(mode, **args)
        assert run["state"] in ("finished", "planned"), run
        return run


@pytest.fixture(scope="module")
def box() -> Iterator[StashBox]:
    with StashBox(World("e2e people")) as box:
        yield box


@pytest.fixture
def page(stash: StashUnderTest, manager: PackageManager, box: StashBox) -> Iterator[Page]:
    with having(PLUGIN, manager, box):
        yield Page(stash, box)
        stash.ask(CONFIGURE, id=PLUGIN, values={})


@pytest.fixture
def word() -> str:
    """A name nobody else has."""
    return f"Rain {uuid.uuid4().hex[:8]}"


def has_picture(row: Any) -> bool:
    return "default=true" not in row["image_path"]


def make(page: Page, name: str) -> Performer:
    """A performer of the box with everything."""
    details = {"country": "NO", "eye_color": "BLUE", "birth_date": "1990-05-17", "aliases": [f"{name} Moss"]}
    return page.box.world.add_performer(name, images=[page.box.world.add_picture()], **details)


@pytest.mark.since("0.28")
def test_a_performer_is_previewed_updated_and_taken_back(page: Page, word: str) -> None:
    page.set(imageUpdates=True)
    number = page.add("Performer", word, make(page, word))
    planned = page.ask("update_one", id=number, dry_run=True)
    assert (planned["state"], page.show("Performer", number)["country"] or "") == ("planned", "")
    run = page.run("update_performers", ids=[number])
    now = page.show("Performer", number)
    assert (now["country"], now["eye_color"], now["birthdate"]) == ("NO", "Blue", "1990-05-17")
    assert (now["alias_list"], has_picture(now), run["totals"]["changed"]) == ([f"{word} Moss"], True, 1)
    assert page.run("update_performers", ids=[number])["totals"]["unchanged"] == 1
    page.undo(run)
    now = page.show("Performer", number)
    assert (now["country"] or "", now["alias_list"], has_picture(now)) == ("", [], False)
    locks = {row["field"]: row["lock"] for row in page.ask("locks", id=number)["fields"]}
    assert (locks["country"], locks["image"]) == ("undone", "undone")


@pytest.mark.since("0.28")
def test_a_site_gets_its_network_which_is_made_and_taken_back(page: Page, word: str) -> None:
    page.set(createParents=True)
    network = page.box.world.add_studio(f"{word} Network")
    site = page.box.world.add_studio(word, parent=network, aliases=[f"{word} Two"])
    number = page.add("Studio", word, site)
    run = page.run("update_studios", ids=[number])
    now = page.show("Studio", number)
    assert (now["parent_studio"]["name"], now["aliases"]) == (network.name, [f"{word} Two"])
    page.undo(run)
    assert page.show("Studio", number)["parent_studio"] is None
    assert page.show("Studio", str(now["parent_studio"]["id"])) is None


def test_a_scene_follows_what_the_box_changed_and_is_taken_back(page: Page, word: str) -> None:
    remote = page.box.world.add_scene(word, release_date="2024-05-01")
    link = {"endpoint": page.box.endpoint, "stash_id": remote.id}
    add = "mutation($input: SceneCreateInput!) { row: sceneCreate(input: $input) { id } }"
    number = page.stash.ask(add, input={"title": word, "details": "Mine", "stash_ids": [link]})["row"]["id"]
    page.run("update_scenes", scope={"scene_ids": [number]}, fill=True)
    page.box.world.change(remote, title=f"{word} again", details="Theirs")
    run = page.run("update_scenes", scope={"scene_ids": [number]}, fresh=True)
    read = "query($id: ID!) { row: findScene(id: $id) { title details date } }"
    now = page.stash.ask(read, id=number)["row"]
    assert now == {"title": f"{word} again", "details": "Mine", "date": "2024-05-01"}, run
    page.undo(run)
    assert page.stash.ask(read, id=number)["row"]["title"] == word


@pytest.mark.since("0.28")
def test_favorites_go_both_ways_and_are_taken_back(page: Page, word: str) -> None:
    page.set(favoritesDirection="both", autoCreatePerformers=True)
    liked = page.box.world.accounts[page.box.key].performers
    mine, theirs, new = (make(page, f"{word} {each}") for each in "ABC")
    first, second = page.add("Performer", mine.name, mine), page.add("Performer", theirs.name, theirs)
    page.stash.ask("mutation($id: ID!) { performerUpdate(input: {id: $id, favorite: true}) { id } }", id=first)
    liked.update({theirs.id, new.id})
    run = page.run("favorite_performers")
    assert (liked, page.show("Performer", second)["favorite"]) == ({mine.id, theirs.id, new.id}, True)
    assert page.run("favorite_performers")["totals"]["changed"] == 0
    page.undo(run)
    assert (liked, page.show("Performer", second)["favorite"]) == ({theirs.id, new.id}, False)


@pytest.mark.since("0.28")
def test_somebody_new_is_filled_in_by_itself(page: Page, word: str) -> None:
    page.set(updateOnCreate=True)
    page.ask("settings_get")
    number = page.add("Performer", word, make(page, word))
    wait_for(lambda: page.show("Performer", number)["country"], "the update of the new performer")
