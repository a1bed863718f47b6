"""Makes one page of the list: reads the box's list from the cursor and leaves out what is owned or hidden."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.boxes.box_choice import BoxChoice, find_linked_ids
from missing.boxes.entity_lookup import look_up_entity
from missing.completeness.counts import CRITERIA
from missing.completeness.store import read_count, save_exact_count
from missing.follow.store import find_follow
from missing.listing import list_state
from missing.listing.box_query import add_part, choose_order, make_scene_filter, must_split, puts_undated_first
from missing.listing.cards import make_card
from missing.listing.cursor import Cursor, read_cursor, sign_cursor, start_cursor
from missing.listing.filters import UNLINKED_FILE, FilterContext, find_reason_to_hide
from missing.listing.list_query import MissingListQuery
from missing.listing.list_setup import ListSetup
from missing.listing.reading import WHOLE, Reading
from missing.listing.scan import BoxList, PagedScenes, ScanLimits, ScanResult, SceneChecks, scan_list
from missing.listing.seen_scenes import HeldCards, SeenScenes
from missing.marks.store import find_marked_ids
from missing.owned.by_id import OwnedScenes, find_owned_scenes
from missing.owned.fingerprint_cache import cache_list_prints
from missing.owned.operations import describe_file
from shared.errors import ServiceError
from shared.folding import fold_text
from shared.stash_box import Box, Scene, ScenePage, StashBoxClient
from shared.stash_box.box import STASH_BOX

if TYPE_CHECKING:
    from shared.runtime.call import Call


class ListRequest(NamedTuple):
    """The context of one `find_missing` call after its box is chosen."""

    call: Call
    query: MissingListQuery
    setup: ListSetup
    choice: BoxChoice
    box: Box
    context: FilterContext
    cursor: str
    files: dict[str, list[dict[str, Any]]]  # filled by the scan: the local files of missing scenes, for their cards


def make_filter_context(query: MissingListQuery, setup: ListSetup, box: Box) -> FilterContext:
    """Return the data that filters compare scenes with, for `find_missing`; ids are those of the box."""
    favorites = {
        kind: frozenset(each for row in rows for each in find_linked_ids(row["stash_ids"], box))
        for kind, rows in setup.favorites.items()
    }
    chosen = query.filters["excluded_tags"]
    excluded = setup.settings.excludedTags if chosen is None else chosen
    return FilterContext(query.filters, favorites, frozenset(fold_text(each.strip()) for each in excluded))


def make_list_page(request: ListRequest, client: StashBoxClient) -> dict[str, Any]:
    """Return the answer of `find_missing`: one page from the cursor, or the first one.

    An entity that was merged at the box is followed to its new id.
    """
    signature = request.query.make_key(request.box.endpoint)
    text = request.cursor
    start = start_cursor(signature, request.choice.ids)
    cursor = read_cursor(request.call.store, text, signature) if text else start
    held = HeldCards(request.call.store, cursor.list_id).read(cursor.step, cursor.held)
    if cursor.is_read or len(held) >= request.query.page_size:
        return make_answer(request, ScanResult((), cursor, is_complete=cursor.is_read), [], held)
    notices: list[str] = []
    try:
        found = scan_from_cursor(request, client, cursor, len(held))
        if may_have_stale_ids(request, found):
            lookup = look_up_entity(client, request.query.entity_type, cursor.ids)
            notices += [lookup.notice] * bool(lookup.notice)
            if not lookup.ids:
                choice, query, setup = request.choice, request.query, request.setup
                return list_state.make_refusal("gone", lookup.notice, "", choice, query, setup)
            if lookup.ids != cursor.ids:
                found = scan_from_cursor(request, client, start._replace(ids=lookup.ids), 0)
    except ServiceError as error:
        if error.service == "Stash":
            raise
        found = ScanResult((), cursor, error=error)
    save_scan(request, found)
    return make_answer(request, found, notices, held)


def scan_from_cursor(request: ListRequest, client: StashBoxClient, cursor: Cursor, held: int) -> ScanResult:
    """Read the box's list from the cursor on and return the scenes that fill a page beside `held` cards from before."""
    query, call, endpoint = request.query, request.call, request.box.endpoint
    if query.include_network and query.entity_type == "studio" and not cursor.step:
        cursor = cursor._replace(network=tuple(client.find_network(cursor.ids[0])))
    seen = SeenScenes(call.store, cursor.list_id)

    owned = OwnedScenes(frozenset(), {})

    def find_owned_here(ids: Sequence[str]) -> Collection[str]:
        nonlocal owned
        owned = find_owned_scenes(call.stash, call.store, endpoint, ids)
        request.files.update({key: [describe_file(each) for each in some] for key, some in owned.files.items()})
        return owned.linked

    def find_hidden(scenes: Sequence[Scene]) -> dict[str, str]:
        ignored = find_marked_ids(call.store, endpoint, [scene.id for scene in scenes]).ignored
        context = request.context._replace(ignored=ignored, with_file=owned.sure_files)
        reasons = {scene.id: find_reason_to_hide(scene, context) for scene in scenes}
        return {scene_id: reason for scene_id, reason in reasons.items() if reason}

    limits = ScanLimits(query.page_size - held, query.created_since)
    checks = SceneChecks(find_owned_here, find_hidden, seen)
    found = scan_list(make_box_list(request, client, cursor), cursor, checks, limits, call.clock)
    if not found.is_complete:
        seen.save()
    if puts_undated_first(query) and found.cursor.reading.part == WHOLE:  # a list of one page is not read in two parts
        found = found._replace(scenes=tuple(sorted(found.scenes, key=lambda scene: not scene.date)))
    return found


