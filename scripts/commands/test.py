"""./dev test: plugins are built first, then the JavaScript tests, then pytest with coverage over everything."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from scripts.commands.build import build_quietly
from scripts.console import say
from scripts.measure.coverage import Coverage
from scripts.places import ROOT, venv_python
from scripts.programs import find_program
from scripts.setup.browser import ensure_browser
from scripts.setup.node import ensure_web_shell
from scripts.setup.turns import taking_turns

# Every test waits about as long as it computes, so three workers keep two cores busy.
WORKERS = ("-n", "3", "--dist", "loadfile")


def test(argv: list[str]) -> int:
    """Run every test; with arguments: the named .js files in Node, all other arguments in pytest."""
    build_quietly()
    if needs_browser(argv):
        with taking_turns():
            ensure_web_shell()
            ensure_browser()
    if not argv:
        return run_everything()
    scripts = [name for name in argv if name.endswith((".js", ".mjs", ".cjs"))]
    others = [name for name in argv if name not in scripts]
    codes = [run_node(scripts)] if scripts else []
    codes += [run([sys.executable, "-m", "pytest", *others])] if others else []
    return next((code for code in codes if code), 0)


def needs_browser(argv: Sequence[str]) -> bool:
    """Whether the chosen tests may open pages: no path is named, or one that holds browser tests."""
    paths = [(ROOT / name.split("::")[0]).resolve() for name in argv if not name.startswith("-")]
    named = [path for path in paths if path.exists()]
    rooms = [ROOT / "tests" / "browser", ROOT / "tests" / "e2e"]
    return not named or any(room in (path, *path.parents) or path in room.parents for path in named for room in rooms)


def run_everything() -> int:
    """Node's tests, then pytest; pytest's closing line is the last one printed."""
    script_code = run_node(find_script_tests())
    with Coverage() as coverage:
        command = [sys.executable, "-m", "coverage", "run", "-m", "pytest", *WORKERS]
        pytest_code, closing = run_holding_last_line(command, coverage.environment)
        is_enough = coverage.report()
    if script_code:
        say("The JavaScript tests above failed.")
    if not is_enough:
        say("Too little is covered.")
    say(closing)
    return pytest_code or script_code or (0 if is_enough else 1)


def find_script_tests() -> list[str]:
    """The test files for Node."""
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.*js"))


def run_node(files: Sequence[str]) -> int:
    """Run the named test files in Node."""
    if not files:
        return 0
    return run([find_program("node", "install Node.js."), "--test", *files])


def run(command: Sequence[str]) -> int:
    """Run a program that prints for itself."""
    return subprocess.run(list(command), cwd=ROOT, env=testing_environment(), check=False).returncode


def testing_environment() -> dict[str, str]:
    """Where a test starts a plugin as Stash does, by the name python3, it is our Python: only that one is measured."""
    return {**os.environ, "PATH": os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", os.defpath)])}


def run_holding_last_line(command: Sequence[str], more: Mapping[str, str]) -> tuple[int, str]:
    """Run a program, print what it prints, but hand back its last line instead of printing it."""
    held: list[str] = []
    with subprocess.Popen(
        list(command),
        cwd=ROOT,
        env={**testing_environment(), **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        for line in process.stdout or ():
            if line.strip():
                for earlier in held:
                    say(earlier)
                held.clear()
            held.append(line.rstrip("\n"))
    return process.returncode, next(iter(held), "")
