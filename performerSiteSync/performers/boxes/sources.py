"""The boxes that data is taken from: which are on, and in which order of precedence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from performers.library.normalize import normalize_name
from shared.errors import BundleError, UsageError
from shared.http.rate_limit import find_rate
from shared.stash_box import (
    TPDB,
    Box,
    StashBoxClient,
    normalize_endpoint,
)
from shared.stash_box.box import WHERE_BOXES_ARE_SET
from shared.stash_box.configured import LONGEST_NAP, open_client, read_boxes, select_usable
from shared.stash_box.scene_answers import SceneAnswers

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings

NO_SOURCE = f"No source can be asked. Add a stash-box with its API key under {WHERE_BOXES_ARE_SET}."
SWITCHES = {"StashDB": "enableStashDB", "TPDB": "enableTPDB", "FansDB": "enableFansDB"}
HOSTS = {"stashdb.org": "StashDB", "fansdb.cc": "FansDB", "fansdb.xyz": "FansDB"}
NAMES = {"stashdb": "StashDB", "fansdb": "FansDB", "tpdb": "TPDB", "theporndb": "TPDB"}


PAGE_PAUSE = 1  # seconds between requests while a page waits


def name_source(box: Box) -> str:
    """Return the name the settings use for a box (StashDB, TPDB, FansDB), else its name in Stash."""
    if box.kind == TPDB:
        return "TPDB"
    host = normalize_endpoint(box.endpoint).partition("/")[0]
    return HOSTS.get(host) or NAMES.get(normalize_name(box.name), box.name)


def read_sources(call: Call, only: str = "") -> list[Box]:
    """Return the boxes switched on, in the user's order, with the pause of the settings; `only` selects one by name."""
    settings = call.settings
    boxes = read_boxes(call.stash)
    on = [box for box in boxes if is_on(settings, box) and is_named(box, only)]
    if only and not on:
        raise UsageError(f"{only} is not among the stash-boxes of Stash, or it is switched off in the settings.")
    pause = settings.rateLimit if call.deadline is None else min(settings.rateLimit, PAGE_PAUSE)
    return [slow_down(box, pause) for box in sort_sources(on, read_order(settings))]


def read_usable_sources(call: Call, only: str = "") -> list[Box]:
    """Return the boxes that are switched on and have a key; raises if none is left. Every sync starts with this."""
    usable = select_usable(read_sources(call, only), call.log)
    if not usable:
        raise BundleError(NO_SOURCE)
    return usable


def is_named(box: Box, only: str) -> bool:
    """Return True if a task's or operation's argument `source` is empty or names this box."""
    names = (name_source(box), box.name, box.endpoint)
    return not only or normalize_name(only) in [normalize_name(name) for name in names]


def is_on(settings: Settings, box: Box) -> bool:
    """Return True if the settings switch the box on; boxes without a switch always are. Overview and syncs ask this."""
    switch = SWITCHES.get(name_source(box))
    return switch is None or bool(getattr(settings, switch))


def sort_sources(boxes: Sequence[Box], order: Sequence[str]) -> list[Box]:
    """Return the boxes in the order of the setting, for syncs and overview.

    Boxes it does not name come last, as in Stash.
    """
    rank = {NAMES.get(normalize_name(name), name): number for number, name in enumerate(order)}
    return sorted(boxes, key=lambda box: rank.get(name_source(box), len(rank)))


def read_order(settings: Settings) -> list[str]:
    """Return the names in the setting sourcePrecedence, written with commas or as `StashDB > TPDB > FansDB`.

    Lists of sources are sorted by it: for syncs, for the Overview and by Validate Configuration.
    """
    return [word.strip() for part in settings.sourcePrecedence for word in part.split(">") if word.strip()]


def slow_down(box: Box, pause: float) -> Box:
    """Return a source with a request rate that keeps both its own limit and the pause of the settings.

    `read_sources` calls it.
    """
    own = find_rate(box.max_requests_per_minute)
    return box._replace(max_requests_per_minute=min(own, max(1, int(60 / pause))) if pause else own)


def open_source(call: Call, box: Box, answers: SceneAnswers | None = None) -> StashBoxClient:
    """Return a client for a box, for tasks and operations; the caller closes it.

    An operation waits at most LONGEST_NAP and the pause of the settings for the box, a task as long as it takes. With
    `answers`, lookups of scenes are shared with other plugins.
    """
    nap = LONGEST_NAP + call.settings.rateLimit
    return open_client(call, box, nap=nap, local_pictures=call.settings.localPictures, answers=answers)
