"""What the dialog offers before scenes are added to Whisparr, and what a plan adds all the same."""

from __future__ import annotations

from sandbox.stashbox.model import Performer
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from tests.missingScenes.conftest import Bench


def test_the_dialog_offers_what_whisparr_has_and_an_excluded_scene_is_added_if_asked(
    bench: Bench, whisparr: WhisparrDouble, mira: Performer
) -> None:
    scenes = bench.add_scenes(3, mira)
    know_box(whisparr.state, scenes)
    whisparr.state.exclude(scenes[0].id)
    bench.plugin.save_settings(whisparrQualityProfile=99)
    sent = {"endpoint": bench.box.endpoint, "scenes": [{"id": scene.id, "title": scene.title} for scene in scenes]}

    offered = bench.operate("whisparr_options", **sent)

    assert [each["label"] for each in offered["profiles"]] == ["HD-1080p", "Ultra-HD"]
    assert offered["chosen"] == {"profile": 4, "root_folder": "/data/scenes", "search": False}
    assert (offered["saved"]["profile"], offered["count"], offered["excluded"], offered["owned"]) == (99, 2, 1, 0)
    bench.plugin.save_settings(whisparrQualityProfile=4)
    plan = bench.operate("whisparr_plan", **sent, with_excluded=True, with_owned=True)
    assert bench.apply_plan(plan["plan_id"])["totals"]["changed"] == 3
