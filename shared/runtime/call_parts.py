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
    def shown(self) -> float: ...
    def __call__(self, fraction: float, /) -> None: ...


class CallParts(Protocol):
    """The part of a `Call` that drains and runs use."""

    @property
    def store(self) -> Store: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def log(self) -> Log: ...
    @property
    def run_details(self) -> Mapping[str, object]: ...
    @property
    def progress(self) -> TellsProgress: ...
