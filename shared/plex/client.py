"""The client for a Plex server; Stash2Plex reads and writes Plex only through it.

http = Http(make_plex_service(url, token, client_id, timeouts=…), clock=call.clock)
plex = Plex(http)
plex.check_connection(expected=known_machine_id)      # raises what is wrong, or returns server and libraries
for page in plex.iter_pages(section_id): …            # the library, 200 items at a time
item = plex.read_item(key)                            # in full: all tags and locks
plex.apply_edit(item, diff_item(item, wanted, written).edit)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shared.errors import AuthRejected, BadReply, NotFound, Refused, ServiceError, StartingUp, WrongService
from shared.http import Http
from shared.http.model import Parameter, Reply, Request
from shared.plex import images
from shared.plex.edit_parts import (
    FALLBACK_SUMMARY,
    LONGEST_QUERY,
    SHORTEST_QUERY,
    divide_edit,
    find_long_kinds,
    fit_edit,
    split_edit,
)
from shared.plex.edits import ItemEdit, find_missing_edits, find_reformatted_fields, query_edit
from shared.plex.errors import LibraryMissing, LineTooLong, NotTaken, OtherServer
from shared.plex.images import ImageResult
from shared.plex.model import (
    MOVIE,
    ListedItem,
    PlexIdentity,
    PlexImage,
    PlexItem,
    PlexSection,
    read_item,
    read_listed,
    read_section,
    read_server,
)
from shared.plex.truncation import truncate
from shared.plex.wire import NAME, PlexRequests
from shared.reply_fields import int_of, list_of, text_of

CONNECTING = "connecting"
PAGE_SIZE = 200
BATCH_SIZE = 100
REFUSED = 400
TOO_LONG = frozenset({REFUSED, 413, 414, 431})  # how servers and proxies say that a request line is too long


class PlexConnection(NamedTuple):
    """A server that can be used, its libraries, and warnings for the user."""

    server: PlexIdentity
    sections: tuple[PlexSection, ...]
    warnings: tuple[str, ...]


class ListPage(NamedTuple):
    """Some items of a library, the number of all items, and the position where the next page starts."""

    items: tuple[ListedItem, ...]
    total: int
    next: int


class EditResult(NamedTuple):
    """An item read back after an edit; `notes` tell the user what was shortened or reformatted."""

    item: PlexItem
    notes: tuple[str, ...]


class Plex:
    """One Plex server, with what its edits have taught about it; the caller keeps this for the next client.

    `splits_tags` becomes True once the server needs added and removed tags in two requests. `merges_tags` says whether
    it adds a list of tags to the present one (True) or replaces that (False); None until a long list was written. A
    query is at most `longest_query` bytes long. `shows_uploads` becomes True once an upload alone made an item show the
    picture, so that later uploads need no check.
    """

    def __init__(self, http: Http, *, splits_tags: bool = False) -> None:
        self.wire = PlexRequests(http)
        self.splits_tags = splits_tags
        self.merges_tags: bool | None = None
        self.longest_query = LONGEST_QUERY
        self.shows_uploads = False

    def check_connection(self, expected: str = "") -> PlexConnection:
        """Return server and libraries; raise the error that says what is wrong with address, token or rights.

        `expected` is the machine id known so far: another server raises OtherServer. The Setup tab and the task of a
        sync call it first.
        """
        server = self.read_server()
        if expected and server.machine_id != expected:
            message = (
                f'Another Plex ("{server.name}") answers at this address. '
                "Say whether it is yours (Queue tab), or correct the address."
            )
            raise OtherServer(message, service=NAME, operation=CONNECTING)
        sections = tuple(self.list_sections())
        return PlexConnection(server, sections, tuple(find_warnings(sections)))

    def read_server(self) -> PlexIdentity:
        """Return name and id of the server, for checking the connection; raise WrongService or StartingUp."""
        try:
            container = self.wire.read("", CONNECTING)
        except (AuthRejected, NotFound) as error:
            if self._is_plex():
                raise
            raise self._make_wrong_service() from error
        if text_of(container, "startState"):
            raise StartingUp("Plex is still starting. That may take some minutes.", sent=False, service=NAME)
        server = read_server(container)
        if not server.machine_id:
            raise self._make_wrong_service()
        return server

    def _is_plex(self) -> bool:
        """Return True if a server that rejected a request is a Plex: its identity needs no token."""
        try:
            return bool(text_of(self.wire.read("identity", CONNECTING), "machineIdentifier"))
        except AuthRejected as error:
            return error.status == 401 and not self._is_servarr()
        except (NotFound, Refused, WrongService, BadReply):
            return False

    def _is_servarr(self) -> bool:
        """Return True if Whisparr or one of its relatives answers: they tell without a key that they run."""
        try:
            reply = self.wire.http.send(Request("GET", "ping", operation=CONNECTING))
        except ServiceError:
            return False
        return isinstance(reply.data, dict) and reply.data.get("status") in ("OK", "Error")

    def _make_wrong_service(self) -> WrongService:
        return WrongService(self.wire.tell_not_plex(), service=NAME, operation=CONNECTING)

    def list_sections(self) -> list[PlexSection]:
        """Return all libraries the token may see; the Setup tab offers them."""
        container = self.wire.read("library/sections", "listing the libraries")
        return [read_section(entry) for entry in list_of(container, "Directory")]

    def read_section(self, section_id: str) -> PlexSection:
        """Return the library with this id, before it is read or written; raise LibraryMissing, which names those
        there are."""
        sections = self.list_sections()
        for section in sections:
            if section.id == section_id:
                return section
        known = ", ".join(f'"{section.title}"' for section in sections) or "none"
        message = (
            f"The chosen Plex library (number {section_id}) is gone. Plex has: {known}. Choose again on the Setup page."
        )
        raise LibraryMissing(message, service=NAME, operation="finding the library", status=404)

    def iter_pages(
        self,
        section_id: str,
        *,
        sort: str = "addedAt:asc",
        page_size: int = PAGE_SIZE,
        start: int = 0,
        last_total: int = 0,
    ) -> Iterator[ListPage]:
        """Yield a whole library in pages, each item once, even if it shrinks meanwhile or the server ignores
        paging.

        The item index and the reading of plays call it. Pass `next` and `total` of an earlier page as `start` and
        `last_total` to go on from there.
        """
        seen: set[str] = set()
        while True:
            container = self._read_list(section_id, start, page_size, sort)
            listed = [read_listed(entry, section_id) for entry in list_of(container, "Metadata")]
            total = int_of(container, "totalSize") or len(listed)
            fresh = tuple(each for each in listed if each.rating_key not in seen)
            seen.update(each.rating_key for each in listed)
            # Items deleted from earlier pages move later ones to the front, so that many positions are read again.
            vanished = max(last_total - total, 0)
            start = max(start - vanished, 0) if vanished else start + len(listed)
            last_total = total
            yield ListPage(fresh, total, start)
            if start >= total or len(listed) > page_size or not (listed or vanished):
                return

    @property
    def seconds_left(self) -> float:
        """Return the seconds left of the time budget of all requests; the index stops reading in time."""
        return self.wire.http.seconds_left

    def iter_changed(self, section_id: str, since: int, page_size: int = PAGE_SIZE) -> Iterator[ListedItem]:
        """Yield the items that Plex changed since a time in seconds, newest first; the item index reads what is new."""
        latest = 0
        for page in self.iter_pages(section_id, sort="updatedAt:desc", page_size=page_size):
            times = [each.updated_at for each in page.items]
            is_sorted = times == sorted(times, reverse=True) and (not latest or not times or times[0] <= latest)
            yield from (each for each in page.items if each.updated_at >= since)
            if is_sorted and times and times[-1] < since:
                return
            latest = times[-1] if times else latest

    def _read_list(self, section_id: str, start: int, size: int, sort: str) -> dict[str, object]:
        params: dict[str, Parameter] = {
            "type": MOVIE,
            "sort": sort,
            "includeGuids": 0,
            "excludeFields": "summary",
            "X-Plex-Container-Start": start,
            "X-Plex-Container-Size": size,
        }
        try:
            return self.wire.read(f"library/sections/{section_id}/all", "reading the library", params)
        except NotFound as error:
            message = f"The chosen Plex library (number {section_id}) is gone. Choose again on the Setup page."
            raise LibraryMissing(message, service=NAME, operation="reading the library", status=404) from error

    def read_item(self, rating_key: str) -> PlexItem:
        """Return one item with all tags and locks, before and after a write; raise NotFound if its key is gone."""
        found = self.read_items([rating_key])
        if rating_key not in found:
            message = f"Plex does not have the item {rating_key} any more. It may have a new number there, or be gone."
            raise NotFound(message, service=NAME, operation="reading an item", status=404)
        return found[rating_key]

    def read_items(self, rating_keys: Iterable[str]) -> dict[str, PlexItem]:
        """Return items with all tags and locks by key, a hundred per request; keys that are gone are left out."""
        keys = list(dict.fromkeys(rating_keys))
        found: dict[str, PlexItem] = {}
        for start in range(0, len(keys), BATCH_SIZE):
            found.update(self._read_batch(keys[start : start + BATCH_SIZE]))
        return found

    def _read_batch(self, keys: Sequence[str]) -> dict[str, PlexItem]:
        params: dict[str, Parameter] = {"skipRefresh": 1, "includeGuids": 0}
        try:
            container = self.wire.read(f"library/metadata/{','.join(keys)}", "reading items", params)
        except NotFound:
            if len(keys) == 1:
                return {}
            half = len(keys) // 2
            return {**self._read_batch(keys[:half]), **self._read_batch(keys[half:])}
        section_id = text_of(container, "librarySectionID")
        items = [read_item(entry, section_id) for entry in list_of(container, "Metadata")]
        return {item.rating_key: item for item in items}

    def apply_edit(self, item: PlexItem, edit: ItemEdit) -> EditResult:
        """Write an edit and return the item read back; tags the server ignored are written again, in two requests.

        Raise NotTaken if it ignores them again. The journal's target of Stash2Plex writes items with it.
        """
        if edit.is_empty:
            return EditResult(item, ())
        notes: list[str] = []
        long_kinds = find_long_kinds(edit, self._room) if self.merges_tags is None else ()
        for part in split_edit(edit) if self.splits_tags else [edit]:
            notes += self.send_edit(item, part)
        after = self.read_item(item.rating_key)
        untaken = find_missing_edits(edit, after)
        if long_kinds:
            self.merges_tags = not any(kind in untaken.tags and untaken.tags[kind].wanted for kind in long_kinds)
        if not untaken.is_empty:
            for part in split_edit(untaken):
                self.send_edit(item, part)
            after = self.read_item(item.rating_key)
            require_shown(item, find_missing_edits(edit, after))
            self.splits_tags = self.splits_tags or self.merges_tags is not False or not long_kinds
        notes += [f"Plex writes {field} its own way" for field in find_reformatted_fields(edit, after)]
        return EditResult(after, tuple(notes))

    def read_after_failure(self, item: PlexItem, edit: ItemEdit, error: ServiceError) -> PlexItem:
        """Return an item that a failed edit has changed in part; raise the edit's error if it changed nothing. The
        journal's target of Stash2Plex calls it."""
        after = self.read_items([item.rating_key]).get(item.rating_key)
        if after is None or after._replace(updated_at=item.updated_at) == item:
            raise error
        taken = edit.tags.keys() - find_missing_edits(edit, after).tags.keys()
        if self.merges_tags is None and taken.intersection(find_long_kinds(edit, self._room)):
            self.merges_tags = True
        return after

    @property
    def _room(self) -> int:
        """Return the length of the parts of an edit.

        Half of the possible length until it is known whether the server merges lists: a list in two parts shows it, and
        fits into one request if the server does not.
        """
        return self.longest_query // 2 if self.merges_tags is None else self.longest_query

    def send_edit(self, item: PlexItem, edit: ItemEdit, type_number: int = MOVIE) -> list[str]:
        """Write an edit and return notes, without reading the item back; a long edit is sent in parts. `apply_edit`
        and the writer of collections call it."""
        if edit.is_empty:
            return []
        parts = divide_edit(item.rating_key, edit, self._room, merges=self.merges_tags is not False)
        return [note for part in parts for note in self._send_part(item, part, type_number)]

    def _send_part(self, item: PlexItem, edit: ItemEdit, type_number: int) -> list[str]:
        fitted, note = fit_edit(item.rating_key, edit, self.longest_query)
        try:
            self._put_edit(item, fitted, type_number)
        except Refused as error:
            shorter = truncate(fitted.fields.get("summary", ""), FALLBACK_SUMMARY)
            if error.status not in TOO_LONG:
                raise
            if shorter == fitted.fields.get("summary", ""):
                raise self._shorten_lines(error, len(query_edit(item.rating_key, fitted, type_number))) from error
            self._put_edit(item, fitted._replace(fields={**fitted.fields, "summary": shorter}), type_number)
            note = f"summary shortened to {len(shorter):,} characters: Plex had no room for more"
        return [note] if note else []

    def _shorten_lines(self, error: Refused, length: int) -> Refused:
        """Return the error to raise for a refused request; if it was too long, the next ones are half as long."""
        if error.status == REFUSED or length <= SHORTEST_QUERY:
            return error
        self.longest_query = max(SHORTEST_QUERY, length // 2)
        message = f"Plex takes no request of {length:,} characters. The next one is at most half as long."
        return LineTooLong(message, service=NAME, operation="writing an item", status=error.status)

    def _put_edit(self, item: PlexItem, edit: ItemEdit, type_number: int) -> None:
        query = query_edit(item.rating_key, edit, type_number)
        self.wire.write("PUT", f"library/sections/{item.section_id}/all?{query}", "writing an item")

    def list_images(self, rating_key: str, kind: str) -> list[PlexImage]:
        """Return the posters (images.POSTERS) or backgrounds (images.ARTS) that Plex has, to plan an item's
        pictures."""
        return images.list_images(self.wire, rating_key, kind)

    def read_thumbnail(self, rating_key: str, kind: str, key: str = "") -> Reply:
        """Return a small version of the picture that an item shows, or of the one with this key; the page shows it.

        Raises NotFound if there is none.
        """
        return images.read_thumbnail(self.wire, rating_key, kind, key)

    def read_collage(self, rating_key: str) -> Reply:
        """Return a small version of the collage that Plex makes for a collection without a poster; the page shows it.

        Raises NotFound if there is none.
        """
        return images.read_collage(self.wire, rating_key)

    def show_image(self, rating_key: str, kind: str, data: bytes, known_sha1: str = "") -> ImageResult | None:
        """Make an item show a picture; return None, without a request, if `known_sha1` says it was written last.
        The writer of collections calls it."""
        if known_sha1 and images.hash_image(data) == known_sha1:
            return None
        return images.show_image(self.wire, rating_key, kind, data)

    def upload_new_image(self, rating_key: str, kind: str, data: bytes) -> bool:
        """Make an item show a picture that it does not have yet; return True if it was uploaded.

        The journal's target of Stash2Plex calls it. The first upload to a server is checked by listing the item's
        pictures, later ones take one request.
        """
        if not self.shows_uploads:
            result = images.show_image(self.wire, rating_key, kind, data)
            self.shows_uploads = result.shown_at_once
            return result.uploaded
        images.require_usable(data)
        images.upload_image(self.wire, rating_key, kind, data)
        return True

    def choose_image(self, rating_key: str, kind: str, key: str) -> None:
        """Make an item show a picture Plex has; with `previous` of a result this undoes `show_image`. The journal's
        target of Stash2Plex calls it."""
        images.choose_image(self.wire, rating_key, kind, key)

    def drop_image(self, rating_key: str, kind: str) -> None:
        """Make an item show no chosen picture, as before `show_image` if there was none. Plex locks the field. The
        journal's target of Stash2Plex calls it for an undo."""
        images.drop_image(self.wire, rating_key, kind)

    def scan_folder(self, section_id: str, path: str) -> None:
        """Ask Plex to scan a folder for new files, for a scene without an item; `path` is in Plex's own spelling."""
        self.wire.write("GET", f"library/sections/{section_id}/refresh", "starting a scan", params={"path": path})


def find_warnings(sections: Sequence[PlexSection]) -> Iterator[str]:
    """Yield warnings about a server that answers, for `check_connection`: no library, or none the token may edit."""
    if not sections:
        yield "This Plex has no library this token may see."
    elif not any(section.can_edit for section in sections):
        yield "This token may only look. Use the token of the server's owner, else nothing can be written."


def require_shown(item: PlexItem, stuck: ItemEdit) -> None:
    """Raise NotTaken if tags of an edit are missing even after `apply_edit` sent them twice."""
    if not stuck.is_empty:
        title = item.fields.get("title", "")
        message = f'Plex accepted the edit of "{title}" and does not show it ({", ".join(stuck.tags)}).'
        raise NotTaken(message, service=NAME, operation="writing an item")
