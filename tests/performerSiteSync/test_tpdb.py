"""ThePornDB beside a stash-box: data over its GraphQL look-alike, favorites over REST or not available."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from tests.harness.installed import install_plugin
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.favorites.test_favorites import is_liked, like, like_sites


@pytest.fixture
def tpdb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tpdb]:
    with Tpdb(World("tpdb")) as box:
        host = box.endpoint.partition("://")[2].partition("/")[0]
        monkeypatch.setenv("STASH_BUNDLE_TPDB", json.dumps({host: box.rest_url}))
        yield box


@pytest.fixture
def bench(tpdb: Tpdb, folder: Path) -> Iterator[Bench]:
    """Return the bench with ThePornDB as its only box, named TPDB."""
    with install_plugin(folder) as plugin:
        bench = Bench(plugin, tpdb)
        bench.configure(tpdb, names=("My TPDB",))
        yield bench


def test_favorites_are_synced_by_integer_ids_in_both_directions(bench: Bench, tpdb: Tpdb) -> None:
    bench.set(favoritesDirection="both")
    mira, nell = bench.world.add_performer("Mira"), bench.world.add_performer("Nell")
    first, second = bench.own(mira), bench.own(nell, favorite=True)
    liked = like(tpdb, mira)
    run = bench.task("favorite_performers_tpdb")["run"]
    assert (is_liked(bench, first), liked, run["changed"]) == (True, {mira.id, nell.id}, 2)
    posts = [request for request in tpdb.rest.traffic.requests() if request.method == "POST"]
    assert [request.parameter("value").isdigit() for request in posts] == [True]
    bench.undo(run["run_id"])
    assert (is_liked(bench, first), is_liked(bench, second), liked) == (False, True, {mira.id})


def test_a_missing_favorite_is_created_with_all_its_data(bench: Bench, tpdb: Tpdb) -> None:
    bench.set(autoCreatePerformers=True, autoCreateSites=True)
    like(tpdb, bench.world.add_performer("Mira", country="NO"))
    like_sites(tpdb, bench.world.add_studio("Site"))
    bench.task("favorite_performers_tpdb")
    bench.task("favorite_sites_tpdb")
    (number,), (site,) = bench.stash.performers.ids(), bench.stash.studios.ids()
    assert (bench.show(number)["country"], is_liked(bench, number)) == ("NO", True)
    assert bench.show(site, "studio")["favorite"] is True


def test_an_unknown_reply_is_not_available_instead_of_no_favorites(bench: Bench, tpdb: Tpdb) -> None:
    bench.set(favoritesRemoval="remove")
    mira = bench.world.add_performer("Mira")
    number = bench.own(mira)
    like(tpdb, mira)
    bench.task("favorite_performers")
    tpdb.rest.faults.add("answer", content='{"data": []}', content_type="application/json")
    with pytest.raises(AssertionError, match=r"failed\. My TPDB does not offer its favorites"):
        bench.task("favorite_performers")
    state = bench.operate("favorites_state")["sources"][0]
    assert (is_liked(bench, number), state["is_available"], state["count_there"]) == (True, False, None)


def test_tpdb_is_not_asked_when_it_is_switched_off(bench: Bench, tpdb: Tpdb) -> None:
    bench.set(enableTPDB=False)
    with pytest.raises(AssertionError, match="No source can be asked"):
        bench.sync()
    assert (bench.asked(), tpdb.rest.traffic.requests()) == (0, [])


def test_performers_are_updated_from_tpdb(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO", birth_date="1990-05-17"))
    bench.sync()
    assert (bench.show(number)["country"], bench.show(number)["birthdate"]) == ("NO", "1990-05-17")


def test_test_connections_finds_out_if_tpdb_has_favorites(bench: Bench, tpdb: Tpdb) -> None:
    (before,) = bench.operate("test_connections")["sources"]
    tpdb.rest.faults.add("server_error", status=404)
    (after,) = bench.operate("test_connections")["sources"]
    assert [(each["is_ok"], each["has_favorites"]) for each in (before, after)] == [(True, True), (True, False)]
