"""One run of a plugin: a document on stdin, an answer on stdout, log lines on stderr, SIGKILL when cancelled."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any, Optional, Protocol

LINE_LIMIT = 65_536
LOOK_AROUND = 0.02
EXACT = 2**53
LAST_LINES = 1.0  # seconds for what a process wrote before its end; a child that lives on may hold its log open
MOST_PLAIN_STATUS = 0xFFFF  # Go writes the larger ones of Windows, such as 0xc0000005, as hexadecimal numbers
LEVELS = {b"t": "trace", b"d": "debug", b"i": "info", b"w": "warning", b"e": "error", b"p": "progress"}
OnLine = Callable[[str, str], None]
Pipe = Optional[IO[bytes]]


class RunningProgram(Protocol):
    """A running program as the plugin host needs it; a `subprocess.Popen` is one."""

    @property
    def pid(self) -> int:
        """Return the process id of a plugin's program."""

    @property
    def stdin(self) -> Pipe:
        """Return the pipe that the plugin's program reads."""

    @property
    def stdout(self) -> Pipe:
        """Return the pipe with the answer of the plugin's program."""

    @property
    def stderr(self) -> Pipe:
        """Return the pipe with the log of the plugin's program."""

    def wait(self) -> int:
        """Return the exit code when the plugin's program has ended."""

    def kill(self) -> None:
        """Kill the program but not its children; `PluginProcess.kill` calls it."""


StartProgram = Callable[[Sequence[str], Mapping[str, str]], RunningProgram]


def start_program(command: Sequence[str], environment: Mapping[str, str]) -> RunningProgram:
    """Start a plugin's program with three pipes; raise OSError if it cannot be started."""
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=dict(environment), stdin=pipe, stdout=pipe, stderr=pipe)


@dataclass(frozen=True)
class PluginReply:
    """The answer of a plugin; `error` is None if it succeeded."""

    output: Any = None
    error: str | None = None


class CannotStart(Exception):
    """The program could not be started."""


class Cancelled(Exception):
    """The run was cancelled; the text is the error that a task then logs."""


class PluginProcess:
    """One process of a plugin, read by threads of its own."""

    def __init__(self, start: Callable[[], RunningProgram], document: bytes, on_line: OnLine) -> None:
        self._on_line = on_line
        self._finished = threading.Event()
        self._outcome = PluginReply()
        try:
            self._process = start()
        except OSError as error:
            raise CannotStart(f"error running plugin: {error}") from error
        self._lines = threading.Thread(target=self._read_lines, daemon=True)
        self._lines.start()
        for work in (lambda: self._write(document), self._read_answer):
            threading.Thread(target=work, daemon=True).start()

    @property
    def pid(self) -> int:
        """Return the process id of a running plugin, for the list of runs and kills by tests."""
        return self._process.pid

    def wait(self, is_cancelled: Callable[[], bool]) -> PluginReply:
        """Return the plugin's answer, however long it takes; kill the process and raise Cancelled if that is wished.

        The plugin host calls it.
        """
        while not self._finished.wait(LOOK_AROUND):
            if is_cancelled():
                self.kill()
                self._process.wait()  # on a busy machine, a killed process lives a moment longer
                raise Cancelled("signal: killed")
        return self._outcome

    def kill(self) -> None:
        """Kill the plugin's process itself, without grace; its children live on."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    def _write(self, document: bytes) -> None:
        with contextlib.suppress(OSError), _pipe(self._process.stdin) as stdin:
            stdin.write(document)

    def _read_answer(self) -> None:
        with _pipe(self._process.stdout) as stdout:
            text = stdout.read().decode("utf-8", "replace")
        outcome = decode_answer(text)
        code = self._process.wait()
        self._lines.join(LAST_LINES)
        if code and outcome.error is None:
            outcome = PluginReply(outcome.output, describe_exit(code))
        self._outcome = outcome
        self._finished.set()

    def _read_lines(self) -> None:
        pending = b""
        with _pipe(self._process.stderr) as stderr:
            while chunk := os.read(stderr.fileno(), LINE_LIMIT):
                *lines, pending = (pending + chunk).split(b"\n")
                if any(len(line) >= LINE_LIMIT for line in (*lines, pending)):
                    pending = b""
                    break
                for line in lines:
                    self._report(line)
        self._report(pending)

    def _report(self, line: bytes) -> None:
        if line := line.removesuffix(b"\r"):
            level, text = detect_level(line)
            self._on_line(level, text.decode("utf-8", "replace"))


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError("the process was started without pipes")
    return stream


def detect_level(line: bytes) -> tuple[str, bytes]:
    """Return the level of a plugin's log line, by its level byte, and its text; "" if the line has none.

    The reader of a plugin's log calls it.
    """
    if len(line) >= 4 and line[0] == 1 and line[2] == 2 and line[1:2] in LEVELS:
        return LEVELS[line[1:2]], line[3:].strip()
    return "", line


def decode_answer(text: str) -> PluginReply:
    """Return a plugin's stdout as Stash reads it: an object's `output` and `error`, else the text itself."""
    try:
        document = json.loads(text, parse_constant=_refuse_constant, parse_int=read_number)
    except ValueError:
        return PluginReply(text)
    if document is None:
        return PluginReply()
    if not isinstance(document, dict):
        return PluginReply(text)
    found = {key.lower(): value for key, value in document.items() if key.lower() in ("output", "error")}
    error = found.get("error")
    if error is not None and not isinstance(error, str):
        return PluginReply(text, "")
    return PluginReply(found.get("output"), error)


def read_number(text: str) -> int:
    """Return a whole number of a plugin's answer as a 64-bit float holds it; `decode_answer` calls it."""
    value = int(text)
    return value if abs(value) <= EXACT else int(Decimal(repr(float(value))))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def describe_exit(code: int) -> str:
    """Return the exit status of a plugin in Go's words, its error if it gave none; `PluginProcess` reports it."""
    if code < 0:
        return f"signal: {signal.strsignal(-code) or -code}".lower()
    return f"exit status {code:#x}" if code > MOST_PLAIN_STATUS else f"exit status {code}"
