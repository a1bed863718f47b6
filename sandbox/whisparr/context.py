"""One request to the sandbox's Whisparr."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.messages import HttpRequest
from sandbox.whisparr.answers import read_body, unreadable
from sandbox.whisparr.state import WhisparrState


@dataclass(frozen=True)
class WhisparrRequest:
    """A request with the state it works on."""

    state: WhisparrState
    request: HttpRequest
    match: re.Match[str]

    def body(self) -> Any:
        """Return the JSON body of a request to Whisparr, with property names in lower case, for the routes."""
        return read_body(self.request.body)

    def body_object(self) -> dict[str, Any]:
        """Return the body, which must be an object, for the routes of the Whisparr double."""
        body = self.body()
        if not isinstance(body, dict):
            raise unreadable("$", "The JSON value could not be converted.")
        return body

    def flag(self, name: str) -> bool:
        """Return a parameter as yes or no, for the routes of the Whisparr double; no if it is left out."""
        return self.request.parameter(name).lower() == "true"
