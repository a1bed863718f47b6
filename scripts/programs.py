"""Running other programs: output to a log file, progress and one reason on failure to the person."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Callable, Optional

from scripts.console import Stop, stop
from scripts.places import LOGS, ROOT, tool_environment

OFFLINE_SIGNS = (
    "failed to establish a new connection",
    "temporary failure in name resolution",
    "name or service not known",
    "network is unreachable",
    "connection refused",
    "enotfound",
    "eai_again",
    "econnrefused",
    "etimedout",
    "read timed out",
    "could not resolve host",
    "max retries exceeded",
    "(from versions: none)",
)

OnLine = Optional[Callable[[str], None]]


def find_program(name: str, hint: str) -> str:
    """Return the path of a program such as git or node, or stop the command with the hint how to get it."""
    path = shutil.which(name)
    if path is None:
        stop(f"{name} is not installed: {hint}")
    return path


def run_logged(
    title: str,
    command: Sequence[str],
    *,
    cwd: Path = ROOT,
    on_line: OnLine = None,
    env: Mapping[str, str] | None = None,
    fetches: bool = True,
) -> None:
    """Run a set-up step with its output in a log file; a failure ends the command with one sentence."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{title.replace(' ', '-')}.log"
    lines: list[str] = []
    with log.open("w", encoding="utf-8") as out, start(command, cwd, env) as process:
        for line in process.stdout or ():
            out.write(line)
            lines.append(line)
            if on_line:
                on_line(line)
    if process.returncode:
        raise Stop(explain_failure(title, lines, log, fetches))


def start(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None) -> subprocess.Popen[str]:
    """Start a program of the set-up and return it with its output as a pipe."""
    try:
        return subprocess.Popen(
            list(command),
            cwd=cwd,
            env=dict(env) if env is not None else tool_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise Stop(f"{command[0]} cannot be started: {error.strerror or error}.") from error


def explain_failure(title: str, lines: Sequence[str], log: Path, fetches: bool) -> str:
    """Return one sentence for a failed step: no network, or the program's own complaint."""
    text = "".join(lines).lower()
    place = log.relative_to(ROOT)
    if fetches and any(sign in text for sign in OFFLINE_SIGNS):
        return (
            f"{title} failed: the package registry cannot be reached. Check the network and try again (log: {place})."
        )
    return f"{title} failed: {pick_complaint(lines)} (log: {place})."


def pick_complaint(lines: Sequence[str]) -> str:
    """Return the most telling line: one marked as an error, else the last that mentions an error, else the last."""
    said = [line.strip() for line in lines if line.strip()] or ["it said nothing"]
    marked = [line for line in said if "ERROR:" in line]
    spoken = [line for line in said if "error" in line.lower()]
    return (marked[:1] or spoken[-1:] or said[-1:])[0][:300]
