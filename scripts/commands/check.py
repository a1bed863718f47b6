"""./dev check: run every check that needs no running program."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from typing import Callable, NamedTuple

from scripts.commands.build import INDEX, make_packages
from scripts.console import Stop, say
from scripts.measure.hygiene import find_dirt, tracked_files
from scripts.measure.shape import ROOMS, measure_shape
from scripts.places import PLUGINS, ROOT
from scripts.release.index import find_index_drift, read_index
from scripts.release.manifests import find_manifest_drift
from scripts.release.versions import find_version_drift
from scripts.setup.node import find_npm_program

Complaints = list[str]


class Check(NamedTuple):
    """One check: its title, and a function that returns its complaints."""

    title: str
    find: Callable[[], Complaints]
    runs_always: bool = True


def check(argv: list[str]) -> int:
    """Run all checks of `./dev check`, or those whose titles are named; print complaints; return 1 if there is one."""
    chosen = [item for item in CHECKS if item.title in argv or (not argv and item.runs_always)]
    unknown = [name for name in argv if name not in {item.title for item in CHECKS}]
    if unknown:
        raise Stop(f"there is no check '{unknown[0]}'; there are: {', '.join(item.title for item in CHECKS)}.", 2)
    failed = [item.title for item in chosen if not passes(item)]
    say(f"Failed: {', '.join(failed)}." if failed else f"All {len(chosen)} checks passed.")
    return 1 if failed else 0


def passes(item: Check) -> bool:
    """Run one check, print its complaints, and return True if there are none."""
    complaints = item.find()
    say(f"{'FAIL' if complaints else 'ok  '} {item.title}")
    for complaint in complaints:
        say(f"     {complaint}")
    return not complaints


def run_tool(*command: str) -> Complaints:
    """Return the output lines of a checking program if it fails, else nothing; the checks call this."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode == 0:
        return []
    return (done.stdout + done.stderr).strip().splitlines() or [f"{command[0]} failed"]


def check_format() -> Complaints:
    """Return the files that ruff's formatter would change, for `./dev check`."""
    return run_tool(sys.executable, "-m", "ruff", "format", "--check", "--quiet", "--output-format=concise", ".", "dev")


def check_lint() -> Complaints:
    """Return ruff's complaints, for `./dev check`."""
    return run_tool(sys.executable, "-m", "ruff", "check", "--quiet", "--output-format=concise", ".", "dev")


def check_types() -> Complaints:
    """Return the complaints of mypy --strict, for `./dev check`."""
    rooms = [room for room in (*ROOMS, "tests") if any((ROOT / room).rglob("*.py"))]
    return run_tool(sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *rooms)


def check_scripts() -> Complaints:
    """Return ESLint's complaints about the JavaScript, for `./dev check`."""
    return run_tool(*find_npm_program("eslint"), "--max-warnings=0", ".")


def check_script_types() -> Complaints:
    """Return the TypeScript compiler's complaints about JSDoc types of shipped scripts, for `./dev check`."""
    shipped = [file for folder in (*PLUGINS, "shared/ui") for file in (ROOT / folder).glob("**/*.js")]
    return run_tool(*find_npm_program("tsc"), "-p", ".") if shipped else []


def check_shape() -> Complaints:
    """Return the style bars that are missed, for `./dev check`."""
    return [
        f"{bar.what}: {bar.value:g}, allowed {bar.limit:g}  {bar.where}" for bar in measure_shape() if not bar.holds
    ]


def check_files() -> Complaints:
    """Return the tracked files that break a rule of the repository, for `./dev check`."""
    return find_dirt(tracked_files())


def check_workflows() -> Complaints:
    """Return zizmor's complaints about the workflow files of GitHub; it asks no other machine."""
    zizmor = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    if zizmor is None:
        say("     (the workflows are not checked: zizmor needs Python 3.11 or later)")
        return []
    return run_tool(zizmor, "--offline", "--no-progress", "--quiet", "--format=plain", str(ROOT / ".github"))


def check_index() -> Complaints:
    """Return the differences between the committed index and the packages of this checkout."""
    drift = find_index_drift(make_packages(), read_index(ROOT / INDEX))
    return [*drift, "run ./dev build --release and commit index.yml"] if drift else []


CHECKS: Sequence[Check] = (
    Check("format", check_format),
    Check("lint", check_lint),
    Check("types", check_types),
    Check("eslint", check_scripts),
    Check("tsc", check_script_types),
    Check("shape", check_shape),
    Check("manifests", find_manifest_drift),
    Check("versions", find_version_drift),
    Check("files", check_files),
    Check("workflows", check_workflows),
    # Every branch that touches shared/ changes every zip, so the index is only right where a release is made.
    Check("index", check_index, runs_always=False),
)
