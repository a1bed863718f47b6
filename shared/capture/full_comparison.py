"""Decides when all objects are compared, not only those saved lately: clocks, restored databases, deletions. Pure."""

from __future__ import annotations

from collections.abc import Collection

from shared.capture.compare import SETTLE_SECONDS, Asked, LastLook, LookRows

DAY = 86400.0
# A comparison of all objects because of their number may take a twentieth of the time.
COMPARE_SHARE = 20.0
# So few objects come in one small answer: its time tells how busy the machine was, not what a comparison costs.
FEW_OBJECTS = 500


def find_reason_to_compare(last: LastLook | None, look: LookRows, asked: Asked) -> str:
    """Return why all objects must be compared now, not only those saved lately; empty if they need not be.

    `KindCapture` asks.
    """
    if last is None:
        return "This is the first look."
    passed = asked.monotonic - last.monotonic
    if passed < 0 or abs(asked.began - last.at - passed) > SETTLE_SECONDS:
        return "The clock was set, or the machine was started again."
    if look.newest_at is not None and look.newest_at < last.newest_at:
        return "The database was restored."
    if asked.began - last.compared_at > DAY:
        return "A day has passed."
    return ""


def find_time_to_compare(last: LastLook, look: LookRows, known_count: int, new: Collection[int]) -> float | None:
    """Return when all objects may be compared because their number does not fit, for a kind's look; None if it fits.

    A number that does not fit means that some were deleted or imported. Few objects may be compared at once, also if
    the last comparison was slow.
    """
    if look.total == known_count + len(new):
        return None
    if max(look.total, known_count) <= FEW_OBJECTS:
        return last.compared_at
    return last.compared_at + COMPARE_SHARE * last.compare_seconds
