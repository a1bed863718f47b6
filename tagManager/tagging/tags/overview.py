"""The overview that the page loads first: boxes, their tag lists and links, and the newest plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import flag, takes, text
from shared.journal import Journal
from shared.journal.queries import count_open_changes, find_newest_plan
from shared.page.paging import format_time
from shared.stash_box import Box
from shared.stash_box.configured import NO_BOX, pick_box, read_boxes
from tagging.links.box_tags import read_list_state
from tagging.links.requirements import explain_release
from tagging.scenes.target import KIND as SCENE_TAGS
from tagging.tags.match_states import count_box_matches
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(flag("figures", False, "adds the answer of `match_figures`"), text("endpoint", "", "the box of `figures`"))
def show_overview(call: Call) -> dict[str, Any]:
    """Operation `overview`: return the boxes with their lists and links, the newest sync plan, and problems.

    `links_need` says why tags cannot be linked, as before Stash 0.30; counts of links are left out then.
    With the argument `figures`, the first view of the page needs one process instead of two after each other.
    """
    boxes, links_need = read_boxes(call.stash), explain_release(call)
    states = [{**describe_box(call, box), **({} if links_need else count_links(call, box))} for box in boxes]
    journal = Journal(call.store)
    plan = find_newest_plan(journal, (SCENE_TAGS,))
    shown = plan and {"plan_id": plan["id"], **{name: plan[name] for name in ("title", "items", "state")}}
    if shown:
        shown["selected"] = count_open_changes(journal, shown["plan_id"])[1]
    return {
        "boxes": states,
        "tags": call.stash.tags.count(),
        "message": None if boxes else NO_BOX,
        "links_need": links_need,
        "dry_run": call.settings.syncDryRun,
        "plan": shown,
        "figures": show_figures(call, boxes, links_need),
        "pattern_problems": [f"{each['text']}: {each['message']}" for each in read_tag_blacklist(call).problems],
    }


def show_figures(call: Call, boxes: Sequence[Box], links_need: str | None) -> dict[str, Any] | None:
    """Return the figures of the box that the overview opens with; None if nobody asked, or no list can be compared."""
    if not call.args["figures"] or links_need or not boxes:
        return None
    return count_box_matches(call, pick_box(boxes, call.args["endpoint"]))


def describe_box(call: Call, box: Box) -> dict[str, Any]:
    """Return a box for the page's lists: name, key, and the state of its stored tag list."""
    state = read_list_state(call.store, box.endpoint)
    return {
        "endpoint": box.endpoint,
        "name": box.name,
        "url": box.origin,
        "has_key": box.has_key,
        "offers_tags": not box.rest_url,
        "count": state.tags,
        "fetched_at": format_time(state.fetched),
        "is_stale": state.needs_notice(call.clock.now()),
        "problem": state.problem or None,
    }


def count_links(call: Call, box: Box) -> dict[str, int]:
    """Return how many local tags are linked to a box, and how many are not."""
    linked = call.stash.tags.count_linked(box.endpoint)
    return {"linked": linked, "unlinked": call.stash.tags.count() - linked}
