"""Answers many calls of one plugin, each in a fork of a process that has started Python once for all of them.

python answer_calls.py ENTRY AT_ONCE "MODULE …", with a JSON list of input documents on stdin; the modules are imported
beforehand. The word `handlers` stands for the modules of all handlers, `vendored` for the modules of the entry and its
client of Stash. Prints a list of [exit code, stdout, stderr]. Runs on every Python that a plugin runs on,
without any package.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any, NoReturn


def start_call(entry: str, document: dict[str, Any], folder: Path) -> int:
    """Start one call as a fork with its files in a folder; return its process id."""
    (folder / "in").write_text(json.dumps(document), encoding="utf-8")
    (folder / "out").touch()
    (folder / "err").touch()
    return os.fork() or answer_call(entry, folder)


def answer_call(entry: str, folder: Path) -> NoReturn:
    """Be the plugin's process."""
    for fd, (name, mode) in enumerate((("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))):
        os.dup2(os.open(folder / name, mode), fd)
    sys.argv[:] = [entry]
    try:
        runpy.run_path(entry, run_name="__main__")
    finally:  # a plugin ends its process itself, so it failed
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


def read_result(folder: Path, status: int) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of a call that has ended."""
    out, err = ((folder / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err"))
    return (os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)), out, err


def answer_calls(entry: str, documents: list[dict[str, Any]], at_once: int, home: str) -> list[tuple[int, str, str]]:
    """Return the results of all calls in their order; `at_once` of them run at the same time."""
    results: dict[int, tuple[int, str, str]] = {}
    running: dict[int, tuple[int, Path]] = {}
    for number, document in enumerate(documents):
        folder = Path(tempfile.mkdtemp(dir=home))
        running[start_call(entry, document, folder)] = (number, folder)
        is_last = number == len(documents) - 1
        while len(running) >= at_once or (running and is_last):
            pid, status = os.wait()
            done, place = running.pop(pid)
            results[done] = read_result(place, status)
    return [results[number] for number in range(len(documents))]


def list_modules(entry: str) -> list[str]:
    """Return the modules of all handlers in an entry's table."""
    table = runpy.run_path(entry)["PLUGIN"]
    standard = importlib.import_module("shared.runtime.plugin")
    named = [table.operations, table.page_tasks, standard.STANDARD_OPERATIONS, standard.STANDARD_TASKS, table.targets]
    handlers = [handler for each in named for handler in each.values()]
    handlers += [task.handler for task in table.tasks.values()]
    return [handler.partition(":")[0] for handler in [*handlers, "shared.runtime.call:Call"]]


def find_vendored(entry: str) -> list[str]:
    """Make the packages in a released plugin's folder importable, and return a module that takes long to import."""
    runpy.run_path(entry)
    deps = importlib.import_module("shared.runtime.deps")
    sys.path[1:1] = deps.find_vendored(str(Path(entry).parent))
    return ["shared.stash.client"]


FINDERS = {"handlers": list_modules, "vendored": find_vendored}

if __name__ == "__main__":
    sent = json.load(sys.stdin)
    for word in sys.argv[3].split():
        for module in FINDERS[word](sys.argv[1]) if word in FINDERS else [word]:
            importlib.import_module(module)
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(answer_calls(sys.argv[1], sent, int(sys.argv[2]), scratch)))
