"""Records the lines that a plugin process runs. Our .venv starts it in processes that the tests measure.

`import coverage` takes longer than most plugin processes do. So only its compiled tracer is loaded here, and the lines
are written as they are; `scripts/measure/coverage.py` adds them to the coverage of the tests.
"""

from __future__ import annotations

import _imp
import atexit
import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from coverage.types import TFileDisposition

TraceFunction = Callable[[FrameType, str, Any], Any]
TRACER = "tracer.so"  # in the folder of the records
STANDARD_LIBRARY = os.path.dirname(os.__file__) + os.sep
NOT_OURS = (f"{os.sep}site-packages{os.sep}", f"{os.sep}vendor{os.sep}")


class Recorder:
    """The lines of one process, collected by one tracer per thread."""

    def __init__(self, tracing: Any, folder: str) -> None:
        self._tracing = tracing
        self._folder = folder
        self._lines: dict[str, set[int]] = {}
        self._dispositions: dict[str, TFileDisposition] = {}
        self._real_folders: dict[str, str] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        """Record from now on, in all threads, and write when the process ends, unless it is killed by SIGKILL."""
        exit_at_once = os._exit

        def write_and_exit(status: int) -> NoReturn:
            self.write()
            exit_at_once(status)

        def write_and_die(number: int, _frame: FrameType | None) -> None:
            self.write()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

        os._exit = write_and_exit
        atexit.register(self.write)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._lines.clear)  # the parent writes what it has run
        if os.name == "posix":
            signal.signal(signal.SIGTERM, write_and_die)
        threading.settrace(self._trace_thread)
        self._start_tracer()

    def write(self) -> None:
        """Write what this process has run so far into a file of its own."""
        found = {path: set(lines) for path, lines in list(self._lines.items())}  # other threads may still add
        name = f"{os.getpid()}-{os.urandom(4).hex()}.lines"
        with open(os.path.join(self._folder, name), "wb") as file:
            marshal.dump(found, file)

    def _trace_thread(self, frame: FrameType, event: str, argument: Any) -> Any:
        sys.settrace(None)
        return self._start_tracer()(frame, event, argument)

    def _start_tracer(self) -> TraceFunction:
        tracer = self._tracing.CTracer()
        tracer.data = self._lines
        tracer.lock_data, tracer.unlock_data = self._lock.acquire, self._lock.release
        tracer.trace_arcs = False
        tracer.should_trace = self._choose
        tracer.should_trace_cache = self._dispositions
        tracer.file_tracers = {}
        tracer.warn = tracer.concur_id_func = tracer.check_include = None
        tracer.should_start_context = tracer.switch_context = tracer.disable_plugin = None
        trace: TraceFunction = tracer.start()
        return trace

    def _choose(self, path: str, _frame: FrameType) -> TFileDisposition:
        """Return, as the tracer wants it, whether the lines of a file are recorded, and under which path."""
        folder, name = os.path.split(path)
        chosen: TFileDisposition = self._tracing.CFileDisposition()
        chosen.original_filename = chosen.canonical_filename = path
        chosen.trace = bool(folder) and not path.startswith(STANDARD_LIBRARY) and not any(map(path.count, NOT_OURS))
        chosen.source_filename = os.path.join(self._find_real_folder(folder), name) if chosen.trace else path
        chosen.reason = ""
        chosen.file_tracer = None
        chosen.has_dynamic_filename = False
        return chosen

    def _find_real_folder(self, folder: str) -> str:
        """Return the folder behind links, while they exist: tests remove theirs before the lines are counted."""
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return self._real_folders[folder]


def start(folder: str) -> None:
    """Record this process into a folder; the line that `scripts/measure/coverage.py` writes into .venv calls this."""
    Recorder(load_tracer(os.path.join(folder, TRACER)), folder).start()


def load_tracer(path: str) -> ModuleType:
    """Return the tracer in a copy of coverage's file: a process can load each file once, and may import coverage."""
    spec = ModuleSpec("tracer", ExtensionFileLoader("tracer", path), origin=path)
    module = _imp.create_dynamic(spec)
    _imp.exec_dynamic(module)
    return module
