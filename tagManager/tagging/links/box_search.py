"""Searches the stored tag list of a box by name and alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import flag, paging, takes, text
from shared.page.paging import read_page
from shared.stash_box.configured import pick_box, read_boxes
from tagging.links.box_tag_view import make_box_tag_view
from tagging.links.box_tags import RemoteTag, read_box_tags
from tagging.links.requirements import require_tag_links
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(
    text("endpoint", ""),
    text("text", ""),
    text("category_id", ""),
    flag("linked", None, "has no effect"),
    *paging(),
)
def search_box_tags(call: Call) -> dict[str, Any]:
    """Operation `remote_search`: return a page of a box's stored tags with the text in a name or alias, best first."""
    require_tag_links(call)
    box, page = pick_box(read_boxes(call.stash), call.args["endpoint"]), read_page(call.args)
    wanted, category = call.args["text"].strip().lower(), call.args["category_id"]
    blacklist = read_tag_blacklist(call)
    tags = read_box_tags(call.store, box.endpoint).values()
    fitting = [tag for tag in tags if not category or tag.category_id == category]
    ranked = sorted(
        (rank, tag.name.lower(), tag.id, tag) for tag in fitting if (rank := rank_by_text(tag, wanted)) is not None
    )
    found = [each[3] for each in ranked if not blacklist.matches(each[3].name)]
    on_page = found[page.offset : page.offset + page.size]
    view = make_box_tag_view(call, box, [tag.id for tag in on_page])
    return {"tags": [view.describe_tag(tag) for tag in on_page], "count": len(found)}


def rank_by_text(tag: RemoteTag, text: str) -> int | None:
    """Return a box tag's rank in `search_box_tags`, from 0 (same name) to 4; None if no name has the text."""
    names = [tag.name.lower(), *(alias.lower() for alias in tag.aliases)]
    tests = (
        names[0] == text,
        text in names[1:],
        names[0].startswith(text),
        text in names[0],
        any(text in each for each in names),
    )
    return tests.index(True) if True in tests else None
