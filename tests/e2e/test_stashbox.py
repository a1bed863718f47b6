"""The sandbox's stash-box seen by Stash's own client: what that cannot read, our plugins must not rely on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.e2e.stash import StashUnderTest

SAVE = "mutation($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
VALIDATE = """query($endpoint: String!, $key: String!) {
  validateStashBoxCredentials(input: {endpoint: $endpoint, api_key: $key, name: "Box under test"}) { valid status }
}"""
SCENE = """query($source: ScraperSourceInput!, $text: String) {
  found: scrapeSingleScene(source: $source, input: {query: $text}) {
    title date remote_site_id studio { name } performers { name gender } tags { name }
  }
}"""
PERFORMER = """query($source: ScraperSourceInput!, $text: String) {
  found: scrapeSinglePerformer(source: $source, input: {query: $text}) { name aliases birthdate gender remote_site_id }
}"""
STUDIO = """query($source: ScraperSourceInput!, $text: String) {
  found: scrapeSingleStudio(source: $source, input: {query: $text}) { name remote_site_id parent { name } }
}"""


needs_scrapers = pytest.mark.skipif("E2E_STASH" not in os.environ, reason="the sandbox's Stash has no scrapers")


@pytest.fixture(scope="module")
def box() -> Iterator[StashBox]:
    """A small box: one network with a studio, one performer, one scene."""
    world = World("e2e")
    network = world.add_studio("Highland Network")
    hills = world.add_studio("Hill Films", parent=network)
    mira = world.add_performer("Mira Mosswick", aliases=["Mirabel"], gender="FEMALE", birth_date="1990-05")
    world.add_scene(
        "Up the hill", performers=[mira], studio=hills, tags=[world.add_tag("Hill")], release_date="2024-05-01"
    )
    with StashBox(world) as box:
        yield box


@pytest.fixture
def linked(stash: StashUnderTest, box: StashBox) -> Iterator[StashUnderTest]:
    """Stash with the box among its stash-boxes; in the end they are as before."""
    rate = "max_requests_per_minute" if stash.release >= (0, 29) else ""
    fields = f"{{ configuration {{ general {{ stashBoxes {{ endpoint api_key name {rate} }} }} }} }}"
    before = stash.ask(fields)["configuration"]["general"]["stashBoxes"]
    stash.ask(SAVE, boxes=[*before, {"endpoint": box.endpoint, "api_key": box.key, "name": "Box under test"}])
    yield stash
    stash.ask(SAVE, boxes=before)


def scrape(stash: StashUnderTest, box: StashBox, query: str, text: str) -> list[dict[str, Any]]:
    """Return the scenes that Stash finds in the box."""
    found: list[dict[str, Any]] = stash.ask(query, source={"stash_box_endpoint": box.endpoint}, text=text)["found"]
    return found


@pytest.mark.parametrize(("key", "valid"), [(None, True), ("another-key", False)])
def test_stash_tells_a_right_key_from_a_wrong_one(
    stash: StashUnderTest, box: StashBox, key: str | None, valid: bool
) -> None:
    reply = stash.ask(VALIDATE, endpoint=box.endpoint, key=key or box.key)["validateStashBoxCredentials"]
    assert reply["valid"] is valid, reply["status"]


@needs_scrapers
@pytest.mark.since("0.28")
def test_stash_reads_a_scene_with_everything_around_it(linked: StashUnderTest, box: StashBox) -> None:
    (scene,) = scrape(linked, box, SCENE, "Up the hill")
    assert (scene["title"], scene["date"], scene["studio"]["name"]) == ("Up the hill", "2024-05-01", "Hill Films")
    assert [performer["name"] for performer in scene["performers"]] == ["Mira Mosswick"]
    assert [tag["name"] for tag in scene["tags"]] == ["Hill"]


@needs_scrapers
@pytest.mark.since("0.28")
def test_stash_reads_a_performer(linked: StashUnderTest, box: StashBox) -> None:
    (performer,) = scrape(linked, box, PERFORMER, "Mira Mosswick")
    assert (performer["name"], performer["aliases"], performer["gender"]) == ("Mira Mosswick", "Mirabel", "FEMALE")


@needs_scrapers
@pytest.mark.since("0.28")
def test_stash_reads_a_studio_and_its_network(linked: StashUnderTest, box: StashBox) -> None:
    (studio,) = scrape(linked, box, STUDIO, "Hill Films")
    assert (studio["name"], studio["parent"]["name"]) == ("Hill Films", "Highland Network")
