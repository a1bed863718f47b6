"""The tags that an entry of the blacklist matches, before and after it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.page.arguments import read_texts
from shared.tag_matching import Blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

EXAMPLES = 5
TRIED_AT_ONCE = 100

_NAMES = "SELECT DISTINCT name FROM remote_tags ORDER BY name COLLATE NOCASE"


def preview_blacklist(call: Call) -> dict[str, Any]:
    """For each entry: whether it can be used, and how many tags of the boxes' kept lists it hits."""
    names = [row["name"] for row in call.store.read(_NAMES)]
    entries = (read_texts(call.args, "entries") or [])[:TRIED_AT_ONCE]
    return {"entries": [preview_entry(each, names) for each in entries], "names": len(names)}


def preview_entry(text: str, names: list[str]) -> dict[str, Any]:
    """One entry; a pattern that turns out to take too long is a problem, too."""
    blacklist = Blacklist([text])
    hits = [name for name in names if blacklist.matches(name)]
    problem = next((each.why for each in blacklist.problems), None)
    return {"text": text, "problem": problem, "count": len(hits), "examples": hits[:EXAMPLES]}
