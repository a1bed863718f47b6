"""The page's first screen: how things stand, and the list of tags with proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.journal import Journal
from shared.page.arguments import read_number, read_text
from shared.page.paging import PageRequest, format_time, read_page
from shared.stash.filters import Filter, linked_to, not_linked_to
from shared.stash.links import find_ids
from shared.stash_box import Box
from shared.stash_box.addresses import make_page_url
from tagging.links.box_tag_view import BoxTagView, make_box_tag_view
from tagging.links.box_tags import RemoteTag, find_box_tags, read_box_tags, read_list_state
from tagging.links.boxes import (
    NO_BOX,
    choose_box,
    explain_release,
    has_key,
    pick_box,
    read_boxes,
    require_tag_links,
)
from tagging.links.dead_links import describe_dead_link, read_dead_links
from tagging.links.proposals import MOST, Proposal, Proposer
from tagging.links.rejections import read_rejections
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.wordlists.blacklist import read_tag_blacklist
from tagging.wordlists.operations import make_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call

SORTS = ("name", "scenes_count", "updated_at", "created_at")
VIEWS = ("unlinked", "linked", "all", "conflicts", "dead")
ROW = "description scene_count"
LATEST_PLAN = "SELECT id, title, items, state FROM journal_plans WHERE kind = 'scene_tags' ORDER BY id DESC LIMIT 1"


def show_overview(call: Call) -> dict[str, Any]:
    """The boxes with their lists, and what waits; before Stash 0.30 without links, and why."""
    boxes, lacking = read_boxes(call), explain_release(call)
    states = [{**describe_box(call, box), **({} if lacking else count_links(call, box))} for box in boxes]
    plans = Journal(call.store).read(LATEST_PLAN)
    plan = (
        {"plan_id": plans[0]["id"], **{name: plans[0][name] for name in ("title", "items", "state")}} if plans else None
    )
    return {
        "boxes": states,
        "tags": call.stash.tags.count(),
        "message": None if boxes else NO_BOX,
        "links_need": lacking,
        "dry_run": call.settings.syncDryRun,
        "plan": plan,
        "pattern_problems": [f"{each['text']}: {each['message']}" for each in read_tag_blacklist(call).problems],
    }


def describe_box(call: Call, box: Box) -> dict[str, Any]:
    """A box and how old its list is."""
    state = read_list_state(call.store, box.endpoint)
    return {
        "endpoint": box.endpoint,
        "name": box.name,
        "url": box.origin,
        "has_key": has_key(box),
        "offers_tags": not box.rest_url,
        "count": state.tags,
        "fetched_at": format_time(state.fetched),
        "is_stale": state.is_stale(call.clock.now()),
        "problem": state.problem or None,
    }


def count_links(call: Call, box: Box) -> dict[str, int]:
    """Return how many tags are linked to a box, and how many are not."""
    tags = call.stash.tags
    return {"linked": tags.count(linked_to(box.endpoint)), "unlinked": tags.count(not_linked_to(box.endpoint))}


def list_tags(call: Call) -> dict[str, Any]:
    """One page of the library's tags, with proposals for those that are not linked; all that a first screen needs."""
    require_tag_links(call)
    page = read_page(call.args, call.settings.pageSize)
    boxes = read_boxes(call)
    if not boxes:
        nothing = {"tags": [], "count": 0, "page": 1, "page_size": page.size, "box": None}
        return {**nothing, "boxes": [], "message": NO_BOX}
    box = pick_box(boxes, call.args.get("endpoint"))
    view = read_text(call.args, "view", VIEWS[0])
    if view not in VIEWS:
        raise UsageError(f'The view "{view}" is not known. Known views: {", ".join(VIEWS)}.')
    if view in ("conflicts", "dead"):
        rows, count = list_in_question(call, box, view, page)
    else:
        rows, count = list_by_link_state(call, box, view, page)
    shown = {"tags": describe_tags(call, box, rows), "count": count, "page": page.number, "page_size": page.size}
    states = [describe_box(call, each) for each in boxes]
    return {**shown, "box": states[boxes.index(box)], "boxes": states, "message": None}


