"""The boxes' own notices about new scenes of the favorites that the key's user has there.

They are read beside our own look: favorites at a box may be others than those in Stash. The box's own times and the
scenes that are saved already decide which notices are new, so that a clock that is set tells nothing twice.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.listing.cards import make_card
from missing.listing.filters import FilterContext, find_reason_to_hide
from missing.listing.list_query import ARGUMENTS, BOX, read_list_query
from missing.marks.store import find_marked_ids
from missing.news.store import list_noticed, make_new_scenes, save_found
from missing.owned.by_id import find_owned_scenes
from shared.arguments import read_arguments
from shared.errors import ServiceError
from shared.folding import fold_text
from shared.page.heartbeat import DAY
from shared.runtime.clock import is_recent
from shared.stash_box import Box, Scene, StashBoxClient
from shared.stash_box.box import find_box
from shared.stash_box.configured import open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

STATES = "news.box_notices"
STATE_SHAPE = {str: {"began": (str, None), "newest": (str, ""), "refused": (float, None)}}
SHOWN = 100


class NoticeState(NamedTuple):
    """The plugin's reading of a box's notices.

    `began` is the box's time of the newest notice at the first reading, empty if there was none, and None before it.
    `newest` is that of the last reading. `refused` is when the box last had no notices for this key.
    """

    began: str | None = None
    newest: str = ""
    refused: float | None = None


class NoticesLook(NamedTuple):
    """The number of new scenes in a box's notices, and why they could not be read; empty if they could."""

    found: int = 0
    problem: str = ""


def look_at_notices(call: Call, box: Box, *, is_told: bool) -> NoticesLook:
    """Save the scenes of a box's unread notices that are new for us, and return how many; one request.

    The first reading only notes where the notices begin. A key that may not read them is asked once a day.
    """
    state = read_state(call.store, box.endpoint)
    if not call.settings.boxNotices or is_refused(state, call.clock.now()):
        return NoticesLook()
    try:
        with contextlib.closing(open_client(call, box)) as client:
            return save_noticed(call, client, state, is_told=is_told)
    except ServiceError as error:
        if error.service == "Stash":
            raise
        return NoticesLook(problem=str(error))


def is_refused(state: NoticeState, now: float) -> bool:
    """Return True if the box had no notices for this key within the last day. Pure. `look_at_notices` calls it."""
    return state.refused is not None and is_recent(state.refused, now, DAY)


def save_noticed(call: Call, client: StashBoxClient, state: NoticeState, *, is_told: bool) -> NoticesLook:
    """Read a box's notices and save the scenes that no filter hides; `look_at_notices` calls it."""
    box, notices = client.box, client.read_scene_notices(state.newest)
    if notices is None:
        call.log.info(f"{box.name} has no notices about favorites for this API key.")
        save_state(call.store, box.endpoint, state._replace(refused=call.clock.now()))
        return NoticesLook()
    newest = max([state.newest, *(each.created for each in notices)])
    if state.began is None:
        save_state(call.store, box.endpoint, NoticeState(newest, newest))
        return NoticesLook()
    new = {each.scene.id: each.scene for each in notices if each.created > state.began}
    shown = select_shown(call, box, list(new.values()))
    cards = [make_card(each, box) for each in shown]
    rows = [
        scene._replace(source=box.name, card=json.dumps(card))
        for scene, card in zip(make_new_scenes(box.endpoint, cards), cards)
    ]
    found = save_found(call.store, rows, is_told=is_told)
    save_state(call.store, box.endpoint, NoticeState(state.began, newest))
    return NoticesLook(found)


def select_shown(call: Call, box: Box, scenes: Sequence[Scene]) -> list[Scene]:
    """Return those of a box's scenes that its list of missing scenes would show: neither owned nor hidden.

    `save_noticed` calls it.
    """
    there = [each for each in scenes if not each.deleted]
    ids = [each.id for each in there]
    owned = find_owned_scenes(call.stash, call.store, box.endpoint, ids)
    values = read_list_query(read_arguments("list", ARGUMENTS, {"entity_type": BOX})).filters
    context = FilterContext(
        values,
        excluded_tags=frozenset(fold_text(each.strip()) for each in call.settings.excludedTags),
        ignored=find_marked_ids(call.store, box.endpoint, ids).ignored,
        with_file=owned.sure_files,
    )
    return [each for each in there if each.id not in owned.linked and not find_reason_to_hide(each, context)]


def read_state(store: Store, endpoint: str) -> NoticeState:
    """Return the state of a box's notices: where they begin, when they were refused; `look_at_notices` calls it."""
    states = store.kv.get(STATES, STATE_SHAPE, {})
    return NoticeState(**states.get(endpoint, {}))


def save_state(store: Store, endpoint: str, state: NoticeState) -> None:
    """Save the state of a box's notices; `save_noticed` calls it."""
    with store.write():
        states = store.kv.get(STATES, STATE_SHAPE, {})
        store.kv.put(STATES, {**states, endpoint: state._asdict()})


def describe_noticed(call: Call, boxes: Iterable[Box]) -> list[dict[str, Any]]:
    """Return the cards of the scenes that the notices of boxes brought, for the Following tab, the newest first.

    Scenes that are owned or ignored by now are left out, and so are boxes that Stash no longer has.
    """
    known = list(boxes)
    saved = [each for each in list_noticed(call.store, SHOWN) if find_box(known, each.endpoint)]
    gone: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    for endpoint in {each.endpoint for each in saved}:
        ids = [each.scene_id for each in saved if each.endpoint == endpoint]
        owned = find_owned_scenes(call.stash, call.store, endpoint, ids)
        marks = find_marked_ids(call.store, endpoint, ids)
        gone.update((endpoint, scene_id) for scene_id in {*owned.linked, *owned.sure_files, *marks.ignored})
        wanted.update((endpoint, scene_id) for scene_id in marks.wanted)
    return [
        {**each.card, "wanted": each[:2] in wanted, "ignored": False, "endpoint": each.endpoint, "box": each.source}
        for each in saved
        if each[:2] not in gone
    ]
