"""./dev test: build the plugins, run the JavaScript tests, then pytest with coverage."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.commands.build import build_quietly
from scripts.console import say
from scripts.measure.coverage import Coverage
from scripts.places import ROOT, venv_python
from scripts.programs import find_program
from scripts.setup.browser import ensure_browser
from scripts.setup.node import ensure_web_shell
from scripts.setup.turns import taking_turns

SCRIPT_TESTS = ROOT / "tests" / "js"
RANDOM_ORDER = "--random-order"
SCRIPT_ENDINGS = (".js", ".mjs", ".cjs")
# Tests wait longer than they compute (for pages, drains, killed processes), so four workers keep two cores busy.
# They take files in the order of their names: the long ones, in browser/ and contracts/, come first, short ones last.
# xdist would put files with a single test last, and the longest campaign is one.
WORKERS = ("-n", "4", "--dist", "loadfile", "--no-loadscope-reorder")


def test(argv: list[str]) -> int:
    """Run every test, or those named: JavaScript files and folders in Node, everything else in pytest.

    `--random-order SEED` shuffles the tests of pytest, all of them or those named.
    """
    build_quietly()
    argv, order = split_order(argv)
    if needs_browser(argv):
        with taking_turns():
            ensure_web_shell()
            ensure_browser()
    if not argv:
        return run_everything(order)
    scripts, others = split_by_runner(argv)
    codes = [run_node(scripts)] if scripts else []
    codes += [run_test_program([sys.executable, "-m", "pytest", *order, *others])] if others else []
    return next((code for code in codes if code), 0)


def split_order(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the arguments without the option --random-order, and this option with its seed; [] without it."""
    if RANDOM_ORDER not in argv:
        return list(argv), []
    place = list(argv).index(RANDOM_ORDER)
    return [*argv[:place], *argv[place + 2 :]], list(argv[place : place + 2])


def split_by_runner(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the JavaScript test files among the arguments, and the arguments for pytest.

    A folder below tests/js stands for its test files. A folder above it, such as tests, stands for both runners.
    """
    scripts: list[str] = []
    others: list[str] = []
    for name in argv:
        path = (ROOT / name).resolve()
        if name.endswith(SCRIPT_ENDINGS):
            scripts.append(name)
        elif path == SCRIPT_TESTS or SCRIPT_TESTS in path.parents:
            scripts += find_script_tests(path)
        else:
            scripts += find_script_tests() if path in SCRIPT_TESTS.parents and not name.startswith("-") else []
            others.append(name)
    return scripts, others


def needs_browser(argv: Sequence[str]) -> bool:
    """Return True if the chosen tests may open pages: no path is named, or one that holds browser tests."""
    paths = [(ROOT / name.split("::")[0]).resolve() for name in argv if not name.startswith("-")]
    named = [path for path in paths if path.exists()]
    rooms = [ROOT / "tests" / "browser", ROOT / "tests" / "e2e"]
    return not named or any(room in (path, *path.parents) or path in room.parents for path in named for room in rooms)


def run_everything(order: Sequence[str] = ()) -> int:
    """Run all tests and return the exit code; pytest's closing line is printed last. `order`: options of pytest."""
    script_code = run_node(find_script_tests())
    with Coverage() as coverage:
        command = [sys.executable, "-m", "pytest", *WORKERS, *order]
        pytest_code, closing = run_holding_last_line(command, coverage.environment)
        is_enough = coverage.report()
    if script_code:
        say("The JavaScript tests above failed.")
    if not is_enough:
        say("Too little is covered.")
    say(closing)
    return pytest_code or script_code or (0 if is_enough else 1)


def find_script_tests(folder: Path = SCRIPT_TESTS) -> list[str]:
    """Return the JavaScript test files below a folder, for `./dev test`."""
    return sorted(str(path.relative_to(ROOT)) for path in folder.rglob("*.test.*js"))


def run_node(files: Sequence[str]) -> int:
    """Run the named test files in Node and return the exit code."""
    if not files:
        return 0
    return run_test_program([find_program("node", "install Node.js."), "--test", *files])


def run_test_program(command: Sequence[str]) -> int:
    """Run Node or pytest in the checkout for `./dev test`, with the environment of the tests; return its exit code."""
    return subprocess.run(list(command), cwd=ROOT, env=testing_environment(), check=False).returncode


def testing_environment() -> dict[str, str]:
    """Return the environment for the programs that `./dev test` starts.

    `python3` is our measured Python there, as plugins are started by that name. Python keeps what it has compiled, as
    it does under Stash: the tests start thousands of plugin processes, and each would compile its modules again.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PATH": os.pathsep.join([str(venv_python().parent), kept.get("PATH", os.defpath)])}


def run_holding_last_line(command: Sequence[str], more: Mapping[str, str]) -> tuple[int, str]:
    """Run a program of `./dev test`, print its output but the last line, and return exit code and last line."""
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
