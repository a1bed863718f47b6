"""Tells processes apart: the host, the start time of a process, and the Stash that started this one."""

from __future__ import annotations

import os
import sys
from functools import lru_cache


def find_parent() -> str:
    """Return a text that tells the Stash that started this process from one that was started later; empty if
    unknown.

    The queue's pause asks. On Windows the Python of a virtual environment is started by a small program of its own,
    which is new at every call.
    """
    pid = os.getppid()
    if os.name == "posix":
        return f"{host_name()} {pid} {read_start_time(pid)}"
    return str(pid) if sys.prefix == sys.base_prefix else ""


@lru_cache(maxsize=1)
def host_name() -> str:
    """Return the name of the set of processes whose ids can be looked up: host and, on Linux, namespace.

    Leases keep it.
    """
    if os.name != "posix":
        return ""
    try:
        return f"{os.uname().nodename} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return os.uname().nodename


@lru_cache(maxsize=1)
def read_own_start_time(pid: int) -> str:
    """Return the start time of this process, for leases.

    Its id is an argument because a forked process has another.
    """
    return read_start_time(pid)


def read_start_time(pid: int) -> str:
    """Return the start time of a process, which tells two with the same id apart; empty if it cannot be known.

    Leases ask whether their holder lives.
    """
    if os.name != "posix":
        return ""  # on Windows os.kill(pid, 0) would end the process
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    except OSError:
        return "" if os.path.exists("/proc/self/stat") else _probe(pid)


def _probe(pid: int) -> str:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "alive"
    return "alive"
