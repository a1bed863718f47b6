"""Performer/Site Sync from the built zip links, asks and merges: in the sandbox, and in a real Stash on `./dev e2e`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.e2e.page import PluginPage, having
from tests.e2e.stash import PackageManager, StashUnderTest

PLUGIN = "performerSiteSync"
FIELDS = "id name alias_list country tags { name } stash_ids { endpoint stash_id updated_at }"
ADD = "mutation($input: PerformerCreateInput!) { row: performerCreate(input: $input) { id } }"
ADD_STUDIO = "mutation($input: StudioCreateInput!) { row: studioCreate(input: $input) { id } }"
ADD_TAG = "mutation($input: TagCreateInput!) { row: tagCreate(input: $input) { id } }"
ADD_SCENE = "mutation($input: SceneCreateInput!) { row: sceneCreate(input: $input) { id } }"
READ = f"query($id: ID!) {{ row: findPerformer(id: $id) {{ {FIELDS} }} }}"
READ_STUDIO = "query($id: ID!) { row: findStudio(id: $id) { id name aliases scene_count } }"
READ_SCENE = "query($id: ID!) { row: findScene(id: $id) { performers { id name } studio { id } } }"


class Page(PluginPage):
    """The requests of the plugin's page."""

    plugin = PLUGIN

    def add(self, document: str = ADD, **values: Any) -> str:
        return str(self.stash.ask(document, input=values)["row"]["id"])

    def read(self, number: str, document: str = READ) -> Any:
        return self.stash.ask(document, id=number)["row"]

    def names_in(self, scene: str) -> set[str]:
        return {each["name"] for each in self.read(scene, READ_SCENE)["performers"]}

    def merge(self, source: str, destination: str, kind: str = "performer") -> Any:
        preview = self.ask("merge_preview", kind=kind, source=source, destination=destination)
        return self.finish(self.ask("plan_apply", plan_id=preview["plan_id"]))


@pytest.fixture(scope="module")
def box() -> Iterator[StashBox]:
    with StashBox(World("e2e people")) as box:
        yield box


@pytest.fixture
def page(stash: StashUnderTest, manager: PackageManager, box: StashBox) -> Iterator[Page]:
    with having(PLUGIN, manager, box):
        yield Page(stash, box)


@pytest.fixture
def word() -> str:
    """A name nobody else has."""
    return f"Moss {uuid.uuid4().hex[:8]}"


@pytest.mark.since("0.30")
def test_who_has_no_id_is_linked_by_the_birth_date_and_asked_about_otherwise(page: Page, word: str) -> None:
    sure, unsure = (
        page.add(name=f"Sure {word}", birthdate="1990-05-03"),
        page.add(name=f"Unsure {word}", birthdate="1991"),
    )
    right = page.box.world.add_performer(f"Sure {word}", birth_date="1990-05-03", country="NO")
    page.box.world.add_performer(f"Unsure {word}", country="NO")
    page.run("update_performers", ids=[sure, unsure])
    linked = page.read(sure)
    assert ([each["stash_id"] for each in linked["stash_ids"]], linked["country"]) == ([right.id], "NO")
    (conflict,) = [each for each in page.ask("conflicts")["conflicts"] if each["item"]["id"] == unsure]
    chosen = conflict["candidates"][0]["remote_id"]
    page.ask("conflict_decide", key=conflict["key"], decision="link", remote_id=chosen)
    assert [each["stash_id"] for each in page.read(unsure)["stash_ids"]] == [chosen]


@pytest.mark.since("0.28")
def test_performers_are_merged_and_taken_apart_again(page: Page, word: str) -> None:
    tag = page.add(ADD_TAG, name=f"Tag {word}")
    stays, goes = page.add(name=f"Stays {word}"), page.add(name=f"Goes {word}", tag_ids=[tag], country="NO")
    hers = page.add(ADD_SCENE, title="Hers", performer_ids=[goes])
    both = page.add(ADD_SCENE, title="Both", performer_ids=[goes, stays])
    run = page.merge(goes, stays)
    merged = page.read(stays)
    assert (page.read(goes), merged["country"], merged["alias_list"]) == (None, "NO", [f"Goes {word}"])
    assert [each["name"] for each in merged["tags"]] == [f"Tag {word}"]
    assert (page.names_in(hers), page.names_in(both)) == ({f"Stays {word}"}, {f"Stays {word}"})
    page.undo(run)
    apart = page.read(stays)
    assert (apart["country"] or None, apart["alias_list"], apart["tags"]) == (None, [], [])
    assert (page.names_in(hers), page.names_in(both)) == ({f"Goes {word}"}, {f"Goes {word}", f"Stays {word}"})


def test_sites_are_merged_and_taken_apart_again(page: Page, word: str) -> None:
    stays, goes = page.add(ADD_STUDIO, name=f"Stays {word}"), page.add(ADD_STUDIO, name=f"Goes {word}")
    page.add(ADD_SCENE, title="Hers", studio_id=goes)
    run = page.merge(goes, stays, "studio")
    merged = page.read(stays, READ_STUDIO)
    assert (page.read(goes, READ_STUDIO), merged["aliases"], merged["scene_count"]) == (None, [f"Goes {word}"], 1)
    page.undo(run)
    apart = page.read(stays, READ_STUDIO)
    assert (apart["aliases"], apart["scene_count"]) == ([], 0)
