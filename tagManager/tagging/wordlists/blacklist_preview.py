"""Shows the box tags that an entry of the blacklist matches, before and after it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import takes, texts
from shared.tag_matching import Blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

MAX_EXAMPLES = 5
MAX_ENTRIES = 100

_NAMES = "SELECT DISTINCT name FROM remote_tags ORDER BY name COLLATE NOCASE"


@takes(texts("entries", (), f"the first {MAX_ENTRIES} are tried"))
def preview_blacklist(call: Call) -> dict[str, Any]:
    """Operation `blacklist_try`: return for each entry if it can be used, and how many stored box tags it matches."""
    names = [row["name"] for row in call.store.read(_NAMES)]
    entries = call.args["entries"][:MAX_ENTRIES]
    return {"entries": [preview_entry(each, names) for each in entries], "names": len(names)}


def preview_entry(text: str, names: list[str]) -> dict[str, Any]:
    """Return one entry's problem, number of matches and first matches; a pattern that takes too long is a problem."""
    blacklist = Blacklist([text])
    hits = [name for name in names if blacklist.matches(name)]
    problem = next((each.reason for each in blacklist.problems), None)
    return {"text": text, "problem": problem, "count": len(hits), "examples": hits[:MAX_EXAMPLES]}
