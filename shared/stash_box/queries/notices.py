"""Reads the notices of a box to the key's user: moved fingerprints, and new scenes of the favorites at the box.

Nothing here marks a notice as read, so what the user sees on the box's site stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from shared.errors import AuthRejected, GraphQLFailed, Refused
from shared.reply_shape import ANY, ID, NUMBER, TEXT, Shape
from shared.stash_box.box import TPDB
from shared.stash_box.capabilities import BoxCapabilities
from shared.stash_box.channel import Channel
from shared.stash_box.queries.kinds import SCENE_FIELDS
from shared.stash_box.queries.rows import read_rows
from shared.stash_box.records.types import Scene

OPERATION = "reading its notices"
PER_PAGE = 64  # a power of two, because a page that fails is read again in halves
MOST_PAGES = 20
NULL = "the requested element is null"  # the target of a notice was removed for good; this fails the whole answer
MOVED_TYPE = "FingerprintMovedScene"
MOVED_FIELDS = "{ source_scene { id } target_scene { id } fingerprint_hash }"
MOVED_SHAPE: Shape = {"source_scene": {"id": ID}, "target_scene": {"id": ID}, "fingerprint_hash": TEXT}


class NoticeKind(NamedTuple):
    """One kind of notice: its name and type at the box, the fields to read, and whether read notices count, too."""

    name: str
    type: str
    fields: str
    shape: Shape
    unread_only: bool = False


class BoxNotice(NamedTuple):
    """One notice: when the box wrote it, without the Z at the end (fractions would sort before it), and its data."""

    created: str
    data: dict[str, Any]


class NoticePage(NamedTuple):
    """Some notices, how many there are in all, and the kinds that the user subscribed to."""

    subscribed: frozenset[str]
    total: int
    rows: tuple[BoxNotice, ...]


class MovedPrint(NamedTuple):
    """A perceptual hash that the box moved from one scene to another."""

    hash: str
    source: str
    target: str


class MoveNotices(NamedTuple):
    """The notices about moved fingerprints; without a subscription there are none, whatever was moved."""

    is_subscribed: bool
    moved: tuple[MovedPrint, ...]


class SceneNotice(NamedTuple):
    """A new scene of a favorite of the key's user at the box, and when the box wrote the notice."""

    created: str
    scene: Scene


MOVED = NoticeKind("FINGERPRINT_MOVED", MOVED_TYPE, MOVED_FIELDS, MOVED_SHAPE)


def read_move_notices(channel: Channel) -> MoveNotices | None:
    """Return the notices of moved fingerprints, for the check of links; None if the box has none for this key.

    Boxes before v0.10 have none, nor has a key without a role.
    """
    found = read_notices(channel, (MOVED,))
    if found is None:
        return None
    return MoveNotices(MOVED.name in found.subscribed, tuple(_read_moved(each.data for each in found.rows)))


def read_scene_notices(channel: Channel, since: str = "") -> list[SceneNotice] | None:
    """Return the unread notices about new scenes of favorites at the box; None if the box has none for this key.

    Pages without a notice written after `since` end the reading. A scene of a favorite performer and a favorite studio
    has two notices.
    """
    if not _has_notices(channel):
        return None
    fields = f"{{ scene {SCENE_FIELDS.select(channel.capabilities)} }}"
    names = {"FAVORITE_PERFORMER_SCENE": "FavoritePerformerScene", "FAVORITE_STUDIO_SCENE": "FavoriteStudioScene"}
    found = read_notices(
        channel, [NoticeKind(name, names[name], fields, {"scene": ANY}, True) for name in names], since
    )
    if found is None:
        return None
    return [
        SceneNotice(each.created, scene)
        for each in found.rows
        for scene in read_rows(channel, SCENE_FIELDS, [each.data.get("scene")]).records
    ]


