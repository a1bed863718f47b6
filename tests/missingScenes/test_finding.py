"""The list of missing scenes, as the page asks for it."""

from __future__ import annotations

from sandbox.stashbox.model import Performer
from tests.missingScenes.conftest import Bench, ids_of


def test_exactly_the_scenes_that_are_not_owned_are_listed_newest_first(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    """Acceptance 1."""
    scenes = bench.add_scenes(120, mira)
    bench.own(*scenes[:84])
    pages = bench.find_all(local_mira)
    assert ids_of(*pages) == [scene.id for scene in reversed(scenes[84:])]
    assert pages[-1]["figures"] == {"total": 120, "scanned": 120, "owned": 84, "missing": 36, "hidden": {}}
    assert pages[-1]["state"] == "complete"
