"""A Stash with the plugin and a Plex, and the steps that tests and benchmarks take on both."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from plexsync.queue.constants import STARTED

from sandbox.messages import HttpRequest
from sandbox.pictures import draw_picture
from sandbox.plex.model import LibrarySection, PlexMovie
from sandbox.plex.server import PlexDouble
from sandbox.stash.files.disk import VideoFile
from sandbox.stash.stocking import Stock
from scripts.release.manifests import load_plugin
from shared.queue.outbox import Outbox
from shared.runtime.handler import load_named
from shared.state.store import Store
from tests.harness.installed import InstalledPlugin

SIZE, SECONDS = 50_000_000, 1200


class Pair:
    """A Stash with the plugin and a Plex with one library below /data.

    Start syncing was pressed. The setting `enabled` is off, so that only tests of the listener have drains that they
    did not start.
    """

    def __init__(self, plugin: InstalledPlugin, plex: PlexDouble) -> None:
        self.plugin = plugin
        self.plex = plex
        self.stash = plugin.client
        self.stock = Stock(plugin.stash.services.library)
        self.section: LibrarySection = plex.state.add_section("Videos", "/data")
        plugin.state_dir.mkdir(parents=True, exist_ok=True)
        migrations = load_named(load_plugin(plugin.id).migrations)
        self.store = Store(str(plugin.state_dir / "state.sqlite3"), migrations)
        self.outbox = Outbox(self.store)
        self.settings: dict[str, Any] = {}
        self.store.kv.put(STARTED, plex.state.machine_id)
        self.change_settings(plex_url=plex.url, plex_token=plex.token, enabled=False)

    def change_settings(self, **values: Any) -> None:
        """Change settings as an open page does, which also keeps a copy in a file."""
        self.settings.update(values)
        self.plugin.save_settings(**values)
        known = {key: value for key, value in self.settings.items() if value is not None}
        (self.plugin.state_dir / "settings.json").write_text(json.dumps(known))
        self.outbox.pause.end()
        self.outbox.breaker.reset()

    def add_scene(self, title: str = "Beach day", path: str = "/data/beach.mp4", **details: Any) -> int:
        """Add a scene with one file; names of studio, performers and tags become objects."""
        names = {kind: details.pop(kind, ()) for kind in ("performers", "tags")}
        studio = details.pop("studio", "")
        return self.stock.add_scene(
            title,
            file=VideoFile(path, size=details.pop("size", SIZE), duration=details.pop("duration", SECONDS)),
            studio=self.find_or_add("studio", studio) if studio else None,
            performers=[self.find_or_add("performer", name) for name in names["performers"]],
            tags=[self.find_or_add("tag", name) for name in names["tags"]],
            **details,
        )

    def find_or_add(self, kind: str, name: str) -> int:
        """Return the id of a studio, performer or tag with this name; it is added if there is none."""
        table = f"{kind}s"
        with self.stock.library.read() as db:
            found = db.value(f"SELECT id FROM {table} WHERE name = ?", (name,))
        return int(found or getattr(self.stock, f"add_{kind}")(name))

    def add_item(
        self, path: str = "/data/beach.mp4", section: LibrarySection | None = None, **details: Any
    ) -> PlexMovie:
        """Add an item to Plex."""
        section_id = (section or self.section).id
        return self.plex.state.add_item(section_id, path, **{"size": SIZE, "duration": SECONDS * 1000, **details})

    def add_scene_and_item(
        self, title: str = "Beach day", path: str = "/data/beach.mp4", **details: Any
    ) -> tuple[int, PlexMovie]:
        """Add a scene and its item."""
        return self.add_scene(title, path, **details), self.add_item(path)

    def edit_scene(self, scene_id: int, **values: Any) -> None:
        """Save a scene in Stash, which the listener hears."""
        for kind in ("performer", "tag"):
            if f"{kind}s" in values:
                values[f"{kind}_ids"] = [self.find_or_add(kind, name) for name in values.pop(f"{kind}s")]
        if "studio" in values:
            name = values.pop("studio")
            values["studio_id"] = self.find_or_add("studio", name) if name else None
        self.stash.scenes.update(scene_id, values)

    def queue_scenes(self, *scene_ids: int, note: Any = None) -> None:
        """Queue scenes as a look at Stash does."""
        for scene_id in scene_ids:
            self.outbox.put(f"scene:{scene_id}", note=note)

    def sync(self, *scene_ids: int, note: Any = None) -> Any:
        """Queue scenes and work on the queue for one step."""
        self.queue_scenes(*scene_ids, note=note)
        return self.work_step()

    def work_step(self) -> Any:
        """Make everything due and work on the queue as an open page does, once no drain of a task runs any more."""
        self.wait_for_drain()
        self.make_due()
        return self.plugin.operation("queue_step")

    def make_due(self) -> None:
        """Make waiting entries and the next probe of the breaker or of a pause due now."""
        self.outbox.ensure_tables()
        with self.store.write() as db:
            db.execute("UPDATE outbox SET due = 0 WHERE state = 'waiting'")
            db.execute("UPDATE breakers SET probe_at = 0")
            if self.outbox.pause.is_by_error():
                self.store.kv.put("outbox.paused", {**(self.outbox.pause.describe() or {}), "probe_at": 0.0})

    def find_queue_row(self, scene_id: int) -> dict[str, Any] | None:
        """Return a scene's row in the queue, None if it has none."""
        self.outbox.ensure_tables()
        row = self.store.first("SELECT * FROM outbox WHERE key = ?", (f"scene:{scene_id}",))
        return dict(row) if row else None

    def wait_for_drain(self) -> None:
        """Wait until Stash has no job left, such as the drain that an operation started."""
        self.plugin.stash.services.jobs.wait_until_idle()

    def count_drains(self) -> int:
        """Return how many drains Stash started."""
        runs = self.plugin.stash.services.plugins.runs
        return sum(run.kind == "task" and run.document["args"].get("mode") == "drain" for run in runs)

    def list_requests(self, method: str = "", path: str = "") -> list[HttpRequest]:
        """Return the requests that Plex got."""
        return self.plex.server.traffic.requests(method=method, path=path)

    def list_writes(self) -> list[HttpRequest]:
        """Return the requests that changed something in Plex."""
        return [*self.list_requests("PUT"), *self.list_requests("POST"), *self.list_requests("DELETE")]

    def forget_requests(self) -> None:
        """Forget the requests that Plex got so far."""
        self.plex.server.traffic.clear()

    @contextlib.contextmanager
    def stop_plex(self) -> Iterator[None]:
        """Let Plex refuse connections for a while."""
        self.plex.server.take_down()
        yield
        self.plex.server.bring_up()


def wait_until(happened: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for work in another process or thread."""
    deadline = time.monotonic() + seconds
    gate = threading.Event()
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        gate.wait(0.02)


def picture(key: str = "cover") -> bytes:
    """Return the bytes of a picture."""
    return draw_picture(key, 64, 36)
