"""The position where a list continues: sent to the page and back, signed, and valid for one list only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any, NamedTuple

from missing.listing.reading import Reading
from shared.errors import UsageError
from shared.state.store import Store

KEY = "cursor.key"
VERSION = 2  # a cursor of another version belongs to another list


class Cursor(NamedTuple):
    """The position in a box's list and the figures so far.

    `ids` are the entity's ids at the box, which differ from the library's after a merge; `network` are those of a
    studio with all sub-studios. `list_id` names the list in the state file, `step` counts its pages in all readings.
    `held` of the cards that the scan before kept were shown; `is_read` is True if the box has no more.
    """

    query: str
    page: int = 1
    total: int = 0
    scanned: int = 0
    owned: int = 0
    missing: int = 0
    hidden: dict[str, int] = {}  # never changed, always replaced
    ids: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    list_id: str = ""
    step: int = 0
    reading: Reading = Reading()
    held: int = 0
    is_read: bool = False


def start_cursor(query: str, ids: tuple[str, ...]) -> Cursor:
    """Return the cursor of a new list's first page."""
    return Cursor(query, ids=ids, list_id=secrets.token_hex(8))


def hash_list_query(*parts: object) -> str:
    """Return the key that ties a cursor to one list of missing scenes, for `make_key` of its query.

    Another entity, box, order or filter gives another key.
    """
    text = json.dumps([VERSION, *parts], sort_keys=True, default=sorted)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sign_cursor(store: Store, cursor: Cursor) -> str:
    """Return a cursor as signed text, which the page sends back with its next `find_missing` call."""
    body = json.dumps(cursor, separators=(",", ":"), default=sorted).encode()
    return f"{_encode(body)}.{_encode(_sign(store, body))}"


def read_cursor(store: Store, text: str, query: str) -> Cursor:
    """Return the cursor in a text from the page; raise UsageError if its signature or its list is another."""
    body, _, signature = text.partition(".")
    try:
        content = _decode(body)
        is_signed = hmac.compare_digest(_decode(signature), _sign(store, content))
    except ValueError:
        is_signed = False
    if not is_signed:
        raise UsageError("Missing Scenes cannot continue this list: its place was not kept. Load the list again.")
    values: list[Any] = json.loads(content)
    cursor = Cursor(*values)
    if cursor.query != query:
        raise UsageError("Missing Scenes cannot continue: this place belongs to another list. Load the list again.")
    return cursor._replace(ids=tuple(cursor.ids), network=tuple(cursor.network), reading=Reading(*cursor.reading))


def _sign(store: Store, body: bytes) -> bytes:
    key = store.kv.get(KEY, str)
    if key is None:
        with store.write():  # two first calls at the same time agree on one key
            key = store.kv.get(KEY, str) or secrets.token_hex(32)
            store.kv.put(KEY, key)
    return hmac.new(str(key).encode(), body, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
