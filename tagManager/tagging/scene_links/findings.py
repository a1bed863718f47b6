"""The doubted links that the last check found, and those of which a person said that they are right.

Who calls a link right accepts the reasons that are known then; a new kind of reason lists it again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.state.json_column import JsonColumn
from tagging.scene_links.cross_check import CANDIDATE, pack_check
from tagging.scene_links.evidence import GROUPS, Candidate, CrossCheck, LinkCase, LinkFinding, DoubtReason
from tagging.scene_links.linked_files import LinkKey

if TYPE_CHECKING:
    from shared.state.store import Store

CHECKED_KEY = "links_checked"
CHECKED = {"at": float, "problems": {str: str}, "links": int, "asked": int, "unsubscribed?": [str]}
FINDING = JsonColumn(
    "link_findings",
    "finding",
    {
        "reasons": [[str, int, dict]],
        "target": str,
        "check": ({"here": (CANDIDATE, None), "elsewhere": [CANDIDATE]}, None),
    },
)
KEY = "endpoint = ? AND id = ? AND scene = ?"
_SAVE = "INSERT OR REPLACE INTO link_findings VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)"
_LIST = """FROM link_findings WHERE NOT is_gone AND is_right = :right
    AND (:scene IS NULL OR scene = :scene) AND (:endpoint = '' OR endpoint = :endpoint)
    AND (:text = '' OR instr(lower(title), lower(:text)) > 0) AND ({kinds})"""
_NAMED = "instr(codes, '{code}') > 0"


class SavedFinding(NamedTuple):
    """A doubted link as the last check saved it."""

    key: LinkKey
    is_right: bool
    title: str
    finding: LinkFinding


def save_findings(store: Store, endpoint: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Replace the doubted links of a box by those that a check found (`make_row`)."""
    with store.write() as db:
        db.execute("DELETE FROM link_findings WHERE endpoint = ?", (endpoint,))
        db.executemany(_SAVE, rows)


def replace_finding(store: Store, key: LinkKey, row: tuple[object, ...] | None) -> None:
    """Replace the finding about one link by a row of `make_row`, or delete it if the link is not doubted any more."""
    with store.write() as db:
        db.execute(f"DELETE FROM link_findings WHERE {KEY}", key)  # noqa: S608 -- our own text
        if row is not None:
            db.execute(_SAVE, row)


def make_row(store: Store, endpoint: str, case: LinkCase, finding: LinkFinding) -> tuple[object, ...]:
    """Return a finding as a row of the table `link_findings`, for `save_findings` and `replace_finding`."""
    local = case.linked.local
    key = LinkKey(endpoint, case.linked.remote_id, local.number)
    codes = [each.code for each in finding.reasons]
    is_right = set(codes) <= read_accepted(store, key)
    return (*key, finding.score, join_codes(codes), is_right, local.title, pack_finding(finding))


def pack_finding(finding: LinkFinding) -> str:
    """Return reasons, target and cross-check of a finding as JSON, for the table; `read_finding` reads it. Pure."""
    check = json.loads(pack_check(finding.check)) if finding.check else None
    reasons = [list(each) for each in finding.reasons]
    return json.dumps({"reasons": reasons, "target": finding.target, "check": check})


def read_finding(row: sqlite3.Row) -> SavedFinding:
    """Return the saved finding in a row of the table `link_findings`."""
    kept = FINDING.read(row["finding"])
    check = None
    if kept["check"]:
        here = Candidate(*kept["check"]["here"]) if kept["check"]["here"] else None
        check = CrossCheck(here, tuple(Candidate(*each) for each in kept["check"]["elsewhere"]))
    reasons = tuple(DoubtReason(*each) for each in kept["reasons"])
    found = LinkFinding(row["score"], reasons, kept["target"], check)
    key = LinkKey(row["endpoint"], row["id"], row["scene"])
    return SavedFinding(key, bool(row["is_right"]), row["title"], found)


def list_findings(store: Store, given: dict[str, Any], size: int = -1, offset: int = 0) -> list[SavedFinding]:
    """Return the doubted links that fit the filters in `given`, the worst first; the page and "repair all" call it."""
    where = _LIST.format(kinds=make_kind_test(given["kind"]))
    order = "ORDER BY score DESC, title COLLATE NOCASE, scene, id LIMIT :size OFFSET :offset"
    rows = store.read(f"SELECT * {where} {order}", {**given, "size": size, "offset": offset})
    return [read_finding(row) for row in rows]


def count_findings(store: Store, given: dict[str, Any]) -> int:
    """Return the number of doubted links that fit the filters in `given`, for the page."""
    where = _LIST.format(kinds=make_kind_test(given["kind"]))
    return int(store.read(f"SELECT count(*) {where}", given)[0][0])


def make_kind_test(kind: str) -> str:
    """Return the SQL condition for findings of one kind; any for all kinds. Pure."""
    return " OR ".join(_NAMED.format(code=join_codes([code])) for code in GROUPS[kind]) if kind else "1"


def look_up_finding(store: Store, key: LinkKey) -> SavedFinding | None:
    """Return the saved doubt about one link; None if the last check of links found none.

    Plans of repairs and of fingerprints ask it.
    """
    row = store.first(f"SELECT * FROM link_findings WHERE {KEY}", key)  # noqa: S608 -- our own text
    return read_finding(row) if row is not None else None


def find_right(store: Store, key: LinkKey) -> bool:
    """Return True if a person called a link right, and no check has found another reason to doubt it since."""
    found = look_up_finding(store, key)
    if found is not None:
        return found.is_right
    return store.first(f"SELECT 1 FROM right_links WHERE {KEY}", key) is not None  # noqa: S608 -- our own text


def read_accepted(store: Store, key: LinkKey) -> set[str]:
    """Return the codes of the reasons known when a person called this link right; empty if none did."""
    row = store.first(f"SELECT codes FROM right_links WHERE {KEY}", key)  # noqa: S608 -- our own text
    return set(row["codes"].split()) if row is not None else set()


def set_right(store: Store, key: LinkKey, is_right: bool) -> None:
    """Save or delete a person's word that a link is right despite its present reasons; its journal target calls it."""
    found = look_up_finding(store, key)
    codes = join_codes(each.code for each in found.finding.reasons) if found else ""
    with store.write() as db:
        db.execute(f"DELETE FROM right_links WHERE {KEY}", key)  # noqa: S608 -- our own text
        if is_right:
            db.execute("INSERT INTO right_links VALUES (?, ?, ?, ?, ?)", (*key, codes, store.clock.now()))
        db.execute(f"UPDATE link_findings SET is_right = ? WHERE {KEY}", (is_right, *key))  # noqa: S608 -- our own text


def set_gone(store: Store, keys: Iterable[LinkKey], is_gone: bool) -> None:
    """Save that these links are not in Stash any more, or are again after an undo; gone ones are not listed."""
    with store.write() as db:
        update = f"UPDATE link_findings SET is_gone = ? WHERE {KEY}"  # noqa: S608 -- our own text
        db.executemany(update, [(is_gone, *key) for key in keys])


def join_codes(codes: Iterable[str]) -> str:
    """Return codes as one text in which each can be found: with a space before and after. Pure."""
    return f" {' '.join(codes)} "
