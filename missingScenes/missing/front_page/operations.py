"""The operations behind Stash's own pages: the row of the front page, and the counts of all cards of a page at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from missing.completeness.store import LARGEST
from missing.front_page.store import read_problem, read_row
from missing.marks.store import find_marked_ids
from missing.owned.by_id import find_owned_scenes
from shared.arguments import idents, takes
from shared.page.paging import format_time

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_CARDS = 500
KINDS = ("performer", "studio")
COUNTS = LARGEST.format(
    columns="kind, local_id, total, owned",
    rest="WHERE kind = ? AND local_id IN (SELECT value FROM json_each(?))",
)


@takes()
def show_row(call: Call) -> dict[str, Any]:
    """Operation `front_row`: return the saved new scenes of favorites, without those that are owned or ignored by now.

    No box is asked. `made_at` is null before the task has read the first row. `problem` says why it failed last.
    """
    row, problem = read_row(call.store), read_problem(call.store)
    if row is None:
        return {"scenes": [], "box": None, "made_at": None, "problem": problem}
    ids = [card["id"] for card in row.scenes]
    owned = find_owned_scenes(call.stash, call.store, row.endpoint, ids)
    gone = {*owned.linked, *owned.sure_files, *find_marked_ids(call.store, row.endpoint, ids).ignored}
    scenes = [card for card in row.scenes if card["id"] not in gone]
    return {"scenes": scenes, "box": row.box, "made_at": format_time(row.at), "problem": problem}


@takes(*(idents(f"{kind}s", (), "", MOST_CARDS) for kind in KINDS))
def show_card_counts(call: Call) -> dict[str, Any]:
    """Operation `card_counts`: return the counts of these performers and studios; those without one are left out.

    It reads the saved counts only, so that the cards of a page cost no request to another program.
    """
    return {f"{kind}s": read_counts(call, kind) for kind in KINDS}


def read_counts(call: Call, kind: str) -> dict[str, dict[str, int]]:
    """Return the saved counts of the performers or studios that the arguments name, by id."""
    numbers = call.args[f"{kind}s"]
    rows = call.store.read(COUNTS, (kind, json.dumps(list(numbers)))) if numbers else ()
    return {str(row["local_id"]): {"owned": row["owned"], "total": row["total"]} for row in rows}
