"""When each plugin wants its next heartbeat, in a folder that all share. A task lets those do it that no page called.

An open page calls the heartbeats. Without one, saves start drains, and people and schedules start other tasks: whatever
ends a task well looks here, and asks Stash to run the operation `run_due` of each plugin that is overdue.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import ServiceError
from shared.json_shape import fits
from shared.runtime.clock import is_future
from shared.state.json_file import recall, remember

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.runtime.call import Call

FOLDER = "beats"
SHAPE = {"at": float, "due": float}
GRACE = 120.0  # seconds that an open page has for its call; only then a task steps in
PAUSE = 3600.0  # seconds until a plugin is asked again that could not be asked: it may be switched off or removed
_NAME = re.compile(r"([A-Za-z0-9]{1,60})\.json")


class Beat(NamedTuple):
    """When a plugin's heartbeat was called last, and when it wants to be called again."""

    at: float
    due: float


def note_beat(call: Call, plugin_id: str, again_in: float) -> None:
    """Save that a plugin's heartbeat runs now, and in how many seconds it wants to run again; heartbeats call it."""
    now = call.clock.now()
    remember(os.path.join(call.shared_dir, FOLDER, f"{plugin_id}.json"), {"at": now, "due": now + again_in})


def read_beats(call: Call) -> dict[str, Beat]:
    """Return by plugin when its heartbeat last ran and when it wants to; a plugin that never had one is missing.

    `start_overdue` reads them.
    """
    folder = os.path.join(call.shared_dir, FOLDER)
    try:
        names = [match for match in map(_NAME.fullmatch, os.listdir(folder)) if match]
    except OSError:
        return {}
    kept = {match[1]: recall(os.path.join(folder, match[0])) for match in names}
    return {plugin: Beat(**each) for plugin, each in kept.items() if each and fits(each, SHAPE)}


def find_overdue(beats: Mapping[str, Beat], now: float) -> list[str]:
    """Return the plugins that no page has called in time, the longest overdue first; `start_overdue` asks these."""
    overdue = [name for name, beat in beats.items() if beat.due + GRACE <= now or is_future(beat.at, now)]
    return sorted(overdue, key=lambda name: (beats[name].due, name))


def start_overdue(call: Call, origin: str) -> list[str]:
    """Ask each overdue plugin to run its `run_due`, and return those that answered; each task calls it at its end."""
    if not call.connection.dir:
        return []
    return [name for name in find_overdue(read_beats(call), call.clock.now()) if _ask_plugin(call, name, origin)]


def _ask_plugin(call: Call, plugin_id: str, origin: str) -> bool:
    note_beat(call, plugin_id, PAUSE)  # first, so that a second task that ends now does not ask, too
    try:
        call.stash.run_plugin_operation(plugin_id, {"operation": "run_due", "by": origin})
    except ServiceError as error:
        call.log.debug(f"{plugin_id} was not asked what is due: {error}")
        return False
    return True
