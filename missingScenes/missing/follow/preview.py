"""The preview of rules: what they would have brought in the last year; the box's list is kept for a day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.follow.box_scenes import ADDED, RELEASED, choose_filter, find_time, write_moment
from missing.follow.entities import read_network
from missing.follow.plan import simulate_weeks
from missing.follow.rules import FollowedScene, FollowRules, RuleContext, find_reason, make_followed_scene
from missing.owned.by_id import find_owned_scenes
from shared.stash.library import split
from shared.stash_box import SceneFilter, StashBoxClient
from shared.stash_box.box import TPDB
from shared.state.json_column import JsonColumn

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

YEAR = timedelta(days=365)
KEPT_SECONDS = 86_400.0
PAGES_AT_ONCE = 3  # of the box, in one call; the page asks again until all are there
MOST_PAGES = 30
MOST_SHOWN = 24
OWNED_AT_ONCE = 500
SCENES = JsonColumn("follow_previews", "scenes", [[dict, [str]]])


class SavedPages(NamedTuple):
    """The pages of a list that are kept: their scenes, how many pages, and True if the year is complete."""

    scenes: list[FollowedScene]
    pages: int
    is_whole: bool


def read_year(call: Call, client: StashBoxClient, kind: str, stash_id: str, rules: FollowRules) -> SavedPages:
    """Return the scenes that a box added in the last year of a performer or studio, for the preview of rules.

    Each call reads a few pages more and keeps all for a day, until `is_whole`.
    """
    name = f"{client.box.endpoint} {kind} {stash_id}{' network' if rules.network else ''}"
    saved, start = read_saved(call.store, name), find_year(call)
    if not saved.is_whole:
        ids = (stash_id, *read_network(client, kind, rules, stash_id))
        read_more(call, client, choose_filter(kind, ids), name)
        saved = read_saved(call.store, name)
    unique = {each.id: each for each in saved.scenes if find_time(each) >= start}
    return saved._replace(scenes=list(unique.values()))


def read_more(call: Call, client: StashBoxClient, wanted: SceneFilter, name: str) -> None:
    """Read the next pages of the list `name` from the box and keep them; `read_year` calls it.

    The last page is the one that reaches a year ago.
    """
    scenes = client.list_scenes(wanted, sort=RELEASED if client.box.kind == TPDB else ADDED)
    first, start = read_saved(call.store, name).pages + 1, find_year(call)
    for number in range(first, first + PAGES_AT_ONCE):
        page = scenes.read_page(number, wants_total=False)
        found = [make_followed_scene(each, client.box) for each in page.scenes]
        is_last = not page.has_more or number >= MOST_PAGES or any(find_time(each) < start for each in found)
        save_page(call.store, name, number, found, is_last=is_last)
        if is_last:
            return


def find_year(call: Call) -> str:
    """Return the moment a year ago, as a box writes times; `read_year` reads back to it."""
    return write_moment(datetime.fromtimestamp(call.clock.now(), timezone.utc) - YEAR)


def read_saved(store: Store, name: str) -> SavedPages:
    """Return the pages of the list `name` that were read within the last day, for `read_year`."""
    query = "SELECT * FROM follow_previews WHERE list = ? AND read > ? AND read <= ? ORDER BY page"
    now = store.clock.now()
    rows = store.read(query, (name, now - KEPT_SECONDS, now + KEPT_SECONDS))
    scenes = [FollowedScene(card, tuple(tags)) for row in rows for card, tags in SCENES.read(row["scenes"])]
    return SavedPages(scenes, len(rows), bool(rows) and bool(rows[-1]["is_last"]))


def save_page(store: Store, name: str, number: int, scenes: Sequence[FollowedScene], *, is_last: bool) -> None:
    """Keep a page of the list `name` for a day, and delete all pages that are older.

    `read_more` calls it.
    """
    now = store.clock.now()
    with store.write() as db:
        db.execute("DELETE FROM follow_previews WHERE read < ? OR read > ?", (now - KEPT_SECONDS, now + KEPT_SECONDS))
        row = (name, number, json.dumps(scenes), is_last, now)
        db.execute("INSERT OR REPLACE INTO follow_previews VALUES (?, ?, ?, ?, ?)", row)


def show_year(call: Call, endpoint: str, pages: SavedPages, rules: FollowRules, context: RuleContext) -> dict[str, Any]:
    """Return what the rules would have brought of these scenes, and how many each rule would leave out.

    `preview_follow` answers with it.
    """
    reasons = {each.id: find_reason(each, rules, context) for each in pages.scenes}
    fitting = [each for each in pages.scenes if reasons[each.id] is None]
    today = write_moment(datetime.fromtimestamp(call.clock.now(), timezone.utc))[:10]
    weeks = simulate_weeks((make_day(each, today) for each in fitting), rules.per_week, today)
    owned = set(find_owned_ids(call, endpoint, [each.id for each in fitting]))
    return {
        "is_whole": pages.is_whole,
        "total": len(pages.scenes),
        "count": len(fitting),
        "left_out": dict(Counter(each for each in reasons.values() if each)),
        "owned": len(owned),
        "came": weeks.came,
        "waiting": weeks.waiting,
        "scenes": [{**each.card, "owned": each.id in owned} for each in fitting[:MOST_SHOWN]],
    }


def make_day(scene: FollowedScene, today: str) -> str:
    """Return the day on which the box added a scene, else its release date, else `today`; `show_year` counts by weeks.

    A date without a month or day becomes the first day of its year or month. Pure.
    """
    moment = find_time(scene)[:10] or today
    return moment + "-01-01"[len(moment) - 4 :] if len(moment) < len(today) else moment


def find_owned_ids(call: Call, endpoint: str, scene_ids: Sequence[str]) -> Iterator[str]:
    """Yield those of these scenes that are in the library now; `show_year` marks and counts them."""
    for piece in split(scene_ids, OWNED_AT_ONCE):
        owned = find_owned_scenes(call.stash, call.store, endpoint, piece)
        yield from {*owned.linked, *owned.sure_files}