def read_notices(channel: Channel, kinds: Sequence[NoticeKind], since: str = "") -> NoticePage | None:
    """Return the notices of these kinds; None if the box has none for this key. All kinds share each request.

    The box lists the newest first, so a page without a notice written after `since` is the last one to read.
    """
    if not _has_notices(channel):
        return None
    rows: list[BoxNotice] = []
    try:
        for number in range(1, MOST_PAGES + 1):
            page = _read_page(channel, kinds, number)
            rows += page.rows
            if number * PER_PAGE >= page.total or not any(each.created > since for each in page.rows):
                break
    except (Refused, AuthRejected):
        return None
    return page._replace(rows=tuple(rows))


def _has_notices(channel: Channel) -> bool:
    return channel.box.kind != TPDB and "queryNotifications" in channel.capabilities.queries


def _read_page(channel: Channel, kinds: Sequence[NoticeKind], number: int) -> NoticePage:
    try:
        return _ask(channel, kinds, number, PER_PAGE)
    except GraphQLFailed as error:
        if NULL not in str(error):
            raise
    whole = _ask(channel, kinds, 1, 0)
    return whole._replace(rows=tuple(_read_parts(channel, kinds, number, PER_PAGE, whole.total)))


def _read_parts(
    channel: Channel, kinds: Sequence[NoticeKind], number: int, size: int, count: int
) -> Iterator[BoxNotice]:
    """Yield the notices of a page that failed: each kind for itself, then each half, without the broken ones."""
    if len(kinds) > 1:
        parts = [([kind], number, size) for kind in kinds]
    else:
        parts = [(list(kinds), half, size // 2) for half in (2 * number - 1, 2 * number) if size > 1]
    for some, place, length in parts:
        if (place - 1) * length >= count:
            continue
        try:
            yield from _ask(channel, some, place, length).rows
        except GraphQLFailed as error:
            if NULL not in str(error):
                raise
            yield from _read_parts(channel, some, place, length, count)


def _ask(channel: Channel, kinds: Sequence[NoticeKind], page: int, size: int) -> NoticePage:
    """Return one page of each of these kinds, and the number of notices of the kind with the most."""

    def build(_known: BoxCapabilities) -> str:
        return _make_query(kinds)

    data = channel.ask_built(build, {"page": page, "size": size}, OPERATION)
    parts = {f"n{place}": kind for place, kind in enumerate(kinds)}
    found = {name: {"count": NUMBER, "notifications": [{"data": kind.shape}]} for name, kind in parts.items()}
    data = channel.require_shape(data, {"me": {"notification_subscriptions": ANY}, **found}, OPERATION)
    subscribed = (data.get("me") or {}).get("notification_subscriptions") or ()
    lists = [data.get(name) or {} for name in parts]
    rows = [
        BoxNotice(str(row.get("created") or "").rstrip("Z"), row.get("data") or {})
        for each in lists
        for row in each.get("notifications") or ()
        if row
    ]
    return NoticePage(frozenset(subscribed), max(int(each.get("count") or 0) for each in lists), tuple(rows))


def _make_query(kinds: Sequence[NoticeKind]) -> str:
    parts = [
        f"n{place}: queryNotifications(input: {{ type: {kind.name}, page: $page, per_page: $size, "
        f"unread_only: {'true' if kind.unread_only else 'false'} }}) "
        f"{{ count notifications {{ created data {{ ... on {kind.type} {kind.fields} }} }} }}"
        for place, kind in enumerate(kinds)
    ]
    return f"query Notices($page: Int!, $size: Int!) {{ me {{ notification_subscriptions }} {' '.join(parts)} }}"


def _read_moved(rows: Iterator[dict[str, Any]]) -> Iterator[MovedPrint]:
    for data in rows:
        source, target = (data.get(name) or {} for name in ("source_scene", "target_scene"))
        if data.get("fingerprint_hash") and source.get("id") and target.get("id"):
            yield MovedPrint(str(data["fingerprint_hash"]), str(source["id"]), str(target["id"]))
