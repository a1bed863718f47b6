"""Operations on links whose record is gone at the box, and on the removal of links, with undo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.sources import read_sources
from performers.library.entities import select_name, select_objects
from performers.library.kinds import ANY_SYNCED, SCENE, SYNCED_KIND
from shared.arguments import ident, paging, takes, text
from shared.errors import BundleError, UsageError
from shared.journal import Item, open_run, remove_member
from shared.page.paging import read_page
from shared.page.plans import make_target
from shared.stash.library import split
from shared.stash.sql import query_rows
from shared.stash_box import normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash import StashClient

SQL_AT_ONCE = 500
GONE = """SELECT kind, endpoint, id FROM answers WHERE state = 'gone'
    UNION ALL SELECT 'scene', endpoint, id FROM scene_records WHERE state = 'gone'"""
OWNERS = """SELECT l.stash_id, o.id, o.{name} FROM {kind}_stash_ids l JOIN {kind}s o ON o.id = l.{kind}_id
    WHERE l.endpoint = ? AND l.stash_id IN ({marks}) ORDER BY l.stash_id, o.id"""


@takes(ANY_SYNCED, *paging())
def list_gone(call: Call) -> dict[str, Any]:
    """Operation `gone`: return a page of links whose record is gone, as the boxes in use last answered."""
    page, found = read_page(call.args), find_gone_links(call, call.args["kind"])
    return {"count": len(found), "gone": found[page.offset : page.offset + page.size]}


def find_gone_links(call: Call, kind: str = "") -> list[dict[str, Any]]:
    """Return all links of one kind, or of all, whose record is gone, for the list and the overview."""
    gone = call.store.read(
        f"SELECT * FROM ({GONE}) WHERE (? = '' OR kind = ?) ORDER BY kind, endpoint, id",  # noqa: S608 -- our own query
        (kind, kind),
    )
    names = {box.endpoint: box.name for box in read_sources(call)}
    groups: dict[tuple[str, str], list[str]] = {}
    for row in gone:
        groups.setdefault((row["kind"], row["endpoint"]), []).append(row["id"])
    return [
        {
            "item": {"kind": one, "id": owner.number, "label": owner.name},
            "box": names[endpoint],
            "endpoint": endpoint,
            "remote_id": owner.remote_id,
        }
        for (one, endpoint), ids in groups.items()
        if endpoint in names
        for piece in split(ids, SQL_AT_ONCE)
        for owner in find_named_owners(call.stash, one, endpoint, piece)
    ]


class LinkOwner(NamedTuple):
    """A performer, studio or scene of the library that is linked to a record."""

    remote_id: str
    number: str
    name: str


def find_named_owners(stash: StashClient, kind: str, endpoint: str, ids: Sequence[str]) -> list[LinkOwner]:
    """Return the library objects linked to these ids, for `find_gone_links`.

    It reads by SQL where Stash allows it, else by its slower filter.
    """
    sql = OWNERS.format(kind=kind, name="title" if kind == SCENE else "name", marks=", ".join("?" * len(ids)))
    rows = query_rows(stash, sql, [endpoint, *ids], "looking up who has links to records that are gone")
    if rows is not None:
        return [LinkOwner(str(each), str(number), name or f"{kind} {number}") for each, number, name in rows]
    linked = select_objects(stash, kind).find_linked(endpoint, ids, select_name(kind))
    owners = [(each, row["id"], row["name"]) for each in ids for row in linked.get(each, ())]
    return [LinkOwner(each, str(number), name or f"{kind} {number}") for each, number, name in owners]


@takes(SYNCED_KIND, ident("id"), text("endpoint"), text("remote_id"))
def remove_link(call: Call) -> dict[str, Any]:
    """Operation `unlink`: remove one link of a performer, studio or scene."""
    kind, number, endpoint, remote_id = (call.args[name] for name in ("kind", "id", "endpoint", "remote_id"))
    return remove_links(call, kind, number, endpoint, [remote_id], "You took the link away.")


def remove_links(
    call: Call, kind: str, number: int, endpoint: str, ids: Collection[str], reason: str
) -> dict[str, Any]:
    """Remove these ids of a box from an object in a run of the journal, and return the answer of an operation.

    The operations that remove a link or decide a conflict call it. The object's other links stay.
    """
    row = select_objects(call.stash, kind).get(number, f"{select_name(kind)} stash_ids {{ endpoint stash_id }}")
    links = [[each["endpoint"], each["stash_id"]] for each in (row or {}).get("stash_ids", ())]
    wanted = normalize_endpoint(endpoint)
    going = [pair for pair in links if normalize_endpoint(pair[0]) == wanted and pair[1] in ids]
    if row is None or not going:
        raise UsageError(f"Stash has no such link of {kind} {number} any more. Load the list again.")
    name = row["name"] or f"{kind} {number}"
    item, title = Item(kind, str(number), name), f"Removed a link of {name}"
    with open_run(call, make_target(call, f"one_{kind}"), kind=f"one_{kind}", title=title) as run:
        run.work(remove_member(item, "stash_ids", pair, source=endpoint, reason=reason) for pair in going)
    summary = run.summary()
    if summary.is_failure:
        raise BundleError(f"The link of {name} was not removed. {summary.sentence()}")
    return {"message": "The link is taken away.", "run": summary.to_json(), "problems": {}}
