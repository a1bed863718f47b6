"""The sync in every supported Stash, and with ThePornDB, which is no stash-box but answers like one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from sandbox.stashbox.world import World
from shared.errors import GraphQLFailed
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench
from tests.tagManager.scene_links.conftest import Clinic


@pytest.mark.parametrize("profile", ["0.25", "0.28", "0.31"])
def test_plan_apply_unmatched_and_undo_work_in_every_supported_stash(folder: Path, box: StashBox, profile: str) -> None:
    """Before Stash 0.30 tags have no links, so they are matched by name."""
    with install_plugin(folder, profile=profile) as plugin:
        bench = Bench(plugin, box)
        rain, fog = bench.world.add_tag("Rain"), bench.world.add_tag("Fog")
        local = bench.add_tag("rain")
        (scene,) = bench.add_scenes(1, rain, fog)
        bench.task("refresh_tags")
        overview = bench.operate("overview")
        assert (overview["boxes"][0]["count"], bool(overview["links_need"])) == (2, profile < "0.30")
        run = bench.sync()["run"]
        assert bench.tags_of(scene) == {local}
        assert [each["name"] for each in bench.operate("sync_unmatched")["unmatched"]] == ["Fog"]
        bench.undo(run["run_id"])
        assert bench.tags_of(scene) == set()


@pytest.mark.parametrize(
    ("profile", "left_out"), [("0.25", {"marker", "studio", "group"}), ("0.28", set()), ("0.31", set())]
)
def test_an_unwanted_tag_is_taken_off_and_brought_back_in_every_supported_stash(
    folder: Path, box: StashBox, profile: str, left_out: set[str]
) -> None:
    """Before Stash 0.30 markers and studios have no bulk change."""
    with install_plugin(folder, profile=profile) as plugin:
        bench = Bench(plugin, box)
        stock = bench.stock
        kept, unwanted = stock.add_tag("Kept"), stock.add_tag("Unsure", description="why")
        scene = stock.add_scene("Hill", tags=[unwanted])
        stock.add_performer("Ann", tags=[unwanted])
        if not left_out:
            stock.add_marker(scene, "Top", kept, tags=[unwanted])
            stock.add_studio("Hill Films", tags=[unwanted])
        assert set(bench.operate("unwanted_find", tag_ids=[unwanted])["kinds_left_out"]) == left_out
        run = bench.apply(bench.task("unwanted_plan", tag_ids=[unwanted], exclude="stash"))
        assert (run["state"], bench.stash.tags.ids()) == ("finished", [kept])
        bench.undo(run["id"])
        (again,) = bench.tags_of(scene)
        found = bench.stash.tags.get(again, "name description scene_count scene_marker_count performer_count")
        uses = {"scene_count": 1, "scene_marker_count": int(not left_out), "performer_count": 1}
        assert found == {"id": str(again), "name": "Unsure", "description": "why", **uses}
        assert [tag["keep"] for tag in bench.operate("unused_list")["tags"]] == ([[]] if left_out else [])


@pytest.mark.parametrize(
    ("operation", "args"),
    [
        ("tags_list", {}),
        ("categories", {}),
        ("exact_plan", {}),
        ("import_plan", {}),
        ("backfill_plan", {}),
        ("dead_plan", {"action": "remove"}),
    ],
)
def test_an_old_stash_says_what_linking_needs(
    folder: Path, box: StashBox, operation: str, args: dict[str, str]
) -> None:
    with install_plugin(folder, profile="0.28") as plugin:
        bench = Bench(plugin, box)
        bench.world.add_tag("Rain")
        bench.task("refresh_tags")
        with pytest.raises(GraphQLFailed, match=r"needs Stash 0\.30 or newer; this is v0\.28"):
            bench.operate(operation, endpoint=box.endpoint, **args)


@pytest.mark.parametrize("strategy", ["auto", "fingerprints"])
def test_tpdb_answers_about_scenes_and_has_no_tag_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch, strategy: str
) -> None:
    with Tpdb(World("tpdb")) as box:
        monkeypatch.setenv("STASH_BUNDLE_TPDB", json.dumps({box.endpoint.split("/")[2]: box.rest_url}))
        with install_plugin(folder) as plugin:
            bench = Bench(plugin, box)
            bench.configure(box, names=["ThePornDB"])
            local = bench.add_tag("Rain")
            scenes = bench.add_scenes(3, bench.world.add_tag("rain"))
            bench.task("refresh_tags")
            assert bench.operate("overview")["boxes"][0]["offers_tags"] is False
            (report,) = bench.sync(strategy=strategy)["figures"]["boxes"]
            assert (report["problem"], [bench.tags_of(each) for each in scenes]) == (None, [{local}] * 3)


@pytest.mark.parametrize("profile", ["0.25", "0.31"])
def test_a_wrong_link_is_found_repaired_and_restored_in_every_supported_stash(
    folder: Path, box: StashBox, profile: str
) -> None:
    with install_plugin(folder, profile=profile) as plugin:
        check_and_repair(Clinic(Bench(plugin, box)))


def test_a_wrong_link_to_theporndb_is_found_repaired_and_restored(folder: Path) -> None:
    with Tpdb(World("tpdb")) as tpdb, install_plugin(folder) as plugin:
        check_and_repair(Clinic(Bench(plugin, tpdb)))


def check_and_repair(clinic: Clinic) -> None:
    """Check the links of a scene that is linked wrongly and of one that is not, and repair the wrong one."""
    file = clinic.make_file()
    clinic.own(clinic.add_remote("Hill", file), file)
    scene, wrong, right = clinic.mix_up()
    assert clinic.check()["problems"] == {}
    (row,) = clinic.rows()
    assert (row["scene"]["id"], row["target"]["id"]) == (scene, right.id)
    run = clinic.bench.apply(clinic.plan(row, "relink"))
    assert clinic.links_of(scene) == [right.id]
    clinic.bench.undo(run["id"])
    assert clinic.links_of(scene) == [wrong.id]
