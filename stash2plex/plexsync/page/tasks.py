"""The task Health Check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.page.health import describe_health
from shared.arguments import takes

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes()
def check_health(call: Call) -> dict[str, Any]:
    """Task Health Check: write the state of Plex, libraries, index and queue into the log, and return it.

    Fails with the error that stops syncing.
    """
    lines = describe_health(call)
    for line in lines:
        call.log.info(line)
    return {"message": " ".join(lines), "lines": lines}
