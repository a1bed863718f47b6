"""Rejected proposals: box tags that are never proposed again for a tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.arguments import ident, paging, takes, text
from shared.page.paging import format_time, read_page
from shared.stash_box import Box
from tagging.links.box_tags import find_box_tags
from tagging.links.requirements import choose_linkable
from tagging.tags.local_tags import Row

if TYPE_CHECKING:
    from shared.runtime.call import Call


LINK = (ident("tag_id"), text("endpoint", ""), text("remote_id"))


def read_rejections(call: Call, box: Box) -> dict[int, set[str]]:
    """Return the rejected box tag ids of a box by local tag id, for everything that proposes links."""
    found: dict[int, set[str]] = {}
    for row in call.store.read("SELECT tag, id FROM rejections WHERE endpoint = ?", (box.endpoint,)):
        found.setdefault(row["tag"], set()).add(row["id"])
    return found


@takes(*LINK)
def reject_link(call: Call) -> dict[str, Any]:
    """Operation `link_reject`: never propose this box tag for this tag again; return the number of rows written."""
    box = choose_linkable(call)
    remote_id, number = call.args["remote_id"], call.args["tag_id"]
    box_tag = find_box_tags(call.store, box.endpoint, [remote_id]).get(remote_id)
    row = (number, box.endpoint, remote_id, box_tag.name if box_tag else "", call.clock.now())
    with call.store.write() as db:
        return {"count": db.execute("INSERT OR REPLACE INTO rejections VALUES (?, ?, ?, ?, ?)", row).rowcount}


@takes(*LINK)
def unreject_link(call: Call) -> dict[str, Any]:
    """Operation `link_unreject`: allow a rejected proposal again; return the number of rows removed."""
    box = choose_linkable(call)
    key = (call.args["tag_id"], box.endpoint, call.args["remote_id"])
    with call.store.write() as db:
        removed = db.execute("DELETE FROM rejections WHERE tag = ? AND endpoint = ? AND id = ?", key)
        return {"count": removed.rowcount}


@takes(text("endpoint", ""), *paging())
def list_rejections(call: Call) -> dict[str, Any]:
    """Operation `rejected_list`: return one page of the rejected proposals, newest first, with the tags' names."""
    page, endpoint = read_page(call.args), call.args["endpoint"]
    where = "FROM rejections WHERE ? IN ('', endpoint)"
    count = call.store.read("SELECT count(*) " + where, (endpoint,))[0][0]
    query = f"SELECT * {where} ORDER BY added DESC, tag LIMIT ? OFFSET ?"
    rows = call.store.read(query, (endpoint, page.size, page.offset))
    tags: Mapping[int, Row] = call.stash.tags.read([row["tag"] for row in rows], "name") if rows else {}
    rejected = [
        {
            "tag_id": row["tag"],
            "tag": tags[row["tag"]]["name"] if row["tag"] in tags else None,
            "endpoint": row["endpoint"],
            "remote_id": row["id"],
            "name": row["name"],
            "added_at": format_time(row["added"]),
        }
        for row in rows
    ]
    return {"rejected": rejected, "count": count}
