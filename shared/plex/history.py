"""The accounts of a Plex server and the plays of one of them, for taking plays from Plex into Stash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shared.errors import AuthRejected
from shared.http.model import Parameter
from shared.plex.wire import NAME, PlexRequests
from shared.reply_fields import int_of, list_of, text_of

OWNER = 1  # the number of the owner's account on every server
PAGE_SIZE = 500


class PlexAccount(NamedTuple):
    """An account that the server knows."""

    id: int
    name: str


class PlexPlay(NamedTuple):
    """A play to the end; `rating_key` is empty if the item is gone. Marks as played are no plays."""

    rating_key: str
    at: int


def list_accounts(wire: PlexRequests) -> list[PlexAccount]:
    """Return the accounts that have used this server; the setting Plex Account offers and names one of them."""
    container = wire.read("accounts", "listing the accounts")
    accounts = [PlexAccount(int_of(each, "id"), text_of(each, "name")) for each in list_of(container, "Account")]
    return [account for account in accounts if account.id > 0]


def iter_plays(wire: PlexRequests, account: int, since: int = 0) -> Iterator[PlexPlay]:
    """Yield the plays of an account since a time, oldest first, so that new ones do not move the pages.

    The task that takes plays from Plex calls it. Raises AuthRejected with the reason if the token is not an
    administrator's.
    """
    start, total = 0, 1
    while start < total:
        params: dict[str, Parameter] = {
            "accountID": account,
            "sort": "viewedAt:asc",
            "X-Plex-Container-Start": start,
            "X-Plex-Container-Size": PAGE_SIZE,
            **({"viewedAt>": since} if since else {}),
        }
        try:
            container = wire.read("status/sessions/history/all", "reading the plays", params)
        except AuthRejected as error:
            message = "Plex shows its plays only to the server's owner. Enter the owner's token on the Setup page."
            raise AuthRejected(message, service=NAME, operation=error.operation, status=error.status) from error
        rows = list_of(container, "Metadata")
        for row in rows:
            if int_of(row, "accountID") == account and int_of(row, "viewedAt") > 0:
                yield PlexPlay(text_of(row, "ratingKey"), int_of(row, "viewedAt"))
        start, total = start + len(rows), int_of(container, "totalSize") if rows else 0
