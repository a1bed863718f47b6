"""Pairs of library objects that several boxes name: they are one conflict for a person."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.identity.conflict_kinds import MERGED, SHARED
from performers.identity.conflict_store import IdentityConflict, read_row

if TYPE_CHECKING:
    from shared.state.store import Store

PAIRED = (MERGED, SHARED)  # conflicts about two library objects, which each box raises by itself
_OTHER = "CASE WHEN json_valid({row}.body) THEN json_extract({row}.body, '$.local[0].id') END"
_SAME = f"""{{row}}.kind = {{other}}.kind AND {{row}}.item = {{other}}.item AND {{row}}.what = {{other}}.what
    AND {{row}}.what IN ('{MERGED}', '{SHARED}')
    AND {_OTHER.format(row="{row}")} = {_OTHER.format(row="{other}")}"""
# The condition for a row of `conflicts`: no earlier row of a box that is in use is about the same pair.
IS_FIRST = f"""NOT EXISTS (SELECT 1 FROM conflicts first WHERE {_SAME.format(row="first", other="conflicts")}
    AND first.key < conflicts.key AND first.endpoint NOT IN (SELECT value FROM json_each(?)))"""  # noqa: S608 -- constants
_TWINS = f"""SELECT conflicts.* FROM conflicts, conflicts first WHERE first.key = ? AND conflicts.key <> first.key
    AND {_SAME.format(row="first", other="conflicts")}
    AND conflicts.endpoint NOT IN (SELECT value FROM json_each(?)) ORDER BY conflicts.key"""  # noqa: S608 -- constants

_SHOWN = "FROM conflicts WHERE endpoint NOT IN (SELECT value FROM json_each(?))"
_COUNT_SHOWN = f"SELECT count(*) AS n {_SHOWN} AND {IS_FIRST}"


def count_shown_conflicts(store: Store, unused: Collection[str]) -> int:
    """Return the number of conflicts that the Conflicts tab shows: those of boxes in use, each pair once."""
    off = json.dumps(list(unused))
    return int(store.read(_COUNT_SHOWN, (off, off))[0]["n"])


def find_twins(store: Store, key: str, unused: Collection[str] = ()) -> list[IdentityConflict]:
    """Return the conflicts of other boxes about the same pair as the one with this key."""
    return [read_row(row) for row in store.read(_TWINS, (key, json.dumps(list(unused))))]


def join_twins(
    conflict: IdentityConflict, twins: Sequence[IdentityConflict], boxes: Mapping[str, str]
) -> IdentityConflict:
    """Return one conflict with the records, the evidence and the boxes of all of them.

    `boxes` has the names of boxes by endpoint, in the order in which the message names them.
    """
    local = {int(each["id"]): {**each, "evidence": list(each["evidence"])} for each in conflict.local}
    for twin in twins:
        for each in twin.local:
            known: dict[str, Any] = local.setdefault(int(each["id"]), {**each, "evidence": []})
            known["evidence"].extend(why for why in each["evidence"] if why not in known["evidence"])
    remote = [record for each in (conflict, *twins) for record in each.remote]
    order = {endpoint: place for place, endpoint in enumerate(boxes)}
    alike = sorted((conflict, *twins), key=lambda each: order.get(each.endpoint, len(order)))
    names = [boxes.get(each.endpoint, each.endpoint) for each in alike]
    own = boxes.get(conflict.endpoint, conflict.endpoint)
    message = conflict.message.replace(own, " and ".join([", ".join(names[:-1]), names[-1]]), 1)
    return conflict._replace(remote=remote, local=list(local.values()), message=message)
