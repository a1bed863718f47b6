"""Reads a box's list page by page until enough missing scenes are found, the list ends, or MOST_SECONDS are over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from missing.listing.cursor import Cursor, shorten_ids
from shared.errors import ServiceError
from shared.runtime.clock import Clock
from shared.stash_box import Scene, ScenePage

MOST_PAGES = 3  # of the box, in one call: so opening a page costs at most six requests to Stash
MOST_SECONDS = 12.0
PER_PAGE = 100

FindOwned = Callable[[Sequence[str]], Collection[str]]
FindHidden = Callable[[Sequence[Scene]], Mapping[str, str]]


class PagedScenes(Protocol):
    """A list of a box that is read by pages (SceneList, RestSceneList)."""

    def read_page(self, page: int = 1) -> ScenePage:
        """Return one page of the box's list; `scan_list` calls it."""


class ScanLimits(NamedTuple):
    """The limits of a scan: enough scenes, or the first one older than `created_since`."""

    page_size: int
    created_since: str = ""


class ScanResult(NamedTuple):
    """The missing scenes to show, where the list continues, and the error that stopped the scan."""

    scenes: tuple[Scene, ...]
    cursor: Cursor
    is_complete: bool = False
    error: ServiceError | None = None


class SceneChecks(NamedTuple):
    """The two look-ups that decide about a page's scenes: the owned ids, and the reason of each hidden scene by id."""

    find_owned: FindOwned
    find_hidden: FindHidden


def scan_list(scenes: PagedScenes, cursor: Cursor, checks: SceneChecks, limits: ScanLimits, clock: Clock) -> ScanResult:
    """Return the next page of missing scenes and the cursor behind it, for `find_missing`.

    Scenes from before an error stay valid; a retry repeats the failed page only.
    """
    shown: list[Scene] = []
    end = clock.monotonic() + MOST_SECONDS
    for _ in range(MOST_PAGES):
        try:
            page = scenes.read_page(cursor.page)
        except ServiceError as error:
            return ScanResult(tuple(shown), cursor, error=error)
        fresh = [scene for scene in page.scenes if not cursor.has_seen(scene.id)]
        young = [scene for scene in fresh if is_young_enough(scene, limits.created_since)]
        missing, cursor = count_scenes(young, cursor, checks)
        shown += missing
        cursor = turn_page(cursor, page)
        if len(young) < len(fresh) or is_last(cursor, page):
            return ScanResult(tuple(shown), cursor._replace(total=cursor.scanned), is_complete=True)
        if len(shown) >= limits.page_size or clock.monotonic() >= end:
            break
    return ScanResult(tuple(shown), cursor)


def count_scenes(fresh: Sequence[Scene], cursor: Cursor, checks: SceneChecks) -> tuple[list[Scene], Cursor]:
    """Return the scenes of a box's page to show, and the cursor with all of them counted."""
    owned = checks.find_owned([scene.id for scene in fresh]) if fresh else ()
    missing = [scene for scene in fresh if scene.id not in owned]
    reasons = checks.find_hidden(missing) if missing else {}
    hidden = Counter(cursor.hidden) + Counter(reasons.values())
    shown = [scene for scene in missing if scene.id not in reasons]
    return shown, cursor._replace(
        scanned=cursor.scanned + len(fresh),
        owned=cursor.owned + len(fresh) - len(missing),
        missing=cursor.missing + len(shown),
        hidden=dict(hidden),
    )


def turn_page(cursor: Cursor, page: ScenePage) -> Cursor:
    """Return the cursor of the box's next page; the total may have grown."""
    total = max(page.total if page.total is not None else cursor.total, cursor.scanned)
    return cursor._replace(page=page.page + 1, total=total, recent=shorten_ids([scene.id for scene in page.scenes]))


def is_last(cursor: Cursor, page: ScenePage) -> bool:
    """Return True if the box's list is read to its end; if scenes moved meanwhile, only a short page ends it."""
    has_moved = cursor.scanned < page.page * PER_PAGE
    return not page.has_more or (not has_moved and 0 < cursor.total <= cursor.scanned)


def is_young_enough(scene: Scene, since: str) -> bool:
    """Return True if the scene was entered at the box since then; a scan for new scenes ends at an older one."""
    return not since or bool(scene.created and scene.created[:19] >= since[:19])
