"""The place where a list continues: handed to the page and back, signed, and valid for one question only."""

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
DIGEST_BYTES = 5  # ids made in the same minute begin alike, so a piece of them would not do


class Cursor(NamedTuple):
    """The next page of the box, the figures so far, and what the page before held.

    `ids` are the box's ids of what is asked about, which are others than the library's after a merge.
    """

    question: str
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
    """Return short hashes of a page's ids, as a cursor keeps them."""
    return frozenset(map(shorten_id, scene_ids))


def shorten_id(scene_id: str) -> str:
    """Return a short hash that tells scenes apart."""
    return hashlib.blake2b(scene_id.encode(), digest_size=DIGEST_BYTES).hexdigest()


def hash_question(*parts: object) -> str:
    """Return a short key for a question; another entity, box, order or filter gives another key."""
    text = json.dumps(parts, sort_keys=True, default=sorted)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sign_cursor(store: Store, cursor: Cursor) -> str:
    """Return the cursor as signed text."""
    body = json.dumps(cursor, separators=(",", ":"), default=sorted).encode()
    return f"{_encode(body)}.{_encode(_make_seal(store, body))}"


def read_cursor(store: Store, text: str, question: str) -> Cursor:
    """Return the cursor in the text; raise UsageError if it is not ours or of another question."""
    body, _, seal = text.partition(".")
    try:
        content = _decode(body)
        is_ours = hmac.compare_digest(_decode(seal), _make_seal(store, content))
    except ValueError:
        is_ours = False
    if not is_ours:
        raise UsageError("Missing Scenes cannot continue this list: its place was not kept. Load the list again.")
    values: list[Any] = json.loads(content)
    cursor = Cursor(*values)
    if cursor.question != question:
        raise UsageError("Missing Scenes cannot continue: this place belongs to another list. Load the list again.")
    return cursor._replace(ids=tuple(cursor.ids), recent=frozenset(cursor.recent))


def _make_seal(store: Store, body: bytes) -> bytes:
    key = store.kv.get(KEY)
    if key is None:
        with store.write():  # two first calls at once agree on one key
            key = store.kv.get(KEY) or secrets.token_hex(32)
            store.kv.put(KEY, key)
    return hmac.new(bytes.fromhex(key), body, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
