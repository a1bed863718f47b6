"""Tasks that a page starts and follows: a token that the page knows leads to the result."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.runtime.call import Call


def queue_followed_task(call: Call, mode: str, title: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """Queue a task of this plugin in Stash for an operation.

    Return its `job_id` and the `run_token` by which `run_result` finds it.
    """
    token = os.urandom(12).hex()
    job_id = call.stash.run_plugin_task(
        call.plugin.id, args={"mode": mode, "run_token": token, **args}, description=f"{call.plugin.name}: {title}"
    )
    return {"job_id": job_id, "run_token": token}
