"""Reads a box's list page by page until enough missing scenes are found, the list ends, or MOST_SECONDS are over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from missing.listing.cursor import Cursor
from missing.listing.reading import Reading, split_by_date
from shared.errors import ServiceError
from shared.runtime.clock import Clock
from shared.stash_box import Scene, ScenePage

MOST_PAGES = 3  # of the box, in one call: so opening a page costs at most six requests to Stash
MOST_SECONDS = 12.0
UNREADABLE = "unreadable"  # the reason under which a scene counts as hidden

FindOwned = Callable[[Sequence[str]], Collection[str]]
FindHidden = Callable[[Sequence[Scene]], Mapping[str, str]]


class PagedScenes(Protocol):
    """A list of a box that is read by pages (SceneList, RestSceneList)."""

    def read_page(self, page: int = 1) -> ScenePage:
        """Return one page of the box's list; `scan_list` calls it."""


class SeenSteps(Protocol):
    """The scenes that the list has brought (SeenScenes)."""

    def find_steps(self, scene_ids: Collection[str], before: int) -> Mapping[str, int]:
        """Return the last step (page) before this one that brought each of these scenes.

        The scan counts no scene twice.
        """

    def add(self, scene_ids: Collection[str], step: int) -> None:
        """Note that a step of the scan brought these scenes."""


class ScanLimits(NamedTuple):
    """The limits of a scan: enough scenes, or the first one older than `created_since`."""

    page_size: int
    created_since: str = ""


class ScanResult(NamedTuple):
    """The missing scenes to show, where the list continues, and the error that stopped the scan.

    `keeps_changing` is True if rows were left out in every reading.
    """

    scenes: tuple[Scene, ...]
    cursor: Cursor
    is_complete: bool = False
    error: ServiceError | None = None
    keeps_changing: bool = False


class SceneChecks(NamedTuple):
    """The look-ups that decide about a page's scenes: owned ids, reasons to hide a scene, scenes seen before."""

    find_owned: FindOwned
    find_hidden: FindHidden
    seen: SeenSteps


class BoxList(NamedTuple):
    """A list of a box: `open` returns the pages of one reading, `must_split` tells if its parts are read apart."""

    open: Callable[[Reading], PagedScenes]
    must_split: Callable[[Reading, ScenePage], bool]


def scan_list(box: BoxList, cursor: Cursor, checks: SceneChecks, limits: ScanLimits, clock: Clock) -> ScanResult:
    """Return the next page of missing scenes and the cursor behind it, for `find_missing`.

    Scenes from before an error stay valid; a retry repeats the failed page only.
    """
    shown: list[Scene] = []
    end = clock.monotonic() + MOST_SECONDS
    for _ in range(MOST_PAGES):
        try:
            page = box.open(cursor.reading).read_page(cursor.page)
        except ServiceError as error:
            return ScanResult(tuple(shown), cursor, error=error)
        if box.must_split(cursor.reading, page):
            cursor = cursor._replace(reading=split_by_date(page), total=page.total or 0)
            continue
        missing, cursor, is_enough = scan_page(page, cursor, checks, limits)
        shown += missing
        following = cursor.reading.start_next(cursor.step) if cursor.reading.is_at_end(page) else cursor.reading
        if is_enough or following is None:
            return end_scan(shown, cursor, is_enough)
        cursor = cursor._replace(reading=following, page=page.page + 1 if following is cursor.reading else 1)
        if len(shown) >= limits.page_size or clock.monotonic() >= end:
            break
    return ScanResult(tuple(shown), cursor)


def scan_page(
    page: ScenePage, cursor: Cursor, checks: SceneChecks, limits: ScanLimits
) -> tuple[list[Scene], Cursor, bool]:
    """Return the scenes of a box's page to show, the cursor with all counted, and True at a scene that is too old.

    `scan_list` calls it.
    """
    ids = [scene.id for scene in page.scenes]
    steps = checks.seen.find_steps(ids, cursor.step)
    repeated = sum(step >= cursor.reading.begun for step in steps.values())
    fresh = [scene for scene in page.scenes if scene.id not in steps]
    young = [scene for scene in fresh if is_young_enough(scene, limits.created_since)]
    missing, cursor = count_scenes(young, cursor, checks)
    cursor = count_unreadable(page, cursor, checks)
    checks.seen.add([*ids, *page.unreadable], cursor.step)
    reading = cursor.reading.count_page(page, len(fresh), repeated)
    total = max(reading.announced or 0, cursor.scanned)
    cursor = cursor._replace(step=cursor.step + 1, reading=reading, total=total)
    return missing, cursor, len(young) < len(fresh)


def end_scan(shown: Sequence[Scene], cursor: Cursor, is_enough: bool) -> ScanResult:
    """Return the result at the end of the list, for `scan_list`.

    It is complete, unless even the last reading left rows out.
    """
    if is_enough or cursor.reading.was_calm:
        return ScanResult(tuple(shown), cursor._replace(total=cursor.scanned), is_complete=True)
    again = Reading(cursor.reading.number, begun=cursor.step, former_rows=cursor.reading.rows)
    return ScanResult(tuple(shown), cursor._replace(page=1, reading=again), keeps_changing=True)


def count_scenes(fresh: Sequence[Scene], cursor: Cursor, checks: SceneChecks) -> tuple[list[Scene], Cursor]:
    """Return the scenes of a box's page to show, and the cursor with all of them counted.

    `scan_page` calls it.
    """
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


def count_unreadable(page: ScenePage, cursor: Cursor, checks: SceneChecks) -> Cursor:
    """Return the cursor with the page's unreadable scenes counted as hidden, each once.

    `scan_page` calls it.
    """
    steps = checks.seen.find_steps(page.unreadable, cursor.step)
    fresh = [each for each in page.unreadable if each not in steps]
    if not fresh:
        return cursor
    hidden = Counter(cursor.hidden) + Counter({UNREADABLE: len(fresh)})
    return cursor._replace(scanned=cursor.scanned + len(fresh), hidden=dict(hidden))


def is_young_enough(scene: Scene, since: str) -> bool:
    """Return True if the scene was entered at the box since then; a scan for new scenes ends at an older one."""
    return not since or bool(scene.created and scene.created[:19] >= since[:19])
