"""The position where a list continues: sent to the page and back, signed, and valid for one list only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any, NamedTuple

from shared.errors import UsageError
from shared.state.store import Store

KEY = "cursor.key"
DIGEST_BYTES = 5  # a hash, because ids made in the same minute begin with the same digits


class Cursor(NamedTuple):
    """The position in a box's list, the figures so far, and the previous page's scenes.

    `ids` are the entity's ids at the box, which differ from the library's after a merge.
    """

    query: str
    page: int = 1
    total: int = 0
    scanned: int = 0
    owned: int = 0
    missing: int = 0
    hidden: dict[str, int] = {}  # never changed, always replaced
    ids: tuple[str, ...] = ()
    recent: frozenset[str] = frozenset()

    def has_seen(self, scene_id: str) -> bool:
        """Return True if this scene was on the page before: new scenes at the box push old ones down."""
        return shorten_id(scene_id) in self.recent


def shorten_ids(scene_ids: list[str]) -> frozenset[str]:
    """Return the short hashes of a page's scene ids that a cursor carries to recognize repeated scenes."""
    return frozenset(map(shorten_id, scene_ids))


def shorten_id(scene_id: str) -> str:
    """Return a short hash of a scene id; a cursor carries it to recognize a repeated scene."""
    return hashlib.blake2b(scene_id.encode(), digest_size=DIGEST_BYTES).hexdigest()


def hash_list_query(*parts: object) -> str:
    """Return the key that ties a cursor to one list; another entity, box, order or filter gives another key."""
    text = json.dumps(parts, sort_keys=True, default=sorted)
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
    return cursor._replace(ids=tuple(cursor.ids), recent=frozenset(cursor.recent))


def _sign(store: Store, body: bytes) -> bytes:
    key = store.kv.get(KEY)
    if key is None:
        with store.write():  # two first calls at the same time agree on one key
            key = store.kv.get(KEY) or secrets.token_hex(32)
            store.kv.put(KEY, key)
    return hmac.new(bytes.fromhex(key), body, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
