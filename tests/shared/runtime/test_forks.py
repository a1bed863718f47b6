"""The forks that stand for plugin processes in most tests: they answer, log, fail and die like started ones."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Optional

import pytest

from sandbox.stash.plugins.process import PluginProcess, PluginReply, StartProgram, start_program
from tests.harness.forks import ForkedProgram, ForkServers
from tests.harness.installed import leave_unmeasured, make_environment
from tests.harness.process import document, operation

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
CALLS = ("describe_process", "echo", "print_everywhere", "log_levels", "break_down", "leave", "exit_now", "no_such")
Seen = tuple[Optional[PluginReply], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def servers() -> Iterator[ForkServers]:
    found = ForkServers()
    yield found
    found.close()


@pytest.fixture
def entry(sample_folder: Path, tmp_path: Path) -> str:
    """Return the path of the sample plugin's entry in a Stash of its own."""
    (tmp_path / "plugins").mkdir()
    folder = tmp_path / "plugins" / sample_folder.name
    folder.symlink_to(sample_folder)
    return str(folder / "sample_plugin.py")


def environment_for(entry: str, **more: str) -> dict[str, str]:
    """Return the environment in which the double starts this entry."""
    return {**leave_unmeasured(make_environment()), "PYTHONPATH": str(Path(entry).parents[1]), **more}


def call(start: StartProgram, entry: str, sent: Any, **more: str) -> Seen:
    """Return the answer and the log of one call, with one name for the plugin's folder and what it links to."""
    lines: list[tuple[str, str]] = []
    command = [sys.executable, entry]
    program = partial(start, command, environment_for(entry, **more))
    process = PluginProcess(program, json.dumps(sent).encode(), lambda level, text: lines.append((level, text)))
    reply, loaded = process.wait(lambda: False), os.path.realpath(Path(entry).parent)
    return reply, [(level, text.replace(loaded, str(Path(entry).parent))) for level, text in lines]


@pytest.mark.parametrize("name", CALLS)
def test_a_forked_call_is_one_that_was_started(servers: ForkServers, entry: str, tmp_path: Path, name: str) -> None:
    sent = document(operation(name), state=tmp_path)
    forked = call(servers.start, entry, sent, HOME=str(tmp_path))
    started = call(start_program, entry, sent, HOME=str(tmp_path))
    assert forked == started
    assert forked != (PluginReply(), [])


def test_calls_do_not_see_what_earlier_ones_left_behind(servers: ForkServers, entry: str, tmp_path: Path) -> None:
    sent = document(operation("describe_process"), state=tmp_path)
    first, _ = call(servers.start, entry, sent, ONLY_THE_FIRST="1")
    second, _ = call(servers.start, entry, sent)
    assert first is not None and second is not None
    assert first.output["environment"].pop("ONLY_THE_FIRST") == "1"
    assert first == second


def test_a_fork_can_be_killed_and_others_go_on(servers: ForkServers, entry: str, tmp_path: Path) -> None:
    start = partial(servers.start, [sys.executable, entry], environment_for(entry))
    killed, other = start(), start()  # both wait for their input
    assert isinstance(killed, ForkedProgram) and killed.pid != other.pid
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    killed.kill()  # it is over, and its number may belong to another process
    process = PluginProcess(lambda: other, json.dumps(document(operation("echo", n=1))).encode(), lambda *_: None)
    assert process.wait(lambda: False).output["n"] == 1
    for stream in (killed.stdin, killed.stdout, killed.stderr):
        stream.close()


@pytest.mark.parametrize("command", [["-c", "print(1)"], ["{entry}", "more"]])
def test_anything_but_a_plain_call_is_started(servers: ForkServers, entry: str, command: list[str]) -> None:
    line = [sys.executable, *(part.format(entry=entry) for part in command)]
    program = servers.start(line, environment_for(entry))
    assert not isinstance(program, ForkedProgram)
    program.kill()
    program.wait()
    for stream in (program.stdin, program.stdout, program.stderr):
        assert stream is not None
        stream.close()
