"""One scene in full, tags to leave out, visits, and files that are there without a link."""

from __future__ import annotations

from typing import Any

import pytest
from missing.schema import MIGRATIONS

from sandbox.stash.files.disk import VideoFile
from sandbox.stash.stocking import Stock
from sandbox.stashbox.model import Fingerprint, Performer
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import GraphQLFailed
from shared.state.store import Store
from tests.missingScenes.conftest import Bench, ids_of

OSHASH, PHASH = 0x00AB5F0123456789, 0xFFEE000000000001


def test_details_come_when_asked_for(bench: Bench, mira: Performer) -> None:
    tag, prints = bench.world.add_tag("Hill"), [Fingerprint(OSHASH, "OSHASH", 1200)]
    scene = bench.world.add_scene("Up", details="Uphill.", tags=[tag], performers=[mira], fingerprints=prints)
    bench.plugin.save_settings(excludedTags=tag.id)
    shown = bench.plugin.operation("scene_details", endpoint=bench.box.endpoint, scene_id=scene.id)["scene"]
    assert shown["details"] == "Uphill."
    assert shown["fingerprints"] == [{"algorithm": "oshash", "hash": f"{OSHASH:016x}", "duration": 1200}]
    assert shown["tags"] == [{"id": tag.id, "name": "Hill", "excluded": True}]


def test_a_scene_that_is_gone_is_an_error(bench: Bench) -> None:
    scene = bench.world.add_scene("Up")
    bench.world.delete(scene)
    with pytest.raises(Exception, match="does not have this scene any more"):
        bench.plugin.operation("scene_details", endpoint=bench.box.endpoint, scene_id=scene.id)


def test_tags_are_picked_by_name_and_kept_by_id(bench: Bench, mira: Performer, local_mira: str) -> None:
    tag = bench.world.add_tag("Hill climbing")
    bench.world.add_scene("Up", tags=[tag], performers=[mira])
    found = bench.plugin.operation("search_tags", endpoint=bench.box.endpoint, text="hill")["tags"]
    assert found == [{"id": tag.id, "name": "Hill climbing"}]
    bench.plugin.operation("exclude_tags", tags=found)
    assert bench.stash.read_plugin_settings("missingScenes")["excludedTags"] == tag.id
    assert bench.plugin.operation("excluded_tags")["tags"] == found
    assert bench.find(local_mira)["figures"]["hidden"] == {"excluded_tag": 1}


def test_the_first_visit_has_nothing_before_it(bench: Bench) -> None:
    assert bench.plugin.operation("start_visit") == {"since": None}
    assert bench.plugin.operation("start_visit") == {"since": None}


def test_a_later_visit_knows_when_the_last_one_ended(bench: Bench, mira: Performer) -> None:
    bench.plugin.operation("start_visit")
    store = Store(str(bench.plugin.state_dir / "state.sqlite3"), MIGRATIONS)
    store.kv.put("visit", {"seen": 1_700_000_000, "since": None})
    store.close()
    since = bench.plugin.operation("start_visit")["since"]
    assert since == "2023-11-14T22:13:20Z"
    bench.add_local("performer", "Mira", mira.id, favorite=True)
    bench.world.add_scene("Old", performers=[mira], created="2023-01-01T00:00:00Z")
    new = bench.world.add_scene("New", performers=[mira], created="2024-01-01T00:00:00Z")
    assert ids_of(bench.find("", "favorite_performers", created_since=since)) == [new.id]
    marked = bench.find("", "favorite_performers", new_since=since)["scenes"]
    asked = bench.find("", "favorite_performers", since_last_visit=True)
    assert (asked["scenes"], asked["since"]) == (marked, since)
    assert {card["title"]: card["new"] for card in marked} == {"Old": False, "New": True}


@pytest.fixture
def stock(bench: Bench) -> Stock:
    return Stock(bench.plugin.stash.services.library)


def add_file(stock: Stock, path: str = "/media/local.mp4", **hashes: Any) -> int:
    """Add a scene with a file and without links; return its number."""
    return int(stock.add_scene("Local", file=VideoFile(path, duration=1200.0, **hashes)))


def find_files(bench: Bench, scene_id: str) -> list[dict[str, Any]]:
    reply = bench.plugin.operation("find_owned_files", endpoint=bench.box.endpoint, scene_ids=[scene_id])
    rows: list[dict[str, Any]] = reply["found"].get(scene_id, [])
    return rows


def add_printed(bench: Bench, *prints: Fingerprint) -> str:
    return bench.world.add_scene("Remote", fingerprints=list(prints)).id


@pytest.mark.parametrize(
    ("prints", "by"),
    [
        ([Fingerprint(OSHASH, "OSHASH", 1200)], "oshash"),
        ([Fingerprint(PHASH, "PHASH", 1203)], "phash"),
        ([Fingerprint(PHASH, "PHASH", 60)], None),
        ([Fingerprint(OSHASH + 1, "OSHASH", 1200)], None),
    ],
)
def test_an_unlinked_file_with_the_same_fingerprint_is_probably_the_scene(
    bench: Bench, stock: Stock, prints: list[Fingerprint], by: str | None
) -> None:
    add_file(stock, oshash=f"{OSHASH:016x}", phash=f"{PHASH:016x}")
    found = find_files(bench, add_printed(bench, *prints))
    assert [each["by"] for each in found] == ([by] if by else [])


