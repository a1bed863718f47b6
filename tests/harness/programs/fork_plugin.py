"""Loads a plugin once and forks for each of its calls: most CPU time of a call is the start of Python and the imports.

python fork_plugin.py SOCKET ENTRY. Each message on the socket is one call: the length of a JSON document, the document
with `command` and `environment`, and four descriptors: stdin, stdout, stderr, and one that gets the process id and,
after the end, the exit code. `tests/harness/forks.py` starts this program and sends the messages.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import NoReturn

LENGTH = 8  # bytes of the length of a document
MOST_FILES = 256
# What plugins import late, because not every call needs it.
STANDARD_MODULES = ("concurrent.futures", "shifted_time", "sqlite3", "traceback", "uuid", "warnings")


class ForkServer:
    """A loaded plugin that answers each call with a fork of this process."""

    def __init__(self, channel: socket.socket, entry: str, path: Sequence[str]) -> None:
        self._channel = channel
        self._path = path
        self._code: CodeType = compile(Path(entry).read_bytes(), entry, "exec", dont_inherit=True)
        self._running: dict[int, int] = {}  # process id → descriptor for the exit code

    def serve(self) -> None:
        """Answer calls until the tests close the socket."""
        ended, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        called = self._channel.fileno()
        is_open = True
        while is_open:
            ready, _, _ = select.select([called, ended], [], [])
            if ended in ready:
                os.read(ended, MOST_FILES)
                self._report_ended()
            if called in ready:
                is_open = self._start_call()

    def _start_call(self) -> bool:
        """Fork for the next call; return False if there is none any more."""
        head, files, _, _ = socket.recv_fds(self._channel, LENGTH, 4)
        if not head:
            return False
        call = json.loads(self._channel.recv(int(head), socket.MSG_WAITALL))
        pid = os.fork()
        if not pid:
            self._be_plugin(call["command"], call["environment"], files[:3])
        for file in files[:3]:
            os.close(file)
        self._running[pid] = files[3]
        os.write(files[3], b"%d\n" % pid)
        return True

    def _be_plugin(self, command: list[str], environment: Mapping[str, str], files: Sequence[int]) -> NoReturn:
        """Be the plugin's process, as if Python had just been started with this command and environment."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for number, file in enumerate(files):
                os.dup2(file, number)
            os.closerange(3, MOST_FILES)
            os.environ.clear()
            os.environ.update(environment)
            more = [each for each in environment.get("PYTHONPATH", "").split(os.pathsep) if each]
            sys.path[:] = [str(Path(command[0]).resolve().parent), *more, *self._path]
            sys.argv[:] = command
            main = ModuleType("__main__")
            main.__file__ = command[0]
            sys.modules["__main__"] = main
            if "SHIFTED_TIME" in environment:
                importlib.import_module("shifted_time").shift_time(Path(environment["SHIFTED_TIME"]))
            exec(self._code, vars(main))
        finally:  # a plugin ends its process itself, so it failed
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)

    def _report_ended(self) -> None:
        """Report the exit codes of all calls that have ended; the system sends one signal for several of them."""
        while self._running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            file = self._running.pop(pid)
            with contextlib.suppress(BrokenPipeError):  # nobody waits for it any more
                os.write(file, b"%d\n" % os.waitstatus_to_exitcode(status))
            os.close(file)


def main(argv: Sequence[str]) -> None:
    """Load the plugin and serve on the socket that this process has inherited."""
    path = sys.path[1:]  # without the folder of this script
    modules = importlib.import_module("answer_calls").list_modules(argv[2])
    for module in (*STANDARD_MODULES, *modules):
        importlib.import_module(module)
    server = ForkServer(socket.socket(fileno=int(argv[1])), argv[2], path)
    gc.collect()
    gc.freeze()  # a collection in a fork would copy the memory of all these objects
    server.serve()


if __name__ == "__main__":
    main(sys.argv)
