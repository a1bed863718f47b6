"""The Overview tab's figures, the titles of the queue, pictures from Plex, and several matches at once."""

from __future__ import annotations

import pytest

from shared.errors import GraphQLFailed
from tests.stash2plex.pair import Pair


def test_the_overview_has_the_figures_of_all_tabs(pair: Pair) -> None:
    pair.change_settings(skip_not_found=True)
    pair.sync(pair.add_scene_and_item("Beach day")[0], pair.add_scene("Lost", "/data/lost.mp4"))
    found = pair.plugin.operation("overview")
    assert (found["linked"], found["by_how"]["none"], found["status"]["queue"]["parked"]) == (1, 1, 1)
    assert [row["label"] for row in found["recent"]] == ["Beach day"]
    assert {row["name"]: row["count"] for row in found["statistics"]["days"]}["done"] == 1


def test_a_library_without_any_scene_is_told(pair: Pair) -> None:
    pair.change_settings(skip_not_found=True)
    pair.sync(*(pair.add_scene(f"Lost {each}", f"/data/lost{each}.mp4") for each in range(9)))
    assert pair.plugin.operation("status")["all_missing"] is False
    pair.sync(pair.add_scene("Lost too", "/data/lost.mp4"))
    assert pair.plugin.operation("status")["all_missing"] is True
    pair.sync(pair.add_scene_and_item("Beach day")[0])
    assert pair.plugin.operation("status")["all_missing"] is False


def test_the_queue_names_scenes_that_were_never_matched(pair: Pair) -> None:
    pair.queue_scenes(pair.add_scene("Beach day"), pair.add_scene("", "/data/rain.mp4"), 900)
    entries = pair.plugin.operation("queue_list")["entries"]
    assert [row["label"] for row in entries] == ["Beach day", "rain.mp4", "Deleted scene 900"]
    assert [row["is_deleted"] for row in entries] == [False, False, True]


def test_pictures_come_from_plex_and_from_nowhere_else(pair: Pair) -> None:
    _, item = pair.add_scene_and_item("Beach day")
    keys = [item.rating_key, 900]
    assert pair.plugin.operation("plex_pictures", rating_keys=keys) == {"pictures": {}, "problems": {}}
    with pytest.raises(GraphQLFailed, match="not kept in Plex"):
        pair.plugin.operation("plex_pictures", rating_keys=keys, key="http://example.org/poster.jpg")


def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_there(pair: Pair) -> None:
    found = [pair.add_scene_and_item(f"Day {each}", f"/data/{each}.mp4", picture="cover") for each in (1, 2)]
    pair.sync(*(scene for scene, _ in found))
    keys = [item.rating_key for _, item in found]
    assert set(pair.plugin.operation("plex_pictures", rating_keys=keys)["pictures"]) == {str(key) for key in keys}
    pair.plex.server.faults.add("server_error", path="transcode", times=1)
    answer = pair.plugin.operation("plex_pictures", rating_keys=keys)
    assert (len(answer["pictures"]), len(answer["problems"])) == (1, 1)
    pair.plex.server.faults.add("server_error", path="transcode")
    with pytest.raises(GraphQLFailed, match="Plex"):
        pair.plugin.operation("plex_pictures", rating_keys=keys)


def test_several_scenes_are_unlinked_and_matched_again(pair: Pair) -> None:
    scenes = [pair.add_scene_and_item(f"Day {each}", f"/data/{each}.mp4")[0] for each in (1, 2)]
    pair.sync(*scenes)
    assert pair.plugin.operation("matches_unlink", scene_ids=[*scenes, 900]) == {"count": 2}
    assert pair.plugin.operation("match_list")["by_how"] == {"unlinked": 2}
    pair.plugin.operation("matches_unlink", scene_ids=scenes, forget=True)
    pair.work_step()
    assert pair.plugin.operation("match_list")["by_how"] == {"path": 2}
