"""Covers of the next scenes are downloaded while Plex is busy."""

from __future__ import annotations

import concurrent.futures

import pytest
from plexsync.write.cover_prefetch import Prefetcher

from shared.errors import NotFound
from tests.stash2plex.pair import Pair

PATIENCE = 60.0


def load(key: str) -> str:
    """Return a picture, or raise the error there is instead of one."""
    if key == "gone":
        raise NotFound("It is gone.", service="Stash")
    return key.upper()


def test_the_cover_of_the_next_scene_is_there_before_plex_has_answered_for_the_first(pair: Pair) -> None:
    scenes = [pair.add_scene_and_item(f"Title {n}", f"/data/{n}.mp4", picture=f"cover {n}")[0] for n in (1, 2)]
    held = pair.plex.server.faults.add("hang", method="PUT", times=1)
    pair.queue_scenes(*scenes)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        step = pool.submit(pair.plugin.operation, "queue_step")
        stash = pair.plugin.stash.server.traffic
        stash.wait_until(lambda _: bool(stash.requests(path=f"/scene/{scenes[1]}/screenshot")), PATIENCE)
        pair.plex.server.faults.remove(held)
        step.result()
    assert len(stash.requests(path="/screenshot")) == 2


@pytest.mark.parametrize("announced", [[], ["a", "b"], ["b"], ["gone", "b"], ["a", "gone", "b", "c", "d"]])
def test_the_requested_key_is_returned_whatever_was_announced(announced: list[str]) -> None:
    prefetcher = Prefetcher(load)
    prefetcher.schedule(announced)
    assert [prefetcher.fetch(key) for key in ("b", "d", "a")] == ["B", "D", "A"]


def test_an_error_is_raised_for_its_own_key() -> None:
    prefetcher = Prefetcher(load)
    prefetcher.schedule(["gone", "a"])
    with pytest.raises(NotFound):
        prefetcher.fetch("gone")
    assert prefetcher.fetch("a") == "A"
