"""The main things people do, in the oldest and the newest Stash that is supported."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint
from sandbox.stashbox.server import StashBox
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench, ids_of, set_up_whisparr


@pytest.mark.parametrize("profile", ["0.25", "0.28", "0.31"])
def test_a_file_is_recognized_linked_cleaned_up_and_unlinked_again(folder: Path, box: StashBox, profile: str) -> None:
    """A file is recognized, linked, leaves Whisparr after the save, counts as owned, and the link is taken back."""
    with install_plugin(folder, profile=profile) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick")
        scene = bench.world.add_scene("Up", performers=[mira], fingerprints=[Fingerprint(5, "OSHASH", 60)])
        local_mira = bench.add_local("performer", "Mira Mosswick", mira.id)
        local = bench.stock.add_scene("Here", file=VideoFile("/media/a.mp4", oshash=f"{5:016x}"))
        bench.stash.scenes.update(local, {"performer_ids": [local_mira]})
        where = {"endpoint": bench.box.endpoint}
        with set_up_whisparr(bench) as whisparr:
            plugin.save_settings(enableAutoCleanup=True)
            (card,) = bench.find(local_mira)["scenes"]
            bench.operate("mark_scenes", **where, list="wanted", is_on=True, scenes=[card])
            bench.operate("whisparr_add", **where, scene={"id": scene.id, "title": "Up"})
            found = bench.operate("find_owned_files", **where, scene_ids=[scene.id])["found"]
            assert [each["scene_id"] for each in found[scene.id]] == [str(local)]
            run = bench.operate("link_scene", **where, scene_id=scene.id, local_id=str(local))["run"]
            plugin.stash.services.jobs.wait_until_idle()
            assert whisparr.state.movies == {}
        bench.task("completeness")
        (row,) = bench.operate("list_completeness")["rows"]
        assert (row["owned"], row["total"], ids_of(bench.find(local_mira))) == (1, 1, [])
        bench.undo(run["id"])
        assert ids_of(bench.find(local_mira)) == [scene.id]
