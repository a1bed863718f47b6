"""The health check task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.page.health import describe_health

if TYPE_CHECKING:
    from shared.runtime.call import Call


def check_health(call: Call) -> dict[str, Any]:
    """Write the state of server, libraries, index and queue into the log; fail with the error that stops syncing."""
    lines = describe_health(call)
    for line in lines:
        call.log.info(line)
    return {"message": " ".join(lines), "lines": lines}