def test_a_stash_that_refuses_the_quick_look_up_finds_equal_files_and_says_what_it_leaves_out(
    bench: Bench, stock: Stock
) -> None:
    add_file(stock, oshash=f"{OSHASH:016x}", phash=f"{PHASH:016x}")
    prints = [Fingerprint(OSHASH, "OSHASH", 1200)], [Fingerprint(PHASH, "PHASH", 1200)]
    same, similar = (add_printed(bench, *each) for each in prints)
    linked = add_file(stock, "/media/linked.mp4", oshash=f"{OSHASH:016x}")
    bench.stash.scenes.update(linked, {"stash_ids": bench.links(same)})
    bench.refuse_sql()
    reply = bench.operate("find_owned_files", endpoint=bench.box.endpoint, scene_ids=[same, similar])
    assert {key: [each["by"] for each in rows] for key, rows in reply["found"].items()} == {same: ["oshash"]}
    assert "perceptual" in reply["notice"]


def test_files_are_compared_with_fingerprints_cached_from_the_list(
    bench: Bench, stock: Stock, mira: Performer, local_mira: str
) -> None:
    local = add_file(stock, oshash=f"{OSHASH:016x}")
    scene = bench.world.add_scene("R", performers=[mira], fingerprints=[Fingerprint(OSHASH, "OSHASH", 1200)])
    bench.find(local_mira)
    asked = bench.asked()
    assert [each["scene_id"] for each in find_files(bench, scene.id)] == [str(local)]
    assert bench.asked() == asked


@pytest.mark.parametrize("can_ask_sql", [True, False])
def test_a_scene_with_thousands_of_fingerprints_is_compared_in_pieces(
    bench: Bench, stock: Stock, can_ask_sql: bool
) -> None:
    local = add_file(stock, oshash=f"{OSHASH:016x}")
    prints = [Fingerprint(OSHASH + number, "OSHASH", 1200) for number in range(6000)]
    scene = add_printed(bench, *prints)
    if not can_ask_sql:
        bench.refuse_sql()
    traffic = bench.plugin.stash.server.traffic
    traffic.clear()
    assert [each["scene_id"] for each in find_files(bench, scene)] == [str(local)]
    assert traffic.total <= 5


def test_linking_it_makes_it_owned_and_can_be_taken_back(
    bench: Bench, stock: Stock, mira: Performer, local_mira: str
) -> None:
    local = add_file(stock, oshash=f"{OSHASH:016x}")
    prints = [Fingerprint(OSHASH, "OSHASH", 1200)]
    scene = bench.world.add_scene("Remote", performers=[mira], fingerprints=prints).id
    bench.stash.scenes.update(local, {"stash_ids": [{"endpoint": "https://b.example/graphql", "stash_id": "b"}]})
    link = {"endpoint": bench.box.endpoint, "scene_id": scene, "local_id": str(local)}
    run = bench.plugin.operation("link_scene", **link)["run"]
    assert (run["totals"]["changed"], ids_of(bench.find(local_mira))) == (1, [])
    assert find_files(bench, scene) == []
    plan = bench.plugin.operation("history_undo", run_id=run["id"], preview=True)
    bench.plugin.operation("history_undo", plan_id=plan["plan_id"])
    assert ids_of(bench.find(local_mira)) == [scene]
    row = bench.stash.scenes.get(local, "stash_ids { endpoint }") or {}
    assert [each["endpoint"] for each in row["stash_ids"]] == ["https://b.example/graphql"]


def test_a_file_that_is_probably_there_is_not_downloaded_again_with_all_others(
    bench: Bench, stock: Stock, whisparr: WhisparrDouble
) -> None:
    add_file(stock, oshash=f"{OSHASH:016x}")
    owned, other = (add_printed(bench, Fingerprint(OSHASH + number, "OSHASH", 1200)) for number in range(2))
    sent = [{"id": each, "title": each[:4]} for each in (owned, other)]
    plan = bench.operate("whisparr_plan", endpoint=bench.box.endpoint, scenes=sent)
    assert (plan["count"], plan["owned"], plan["excluded"]) == (1, 1, 0)
    rows = bench.operate("plan_list", plan_id=plan["plan_id"], outcome="skipped")["changes"]
    assert [(row["item"]["id"], "Link it instead" in row["message"]) for row in rows] == [(owned, True)]


def test_adding_many_does_not_wait_for_a_box_that_is_down(bench: Bench, whisparr: WhisparrDouble) -> None:
    scene = add_printed(bench, Fingerprint(OSHASH, "OSHASH", 1200))
    bench.box.stop()
    plan = bench.operate("whisparr_plan", endpoint=bench.box.endpoint, scenes=[{"id": scene, "title": "x"}])
    assert (plan["count"], plan["owned"]) == (1, 0)


def test_a_scene_linked_otherwise_is_not_linked_anew(bench: Bench, stock: Stock) -> None:
    local = add_file(stock, oshash=f"{OSHASH:016x}")
    first, second = bench.world.add_scene("One"), bench.world.add_scene("Two")
    link = {"endpoint": bench.box.endpoint, "local_id": str(local)}
    bench.plugin.operation("link_scene", **link, scene_id=first.id)
    with pytest.raises(GraphQLFailed, match="linked to another scene of this box already"):
        bench.plugin.operation("link_scene", **link, scene_id=second.id)
    (run, _) = bench.plugin.operation("history_list")["runs"]
    assert (run["state"], run["totals"]["conflict"]) == ("partial", 1)
    row = bench.stash.scenes.get(local, "stash_ids { stash_id }") or {}
    assert [each["stash_id"] for each in row["stash_ids"]] == [first.id]
