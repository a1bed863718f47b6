"""Large libraries are computed from numbers, and their lists are answered quickly."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.cli import main
from sandbox.generate import ENDPOINTS, Counts, fill_library, remote_id
from tests.harness.sandbox import RunningStash, start_process, start_stash

SCENES = 20_000
LISTS = [
    "{ findScenes(filter: {per_page: -1}) { scenes { id } } }",
    "{ findScenes(filter: {per_page: 1000, page: 9}) { scenes { id title tags { name } performers { name } } } }",
    '{ findScenes(filter: {per_page: 100, sort: "path"}) { scenes { files { path fingerprints { value } } } } }',
    '{ findPerformers(filter: {sort: "scenes_count", direction: DESC}) { performers { name scene_count } } }',
]


def ask(url: str, document: str) -> Any:
    """Return the data that the process answers."""
    return requests.post(f"{url}/graphql", json={"query": document}, timeout=60).json()["data"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStash]:
    """A library of twenty thousand scenes."""
    with start_stash(home=tmp_path_factory.mktemp("large")) as stash:
        fill_library(stash.double.services.library, SCENES)
        yield stash


@pytest.fixture
def statements(large: RunningStash) -> list[str]:
    """The SQL statements of the next request."""
    found: list[str] = []
    with large.double.services.library.read() as db:
        db.connection.set_trace_callback(found.append)
    return found


@pytest.mark.parametrize("query", LISTS)
def test_a_long_list_costs_a_handful_of_statements(query: str, large: RunningStash, statements: list[str]) -> None:
    large.ask(query)
    assert 2 < len(statements) < 30


def test_a_library_is_in_proportion_to_its_scenes(large: RunningStash) -> None:
    found = large.ask("{ findScenes { count } findPerformers { count } findStudios { count } findTags { count } }")
    assert [each["count"] for each in found.values()] == list(Counts.for_scenes(SCENES))


def test_ids_on_boxes_are_computed_from_numbers(large: RunningStash) -> None:
    scene = large.ask("query($id: ID) { findScene(id: $id) { stash_ids { endpoint stash_id } } }", id="17")
    known = {link["endpoint"]: link["stash_id"] for link in scene["stash_ids"]}
    assert known[ENDPOINTS[0]] == remote_id("scene", 17)


def test_a_smaller_library_is_the_beginning_of_a_larger_one(large: RunningStash, tmp_path: Path) -> None:
    same = '{ findScene(id: "5") { title date files { path } performers { id } tags { id } } }'
    with start_stash(home=tmp_path) as small:
        fill_library(small.double.services.library, 1000)
        assert small.ask(same)["title"] == large.ask(same)["title"]


def test_the_command_makes_a_library_that_a_process_serves(tmp_path: Path) -> None:
    assert main(["generate", str(tmp_path / "home"), "--scenes", "200"]) == 0
    with start_process("--home", str(tmp_path / "home"), "--profile", "0.28") as (url, _):
        assert ask(url, "{ findScenes { count } }") == {"findScenes": {"count": 200}}


def test_the_command_leaves_an_existing_library_alone(tmp_path: Path) -> None:
    main(["generate", str(tmp_path), "--scenes", "20"])
    with pytest.raises(SystemExit):
        main(["generate", str(tmp_path), "--scenes", "20"])


def test_the_town_is_started_as_a_process_with_plugins_from_zips(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "hills.zip", "w") as archive:
        archive.writestr("hills.yml", "name: Hills")
    with start_process("--scenes", "60", "--plugins", str(tmp_path / "hills.zip")) as (url, lines):
        assert ask(url, "{ plugins { id } }") == {"plugins": [{"id": "hills"}]}
        assert [line.split(" ")[0] for line in lines] == ["stash-box", "stash-box", "Whisparr:", "Plex:", "Stash"]
