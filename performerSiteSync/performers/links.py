"""Links whose record is gone, and taking links away: journalled, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from performers.library import find_shelf
from performers.sources import read_sources
from performers.sync import read_kind
from performers.target import EntityTarget
from shared.errors import BundleError, UsageError
from shared.journal import Item, open_run, remove_member
from shared.standard.paging import read_number, read_page
from shared.stashbox import normalize_endpoint

if TYPE_CHECKING:
    from shared.call import Call


def list_gone(call: Call) -> dict[str, Any]:
    """The operation: links whose record the box no longer has, as of the last answers."""
    page, kind = read_page(call.args), str(call.args.get("kind") or "")
    gone = call.store.read(
        "SELECT kind, endpoint, id FROM answers WHERE state = 'gone' AND (? = '' OR kind = ?) ORDER BY endpoint, id",
        (kind, kind),
    )
    names = {box.endpoint: box.name for box in read_sources(call)}
    groups: dict[tuple[str, str], list[str]] = {}
    for row in gone:
        groups.setdefault((row["kind"], row["endpoint"]), []).append(row["id"])
    found = [
        {
            "item": {"kind": one, "id": str(owner["id"]), "label": owner["name"]},
            "box": names.get(endpoint, endpoint),
            "endpoint": endpoint,
            "remote_id": remote_id,
        }
        for (one, endpoint), ids in groups.items()
        for remote_id, owners in find_shelf(call.stash, one).find_linked(endpoint, ids, "name").items()
        for owner in owners
    ]
    return {"count": len(found), "gone": found[page.offset : page.offset + page.size]}


def unlink(call: Call) -> dict[str, Any]:
    """The operation: take one link away."""
    kind, number = read_kind(call.args), read_number(call.args, "id")
    endpoint, remote_id = (str(call.args.get(name) or "") for name in ("endpoint", "remote_id"))
    return remove_links(call, kind, number, endpoint, [remote_id], "You took the link away.")


def remove_links(
    call: Call, kind: str, number: int, endpoint: str, ids: Collection[str], reason: str
) -> dict[str, Any]:
    """These ids of a box go, however its address is spelled; the others stay as they are."""
    row = find_shelf(call.stash, kind).get(number, "name stash_ids { endpoint stash_id }")
    links = [[each["endpoint"], each["stash_id"]] for each in (row or {}).get("stash_ids", ())]
    wanted = normalize_endpoint(endpoint)
    going = [pair for pair in links if normalize_endpoint(pair[0]) == wanted and pair[1] in ids]
    if row is None or not going:
        raise UsageError(f"Stash has no such link of {kind} {number} any more. Load the list again.")
    item, title = Item(kind, str(number), row["name"]), f"Take a link of {row['name']} away"
    with open_run(call, EntityTarget(call), kind=f"one_{kind}", title=title) as run:
        run.work(remove_member(item, "stash_ids", pair, source=endpoint, reason=reason) for pair in going)
    summary = run.summary()
    if summary.is_failure:
        raise BundleError(f"{title} failed. {summary.sentence()}")
    return {"message": "The link is taken away.", "run": summary.to_json(), "problems": {}}