def list_by_link_state(call: Call, box: Box, view: str, page: PageRequest) -> tuple[list[Row], int]:
    """A page that Stash itself can find."""
    where: dict[str, Filter | None] = {"unlinked": not_linked_to(box.endpoint), "linked": linked_to(box.endpoint)}
    sort, direction = read_text(call.args, "sort", SORTS[0]), read_text(call.args, "direction", "ASC").upper()
    if sort not in SORTS or direction not in ("ASC", "DESC"):
        raise UsageError(f'The order "{sort} {direction}" is not known. Known orders: {", ".join(SORTS)}, ASC or DESC.')
    found = call.stash.tags.page(
        choose_tag_fields(call.stash, ROW),
        where.get(view),
        page=page.number,
        per_page=page.size,
        sort=sort,
        direction=direction,
        q=str(call.args.get("text") or ""),
    )
    return found.rows, found.total


def list_in_question(call: Call, box: Box, view: str, page: PageRequest) -> tuple[list[Row], int]:
    """A page of tags whose links are in question: only what we keep can tell."""
    text = str(call.args.get("text") or "")
    rows = call.stash.tags.page(
        "name stash_ids { endpoint stash_id }", linked_to(box.endpoint), per_page=-1, q=text
    ).rows
    rows.sort(key=lambda row: row["name"].lower())
    wanted = read_dead_links(call, box) if view == "dead" else find_shared_links(rows, box)
    chosen = [int(row["id"]) for row in rows if is_in_question(row, box, wanted, view)]
    some = chosen[page.offset : page.offset + page.size]
    found = call.stash.tags.read(some, choose_tag_fields(call.stash, ROW)) if some else {}
    return [found[each] for each in some if each in found], len(chosen)


def is_in_question(row: Row, box: Box, wanted: Iterable[str], view: str) -> bool:
    """A link of the wanted ones, or, among conflicts, two links at one box."""
    ids = find_ids(row["stash_ids"], box.endpoint)
    return any(each in wanted for each in ids) or (view == "conflicts" and len(ids) > 1)


def find_shared_links(rows: Sequence[Row], box: Box) -> set[str]:
    """Ids that several tags are linked to."""
    ids = [each for row in rows for each in set(find_ids(row["stash_ids"], box.endpoint))]
    return {each for each in ids if ids.count(each) > 1} if len(ids) != len(set(ids)) else set()


