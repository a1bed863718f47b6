"""The library's tags as the page asks for them: the list of the Links tab, and one tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.endpoints import spell_endpoint
from shared.page.paging import PageRequest
from shared.arguments import choice, ident, paging, takes, text
from shared.stash.filters import Filter, linked_to, not_linked_to
from shared.stash.links import find_ids
from shared.stash_box import Box, find_box
from shared.stash_box.addresses import make_page_url
from shared.stash_box.configured import NO_BOX, pick_box, read_boxes
from tagging.links.box_tags import find_box_tags
from tagging.links.dead_links import read_dead_links
from tagging.links.requirements import require_tag_links
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.tags.match_states import sort_by_match
from tagging.tags.overview import describe_box
from tagging.tags.tag_rows import describe_tags

if TYPE_CHECKING:
    from shared.runtime.call import Call

SORTS = ("name", "scenes_count", "updated_at", "created_at")
VIEWS = ("unlinked", "exact", "similar", "linked", "all", "conflicts", "dead")
MORE_FIELDS = "description scene_count"


@takes(
    text("endpoint", ""),
    choice("view", VIEWS, VIEWS[0]),
    text("text", ""),
    choice("sort", SORTS, SORTS[0]),
    choice("direction", ("ASC", "DESC"), "ASC"),
    *paging(None),
)
def list_tags(call: Call) -> dict[str, Any]:
    """Operation `tags_list`: return a page of tags with links and proposals at one box, for the Links tab."""
    require_tag_links(call)
    page = PageRequest(call.args["page"], call.args["page_size"] or call.settings.pageSize)
    boxes = read_boxes(call.stash)
    if not boxes:
        nothing = {"tags": [], "count": 0, "page": 1, "page_size": page.size, "box": None}
        return {**nothing, "boxes": [], "message": NO_BOX}
    box = pick_box(boxes, call.args["endpoint"])
    view = call.args["view"]
    if view in ("conflicts", "dead"):
        rows, count = list_in_question(call, box, view, page)
    elif view in ("exact", "similar"):
        rows, count = list_by_match(call, box, view, page)
    else:
        rows, count = list_by_link_state(call, box, view, page)
    shown = {"tags": describe_tags(call, box, rows), "count": count, "page": page.number, "page_size": page.size}
    states = [describe_box(call, each) for each in boxes]
    return {**shown, "box": states[boxes.index(box)], "boxes": states, "message": None}


def list_by_link_state(call: Call, box: Box, view: str, page: PageRequest) -> tuple[list[Row], int]:
    """Return a page of tags and the number of all, for the views of `list_tags` that Stash itself can filter."""
    where: dict[str, Filter | None] = {"unlinked": not_linked_to(box.endpoint), "linked": linked_to(box.endpoint)}
    fields, tags = choose_tag_fields(call.stash, MORE_FIELDS), call.stash.tags
    order = {"sort": call.args["sort"], "direction": call.args["direction"], "q": call.args["text"]}
    if view in where and tags.count(linked_to(spell_endpoint(box.endpoint)[1])):  # Stash filters by one spelling only
        linked = frozenset(tags.linked_ids(box.endpoint))
        chosen = [each for each in tags.ids(**order) if (each in linked) == (view == "linked")]
        on_page = chosen[page.offset : page.offset + page.size]
        return [row for rows in tags.stream(on_page, fields) for row in rows], len(chosen)
    found = tags.page(fields, where.get(view), page=page.number, per_page=page.size, **order)
    return found.rows, found.total


def list_by_match(call: Call, box: Box, view: str, page: PageRequest) -> tuple[list[Row], int]:
    """Return a page of tags by name and the number of all, for the views `exact` and `similar` of `list_tags`."""
    states = sort_by_match(call, box, choose_tag_fields(call.stash, MORE_FIELDS))
    found: list[Row] = getattr(states, view)
    wanted = call.args["text"].lower()
    chosen = [row for row in found if any(wanted in name.lower() for name in (row["name"], *row["aliases"]))]
    return chosen[page.offset : page.offset + page.size], len(chosen)


def list_in_question(call: Call, box: Box, view: str, page: PageRequest) -> tuple[list[Row], int]:
    """Return a page of tags and the number of all, for the views `conflicts` and `dead` of `list_tags`.

    Stash cannot filter for these, so all linked tags are read.
    """
    wanted_fields = "name stash_ids { endpoint stash_id }"
    rows = call.stash.tags.linked_rows(wanted_fields, box.endpoint, q=call.args["text"])
    rows.sort(key=lambda row: row["name"].lower())
    wanted = read_dead_links(call, box) if view == "dead" else find_shared_links(rows, box)
    chosen = [int(row["id"]) for row in rows if is_in_question(row, box, wanted, view)]
    on_page = chosen[page.offset : page.offset + page.size]
    found = call.stash.tags.read(on_page, choose_tag_fields(call.stash, MORE_FIELDS)) if on_page else {}
    return [found[each] for each in on_page if each in found], len(chosen)


def is_in_question(row: Row, box: Box, wanted: Iterable[str], view: str) -> bool:
    """Return True if one of the tag's links is among `wanted`; for conflicts also if it has two links at the box."""
    ids = find_ids(row["stash_ids"], box.endpoint)
    return any(each in wanted for each in ids) or (view == "conflicts" and len(ids) > 1)


def find_shared_links(rows: Sequence[Row], box: Box) -> set[str]:
    """Return the box tag ids to which several local tags are linked, for the view `conflicts`."""
    ids = [each for row in rows for each in set(find_ids(row["stash_ids"], box.endpoint))]
    return {each for each in ids if ids.count(each) > 1} if len(ids) != len(set(ids)) else set()


@takes(ident("tag_id"), text("endpoint", ""))
def show_tag(call: Call) -> dict[str, Any]:
    """Operation `tag_show`: return one tag with its links at all boxes, for Stash's tag page and the Links tab."""
    require_tag_links(call)
    row = call.stash.tags.get(call.args["tag_id"], choose_tag_fields(call.stash, MORE_FIELDS))
    boxes = read_boxes(call.stash)
    box = pick_box(boxes, call.args["endpoint"]) if boxes else None
    states = [describe_box(call, each) for each in boxes]
    shown: dict[str, Any] = {"boxes": states, "box": states[boxes.index(box)] if box else None}
    if row is None:
        return {"tag": None, "links": [], **shown}
    links = [describe_link(call, find_box(boxes, each["endpoint"]), each) for each in row["stash_ids"]]
    return {"tag": describe_tags(call, box, [row])[0] if box else None, "links": links, **shown}


def describe_link(call: Call, box: Box | None, link: Mapping[str, str]) -> dict[str, Any]:
    """Return one link of a tag for the tag page: the box, the box's name for the tag, and if it is dead."""
    endpoint, remote_id = link["endpoint"], link["stash_id"]
    box_tag = find_box_tags(call.store, box.endpoint if box else endpoint, [remote_id]).get(remote_id)
    return {
        "endpoint": endpoint,
        "box": box.name if box else endpoint,
        "stash_id": remote_id,
        "url": make_page_url(box, "tag", remote_id) if box else None,
        "name": box_tag.name if box_tag else None,
        "is_dead": box is not None and remote_id in read_dead_links(call, box),
    }
