"""Runs the plugin's tasks in the test process with a counting clock, for waits, limits and cache ages."""

from __future__ import annotations

from typing import Any

from scripts.release.manifests import load_plugin
from shared.runtime.call import Call
from shared.runtime.handler import TASK, HandlerCall, load_named
from tests.harness.clock import CountingClock
from tests.harness.process import document, task
from tests.performerSiteSync.conftest import Bench


def run_inside(
    bench: Bench,
    clock: CountingClock,
    mode: str = "update_performers",
    *,
    patience: float | None = None,
    plugin_id: str = "performerSiteSync",
    **args: Any,
) -> Any:
    """Return a task's result; with `patience` it has a deadline of so many seconds, as an operation has."""
    plugin = load_plugin(plugin_id)
    stash = bench.plugin.stash
    sent = document(task(mode, **args), state=stash.home, port=stash.server.port, Host="127.0.0.1")
    call = Call(plugin, sent, HandlerCall(plugin.find_task(mode), TASK, mode), clock=clock)
    call.deadline = None if patience is None else clock.monotonic() + patience
    handler = load_named(call.work.handler)
    try:
        call.read_arguments(handler)
        return handler(call)
    finally:
        call.close()
