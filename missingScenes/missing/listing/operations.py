"""The list of missing scenes: the operation behind every page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from missing.completeness.tasks import CRITERIA, correct_standing
from missing.listing import explanation
from missing.listing.box_choice import BoxChoice, choose_box, find_linked_ids
from missing.listing.box_query import find_fate, make_scene_filter
from missing.listing.cards import make_card
from missing.listing.cursor import Cursor, read_cursor, sign_cursor
from missing.listing.filters import FilterContext, find_reason_to_hide
from missing.listing.library import NotInThisStash, Opening, open_list
from missing.listing.question import Question, read_question
from missing.listing.scan import Bounds, ScanResult, SceneSieve, look_through
from missing.marks.store import find_marks
from missing.owned.by_id import find_owned
from missing.owned.fingerprint_cache import keep_list
from shared.errors import ServiceError
from shared.stash_box import Box, Scene, StashBoxClient, open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call


class ListRequest(NamedTuple):
    """What one call works with."""

    call: Call
    question: Question
    opening: Opening
    choice: BoxChoice
    box: Box
    context: FilterContext


def find_missing(call: Call) -> dict[str, Any]:
    """One page of the scenes that the library lacks."""
    question = read_question(call.args)
    try:
        opening = open_list(call, question)
    except NotInThisStash as error:
        return explanation.refuse("unavailable", str(error))
    choice = choose_box(question, opening)
    if choice.box is None:
        return explanation.refuse(choice.state, choice.message, choice.next_step, choice, question, opening)
    context = make_filter_context(question, opening, choice.box)
    desk = ListRequest(call, question, opening, choice, choice.box, context)
    lacking = [kind for kind, ids in context.favorites.items() if not ids]
    if lacking:
        return explanation.refuse_without_favorites(lacking[0], choice, question, opening)
    client = open_client(call, choice.box)
    try:
        return look(desk, client)
    finally:
        client.close()


def make_filter_context(question: Question, opening: Opening, box: Box) -> FilterContext:
    """Return everything the filters look at beside a scene; ids are those of this box."""
    favorites = {
        kind: frozenset(each for row in rows for each in find_linked_ids(row["stash_ids"], box))
        for kind, rows in opening.favorites.items()
    }
    chosen = question.filters["excluded_tags"]
    excluded = opening.settings.excludedTags if chosen is None else chosen
    return FilterContext(question.filters, favorites, frozenset(each.strip().lower() for each in excluded))


def look(desk: ListRequest, client: StashBoxClient) -> dict[str, Any]:
    """Read on from the cursor, or from the beginning."""
    signature = desk.question.make_key(desk.box.endpoint)
    text = desk.call.args.get("cursor")
    start = Cursor(signature, ids=desk.choice.ids)
    cursor = read_cursor(desk.call.store, str(text), signature) if text else start
    notices: list[str] = []
    try:
        found = read_on(desk, client, cursor)
        if is_suspicious(desk, found):
            fate = find_fate(client, desk.question.entity_type, cursor.ids)
            notices += [fate.notice] * bool(fate.notice)
            if not fate.ids:
                choice, question, opening = desk.choice, desk.question, desk.opening
                return explanation.refuse("gone", fate.notice, "", choice, question, opening)
            if fate.ids != cursor.ids:
                found = read_on(desk, client, start._replace(ids=fate.ids))
    except ServiceError as error:
        if error.service == "Stash":
            raise
        found = ScanResult((), cursor, error=error)
    return answer(desk, found, notices)


def read_on(desk: ListRequest, client: StashBoxClient, cursor: Cursor) -> ScanResult:
    """Look through the box's list from here."""
    question, stash, endpoint = desk.question, desk.call.stash, desk.box.endpoint
    wanted = make_scene_filter(question, cursor.ids, desk.context)
    scenes = client.list_scenes(wanted, sort=question.sort, direction=question.direction)
    ignored: set[str] = set()
    context = desk.context._replace(ignored=ignored)

    def find_ours(ids: Any) -> set[str]:
        ignored.update(find_marks(desk.call.store, endpoint, ids).ignored)
        return find_owned(stash, endpoint, ids)

    def find_reason(scene: Scene) -> str | None:
        return find_reason_to_hide(scene, context)

    bounds = Bounds(question.page_size, question.created_since)
    return look_through(scenes, cursor, SceneSieve(find_ours, find_reason), bounds, desk.call.clock)


def is_suspicious(desk: ListRequest, found: ScanResult) -> bool:
    """Whether an empty list may come from an id that is no longer valid."""
    is_empty = found.is_complete and found.cursor.total == 0
    return is_empty and desk.question.is_about_entity and desk.box.kind == "stash-box"


def answer(desk: ListRequest, found: ScanResult, notices: list[str]) -> dict[str, Any]:
    """The page as the browser gets it."""
    store, endpoint = desk.call.store, desk.box.endpoint
    keep_list(store, endpoint, found.scenes)
    keep_standing(desk, found)
    marks = find_marks(store, endpoint, [scene.id for scene in found.scenes])
    since = desk.question.new_since or desk.question.created_since
    cards = [
        make_card(scene, desk.box, wanted=marks.wanted, ignored=marks.ignored, since=since) for scene in found.scenes
    ]
    return {
        **explanation.judge(found, desk.box),
        **explanation.describe(desk.choice, desk.question, desk.opening),
        "figures": explanation.show_figures(found),
        "lists_all": desk.question.lists_all,
        "notices": [*notices, *explanation.explain_order(desk.question, desk.box)],
        "scenes": cards,
        "cursor": None if found.is_complete else sign_cursor(desk.call.store, found.cursor),
    }


def keep_standing(desk: ListRequest, found: ScanResult) -> None:
    """Whoever has looked at all scenes of somebody knows how complete these are."""
    question, cursor = desk.question, found.cursor
    is_whole = found.is_complete and cursor.total > 0 and question.lists_all
    if is_whole and question.entity_type in CRITERIA and not question.include_network:
        figures = (cursor.total, cursor.owned)
        correct_standing(desk.call.store, question.entity_type, int(question.entity_id), desk.box.endpoint, figures)
