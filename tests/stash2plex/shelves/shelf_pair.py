"""A pair with shelves: the steps that tests of shelves take, and plexapi as the other client of Plex."""

from __future__ import annotations

import base64
from typing import Any

from plexapi.server import PlexServer

from sandbox.plex.model import PlexMovie
from tests.stash2plex.pair import Pair, picture


class ShelfPair:
    """A pair with scenes that are matched with their items."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.state = pair.plex.state

    def add_matched(self, number: int, start: int = 0, **details: Any) -> list[tuple[int, PlexMovie]]:
        """Add scenes with their items, and match them by a sync."""
        names = range(start, start + number)
        added = [self.pair.add_scene_and_item(f"Scene {each:03}", f"/data/{each}.mp4", **details) for each in names]
        self.pair.sync(*(scene for scene, _ in added))
        return added

    def save(self, kind: str = "tag", source_id: int | None = None, **values: Any) -> int:
        """Save a shelf as the dialog does and return its id."""
        answer = self.pair.plugin.operation("shelf_save", kind=kind, source_id=source_id, **values)
        return int(answer["id"])

    def save_tag(self, name: str = "Water", **values: Any) -> int:
        """Save a shelf of a tag."""
        return self.save("tag", self.pair.find_or_add("tag", name), **values)

    def run(self, mode: str, **args: Any) -> dict[str, Any]:
        """Run a task to its end and return its result."""
        self.pair.plugin.run_task(mode, run_token="token-shelf", **args)
        found: dict[str, Any] = self.pair.store.kv.get("task_results", object)["token-shelf"]
        return found

    def preview(self, shelf_id: int | None = None) -> dict[str, Any]:
        """Preview one shelf, or all."""
        return self.run("preview_shelves", **({} if shelf_id is None else {"shelf_id": shelf_id}))

    def apply(self, plan_id: str) -> dict[str, Any]:
        """Apply a previewed plan as the page does."""
        return self.run("apply_plan", plan_id=plan_id)

    def make(self, shelf_id: int) -> dict[str, Any]:
        """Preview a shelf and apply the plan."""
        return self.apply(self.preview(shelf_id)["plan_id"])

    def list_rows(self, plan_id: str) -> list[dict[str, Any]]:
        """Return the rows of a plan."""
        found: list[dict[str, Any]] = self.pair.plugin.operation("plan_list", plan_id=plan_id, page_size=200)["changes"]
        return found

    def find_card(self, shelf_id: int) -> dict[str, Any]:
        """Return a shelf as the page shows it."""
        shelves = self.pair.plugin.operation("shelves_list")["shelves"]
        return next(each for each in shelves if each["id"] == shelf_id)

    def connect(self) -> Any:
        """Return plexapi's view of the library."""
        server_class: Any = PlexServer
        return server_class(self.pair.plex.url, self.pair.plex.token).library.sectionByID(self.pair.section.id)

    def show(self) -> dict[str, list[str]]:
        """Return the titles of all collections with those of their members, as plexapi sees them."""
        return {each.title: [item.title for item in each.items()] for each in self.connect().collections()}

    def undo_last(self) -> None:
        """Undo the newest run of the history."""
        run = self.pair.plugin.operation("history_list")["runs"][0]
        undo = self.pair.plugin.operation("history_undo", run_id=run["id"], preview=True)
        self.apply(undo["plan_id"])


def draw_tag(shelves: ShelfPair, tag: int, key: str) -> None:
    """Give a tag another picture; its address has the time of the tag's last save, in seconds."""
    data = base64.b64encode(picture(key)).decode()
    shelves.pair.stash.tags.update(tag, {"image": f"data:image/png;base64,{data}"})
    with shelves.pair.stock.library.write() as db:
        db.run("UPDATE tags SET updated_at = ? WHERE id = ?", (f"2024-01-01T00:00:{len(key):02}Z", tag))
