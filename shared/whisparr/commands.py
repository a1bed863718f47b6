"""Work that Whisparr does by itself after a request: searching for releases of scenes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shared.errors import NotFound
from shared.reply_fields import int_of, text_of
from shared.whisparr.client import Whisparr

RUNNING, DONE, FAILED, GONE = "running", "done", "failed", "gone"
STATES: Mapping[str, str] = {"queued": RUNNING, "started": RUNNING, "completed": DONE}
SEARCHING = "searching for releases"


class CommandState(NamedTuple):
    """The progress of a command: `running`, `done`, `failed`, or `gone` if Whisparr does not know it any more."""

    id: int
    state: str
    message: str = ""


def start_search(whisparr: Whisparr, movie_ids: Sequence[int]) -> CommandState:
    """Let Whisparr search for these scenes, also for unmonitored ones, and return the command.

    `whisparr_search` calls it. Whisparr fails the whole command if one number is unknown, so the caller reads the
    scenes first.
    """
    body = {"name": "MoviesSearch", "movieIds": list(movie_ids)}
    # An equal command that runs is returned instead of a second one, so the request may be repeated.
    row = whisparr.wire.write("POST", "command", SEARCHING, json=body, repeatable=True)
    return read_command_row(whisparr.wire.check_object(row, SEARCHING))


def read_command(whisparr: Whisparr, command_id: int) -> CommandState:
    """Return the progress of a command; the page asks until the search has ended."""
    operation = "reading the progress of a search"
    try:
        return read_command_row(
            whisparr.wire.check_object(whisparr.wire.read(f"command/{command_id}", operation), operation)
        )
    except NotFound:
        return CommandState(command_id, GONE)


def read_command_row(row: Mapping[str, Any]) -> CommandState:
    """Return a command from its JSON; starting and asking call it."""
    return CommandState(int_of(row, "id"), STATES.get(text_of(row, "status"), FAILED), text_of(row, "message"))