def describe_tags(call: Call, box: Box, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of the list; what is known of the box is looked up for all of them together."""
    remote, dead = read_box_tags(call.store, box.endpoint), read_dead_links(call, box)
    rejected = read_rejections(call, box)
    linked = {row["id"]: find_ids(row["stash_ids"], box.endpoint) for row in rows}
    proposals = find_proposals(call, remote, [row for row in rows if not linked[row["id"]]], rejected)
    ids = {each.remote.id for some in proposals.values() for each in some}
    ids.update(each for some in linked.values() for each in some)
    ids.update(dead[each]["into_id"] for each in ids.copy() if each in dead and dead[each]["into_id"])
    view = make_box_tag_view(call, box, ids)
    return [describe_tag(row, linked[row["id"]], proposals.get(row["id"], []), view, remote, dead) for row in rows]


def find_proposals(
    call: Call, remote: Mapping[str, RemoteTag], rows: Sequence[Row], rejected: Mapping[int, set[str]]
) -> dict[str, list[Proposal]]:
    """Return proposals by tag id, without rejected and blacklisted ones."""
    if not rows or not remote:
        return {}
    settings, blacklist = call.settings, read_tag_blacklist(call)
    synonyms = make_synonyms(call.store) if settings.enableSynonymSearch else None
    proposer = Proposer(
        remote, synonyms=synonyms, threshold=settings.fuzzyThreshold if settings.enableFuzzySearch else None
    )
    found: dict[str, list[Proposal]] = {}
    for row in rows:
        some = proposer.propose(row["name"], row["aliases"], without=rejected.get(int(row["id"]), ()), most=3 * MOST)
        found[row["id"]] = [each for each in some if not blacklist.matches(each.remote.name)][:MOST]
    return found


def describe_tag(
    row: Row,
    linked: Sequence[str],
    proposals: Sequence[Proposal],
    view: BoxTagView,
    remote: Mapping[str, RemoteTag],
    dead: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """One row of the list."""
    known = next((remote[each] for each in linked if each in remote), None)
    lost = next((dead[each] for each in linked if each in dead), None)
    return {
        "id": int(row["id"]),
        "name": row["name"],
        "aliases": row["aliases"],
        "description": row["description"] or "",
        "scenes": row["scene_count"],
        "links": [{"endpoint": each["endpoint"], "stash_id": each["stash_id"]} for each in row["stash_ids"]],
        "linked": view.describe_tag(known) if known else None,
        "all_linked": [view.describe_tag(remote[each]) for each in linked if each in remote],
        "proposals": [view.describe_proposal(each) for each in proposals],
        "notes": list(find_notes(row, linked, view)),
        "dead": describe_dead_link(lost, view, remote) if lost else None,
    }


def find_notes(row: Row, linked: Sequence[str], view: BoxTagView) -> Iterable[str]:
    """Return warnings about a tag's links: several at one box, or shared with another tag."""
    if len(set(linked)) > 1:
        yield f"It has {len(set(linked))} links at {view.box.name}; Stash uses one of them."
    for each in linked:
        for holder in view.holders.get(each, []):
            if holder["id"] != int(row["id"]):
                yield f"The tag {holder['name']} has the same link."


def show_tag(call: Call) -> dict[str, Any]:
    """A tag with all its links, for Stash's tag page."""
    require_tag_links(call)
    row = call.stash.tags.get(read_number(call.args, "tag_id"), choose_tag_fields(call.stash, ROW))
    boxes = read_boxes(call)
    known = {box.endpoint: box for box in boxes}
    box = pick_box(boxes, call.args.get("endpoint")) if boxes else None
    states = [describe_box(call, each) for each in boxes]
    shown: dict[str, Any] = {"boxes": states, "box": states[boxes.index(box)] if box else None}
    if row is None:
        return {"tag": None, "links": [], **shown}
    links = [describe_link(call, known.get(each["endpoint"]), each) for each in row["stash_ids"]]
    return {"tag": describe_tags(call, box, [row])[0] if box else None, "links": links, **shown}


def describe_link(call: Call, box: Box | None, link: Mapping[str, str]) -> dict[str, Any]:
    """A link of a tag: the box's name for it, and whether it leads anywhere."""
    endpoint, remote_id = link["endpoint"], link["stash_id"]
    known = find_box_tags(call.store, endpoint, [remote_id]).get(remote_id)
    return {
        "endpoint": endpoint,
        "box": box.name if box else endpoint,
        "stash_id": remote_id,
        "url": make_page_url(box, "tag", remote_id) if box else None,
        "name": known.name if known else None,
        "is_dead": box is not None and remote_id in read_dead_links(call, box),
    }


def search_box_tags(call: Call) -> dict[str, Any]:
    """Tags of a box by name or alias, from the kept list; those that start with the text first."""
    require_tag_links(call)
    box, page = choose_box(call, call.args.get("endpoint")), read_page(call.args)
    text, category = str(call.args.get("text") or "").strip().lower(), str(call.args.get("category_id") or "")
    blacklist = read_tag_blacklist(call)
    tags = read_box_tags(call.store, box.endpoint).values()
    fitting = [tag for tag in tags if not category or tag.category_id == category]
    ranked = sorted(
        (rank, tag.name.lower(), tag.id, tag) for tag in fitting if (rank := rank_by_text(tag, text)) is not None
    )
    found = [each[3] for each in ranked if not blacklist.matches(each[3].name)]
    some = found[page.offset : page.offset + page.size]
    view = make_box_tag_view(call, box, [tag.id for tag in some])
    return {"tags": [view.describe_tag(tag) for tag in some], "count": len(found)}


def rank_by_text(tag: RemoteTag, text: str) -> int | None:
    """0 for the very name, more for less; None when nothing fits."""
    names = [tag.name.lower(), *(alias.lower() for alias in tag.aliases)]
    tests = (
        names[0] == text,
        text in names[1:],
        names[0].startswith(text),
        text in names[0],
        any(text in each for each in names),
    )
    return tests.index(True) if True in tests else None
