"""The first page of missing scenes: the same price in a library of 1,000 and of 100,000 scenes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import Row, median_times
from sandbox.generate import ENDPOINTS, fill_library, remote_id
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import ROOT, InstalledPlugin, assemble, install_plugin

SMALL, LARGE = 1_000, 100_000
AT_BOX = 200  # scenes of the performer at the box: half of them have ids that the library knows
OWN_OPERATION = "runPluginOperation"


def measure() -> Iterator[Row]:
    """Yield the rows of a list's page in a large library against a small one, for `./dev bench missing`."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        box = stack.enter_context(StashBox(make_world()))
        built = assemble(ROOT / "missingScenes", folder / "missingScenes")
        small, large = (stack.enter_context(StockedStash(built, box, scenes)) for scenes in (SMALL, LARGE))
        yield from compare(small, large)
        box.server.traffic.clear()
        page = large.open_page()
        scanned = page["figures"]["scanned"]
        yield Row("requests to the box per 100 scanned scenes", box.server.traffic.total / (scanned / 100), 1, "")


def compare(small: StockedStash, large: StockedStash) -> Iterator[Row]:
    """Yield requests, bytes and time of the large library against the small one."""
    (requests, sent), (more_requests, more_sent) = (library.weigh() for library in (small, large))
    yield Row("find_missing, first page: requests to Stash", more_requests, 6, "")
    yield Row("find_missing: requests at 100,000 scenes ÷ at 1,000", more_requests / requests, 1)
    yield Row("find_missing: bytes at 100,000 scenes ÷ at 1,000", more_sent / sent, 1.2, note=f"{more_sent} bytes")
    taken = median_times({"small": small.open_page, "large": large.open_page}, rounds=15)
    note = f"{taken['large'] * 1000:.0f} ms"
    yield Row("find_missing: time at 100,000 scenes ÷ at 1,000", taken["large"] / taken["small"], 1.5, note=note)


class StockedStash:
    """A Stash with so many scenes and the plugin, as a context."""

    def __init__(self, built: Path, box: StashBox, scenes: int) -> None:
        self._opening = install_plugin(built, is_forked=False)
        self._box = box
        self._scenes = scenes
        self._plugin: InstalledPlugin | None = None

    def __enter__(self) -> StockedStash:
        self._plugin = self._opening.__enter__()
        services = self._plugin.stash.services
        fill_library(services.library, self._scenes)
        with services.library.write() as db:
            for kind in ("scene", "performer", "studio", "tag"):
                moved = f"UPDATE {kind}_stash_ids SET endpoint = ? WHERE endpoint = ?"
                db.run(moved, (self._box.endpoint, ENDPOINTS[0]))
        row = {
            "endpoint": self._box.endpoint,
            "api_key": self._box.key,
            "name": "Box",
            "max_requests_per_minute": 10**6,
        }
        services.configuration.change_general({"stashBoxes": [row]})
        self.open_page()
        return self

    def __exit__(self, *details: Any) -> None:
        self._opening.__exit__(*details)

    def open_page(self) -> Any:
        """Call the operation that shows the first page of a performer's list, and return its answer."""
        assert self._plugin is not None
        page = self._plugin.operation("find_missing", entity_type="performer", entity_id="1")
        assert page["state"] in ("more", "complete") and page["figures"]["owned"], page["message"]
        return page

    def weigh(self) -> tuple[int, int]:
        """Return requests to Stash and bytes of its answers for one page, the page's own call not included."""
        assert self._plugin is not None
        traffic = self._plugin.stash.server.traffic
        traffic.clear()
        self.open_page()
        others = [each for each in traffic.exchanges() if OWN_OPERATION not in each.request.operations]
        return len(others), sum(each.sent for each in others)


def make_world() -> World:
    """Return a box with the performer that both libraries know as their first."""
    world = World("bench")
    performer = world.add_performer("First", id=remote_id("performer", 1))
    for number in range(1, AT_BOX + 1):
        known = number if number % 2 else LARGE * 10 + number
        date = f"{2000 + number // 12}-{1 + number % 12:02d}-01"
        world.add_scene(f"Scene {number}", id=remote_id("scene", known), performers=[performer], release_date=date)
    return world
