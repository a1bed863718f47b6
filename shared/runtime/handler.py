"""The operation or task that a process was started for, and its handler."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

OPERATION, TASK = "operation", "task"


class HandlerCall:
    """One operation or task, and the "module:function" that does it."""

    __slots__ = ("handler", "kind", "name")

    def __init__(self, handler: str, kind: str, name: object) -> None:
        self.handler = handler
        self.kind = kind
        self.name = str(name)

    @property
    def label(self) -> str:
        """Return kind and name of the work, for messages: the label of errors and log lines."""
        return f"{self.kind} {self.name}"


def load_named(name: str) -> Any:
    """Return the object behind "module:name", by which the plugins' tables name handlers.

    Its module is imported now.
    """
    module, _, attribute = name.partition(":")
    __import__(module)
    return getattr(sys.modules[module], attribute)
