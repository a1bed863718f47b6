"""The parts of a `Call` that drains and runs need; tests supply their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from shared.runtime.clock import Clock
from shared.runtime.log import Log
from shared.state.store import Store


class TellsProgress(Protocol):
    """Shows how much of a task is done, and knows what the steps before have reached."""

    @property
    def shown(self) -> float:
        """Return the fraction that the task has reached; a run goes on from there."""

    def __call__(self, fraction: float, /) -> None: ...


class CallParts(Protocol):
    """The part of a `Call` that drains and runs use."""

    @property
    def store(self) -> Store:
        """Return the state file, for the journal and the queue."""

    @property
    def clock(self) -> Clock:
        """Return the clock, for the journal and the queue."""

    @property
    def log(self) -> Log:
        """Return the log, for the journal and the queue."""

    @property
    def run_details(self) -> Mapping[str, object]:
        """Return the origin of the call, which the journal keeps with its runs."""

    @property
    def progress(self) -> TellsProgress:
        """Return the progress of the task, which a run moves on."""
