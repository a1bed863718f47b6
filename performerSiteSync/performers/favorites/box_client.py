"""Reads and sets favorites at boxes; a failing box costs its own items one request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from performers.boxes.record_cache import request_records
from performers.boxes.remote_items import read_remote_id
from performers.boxes.sources import open_source, read_usable_sources
from performers.favorites.decide import KEPT_DIFFERENT, WAS_FAVORITE
from performers.favorites.snapshot import remember_favorite
from shared.errors import BundleError, ServiceError
from shared.journal import Change, Item, Json
from shared.stash_box import TPDB, Box, LookupFound

if TYPE_CHECKING:
    from shared.runtime.call import Call


def remember_left_state(call: Call, kind: str, item: Item, state: str, change: Change) -> None:
    """Store the state in which a write leaves a favorite; after an undo that is "kept different on purpose".

    The journal target calls it.
    """
    is_undone = change.is_undo
    endpoint, _, remote_id = item.id.rpartition("|")
    remember_favorite(call.store, kind, endpoint, remote_id, KEPT_DIFFERENT if is_undone else state)


class BoxFavorites:
    """The favorites of the API keys' users at all boxes; the journal target reads and writes them through this."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._boxes: dict[str, Box] = {}
        self._known: dict[tuple[str, str], set[str]] = {}
        self._down: dict[str, BundleError] = {}

    def set_known_list(self, kind: str, endpoint: str, liked: Collection[str]) -> None:
        """Keep a box's whole list, which the sync task has read, so that `read` needs no request."""
        self._known[kind, endpoint] = set(liked)

    def is_known(self, kind: str, endpoint: str) -> bool:
        """Return True if the sync task has given the whole list of this box; the journal target asks."""
        return (kind, endpoint) in self._known

    def read(self, kind: str, endpoint: str, items: Sequence[Item]) -> dict[Item, Mapping[str, Json]]:
        """Return the present favorites among these items, for the journal target.

        A record that the box lacks is left out.
        """
        ids = {item: read_remote_id(item) for item in items}
        known = self._known.get((kind, endpoint))
        if known is not None:
            return {item: {"liked": each in known} for item, each in ids.items()}
        box = self._find_box(endpoint)
        client = open_source(self._call, box)
        try:
            if box.kind == TPDB:
                liked = client.rest_favorites.read(kind)
                return {item: {"liked": each in liked} for item, each in ids.items()}
            found = {each: one for piece in request_records(client, kind, ids.values()) for each, one in piece.items()}
        finally:
            client.close()
        pairs = [(item, found.get(each)) for item, each in ids.items()]
        return {item: {"liked": one.record.is_favorite} for item, one in pairs if isinstance(one, LookupFound)}

    def write(self, kind: str, endpoint: str, changes: Mapping[Item, Change]) -> dict[Item, BundleError | None]:
        """Set or remove favorites at one box, for the journal target.

        Return the error by item; an uncertain write counts as failed.
        """
        box = self._find_box(endpoint)
        results: dict[Item, BundleError | None]
        if box.kind == TPDB:
            results = self._toggle_favorites(kind, box, changes)
        else:
            results = {
                item: self._set_favorite(kind, box, item, bool(change.after)) for item, change in changes.items()
            }
        for item, change in changes.items():
            if results[item] is None:
                self._note_change(kind, item, change)
        return results

    def _set_favorite(self, kind: str, box: Box, item: Item, liked: bool) -> BundleError | None:
        if box.endpoint in self._down:
            return self._down[box.endpoint]
        client = open_source(self._call, box)
        try:
            mark = client.set_favorite_performer if kind == "performer" else client.set_favorite_studio
            mark(read_remote_id(item), liked)
        except ServiceError as error:
            return self._note_failure(box, error)
        finally:
            client.close()
        return None

    def _toggle_favorites(self, kind: str, box: Box, changes: Mapping[Item, Change]) -> dict[Item, BundleError | None]:
        """Set favorites at ThePornDB, which only toggles: list them before and after, and return each error."""
        if box.endpoint in self._down:
            return dict.fromkeys(changes, self._down[box.endpoint])
        wanted = {read_remote_id(item): bool(change.after) for item, change in changes.items()}
        client = open_source(self._call, box)
        try:
            became = client.rest_favorites.set(kind, wanted)
        except ServiceError as error:
            return dict.fromkeys(changes, self._note_failure(box, error))
        finally:
            client.close()
        return {item: became[read_remote_id(item)] for item in changes}

    def _note_failure(self, box: Box, error: ServiceError) -> BundleError:
        """Return the error of an item, and give up the whole box if the error concerns it; other boxes go on."""
        if not error.stops_run:
            return error
        self._down[box.endpoint] = BundleError(str(error))
        return self._down[box.endpoint]

    def _note_change(self, kind: str, item: Item, change: Change) -> None:
        endpoint, _, remote_id = item.id.rpartition("|")
        remember_left_state(self._call, kind, item, WAS_FAVORITE if change.after else "", change)
        known = self._known.get((kind, endpoint), set())
        (known.add if change.after else known.discard)(remote_id)

    def _find_box(self, endpoint: str) -> Box:
        if endpoint not in self._boxes:
            self._boxes[endpoint] = read_usable_sources(self._call, endpoint)[0]
        return self._boxes[endpoint]
