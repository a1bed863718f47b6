"""Runs the script of a plugin with `interface: js`, as Stash does inside its own process: here in a Node that stays."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.plugins.process import CannotStart, PluginReply

RUNNER = Path(__file__).with_name("run_script.js")
ACORN = Path(__file__).parents[3] / "node_modules" / "acorn"
LEVELS = {"Trace": "trace", "Debug": "debug", "Info": "info", "Warn": "warning", "Error": "error"}
Query = Callable[[str, Mapping[str, Any]], Any]
OnLine = Callable[[str, str], None]


class Script(NamedTuple):
    """A script to run: its file, what it is told, and True if it runs on Otto, which knows ES5 only."""

    path: Path
    input: Mapping[str, Any]
    is_otto: bool


class ScriptRunner:
    """The Node processes of one server; each runs one script at a time and is used again."""

    def __init__(self) -> None:
        self._idle: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    def run(self, script: Script, query: Query, on_line: OnLine) -> PluginReply:
        """Return the result of a script; `query` answers its `gql.Do`."""
        try:
            source = script.path.read_text("utf-8")
        except OSError as error:
            raise CannotStart(f"open {script.path}: {error.strerror}") from error
        process = self._take()
        task = {"path": str(script.path), "source": source, "input": script.input}
        _send(process, {**task, "isOtto": script.is_otto, "acorn": str(ACORN)})
        while line := _pipe(process.stdout).readline():
            message = json.loads(line)
            if "end" in message:
                with self._lock:
                    self._idle.append(process)
                return PluginReply(message["end"]["output"], message["end"]["error"])
            if "query" in message:
                _send(process, _answer(query, message["query"], message["variables"]))
            else:
                on_line(LEVELS.get(message["level"], message["level"]), message["text"])
        return PluginReply(error="the script's process ended")

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                process.kill()
                process.wait()
                for stream in (process.stdin, process.stdout):
                    _pipe(stream).close()

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        node = shutil.which("node")
        if node is None:
            raise CannotStart("the sandbox needs Node to run scripts of plugins")
        return subprocess.Popen([node, str(RUNNER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _answer(query: Query, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"data": query(document, variables)}
    except StashFailure as failure:
        return {"error": str(failure)}


def _send(process: subprocess.Popen[bytes], message: Mapping[str, Any]) -> None:
    stdin = _pipe(process.stdin)
    stdin.write(json.dumps(message, default=str).encode() + b"\n")
    stdin.flush()


def _pipe(stream: Any) -> Any:
    if stream is None:
        raise TypeError("the process was started without pipes")
    return stream
