"""The Stash double for tests: started with one call, asked with one more.

def test_tags(stash: RunningStash) -> None:
    stash.ask("mutation { tagCreate(input: {name: $name}) { id } }")      # the data; errors are raised as Failed
    stash.refusals("{ findTag(id: \"x\") { id } }")                       # the messages of the errors
    stash.post("{ nope }")                                                # the bare response
    stash.add_plugin("probe", PROBE, "hooks: …")                          # a plugin made of a script and a manifest

`start_stash(**options)` and the fixture `make_stash` take the options of `sandbox.stash.server.StashOptions`;
`start_process(*arguments)` runs `python -m sandbox` as a process of its own.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import requests

from sandbox.stash.jobs import Job
from sandbox.stash.plugins.host import PluginRun
from sandbox.stash.server import SandboxStash, StashOptions
from sandbox.stash.stocking import Stock
from tests.harness.installed import leave_unmeasured, make_environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
RUN_OPERATION = "mutation($plugin: ID!, $args: Map) { runPluginOperation(plugin_id: $plugin, args: $args) }"
RUN_TASK = """mutation($plugin: ID!, $task: String, $args: Map) {
  runPluginTask(plugin_id: $plugin, task_name: $task, args_map: $args)
}"""


class Failed(Exception):
    """GraphQL errors; the messages are its arguments."""


class Calendar:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, **amount: float) -> None:
        """Let time go by, for example `hours=2`."""
        self.moment += timedelta(**amount)


class RunningStash:
    """A running double and the few words tests need."""

    def __init__(self, double: SandboxStash) -> None:
        self.double = double
        self.url = double.url
        self.stock = Stock(double.services.library)
        self.jobs = double.services.jobs
        self.headers = {"Accept": "application/json"}

    def post(self, document: str, variables: dict[str, Any] | None = None, **headers: str) -> requests.Response:
        """The response to a document; `headers` are added, `_` in their names stands for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = {"query": document, "variables": variables}
        return requests.post(f"{self.url}/graphql", json=body, headers={**self.headers, **named}, timeout=PATIENCE)

    def get(self, path: str, **headers: str) -> requests.Response:
        """The response to a GET, redirects not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.get(f"{self.url}{path}", headers=named, timeout=PATIENCE, allow_redirects=False)

    def get_status(self, path: str) -> int:
        """The status of a GET whose path is sent as it is, dots and all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.double.server.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path)
            return connection.getresponse().status

    @contextlib.contextmanager
    def begin(self, body: dict[str, Any]) -> Iterator[None]:
        """Send a request and leave at the end of the block, without having heard the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.double.server.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(
                "POST", "/graphql", json.dumps(body), {**self.headers, "Content-Type": "application/json"}
            )
            yield

    def ask(self, document: str, **variables: Any) -> Any:
        """The data; a document with one field gives that field's value."""
        answer = self.post(document, variables).json()
        if answer.get("errors"):
            raise Failed(*(error["message"] for error in answer["errors"]))
        data = answer["data"]
        return next(iter(data.values())) if len(data) == 1 else data

    def refusals(self, document: str, **variables: Any) -> list[str]:
        """The messages of the errors."""
        return [error["message"] for error in self.post(document, variables).json().get("errors", ())]

    def operate(self, plugin: str, **args: Any) -> Any:
        """Return the answer of a plugin's operation."""
        return self.ask(RUN_OPERATION, plugin=plugin, args=args)

    def run_task(self, plugin: str, task: str | None = None, **args: Any) -> Job:
        """A task, run to its end."""
        return self.jobs.wait_for(int(self.ask(RUN_TASK, plugin=plugin, task=task, args=args)))

    def add_plugin(self, plugin_id: str, script: str = "", manifest: str = "", **files: str) -> Path:
        """Write and load a plugin; `{pluginDir}/main.py` is its script. Returns its folder."""
        folder = self.double.plugins_dir / plugin_id
        folder.mkdir(parents=True)
        (folder / "main.py").write_text(dedent(script), encoding="utf-8")
        head = f'name: {plugin_id}\nexec: [python3, "{{pluginDir}}/main.py"]\n'
        (folder / f"{plugin_id}.yml").write_text(head + dedent(manifest), encoding="utf-8")
        for name, content in files.items():
            (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
        self.double.services.plugins.reload()
        return folder

    def runs(self, kind: str = "") -> list[PluginRun]:
        """The plugin processes so far."""
        return [run for run in self.double.services.plugins.runs if kind in ("", run.kind)]

    def hooks(self) -> list[dict[str, Any]]:
        """Return what the hooks have been told so far."""
        return [run.document["args"]["hookContext"] for run in self.runs("hook")]

    def log(self, level: str = "") -> list[str]:
        """The messages in the log."""
        return [line.message for line in self.double.services.logbook.lines(level)]

    def wait_for_log(self, message: str) -> None:
        """Wait until a message is in the log."""
        self.double.services.logbook.wait_for(message, PATIENCE)

    def wait_until(self, is_true: Callable[[], bool], what: str) -> None:
        """Look again and again until something is true."""
        deadline = time.monotonic() + PATIENCE
        while not is_true():
            assert time.monotonic() < deadline, f"not true in time: {what}"
            time.sleep(0.01)


@contextlib.contextmanager
def start_stash(**options: Any) -> Iterator[RunningStash]:
    """A running double; the Python of the tests is the one plugins get."""
    environment = leave_unmeasured(make_environment())  # its plugins are scripts of the tests
    with SandboxStash(StashOptions(**{"environment": environment, **options})) as double:
        yield RunningStash(double)


@pytest.fixture
def make_stash() -> Iterator[Callable[..., RunningStash]]:
    """Starts doubles with options."""
    with contextlib.ExitStack() as running:
        yield lambda **options: running.enter_context(start_stash(**options))


@pytest.fixture
def stash(make_stash: Callable[..., RunningStash]) -> RunningStash:
    """An empty double."""
    return make_stash()


@pytest.fixture
def calendar() -> Calendar:
    """A clock for a double."""
    return Calendar()


@contextlib.contextmanager
def start_process(*arguments: str) -> Iterator[tuple[str, list[str]]]:
    """`python -m sandbox` as a process: the address of its Stash and what it printed before."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "sandbox", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield read_address(process)
        finally:
            process.terminate()


def read_address(process: subprocess.Popen[str]) -> tuple[str, list[str]]:
    """The last line says where Stash is."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if found := re.match(r"Stash \S+: (\S+)", line):
            return found[1], lines
    raise AssertionError(f"the sandbox did not start: {lines}")
