"""One request to the sandbox's Plex."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.messages import HttpRequest, Response
from sandbox.plex.elements import Attributes, Element, write_container
from sandbox.plex.model import LibrarySection, PlexMovie
from sandbox.plex.state import PlexState


class NotThere(Exception):
    """The requested library or item does not exist."""


@dataclass(frozen=True)
class PlexRequest:
    """A request with the state it works on and what its path named."""

    state: PlexState
    request: HttpRequest
    match: re.Match[str]
    is_admin: bool
    account: int = 0

    @property
    def as_json(self) -> bool:
        """Return True if the client asked for JSON; XML otherwise."""
        return "application/json" in self.request.header("accept")

    def section(self) -> LibrarySection:
        """Return the library in the request's path, for the routes of the Plex double; answer 404 if there is none."""
        number = int(self.match["section"])
        if number not in self.state.sections:
            raise NotThere
        return self.state.sections[number]

    def item(self) -> PlexMovie:
        """Return the item in the request's path, for the routes of the Plex double; answer 404 if there is none."""
        item = self.state.find_item(int(self.match["item"]))
        if item is None:
            raise NotThere
        return item

    def show(self, children: list[Element], **attributes: object) -> Response:
        """Return a MediaContainer with these elements, in XML or JSON as the client asked; routes answer with it."""
        plain: Attributes = {
            name: value for name, value in attributes.items() if isinstance(value, (str, int, float, bool))
        }
        return write_container(children, plain, self.as_json)

    def done(self) -> Response:
        """Return the empty answer of a write, for the double's routes."""
        return Response(200, b"", (("Content-Type", "text/html"),))
