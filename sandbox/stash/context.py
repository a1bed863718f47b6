"""The context of one GraphQL request, which every resolver is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.stash.library import Database
from sandbox.stash.plugins.host import Hooked
from sandbox.stash.services import Services
from sandbox.stash.sessions import CookieSession

NOBODY = CookieSession()


@dataclass
class Context:
    """The caller of one request: where it came from, who it is, which hooks led to it."""

    services: Services
    db: Database
    base_url: str
    session: CookieSession = NOBODY
    is_abandoned: Callable[[], bool] = field(default=lambda: False)
    event: Any = None  # the event a subscription answers, None for queries and mutations

    def fire(self, trigger: str, object_id: int, given: Any = None, fields: Any = ()) -> None:
        """Run the hooks of a change made by this request, before it is answered.

        Mutations and scans call it.
        """
        hooked = Hooked(object_id, trigger, given, tuple(fields))
        self.services.plugins.fire(hooked, self.session, self.is_abandoned)

    def url(self, path: str) -> str:
        """Return an absolute address of this Stash as the caller sees it, for answers with addresses."""
        return f"{self.base_url}{path}"
