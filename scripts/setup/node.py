"""Node.js, the npm packages for checks and tests, and the sandbox's web shell."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from scripts.console import say, stop
from scripts.places import ROOT, WEB_SHELL
from scripts.programs import find_program, run_logged
from scripts.setup.stamps import is_current, stamp_of, write_stamp

OLDEST_NODE = 20
HINT = f"install Node.js {OLDEST_NODE} or later (with npm) and try again."


def ensure_node() -> None:
    """Make sure that Node is new enough and the npm packages are there, for the `./dev` commands that need it."""
    check_version()
    install_packages(ROOT)


def ensure_web_shell() -> None:
    """Make sure that the sandbox's web shell is built, for the `./dev` commands that need it."""
    check_version()
    install_packages(WEB_SHELL)
    build_web_shell()


def check_version() -> None:
    """Stop the set-up if Node is missing or too old."""
    node = find_program("node", HINT)
    find_program("npm", HINT)
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    if found is None or int(found.group(1)) < OLDEST_NODE:
        stop(f"Node.js {OLDEST_NODE} or later is needed; {node} is {said.strip() or 'of an unknown version'}.")


def install_packages(folder: Path) -> None:
    """Run `npm ci` in a folder if its lock changed since the last time; the set-up calls it."""
    stamp_file = folder / "node_modules" / ".ready"
    stamp = stamp_of([folder / "package-lock.json"])
    if is_current(stamp_file, stamp):
        return
    where = "" if folder == ROOT else f" for {folder.relative_to(ROOT)}"
    say(f"Installing the pinned npm packages{where} …")
    npm = find_program("npm", HINT)
    run_logged("npm ci", [npm, "ci", "--no-audit", "--no-fund", "--no-update-notifier"], cwd=folder)
    write_stamp(stamp_file, stamp)


def build_web_shell() -> None:
    """Bundle the web shell if its sources changed, for `ensure_web_shell`."""
    sources = [file for file in WEB_SHELL.rglob("*") if file.is_file() and is_source(file.relative_to(WEB_SHELL))]
    stamp = stamp_of(sources)
    stamp_file = WEB_SHELL / "dist" / ".ready"
    if is_current(stamp_file, stamp):
        return
    say("Building the sandbox's web shell …")
    run_logged("web shell build", [find_program("npm", HINT), "run", "build"], cwd=WEB_SHELL, fetches=False)
    write_stamp(stamp_file, stamp)


def is_source(path: Path) -> bool:
    """Return True if a file of the web shell is part of its bundle; `build_web_shell` asks."""
    return path.parts[0] not in {"node_modules", "dist"}


def find_npm_program(name: str) -> list[str]:
    """Return the command line that starts a program of our npm packages."""
    suffix = ".cmd" if sys.platform == "win32" else ""
    return [str(ROOT / "node_modules" / ".bin" / f"{name}{suffix}")]