def make_box_list(request: ListRequest, client: StashBoxClient, cursor: Cursor) -> BoxList:
    """Return the list at the box that `scan_list` reads for `find_missing`, in the order and parts of each reading."""
    query = request.query
    wanted = make_scene_filter(query, cursor.ids, cursor.network, request.context)

    def open_reading(reading: Reading) -> PagedScenes:
        sort, direction = choose_order(query, reading)
        return client.list_scenes(add_part(wanted, reading), sort=sort, direction=direction)

    def must_split_here(reading: Reading, page: ScenePage) -> bool:
        return request.box.kind == STASH_BOX and must_split(query, reading, page)

    return BoxList(open_reading, must_split_here)


def may_have_stale_ids(request: ListRequest, found: ScanResult) -> bool:
    """Return True if the list is empty, so that `find_missing` must look the entity up at the box."""
    is_empty = found.is_complete and found.cursor.total == 0
    return is_empty and request.query.is_about_entity and request.box.kind == STASH_BOX


def save_scan(request: ListRequest, found: ScanResult) -> None:
    """Save what a page of `find_missing` brought: fingerprints, and the entity's count if the list ended."""
    cache_list_prints(request.call.store, request.box.endpoint, found.scenes)
    update_completeness(request, found)


def make_answer(
    request: ListRequest, found: ScanResult, notices: list[str], held: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return a page as `find_missing` answers: the cards that were held, then those of the scan; the rest is held."""
    since = request.query.new_since or request.query.created_since
    fresh = (make_card(scene, request.box, since=since) for scene in found.scenes)
    cards = [*held, *({**card, "files": request.files.get(card["id"], [])} for card in fresh)]
    found = hold_rest(request, found, cards)
    cards = cards[: request.query.page_size]
    marks = find_marked_ids(request.call.store, request.box.endpoint, [card["id"] for card in cards])
    for card in cards:
        card.update(wanted=card["id"] in marks.wanted, ignored=card["id"] in marks.ignored)
    return {
        **list_state.describe_state(found, request.box),
        **add_saved_count(request, list_state.describe_origin(request.choice, request.query, request.setup)),
        "figures": list_state.make_figures(found),
        "lists_all": request.query.lists_all,
        "notices": [*notices, *list_state.explain_list(request.query, request.box, found.cursor)],
        "scenes": cards,
        "cursor": None if found.is_complete else sign_cursor(request.call.store, found.cursor),
    }


def hold_rest(request: ListRequest, found: ScanResult, cards: Sequence[Mapping[str, Any]]) -> ScanResult:
    """Store the cards that do not fit on this page, and return the scan with a cursor that brings them.

    `make_answer` calls it.
    """
    size, cursor = request.query.page_size, found.cursor
    rest = HeldCards(request.call.store, cursor.list_id)
    if len(cards) <= size:
        return found._replace(cursor=cursor._replace(held=0))
    if found.scenes:
        rest.save(cursor.step, cards)
        cursor = cursor._replace(held=0)
    cursor = cursor._replace(held=cursor.held + size, is_read=found.is_complete)
    return found._replace(cursor=cursor, is_complete=False)


def add_saved_count(request: ListRequest, origin: dict[str, Any]) -> dict[str, Any]:
    """Return the answer's part about the entity with its saved count, of which the page draws the share, and if it is
    followed.
    """
    entity = origin["entity"]
    if not entity:
        return origin
    query, store, endpoint = request.query, request.call.store, request.box.endpoint
    saved = read_count(store, query.entity_type, int(query.entity_id), endpoint)
    is_followed = find_follow(store, endpoint, query.entity_type, entity["stash_id"] or "") is not None
    return {**origin, "entity": {**entity, "saved_count": saved, "is_followed": is_followed}}


def update_completeness(request: ListRequest, found: ScanResult) -> None:
    """Correct the entity's saved count if `find_missing` read the list to its end, so it is exact."""
    query, cursor = request.query, found.cursor
    is_whole = found.is_complete and cursor.total > 0 and query.lists_all and not query.filters["show_unlinked"]
    if is_whole and query.entity_type in CRITERIA and not query.include_network:
        figures = (cursor.total, cursor.owned + cursor.hidden.get(UNLINKED_FILE, 0))
        save_exact_count(request.call.store, query.entity_type, int(query.entity_id), request.box.endpoint, figures)
