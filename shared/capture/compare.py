"""Decides what changed: compares rows of Stash with what was known of them. Pure.

Stash serves the time of a save in whole seconds. An object saved within the last two seconds may be saved again within
the same second, so it counts only at a later look (`SETTLE_SECONDS`); that also makes one change of a burst of saves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from shared.capture.watch import CHANGED, CREATED, ObjectChange, Watch
from shared.stash.library import Row

SETTLE_SECONDS = 2.0
# A save shows up when its transaction ends, with the time at which it began.
OVERLAP_SECONDS = 900.0


class KnownObject(NamedTuple):
    """The time and the digest of an object as a look found them; the next look compares with them."""

    updated_at: float
    digest: str = ""


# Known to exist, because it was saved too lately to be judged: found at the first look, or new since the last one.
UNSETTLED, UNSETTLED_NEW = KnownObject(0.0), KnownObject(-1.0)


class LastLook(NamedTuple):
    """When a kind was looked at, by both clocks, when it was compared as a whole, and the newest object then."""

    at: float
    monotonic: float
    offset: str
    newest_id: int
    newest_at: float
    compared_at: float
    compare_seconds: float


class LookRows(NamedTuple):
    """One answer of Stash: how many objects there are, those saved lately, and when the newest known was saved."""

    total: int
    rows: list[Row]
    newest_at: float | None


class Asked(NamedTuple):
    """When Stash was asked for some rows, by both clocks, and when they had come."""

    began: float
    monotonic: float
    ended: float


class FirstLook(NamedTuple):
    """Says that nothing is known yet; `saved_id` is the object whose save started the process, 0 if it is unknown."""

    saved_id: int


class Differences(NamedTuple):
    """The changes among some rows, what is known of them from now on, and the newest time not yet settled."""

    changes: list[ObjectChange]
    known: dict[int, KnownObject]
    unsettled: dict[int, float]


def compare_rows(
    watch: Watch, rows: Iterable[Row], known: Mapping[int, KnownObject], asked: Asked, first: FirstLook | None = None
) -> Differences:
    """Return the changes among rows of Stash; `KindCapture` calls it.

    At a first look everything only becomes known; only the object that was saved just now counts as created.
    """
    changes: list[ObjectChange] = []
    seen: dict[int, KnownObject] = {}
    unsettled: dict[int, float] = {}
    for row in rows:
        number, updated_at = int(row["id"]), parse_time(row["updated_at"])
        before, after = known.get(number), KnownObject(updated_at, make_digest(watch, row))
        is_saved_now = first is not None and number == first.saved_id
        if asked.began - SETTLE_SECONDS <= updated_at <= asked.ended + SETTLE_SECONDS:
            unsettled[number] = updated_at
            if first is None:
                if before is None:
                    seen[number] = UNSETTLED_NEW
                continue
            after = UNSETTLED
        if before == after:
            continue
        seen[number] = after
        is_new = before is None or before == UNSETTLED_NEW
        is_changed = before is None or not watch.fields or before.digest != after.digest
        if is_saved_now or (is_changed and first is None):
            how = CREATED if is_new else CHANGED
            changes.append(ObjectChange(watch.kind.name, number, how, row))
    return Differences(changes, seen, unsettled)


def advance(last: LastLook, look: LookRows, seen: Mapping[int, KnownObject], asked: Asked) -> LastLook:
    """Return what is saved as the last look of a kind: the times of this look, and the newest object known by now.

    `KindCapture` calls it.
    """
    newest_id, newest_at = last.newest_id, last.newest_at
    for number, each in seen.items():
        if each.updated_at >= newest_at:
            newest_id, newest_at = number, each.updated_at
    offset = read_offset(look.rows[-1]["updated_at"]) if look.rows else last.offset
    times = {"at": asked.began, "monotonic": asked.monotonic}
    return last._replace(**times, offset=offset, newest_id=newest_id, newest_at=newest_at)


def make_since(last: LastLook, now: float, own_offset: str) -> str:
    """Return the time from which rows are asked for, as Stash compares it: as text, in its own time zone.

    When the offset may have changed (summer time), the earlier of both texts is taken.
    """
    moment = min(last.at, now) - OVERLAP_SECONDS
    return min(format_time(moment, offset) for offset in (last.offset or own_offset, own_offset))


def make_digest(watch: Watch, row: Row) -> str:
    """Return a short text that differs when the watched fields of a row differ, for `compare_rows`.

    It is empty if no fields are watched.
    """
    if not watch.fields:
        return ""
    values = {name: value for name, value in row.items() if name not in ("id", "updated_at")}
    return hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=8).hexdigest()


def parse_time(text: str) -> float:
    """Return a time of Stash in seconds since 1970; every part that compares times of Stash calls it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def read_offset(text: str) -> str:
    """Return the time zone of a time of Stash, such as +02:00; `advance` keeps it."""
    return "+00:00" if text.endswith("Z") else text[-6:]


def format_time(moment: float, offset: str) -> str:
    """Return a time as Stash stores it, in the time zone with this offset; `make_since` calls it."""
    sign = -1 if offset.startswith("-") else 1
    zone = timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))
    return datetime.fromtimestamp(int(moment), zone).isoformat()
