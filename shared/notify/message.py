"""The message that all services get, and its form within their limits. Pure."""

from __future__ import annotations

from typing import NamedTuple

LONGEST_TITLE = 200


class Message(NamedTuple):
    """A title, lines of text and the number of things; `lines` may be cut where a service takes less.

    `note` is the text of a message without lines, because some services put their own in its place.
    """

    title: str
    lines: tuple[str, ...] = ()
    number: int = 0
    plugin: str = ""
    event: str = ""
    note: str = ""


def write_body(message: Message, most: int, *, in_bytes: bool = False) -> str:
    """Return the lines, else the note, in at most `most` characters or bytes; a last line counts what is left out.

    The request for each service is made with it.
    """
    if not message.lines:
        return message.note[:most]
    for kept in range(len(message.lines), -1, -1):
        left_out = len(message.lines) - kept
        tail = (f"… and {left_out} more",) if left_out else ()
        text = "\n".join((*message.lines[:kept], *tail))
        if len(text.encode() if in_bytes else text) <= most:
            return text
    return ""


def cut_title(message: Message) -> str:
    """Return the title within the limit of the strictest service; the request for each service is made with it."""
    return message.title[:LONGEST_TITLE]
