"""The heartbeat's work for follows: notices, and another try after a failure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.follow.store import count_waiting
from shared.page.heartbeat import Notice, queue_task

if TYPE_CHECKING:
    from shared.runtime.call import Call

AGAIN_SECONDS = 900.0


def start_again(call: Call) -> None:
    """Queue the task `follow_again`, which brings again what failed, every 15 minutes; the heartbeat calls it."""
    if count_waiting(call.store).retry:
        queue_task(call, "follow_again", "bringing new scenes again", every=AGAIN_SECONDS)


def describe_followed(call: Call) -> Iterator[Notice]:
    """Yield the notices about new scenes of what is followed: those that wait for a decision, and those that failed.

    A scene failed if it could not be put on Wanted or added to Whisparr; the notice says why. The heartbeat calls this.
    """
    waiting = count_waiting(call.store)
    if waiting.asks:
        what = "1 new scene waits" if waiting.asks == 1 else f"{waiting.asks} new scenes wait"
        yield Notice("followed", "info", f"{what} for your decision. See the Following tab.")
    if waiting.retry:
        what = "1 new scene waits" if waiting.retry == 1 else f"{waiting.retry} new scenes wait"
        yield Notice("followed.waiting", "warning", f"{what} and will be tried again: {waiting.reason}".strip())
