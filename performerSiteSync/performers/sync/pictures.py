"""Downloads, checks and stores the pictures of boxes for a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from performers.boxes.debug_log import trace
from performers.boxes.sources import open_source
from performers.library.entities import read_picture_url, select_objects, select_picture
from shared.errors import BundleError
from shared.journal import Change, Entry, Finding, Journal
from shared.journal.blobs import name_of
from shared.stash.pictures import is_placeholder
from shared.stash_box import Box, StashBoxClient

if TYPE_CHECKING:
    from shared.runtime.call import Call


MOST_FAILURES = 3


class PictureFetcher:
    """Replaces the address of a planned picture by the downloaded one, for the planners, Take This and wrong links."""

    def __init__(self, call: Call, boxes: Sequence[Box]) -> None:
        self._call = call
        self._boxes = {box.endpoint: box for box in boxes}
        self._clients: dict[str, StashBoxClient] = {}
        self._blobs = Journal(call.store).blobs
        self._failures: dict[str, int] = {}

    def fetch(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield a plan's entries with each address of a picture replaced by the picture; the planners call it.

        A failed download becomes a note. Nothing replaces a picture of ours that a person has changed since.
        """
        for entry in entries:
            if not isinstance(entry, Change) or entry.field != "image":
                yield entry
            elif self.is_as_left(entry):
                yield self._fetch_one(entry)

    def close(self) -> None:
        """Close the clients of all boxes; a run that fetches pictures ends with it."""
        for client in self._clients.values():
            client.close()

    def is_as_left(self, change: Change) -> bool:
        """Return True if the picture to be replaced is still the one we set, or was none of ours anyway.

        Plans that take back a picture ask this, too.
        """
        if not isinstance(change.before, Mapping) or "url" not in change.before:
            return True
        kind = change.item.kind
        row = select_objects(self._call.stash, kind).get(int(change.item.id), select_picture(kind))
        if row is None or is_placeholder(read_picture_url(row, kind)):
            return False
        present = self._call.stash.download_picture(read_picture_url(row, kind))
        return name_of(self._blobs.put(present.data)) == name_of(
            change.before
        )  # the stored picture also serves an undo

    def _fetch_one(self, change: Change) -> Entry:
        """Return the change with its picture, or a note; a box that fails repeatedly is not asked again in this run."""
        source = change.source
        if self._failures.get(source, 0) >= MOST_FAILURES:
            message = "The picture was not tried: several before it could not be had."
            return Finding(change.item, "skipped", message, "image", source)
        try:
            picture = self._find_client(source).fetch_picture(str(change.after))
        except BundleError as error:
            self._failures[source] = self._failures.get(source, 0) + error.stops_run
            return Finding(change.item, "skipped", f"The picture could not be had: {error}", "image", source)
        self._failures[source] = 0
        trace(self._call, f"A picture of {len(picture.data)} bytes for {change.item.label} from {change.after}.")
        return change._replace(after={**self._blobs.put(picture.data), "url": str(change.after)})

    def _find_client(self, endpoint: str) -> StashBoxClient:
        if endpoint not in self._clients:
            self._clients[endpoint] = open_source(self._call, self._boxes[endpoint])
        return self._clients[endpoint]
