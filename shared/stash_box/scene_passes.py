"""Passes over a box's scenes: when the last one was, and which scenes the box changed since.

A plugin that keeps a box's answers about scenes asks again only about changed scenes; a full pass asks about all of
them after FULL_AFTER_DAYS days, because a box does not count every change as one (such as a renamed performer).
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from shared.runtime.clock import is_recent
from shared.stash.filters import parse_time
from shared.stash_box.client import StashBoxClient
from shared.stash_box.queries.filters import SceneFilter

if TYPE_CHECKING:
    from shared.state.store import Store

HOUR = 3600.0
DAY = 24 * HOUR
RESUMED_FOR = DAY  # a full pass that was cut off is continued for so long
CLOCK_MARGIN = HOUR  # the box's clock may be off
FULL_AFTER_DAYS = 30

KEPT = {"last?": ({"since": float, "full": float}, None), "begun?": (float, None)}


class PassTimes:
    """The times of the last complete pass over a box's scenes, and of one that was interrupted."""

    def __init__(self, store: Store, endpoint: str) -> None:
        self._kv = store.kv
        self._key = f"scene_pass {endpoint}"
        self._kept: dict[str, Any] = self._kv.get(self._key, KEPT, {})

    @property
    def last(self) -> dict[str, Any] | None:
        """Return the last complete pass: since when to look for changes, and when all scenes were asked about.

        The next pass begins from it.
        """
        return self._kept.get("last")

    def is_full_due(self, now: float) -> bool:
        """Return True if no pass asked about all scenes lately; such a pass finds what a box does not call a
        change.

        `ask_box` of Performer/Site Sync and `SceneRefresh` of Tag Manager ask.
        """
        return not self.last or not is_recent(float(self.last["full"]), now, FULL_AFTER_DAYS * DAY)

    def begin(self, now: float, *, is_kept: bool) -> float:
        """Return when this pass or the interrupted one before began; now unless `is_kept`, for some scenes only.

        `ask_box` of Performer/Site Sync and `SceneRefresh` of Tag Manager call it.
        """
        begun = self._kept.get("begun")
        if not is_kept:
            return now
        if begun is None or not is_recent(begun, now, RESUMED_FOR):
            begun = now
            self._kept = {**self._kept, "begun": begun}
            self._kv.put(self._key, self._kept)
        return float(begun)

    def end(self, begun: float, *, is_full: bool, oldest: float | None = None) -> None:
        """Record that the pass which began at `begun` is complete; `oldest` is the time of an answer from before.

        `ask_box` of Performer/Site Sync and `SceneRefresh` of Tag Manager call it.
        """
        begun = begun if oldest is None else min(begun, oldest)
        full = begun if is_full or self.last is None else self.last["full"]
        self._kept = {"last": {"since": begun, "full": full}}
        self._kv.put(self._key, self._kept)


def find_changed_scenes(client: StashBoxClient, since: float, max_pages: int) -> dict[str, str] | None:
    """Return by id when the box changed scenes after `since`; None if it lists too many pages, or cannot list them.

    `ask_box` of Performer/Site Sync and `SceneRefresh` of Tag Manager ask.
    """
    if "queryScenes" not in client.capabilities.queries or client.box.rest_url:
        return None
    moment = datetime.fromtimestamp(since, timezone.utc)
    changed: dict[str, str] = {}
    scenes = client.list_scenes(SceneFilter(everything=True), sort="UPDATED_AT", direction="DESC")
    for number in range(1, max_pages + 1):
        page = scenes.read_page(number, wants_total=False)
        fresh = {
            each.id: each.updated or "" for each in page.scenes if not each.updated or parse_time(each.updated) > moment
        }
        changed.update({**fresh, **dict.fromkeys(page.unreadable, "")})  # a lookup of such a scene says what is wrong
        if len(fresh) < len(page.scenes) or not page.has_more:
            return changed
    return None
