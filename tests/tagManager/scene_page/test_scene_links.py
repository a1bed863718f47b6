"""The line about doubtful links on a scene's page."""

from __future__ import annotations

import pytest

from tests.tagManager.conftest import Bench
from tests.tagManager.scene_links.conftest import Clinic


@pytest.fixture
def clinic(bench: Bench) -> Clinic:
    return Clinic(bench)


def test_a_doubtful_link_is_told_on_the_scenes_page_and_listed(clinic: Clinic) -> None:
    scene, wrong, _ = clinic.mix_up()
    (doubt,) = clinic.bench.operate("scene_tags", scene_id=scene)["doubts"]
    assert (doubt["remote_id"], doubt["title"], doubt["box"]) == (wrong.id, "Wrong", "StashDB")
    assert [each["code"] for each in doubt["reasons"]] == ["elsewhere", "length"]
    assert [row["scene"]["id"] for row in clinic.rows(scene_id=scene)] == [scene]
    assert clinic.rows(scene_id=scene + 1) == []


def test_a_repaired_link_is_doubted_no_longer_and_a_right_one_never(clinic: Clinic) -> None:
    scene, _, _ = clinic.mix_up()
    clinic.bench.operate("scene_tags", scene_id=scene)
    (row,) = clinic.rows()
    key = {"scene_id": scene, "endpoint": row["endpoint"], "remote_id": row["remote"]["id"]}
    clinic.bench.operate("doctor_right", **key)
    assert clinic.bench.operate("scene_tags", scene_id=scene)["doubts"] == []
    clinic.bench.operate("doctor_right", **key, is_right=False)
    clinic.bench.apply(clinic.plan(clinic.rows()[0], "relink"))
    assert clinic.bench.operate("scene_tags", scene_id=scene)["doubts"] == []


def test_a_right_link_costs_no_further_request(clinic: Clinic) -> None:
    file = clinic.make_file()
    scene = clinic.own(clinic.add_remote("Hill", file), file)
    assert clinic.bench.operate("scene_tags", scene_id=scene)["doubts"] == []
    assert (clinic.bench.asked("Match"), clinic.bench.asked()) == (1, 0)


def test_the_line_beside_the_buttons_needs_no_box_and_goes_with_the_link(clinic: Clinic) -> None:
    scene, wrong, _ = clinic.mix_up()
    assert clinic.bench.operate("doctor_scene", scene_id=scene) == {"is_shown": False, "doubts": []}
    clinic.check()
    asked = clinic.bench.asked("")
    (doubt,) = clinic.bench.operate("doctor_scene", scene_id=scene)["doubts"]
    assert (doubt["remote_id"], doubt["title"], doubt["score"] >= 50) == (wrong.id, "Wrong", True)
    assert clinic.bench.asked("") == asked, "no request to the box"
    assert doubt == clinic.bench.operate("scene_tags", scene_id=scene)["doubts"][0]
    clinic.bench.stash.scenes.update(scene, {"stash_ids": []})
    assert clinic.bench.operate("doctor_scene", scene_id=scene)["is_shown"] is False
