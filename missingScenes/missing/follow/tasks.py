"""The tasks about what is followed: check and bring, or only try again what could not be brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from missing.follow.bring import bring_all
from missing.news.tasks import look_around
from shared.arguments import takes

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes()
def check_followed(call: Call) -> dict[str, Any]:
    """Task Check Followed: save the new scenes of all follows, bring them by their rules, and send one message."""
    return look_around(call, with_favorites=False)


@takes()
def bring_again(call: Call) -> dict[str, Any]:
    """Task `follow_again`: bring the open scenes that are due without asking a box; the heartbeat starts it."""
    problems = bring_all(call)
    return {"message": "The scenes that waited were tried again.", "problems": problems}
