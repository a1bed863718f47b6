"""Favorites at ThePornDB over REST, which needs integer ids; its GraphQL has no list of them.

The interface is documented in outline only. A reply that differs from the known form raises NotOffered. A request can
only toggle a favorite, so the list is read before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.errors import BadReply, BundleError, NotFound, Refused, ServiceError
from shared.http import Request
from shared.stash_box.capabilities import NotOffered
from shared.stash_box.channel import Channel

PER_PAGE = 100
MAX_PAGES = 1000
TYPES = {"performer": "performer", "studio": "site"}
ROUTES = {"performer": "performers", "studio": "sites"}
LISTING = "listing favorites"


class TpdbFavorite(NamedTuple):
    """A favorite of the key's user: its integer id and its name."""

    number: int
    name: str


class RestFavorites:
    """The favorites of the key's user; `kind` is "performer" or "studio"."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._name = channel.box.name

    def read(self, kind: str) -> dict[str, TpdbFavorite]:
        """Return all favorites of a kind by UUID, for the favorites sync.

        Raise BadReply if the list is not complete.
        """
        found: dict[str, TpdbFavorite] = {}
        for page in range(1, MAX_PAGES + 1):
            rows, total, last = self._read_page(kind, page)
            found.update(self._read_row(kind, row) for row in rows)
            if page >= last:
                break
        if len(found) < total:
            message = f"{self._name} announced {total} favorites and sent {len(found)}; try again."
            raise BadReply(message, service=self._name, operation=LISTING, status=200)
        return found

    def count(self, kind: str) -> int:
        """Return the number of favorites, by one request; Test Connections asks whether the interface works."""
        return self._read_page(kind, 1)[1]

    def set(self, kind: str, wanted: Mapping[str, bool]) -> dict[str, BundleError | None]:
        """Add records to the favorites or remove them; return an error for each that the list does not confirm.

        The target of favorites calls it.
        """
        before = self.read(kind)
        results: dict[str, BundleError | None] = dict.fromkeys(wanted)
        for each in [each for each, liked in wanted.items() if (each in before) != liked]:
            try:
                self._toggle(kind, before[each].number if each in before else self._find_number(kind, each))
            except ServiceError as error:
                if error.stops_run:
                    raise
                results[each] = error
        after = self.read(kind)
        for each, liked in wanted.items():
            if (each in after) == liked:
                results[each] = None
            elif results[each] is None:
                message = f"{self._name} did not keep the mark."
                results[each] = BadReply(message, service=self._name, operation="marking a favorite", status=200)
        return results

    def _read_page(self, kind: str, page: int) -> tuple[list[Any], int, int]:
        params = {"type": TYPES[kind], "page": str(page), "per_page": str(PER_PAGE)}
        reply = self._send(Request("GET", "favourites", params=params, operation=LISTING, records=PER_PAGE))
        rows, meta = reply.get("data"), reply.get("meta")
        total, last = (meta.get("total"), meta.get("last_page")) if isinstance(meta, dict) else (None, None)
        if not isinstance(rows, list) or not isinstance(total, int) or not isinstance(last, int):
            raise self._refuse()
        return rows, total, last

    def _read_row(self, kind: str, row: Any) -> tuple[str, TpdbFavorite]:
        uuid, number = ("id", "_id") if kind == "performer" else ("uuid", "id")
        if not isinstance(row, dict) or not isinstance(row.get(uuid), str) or not isinstance(row.get(number), int):
            raise self._refuse()
        person = row.get("parent") if kind == "performer" and row.get("is_parent") is False else None
        known = person if isinstance(person, dict) and isinstance(person.get("id"), str) else row
        return str(known[uuid]), TpdbFavorite(row[number], str(known.get("name") or row.get("name") or ""))

    def _find_number(self, kind: str, uuid: str) -> int:
        request = Request("GET", f"{ROUTES[kind]}/{uuid}", operation=f"looking up a {kind}")
        found = self._send(request).get("data")
        number = found.get("_id" if kind == "performer" else "id") if isinstance(found, dict) else None
        if not isinstance(number, int):
            raise self._refuse()
        return number

    def _toggle(self, kind: str, number: int) -> None:
        params = {"type": TYPES[kind], "value": str(number)}
        self._send(Request("POST", "favourites", params=params, operation="marking a favorite", repeatable=False))

    def _send(self, request: Request) -> Mapping[str, Any]:
        box = self._channel.box
        http = self._channel.open_http(box.rest_url, {"Authorization": f"Bearer {box.api_key}"})
        try:
            data = http.send(request).data
        except (NotFound, Refused) as error:
            if request.path != "favourites":
                raise
            raise self._refuse() from error
        if not isinstance(data, dict):
            raise self._refuse()
        return data

    def _refuse(self) -> NotOffered:
        message = f"{self._name} does not offer its favorites in the way this plugin knows."
        return NotOffered(message, service=self._name, operation=LISTING)
