"""The requirements of linking tags: a Stash with links of tags, and a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.errors import WrongVersion
from shared.stash_box import Box
from shared.stash_box.configured import pick_box, read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call


def explain_release(call: Call) -> str | None:
    """Return why this Stash cannot link tags, which it can since 0.30; None if it can. The overview shows it."""
    if call.stash.capabilities().has_tag_links:
        return None
    found = call.stash.read_release().text
    return f"Linking tags needs Stash 0.30 or newer; this is {found}. The scene tag sync works by name here."


def require_tag_links(call: Call) -> None:
    """Raise WrongVersion if this Stash cannot link tags; every operation on links begins with it."""
    lacking = explain_release(call)
    if lacking:
        raise WrongVersion(lacking, service="Stash", operation="reading the links of tags")


def choose_linkable(call: Call) -> Box:
    """Return the box that an operation on links of tags works on: the one it names, else the first with a key."""
    require_tag_links(call)
    return pick_box(read_boxes(call.stash), call.args["endpoint"])
