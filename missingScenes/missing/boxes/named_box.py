"""The box that an operation names by its endpoint."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shared.errors import UsageError
from shared.stash_box import Box, StashBoxClient, boxes_from_configuration, find_box, open_client

if TYPE_CHECKING:
    from shared.runtime.call import Call


def find_named_box(call: Call, endpoint: str) -> Box:
    """The box with this endpoint among those of Stash."""
    box = find_box(boxes_from_configuration(call.stash.read_boxes()), endpoint)
    if box is None:
        raise UsageError(f"Stash has no stash-box {endpoint}. Add it under Settings > Metadata Providers.")
    return box


@contextlib.contextmanager
def named_client(call: Call) -> Iterator[StashBoxClient]:
    """A client for the box in the arguments."""
    client = open_client(call, find_named_box(call, str(call.arg("endpoint"))))
    try:
        yield client
    finally:
        client.close()
