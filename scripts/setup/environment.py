"""The virtual environment with the locked packages, renewed when the lock or the Python changes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from scripts.console import ProgressLine, Stop
from scripts.places import REQUIREMENTS, ROOT, VENV, venv_python
from scripts.programs import run_logged
from scripts.setup.stamps import is_current, stamp_of, write_stamp

LOCK = REQUIREMENTS / "dev.txt"
STAMP = VENV / ".ready"


def ensure_packages() -> None:
    """Make sure that .venv holds exactly the locked packages; each `./dev` command begins so."""
    stamp = stamp_of([LOCK], ".".join(map(str, sys.version_info[:2])))
    if is_current(STAMP, stamp) and venv_python().exists():
        return
    if not is_usable():
        make_environment()
    install_packages()
    write_stamp(STAMP, stamp)


def is_usable() -> bool:
    """Return True if .venv has a Python of our version that starts and has pip."""
    if not venv_python().exists():
        return False
    probe = [str(venv_python()), "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"]
    found = subprocess.run(probe, capture_output=True, text=True, check=False)
    return found.stdout.strip() == ".".join(map(str, sys.version_info[:2]))


def make_environment() -> None:
    """Create an empty virtual environment from the running Python, for `ensure_packages`."""
    try:
        run_logged("virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    except Stop as failure:
        hint = "On Debian and Ubuntu: apt-get install python3-venv."
        raise Stop(f"{failure} {hint}") from failure


def install_packages() -> None:
    """Install the locked Python packages into .venv, each checked by its hash."""
    progress = ProgressLine("Installing the pinned Python packages into .venv", count_packages())

    def on_line(line: str) -> None:
        if line.startswith("Collecting "):
            progress.step(line.split()[1])

    pip = [
        str(venv_python()),
        "-m",
        "pip",
        "install",
        "--no-input",
        "--progress-bar=off",
        "--disable-pip-version-check",
    ]
    try:
        run_logged("pip", [*pip, "--require-hashes", "-r", str(LOCK)], on_line=on_line)
    finally:
        progress.close()


def count_packages() -> int:
    """Return the number of packages in the lock, for the set-up's progress."""
    return len({line.split("==")[0] for line in LOCK.read_text("utf-8").splitlines() if "==" in line})


def hand_over(argv: Sequence[str]) -> int:
    """Run the same command of `./dev` inside .venv; return only where a program cannot replace itself."""
    command = [str(venv_python()), "-B", str(ROOT / "dev"), *argv]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606
    # The sandbox starts plugins with the Python of the PATH, where Windows often has none.
    path = os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", "")])
    return subprocess.run(command, env={**os.environ, "PATH": path}, check=False).returncode


def is_inside() -> bool:
    """Return True if this process already runs in .venv; `./dev` starts itself again if not."""
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)
