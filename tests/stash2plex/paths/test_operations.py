"""Operations of the path rule editor, and the effect of the saved rules."""

from __future__ import annotations

from tests.stash2plex.pair import Pair


def test_rules_are_proposed_proven_and_kept(pair: Pair) -> None:
    scenes = [pair.add_scene(f"Title {each}", f"/media/a/{each}.mp4") for each in range(5)]
    for each in range(4):
        pair.add_item(f"/data/a/{each}.mp4")
    (best, *_) = pair.plugin.operation("paths_propose")["proposals"]
    assert (best["stash"], best["plex"], best["explains"]) == ("/media", "/data", 4)
    rules = [best, {"stash": "/media/a", "plex": "/data/a"}]
    measured = pair.plugin.operation("paths_measure", rules=rules)
    assert (measured["hits"], measured["total"], measured["misses"]) == (4, 5, ["/media/a/4.mp4"])
    assert "overlap" in measured["overlaps"][0]
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data", "ignore_case": True}])
    shown = pair.plugin.operation("paths_show")
    assert shown["rules"] == [{"stash": "/media", "plex": "/data", "ignore_case": True}]
    assert shown["plex_folders"] == ["/data"] and len(scenes) == 5


def test_new_rules_find_what_was_not_found(pair: Pair) -> None:
    scene = pair.add_scene("New", "/media/a/x.mp4")
    pair.change_settings(skip_not_found=True, path_rules="/media => /data/nowhere")
    pair.add_item("/data/b/other.mp4")
    pair.sync(scene)
    item = pair.add_item("/data/a/y.mp4")
    item.media[0].parts[0].file = "/data/a/x.mp4"
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data"}])
    pair.wait_for_drain()
    assert item.title == "New"


def test_a_rule_into_no_library_holds_the_queue_until_it_is_corrected(pair: Pair) -> None:
    """A wrong rule costs no entry an attempt."""
    scene, item = pair.add_scene("New", "/media/a/x.mp4"), pair.add_item("/data/a/x.mp4")
    pair.change_settings(path_rules="/media => /nowhere")
    pair.sync(scene)
    paused, row = pair.plugin.operation("status")["queue"]["paused"], pair.find_queue_row(scene)
    assert ("/media => /nowhere" in paused["reason"], row and row["attempts"]) == (True, 0)
    pair.plugin.operation("paths_save", rules=[{"stash": "/media", "plex": "/data"}])
    pair.wait_for_drain()
    assert item.title == "New"


def test_a_library_in_which_nothing_is_found_makes_the_rules_suspicious(pair: Pair) -> None:
    pair.change_settings(path_rules="/media => /data/nowhere")
    pair.add_item("/data/other.mp4")
    pair.sync(*(pair.add_scene(f"Title {each}", f"/media/{each}.mp4") for each in range(12)))
    (notice,) = [each for each in pair.plugin.operation("heartbeat")["notices"] if each["key"] == "plex.paths"]
    assert "12 of 12 scenes" in notice["text"]
