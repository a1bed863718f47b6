"""Runs the script of a plugin with `interface: js`, as Stash does inside its own process: here in a Node that stays."""

from __future__ import annotations

import atexit
import contextlib
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.plugins.process import LOOK_AROUND, Cancelled, CannotStart, PluginReply

RUNNER = Path(__file__).parent / "embedded" / "run.js"
ACORN = Path(__file__).parents[3] / "node_modules" / "acorn"
GOJA = "goja"
OTTO = "otto"  # the engine of Stash before 0.26; it knows ES5 only
Query = Callable[[str, Mapping[str, Any]], Any]
OnLine = Callable[[str, str, bool], None]
Process = subprocess.Popen[bytes]


class Script(NamedTuple):
    """A script to run, for `ScriptRunner.run`."""

    path: Path
    input: Mapping[str, Any]  # the global `input`
    engine: str = GOJA
    can_report: bool = False  # True if `log.Progress` has a reader, which only a task's has


class NodePool:
    """Node processes that wait for a script, for all servers of this Python: a start takes longer than a script."""

    def __init__(self) -> None:
        self._idle: list[Process] = []
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Start a process if none waits, so that a script need not wait for its start; the script runner calls this."""
        with self._lock:
            if not self._idle and shutil.which("node"):
                self._idle.append(_start_node())

    def take(self) -> Process:
        """Return a Node process that waits for a script, or a new one; raise CannotStart without Node."""
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.poll() is None:
                    return process
                end_process(process)
        return _start_node()

    def give_back(self, process: Process) -> None:
        """Let a process wait for its next script, which runs in a context of its own."""
        with self._lock:
            self._idle.append(process)

    def close(self) -> None:
        """End the processes that wait; Python calls this at its end."""
        with self._lock:
            while self._idle:
                end_process(self._idle.pop())


NODES = NodePool()
atexit.register(NODES.close)


class ScriptRunner:
    """Runs the scripts of one server, each in a Node process of its own while it lasts."""

    def __init__(self, nodes: NodePool = NODES) -> None:
        self._nodes = nodes
        self._working: set[Process] = set()
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Prepare for the first script; the plugin host calls this."""
        self._nodes.warm_up()

    def run(
        self, script: Script, query: Query, on_line: OnLine, is_cancelled: Callable[[], bool] = lambda: False
    ) -> PluginReply:
        """Run a script to its end and return its result; the plugin host calls this for hooks, tasks and operations.

        `query` answers its `gql.Do`; `on_line` gets level and text of each log line, and True for one of `console`.
        Raises CannotStart for a script that cannot be read or compiled, and Cancelled.
        """
        task = json.dumps({**describe_task(script), "acorn": str(ACORN)}, default=str)
        process = self._take()
        is_idle = False
        try:
            with _killed_if(process, is_cancelled):
                reply = _converse(process, task, query, on_line)
                is_idle = True
        except (BrokenPipeError, EOFError) as error:
            if is_cancelled():
                raise Cancelled("stop") from error
            raise CannotStart("the process that runs scripts has ended") from error
        finally:
            self._give_back(process, is_idle)
        if isinstance(reply, str):
            raise CannotStart(reply)
        return reply

    def close(self) -> None:
        """End the processes that run a script of this server.

        The Stash double calls it when it stops.
        """
        with self._lock:
            working, self._working = self._working, set()
        for process in working:
            end_process(process)

    def _take(self) -> Process:
        process = self._nodes.take()
        with self._lock:
            self._working.add(process)
        return process

    def _give_back(self, process: Process, is_idle: bool) -> None:
        with self._lock:
            is_open = process in self._working
            self._working.discard(process)
        if is_idle and is_open:
            self._nodes.give_back(process)
        else:
            end_process(process)


def _start_node() -> Process:
    node = shutil.which("node")
    if node is None:
        raise CannotStart("the sandbox needs Node to run scripts of plugins")
    return subprocess.Popen([node, str(RUNNER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def end_process(process: Process) -> None:
    """Kill a process, and close its pipes when it is gone, for pool and runner."""
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(BrokenPipeError):
            _pipe(stream).close()


def describe_task(script: Script) -> dict[str, Any]:
    """Return a script as `embedded/run.js` is told of it; raise CannotStart in Stash's words if it cannot be read."""
    try:
        source = script.path.read_text("utf-8")
    except OSError as error:
        reading = "" if script.engine == OTTO else "failed to read file: "
        raise CannotStart(f"{reading}open {script.path}: {str(error.strerror).lower()}") from error
    told = {"path": str(script.path), "source": source, "input": script.input}
    return {**told, "engine": script.engine, "canReport": script.can_report}


def _converse(process: Process, task: str, query: Query, on_line: OnLine) -> PluginReply | str:
    """Return the script's result, or the reason why it cannot start."""
    _send(process, task)
    while line := _pipe(process.stdout).readline():
        message = json.loads(line)
        if "end" in message:
            return PluginReply(message["end"]["output"], message["end"]["error"])
        if "refused" in message:
            return str(message["refused"])
        if "query" in message:
            _send(process, json.dumps(_answer(query, message["query"], message["variables"]), default=str))
        else:
            on_line(message["level"], message["text"], message.get("isConsole", False))
    raise EOFError


@contextlib.contextmanager
def _killed_if(process: Process, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_AROUND):
            if is_cancelled():
                process.kill()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _answer(query: Query, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"data": query(document, variables)}
    except StashFailure as failure:
        return {"error": str(failure)}


def _send(process: Process, line: str) -> None:
    stdin = _pipe(process.stdin)
    stdin.write(line.encode() + b"\n")
    stdin.flush()


def _pipe(stream: Any) -> Any:
    if stream is None:
        raise TypeError("the process was started without pipes")
    return stream
