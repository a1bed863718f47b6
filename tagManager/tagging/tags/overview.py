"""The overview that the page loads first: boxes, their tag lists and links, and the newest plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import takes
from shared.journal import Journal
from shared.journal.queries import count_open_changes, find_newest_plan
from shared.page.paging import format_time
from shared.stash_box import Box
from shared.stash_box.configured import NO_BOX, read_boxes
from tagging.links.box_tags import read_list_state
from tagging.links.requirements import explain_release
from tagging.scenes.target import KIND as SCENE_TAGS
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes()
def show_overview(call: Call) -> dict[str, Any]:
    """Operation `overview`: return the boxes with their lists and links, the newest sync plan, and problems.

    `links_need` says why tags cannot be linked, as before Stash 0.30; counts of links are left out then.
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
        "pattern_problems": [f"{each['text']}: {each['message']}" for each in read_tag_blacklist(call).problems],
    }


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
