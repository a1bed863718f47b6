"""Plugin processes that are forks of a Python that has loaded the plugin; each costs a fraction of a start.

`install_plugin` gives `FORK_SERVERS.start` to the double. A call that is not a plain "python3 entry.py" of that plugin
is started as Stash does. Tests in e2e/, release/ and contracts/ show the start itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from sandbox.stash.plugins.process import RunningProgram, start_program
from scripts.measure.coverage import RECORDS_VARIABLE

FORK_PLUGIN = Path(__file__).parent / "programs" / "fork_plugin.py"


class ForkedProgram:
    """One plugin process, with what `subprocess.Popen` offers of it."""

    def __init__(self, pipes: tuple[IO[bytes], IO[bytes], IO[bytes]], status: IO[bytes]) -> None:
        self.stdin, self.stdout, self.stderr = pipes
        self._status = status
        self.pid = read_number(status)
        self._code: int | None = None
        self._lock = threading.Lock()

    def wait(self) -> int:
        """Return the exit code when the process has ended."""
        with self._lock:
            if self._code is None:
                with self._status:
                    self._code = read_number(self._status)
            return self._code

    def kill(self) -> None:
        """Kill the process, if it has not ended."""
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class ForkServer:
    """The process with one loaded plugin."""

    def __init__(self, entry: str, environment: Mapping[str, str]) -> None:
        self._channel, theirs = socket.socketpair()
        self._lock = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, str(FORK_PLUGIN), str(theirs.fileno()), entry],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def start(self, entry: str, environment: Mapping[str, str]) -> ForkedProgram:
        """Start a call; the entry's path is that of the plugin's folder as Stash sees it."""
        document = json.dumps({"command": [entry], "environment": dict(environment)}).encode()
        stdin, stdout, stderr, status = (os.pipe() for _ in range(4))
        theirs = [stdin[0], stdout[1], stderr[1], status[1]]
        try:
            with self._lock:
                socket.send_fds(self._channel, [b"%8d" % len(document)], theirs)
                self._channel.sendall(document)
        finally:
            for file in theirs:
                os.close(file)
        pipes = (os.fdopen(stdin[1], "wb"), os.fdopen(stdout[0], "rb"), os.fdopen(stderr[0], "rb"))
        return ForkedProgram(pipes, os.fdopen(status[0], "rb"))

    def list_running(self) -> list[int]:
        """Return the process ids of the calls that have not ended, as Linux tells them."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def close(self) -> None:
        """Let the process end, and wait for it: it writes its coverage then."""
        self._channel.close()
        self._process.wait(60)


class ForkServers:
    """The fork servers of one test session: one for each plugin, and for each set of options of its Python.

    `is_used` is False if every program shall be started as Stash does.
    """

    def __init__(self) -> None:
        self.is_used = True
        self._servers: dict[tuple[str, ...], ForkServer] = {}
        self._lock = threading.Lock()

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> RunningProgram:
        """Start a program; the double calls this for each call of a plugin."""
        if not (self.is_used and is_plain_call(command)):
            return start_program(command, environment)
        entry = os.path.realpath(command[1])
        key = (entry, *(f"{name}={value}" for name, value in sorted(environment.items()) if is_option(name)))
        with self._lock:
            if key not in self._servers:
                own = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
                self._servers[key] = ForkServer(entry, own)
        return self._servers[key].start(command[1], environment)

    def list_running(self) -> list[int]:
        """Return the process ids of all calls that have not ended; the soak asks after each day."""
        return [pid for server in self._servers.values() for pid in server.list_running()]

    def close(self) -> None:
        """End all servers; the end of the session calls this."""
        for server in self._servers.values():
            server.close()
        self._servers.clear()


FORK_SERVERS = ForkServers()


def is_plain_call(command: Sequence[str]) -> bool:
    """Return True if a command starts an entry with the Python of the tests, on a system that can fork."""
    return hasattr(os, "fork") and len(command) == 2 and Path(command[0]).parent == Path(sys.executable).parent


def is_option(name: str) -> bool:
    """Return True if Python or our measuring reads this variable only at its start."""
    return name.startswith(("PYTHON", RECORDS_VARIABLE)) and name != "PYTHONPATH"


def read_number(file: IO[bytes]) -> int:
    """Return the next number that a fork server wrote; OSError if that has ended."""
    line = file.readline()
    if not line:
        raise OSError("the fork server of the plugin has ended; its last words are above")
    return int(line)
