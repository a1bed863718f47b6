"""What one GraphQL request carries along to its resolvers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.stash.library import Database
from sandbox.stash.sessions import Session

if TYPE_CHECKING:
    from sandbox.stash.services import Services


NOBODY = Session()


@dataclass
class Context:
    """The caller of one request: where it came from, who it is, which hooks led to it."""

    services: Services
    db: Database
    base_url: str
    session: Session = NOBODY
    is_abandoned: Callable[[], bool] = field(default=lambda: False)
    event: Any = None  # what a subscription tells

    def url(self, path: str) -> str:
        """An absolute address as this caller sees the server."""
        return f"{self.base_url}{path}"
