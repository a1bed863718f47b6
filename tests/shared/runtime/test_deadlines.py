"""How long an operation waits for other programs, so that Stash can still be asked after one that hangs."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.release.manifests import load_plugin
from shared.runtime.call import Call
from shared.runtime.handler import OPERATION, TASK, HandlerCall
from tests.harness.clock import CountingClock
from tests.harness.process import document, operation


def make_call(folder: Path, clock: CountingClock, kind: str) -> Call:
    work = HandlerCall("", kind, "overview")
    return Call(load_plugin("tagManager"), document(operation("overview"), state=folder), work, clock=clock)


def test_an_operation_keeps_time_for_stash(tmp_path: Path) -> None:
    clock = CountingClock()
    call = make_call(tmp_path, clock, OPERATION)
    assert call.deadline is not None and call.service_deadline == pytest.approx(call.deadline - 4)
    clock.advance(20)
    assert call.service_deadline == pytest.approx(call.deadline - 1)  # late, a fifth of what is left


def test_a_task_has_no_deadline(tmp_path: Path) -> None:
    assert make_call(tmp_path, CountingClock(), TASK).service_deadline is None
