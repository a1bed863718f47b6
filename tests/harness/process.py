"""Runs an entry file as Stash would: the input document on stdin, all of stdout decoded once, stderr read line by line.

outcome = run_plugin("missingScenes/missing_scenes.py", task("scan"), state=tmp_path)
outcome.output, outcome.error, outcome.lines

`decode_stdout` follows Stash's own rules, including those under which an answer is silently lost.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWER_CALLS = Path(__file__).with_name("programs") / "answer_calls.py"
LONGEST_LINE = 64 * 1024
LEVELS = {"t": "trace", "d": "debug", "i": "info", "w": "warning", "e": "error", "p": "progress"}

Document = dict[str, Any]


class Line(NamedTuple):
    """One line of stderr; the level is "" when it had no prefix, which Stash would log as an error."""

    level: str
    text: str


class Outcome(NamedTuple):
    """A call of a plugin as Stash sees it."""

    output: Any
    error: str | None
    lines: tuple[Line, ...]
    exit_code: int
    stdout: bytes

    @property
    def document(self) -> Document:
        """The one JSON document that was on stdout; fails when there was anything else."""
        document: Document = json.loads(self.stdout)
        return document

    @property
    def progress(self) -> list[float]:
        return [float(line.text) for line in self.lines if line.level == "progress"]

    def texts(self, level: str) -> list[str]:
        """The messages of one level."""
        return [line.text for line in self.lines if line.level == level]


def document(args: Mapping[str, Any], *, state: Path | None = None, port: int = 9, **connection: Any) -> Document:
    """Return the document that Stash sends to a plugin.

    `state` becomes its configuration folder, `connection` overrides `server_connection`.
    """
    cookie = {"Name": "session", "Value": "cookie-value-for-tests", "Path": "/", "MaxAge": 3600, "SameSite": 2}
    server = {"Scheme": "http", "Host": "0.0.0.0", "Port": port, "SessionCookie": cookie, "PluginDir": ""}
    return {"server_connection": {**server, "Dir": str(state or ""), **connection}, "args": dict(args)}


def task(mode: str, **args: Any) -> dict[str, Any]:
    """The arguments of a task; Stash passes fixed ones as strings."""
    return {"mode": mode, **args}


def operation(name: str, **args: Any) -> dict[str, Any]:
    """The arguments of an operation."""
    return {"operation": name, **args}


def hook(trigger: str, item: int, fields: Sequence[str] = (), input_: Any = None) -> dict[str, Any]:
    """Return the arguments of a hook, as a Stash sends them that has not reloaded the manifest of version 1.0."""
    context: dict[str, Any] = {"id": item, "type": trigger, "input": input_}
    if fields:
        context["inputFields"] = list(fields)
    return {"hookContext": context}


def run_plugin(
    entry: str | Path,
    sent: Document | bytes,
    *,
    timeout: float = 60.0,
    python: str = sys.executable,
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> Outcome:
    """Run the entry file to its end; kills it and fails when it takes longer than `timeout` seconds."""
    data = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    with start_plugin(entry, python=python, options=options, env=env) as process:
        reader = StderrReader(process.stderr)
        try:
            stdout, _ = communicate(process, data, timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        code = process.wait(timeout)
        return make_outcome(stdout, reader.finish(), code)


def run_calls(entry: str | Path, documents: Sequence[Document]) -> list[Outcome]:
    """Return the outcomes of many calls of one entry, each in a fork of one Python that has imported all of it.

    For tests that make every call there is: most of a process's time is its start.
    """
    command = [sys.executable, str(ANSWER_CALLS), str(ROOT / entry), "4", "handlers"]
    data = json.dumps(documents)
    done = subprocess.run(command, input=data, capture_output=True, text=True, cwd=ROOT.anchor, timeout=240, check=True)
    return [
        make_outcome(stdout.encode(), tuple(map(read_line, stderr.encode().splitlines())), code)
        for code, stdout, stderr in json.loads(done.stdout)
    ]


def start_plugin(
    entry: str | Path,
    *,
    python: str = sys.executable,
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Return the running process, for tests that kill it; in the root folder and with Stash's PYTHONPATH."""
    path = ROOT / entry
    return subprocess.Popen(
        [python, *options, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=path.anchor,
        env={**os.environ, "PYTHONPATH": str(path.parent.parent), **(env or {})},
    )


def communicate(process: subprocess.Popen[bytes], data: bytes, timeout: float) -> tuple[bytes, None]:
    """Feed stdin and read stdout to its end; stderr belongs to a `StderrReader`."""
    stderr, process.stderr = process.stderr, None
    try:
        stdout, _ = process.communicate(data, timeout)
    finally:
        process.stderr = stderr
    return stdout, None


class StderrReader(threading.Thread):
    """Reads lines as Stash does: one that is too long ends the reading and closes the pipe under the plugin."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        super().__init__(daemon=True)
        assert stream is not None
        self._stream = stream
        self._lines: list[Line] = []
        self.start()

    def run(self) -> None:
        with self._stream:
            while raw := self._stream.readline(LONGEST_LINE):
                if len(raw) >= LONGEST_LINE:
                    return
                self._lines.append(read_line(raw))

    def finish(self) -> tuple[Line, ...]:
        """All lines, after the process has ended."""
        self.join(60)
        return tuple(self._lines)


def read_line(raw: bytes) -> Line:
    """Level and text of one line; the prefix counts only when the line has at least four bytes."""
    text = raw.rstrip(b"\r\n").decode("utf-8", "replace")
    if len(text) >= 4 and text[0] == "\x01" and text[2] == "\x02" and text[1] in LEVELS:
        return Line(LEVELS[text[1]], text[3:])
    return Line("", text)


def make_outcome(stdout: bytes, lines: tuple[Line, ...], exit_code: int) -> Outcome:
    """Return the outcome as Stash reads it: the exit code counts only when there is no error."""
    output, error = decode_stdout(stdout)
    if error is None and exit_code:
        error = f"exit status {exit_code}" if exit_code > 0 else "signal: killed"
    return Outcome(output, error, lines, exit_code, stdout)


def decode_stdout(stdout: bytes) -> tuple[Any, str | None]:
    """Output and error by Stash's table: whatever is not one JSON object is a text, other keys are nothing."""
    text = stdout.decode("utf-8", "replace")
    try:
        value = json.loads(text, parse_constant=refuse_constant)
    except ValueError:
        return text, None
    if not isinstance(value, dict):
        return text, None
    keys = {key.lower(): found for key, found in value.items()}
    error = keys.get("error")
    if error is not None and not isinstance(error, str):
        return text, None
    return keys.get("output"), error


def refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ValueError(name)
