"""One request on its way through the double."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.messages import HttpRequest, Response
from sandbox.plex.elements import Attributes, Element, write_container
from sandbox.plex.model import LibrarySection, PlexMovie
from sandbox.plex.state import PlexState


class NotThere(Exception):
    """The library or item asked for does not exist."""


@dataclass(frozen=True)
class PlexRequest:
    """A request with what was found out about it."""

    state: PlexState
    request: HttpRequest
    match: re.Match[str]
    is_admin: bool

    @property
    def as_json(self) -> bool:
        """Whether the client asked for JSON; XML otherwise."""
        return "application/json" in self.request.header("accept")

    def section(self) -> LibrarySection:
        """The library in the path."""
        number = int(self.match["section"])
        if number not in self.state.sections:
            raise NotThere
        return self.state.sections[number]

    def item(self) -> PlexMovie:
        """The item in the path."""
        item = self.state.find_item(int(self.match["item"]))
        if item is None:
            raise NotThere
        return item

    def show(self, children: list[Element], **attributes: object) -> Response:
        """A MediaContainer in the form asked for."""
        plain: Attributes = {
            name: value for name, value in attributes.items() if isinstance(value, (str, int, float, bool))
        }
        return write_container(children, plain, self.as_json)

    def done(self) -> Response:
        """Writes are answered with nothing."""
        return Response(200, b"", (("Content-Type", "text/html"),))
