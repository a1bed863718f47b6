"""The demo: every start gives the same, and all doubles are connected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.demo.catalogue import Sizes
from sandbox.demo.town import Town
from scripts.commands.build import write_dist
from scripts.commands.serve import plugin_source
from scripts.release.packages import Package, present_plugins
from tests.e2e.stash import StashUnderTest

SMALL = Sizes.for_scenes(300)
COUNTS = "{ findScenes { count } findPerformers { count } findStudios { count } findTags { count } }"
LINKED = """query($endpoint: String) {
  findScenes(scene_filter: {stash_id_endpoint: {endpoint: $endpoint, modifier: NOT_NULL}}) { count }
}"""


@pytest.fixture(scope="module")
def town(packages: dict[str, Package], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo with few scenes."""
    folder = tmp_path_factory.mktemp("dist")
    write_dist(list(packages.values()), folder, known=[])
    with plugin_source(folder) as source, Town(source.url, sizes=SMALL) as town:
        yield town


@pytest.fixture(scope="module")
def stash(town: Town) -> StashUnderTest:
    """The Stash of the demo."""
    return StashUnderTest(town.stash.url)


def test_the_library_owns_a_good_part_of_what_the_box_knows(town: Town, stash: StashUnderTest) -> None:
    owned = stash.ask(COUNTS)["findScenes"]["count"]
    assert 0.5 < owned / len(town.catalogues["one"].scenes) < 0.75


def test_most_scenes_are_linked_to_the_first_box_and_some_to_the_second(town: Town, stash: StashUnderTest) -> None:
    owned = stash.ask(COUNTS)["findScenes"]["count"]
    first, second = (stash.ask(LINKED, endpoint=box.endpoint)["findScenes"]["count"] for box in town.boxes.values())
    assert owned > first > second > 0


def test_all_plugins_are_installed_from_the_source(stash: StashUnderTest) -> None:
    installed = stash.ask("{ installedPackages(type: Plugin) { package_id } }")["installedPackages"]
    plugins = [name for name in stash.plugins() if not name.endswith("Listener")]
    assert sorted(plugins) == sorted(package["package_id"] for package in installed) == sorted(present_plugins())


def test_plex_has_every_file_of_the_library(town: Town, stash: StashUnderTest) -> None:
    assert len(town.plex.state.items) == stash.ask(COUNTS)["findScenes"]["count"]


def test_whisparr_has_only_scenes_that_the_library_lacks(town: Town, stash: StashUnderTest) -> None:
    scenes = stash.ask("{ findScenes(filter: {per_page: -1}) { scenes { stash_ids { stash_id } } } }")["findScenes"][
        "scenes"
    ]
    owned = {link["stash_id"] for scene in scenes for link in scene["stash_ids"]}
    wanted = {movie.foreign_id for movie in town.whisparr.state.movies.values()}
    assert wanted
    assert wanted & owned == set()


def test_every_start_is_the_same(stash: StashUnderTest) -> None:
    with Town(sizes=SMALL) as again:
        assert StashUnderTest(again.stash.url).ask(COUNTS) == stash.ask(COUNTS)


def test_stopping_leaves_no_folder_behind() -> None:
    with Town(sizes=SMALL) as town:
        home = town.stash.home
    assert not home.exists()
