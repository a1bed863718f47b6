"""Reads the notices of a box that a fingerprint of the key's user was moved to another scene."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from shared.errors import AuthRejected, GraphQLFailed, Refused
from shared.reply_shape import ANY, ID, NUMBER, TEXT
from shared.stash_box.box import TPDB
from shared.stash_box.channel import Channel

KIND = "FINGERPRINT_MOVED"
OPERATION = "reading the notices about moved fingerprints"
PER_PAGE = 100
MOST_PAGES = 20
MOST_SINGLE = 200
SCENES = "... on FingerprintMovedScene { source_scene { id } target_scene { id } fingerprint_hash }"
QUERY = f"""query MovedPrints($page: Int!, $size: Int!) {{
  me {{ notification_subscriptions }}
  found: queryNotifications(input: {{ type: {KIND}, page: $page, per_page: $size }}) {{
    count notifications {{ data {{ {SCENES} }} }}
  }}
}}"""
DATA = {"source_scene": {"id": ID}, "target_scene": {"id": ID}, "fingerprint_hash": TEXT}
SHAPE = {
    "me": {"notification_subscriptions": ANY},
    "found": {"count": NUMBER, "notifications": [{"data": DATA}]},
}


class MovedPrint(NamedTuple):
    """A perceptual hash that the box moved from one scene to another."""

    hash: str
    source: str
    target: str


class MoveNotices(NamedTuple):
    """The notices of a box; without a subscription there are none, whatever was moved."""

    is_subscribed: bool
    moved: tuple[MovedPrint, ...]


def read_move_notices(channel: Channel) -> MoveNotices | None:
    """Return the notices; None if the box has none for this key, as boxes before v0.10 and keys without a role."""
    if channel.box.kind == TPDB or "queryNotifications" not in channel.capabilities.queries:
        return None
    try:
        return _read_pages(channel)
    except GraphQLFailed:
        return _read_one_by_one(channel)  # the notice of a scene that was removed for good fails its whole page
    except (Refused, AuthRejected):
        return None


def _read_pages(channel: Channel) -> MoveNotices:
    moved: list[MovedPrint] = []
    is_subscribed = False
    for page in range(1, MOST_PAGES + 1):
        is_subscribed, count, found = _ask(channel, page, PER_PAGE)
        moved += found
        if page * PER_PAGE >= count:
            break
    return MoveNotices(is_subscribed, tuple(moved))


def _read_one_by_one(channel: Channel) -> MoveNotices:
    is_subscribed, count, _ = _ask(channel, 1, 0)
    moved: list[MovedPrint] = []
    for page in range(1, min(count, MOST_SINGLE) + 1):
        try:
            moved += _ask(channel, page, 1)[2]
        except GraphQLFailed:
            continue
    return MoveNotices(is_subscribed, tuple(moved))


def _ask(channel: Channel, page: int, size: int) -> tuple[bool, int, list[MovedPrint]]:
    """Return if the user subscribed to these notices, how many there are, and those of one page."""
    data = channel.require_shape(channel.ask(QUERY, {"page": page, "size": size}, OPERATION), SHAPE, OPERATION)
    found = data.get("found") or {}
    subscriptions = (data.get("me") or {}).get("notification_subscriptions") or ()
    return KIND in subscriptions, int(found.get("count") or 0), list(_read_rows(found.get("notifications") or ()))


def _read_rows(rows: Sequence[Any]) -> Iterator[MovedPrint]:
    for row in rows:
        data = (row or {}).get("data") or {}
        source, target = (data.get(name) or {} for name in ("source_scene", "target_scene"))
        if data.get("fingerprint_hash") and source.get("id") and target.get("id"):
            yield MovedPrint(str(data["fingerprint_hash"]), str(source["id"]), str(target["id"]))
