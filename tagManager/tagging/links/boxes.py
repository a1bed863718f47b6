"""The boxes of a call: which are configured, which can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.errors import UsageError, WrongVersion
from shared.stash_box import Box, boxes_from_configuration, find_box

if TYPE_CHECKING:
    from shared.runtime.call import Call

NO_BOX = "No stash-box is set up in Stash yet. Add one in Stash's settings under Metadata Providers, with its API key."


def read_boxes(call: Call) -> list[Box]:
    """All boxes of Stash, in the user's order."""
    return boxes_from_configuration(call.stash.read_boxes())


def choose_box(call: Call, endpoint: object = None) -> Box:
    """The box that is named, else the first one with a key."""
    return pick_box(read_boxes(call), endpoint)


def pick_box(boxes: Sequence[Box], endpoint: object = None) -> Box:
    """The same, of boxes that were read already."""
    if not boxes:
        raise UsageError(NO_BOX)
    if endpoint:
        found = find_box(boxes, str(endpoint))
        if found is None:
            raise UsageError(f"Stash has no stash-box with the endpoint {endpoint} any more. Reload the page.")
        return found
    return next((box for box in boxes if has_key(box)), boxes[0])


def explain_release(call: Call) -> str | None:
    """Why tags cannot be linked here, if so: they have links since Stash 0.30."""
    if call.stash.capabilities().has_tag_links:
        return None
    found = call.stash.read_release().text
    return f"Linking tags needs Stash 0.30 or newer; this is {found}. The scene tag sync works by name here."


def require_tag_links(call: Call) -> None:
    """Refuse what an older Stash cannot do."""
    lacking = explain_release(call)
    if lacking:
        raise WrongVersion(lacking, service="Stash", operation="reading the links of tags")


def choose_linkable(call: Call) -> Box:
    """The box in the arguments, for work on links of tags."""
    require_tag_links(call)
    return choose_box(call, call.args.get("endpoint"))


def has_key(box: Box) -> bool:
    """True if the box has an API key, so that it can be asked."""
    return bool(box.api_key.strip())
