"""The boxes of a call: which are configured, which can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.errors import UsageError
from shared.stashbox import Box, boxes_from_configuration, find_box

if TYPE_CHECKING:
    from shared.call import Call

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


def has_key(box: Box) -> bool:
    """Whether it can be asked at all."""
    return bool(box.api_key.strip())


def web_address(box: Box, kind: str, remote_id: str) -> str:
    """Where a person can look at something of the box."""
    return f"{box.origin}/{kind}/{remote_id}"
