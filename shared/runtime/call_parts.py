"""The parts of a `Call` that drains and runs need; tests supply their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from shared.runtime.clock import Clock
from shared.runtime.log import Log
from shared.state.store import Store


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
    def progress(self) -> Callable[[float], None]: ...
