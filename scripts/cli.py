"""The table of ./dev commands: the function behind each, and the set-up it needs."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Sequence
from typing import Callable, NamedTuple

from scripts.console import Stop, say
from scripts.setup.browser import ensure_browser
from scripts.setup.environment import ensure_packages, hand_over, is_inside
from scripts.setup.node import ensure_node, ensure_web_shell
from scripts.setup.turns import taking_turns


class Command(NamedTuple):
    """One command of ./dev; `target` names its function below scripts/, `needs` the set-up steps."""

    summary: str
    target: str
    needs: tuple[str, ...] = ()


ALL_NEEDS = ("node", "web", "browser")

COMMANDS = {
    "demo": Command("start the sandbox with all four plugins and print its address", "commands.demo:demo", ("web",)),
    "test": Command("run every test, or the paths and options of pytest you name", "commands.test:test", ("node",)),
    "check": Command("format, lint, types, drift and style bars", "commands.check:check", ("node",)),
    "bench": Command("measure the speed bars", "commands.bench:bench"),
    "soak": Command("let the plugins live through weeks in compressed time", "commands.soak:soak"),
    "build": Command("build the four zips and the index into dist/", "commands.build:build"),
    "docs": Command("build the site of the documents", "commands.docs:docs"),
    "release": Command("prepare and check a release, or write its files", "commands.release:release"),
    "manifests": Command("write the manifests and the tables in the documents", "release.manifests:main"),
    "install": Command("put the built plugins into a Stash's plugins folder", "commands.install:install"),
    "pictures": Command(
        "photograph every page of the demo into docs/pictures", "commands.pictures:pictures", ("web", "browser")
    ),
    "serve": Command("offer dist/ as a plugin source for Stash", "commands.serve:serve"),
    "e2e": Command("run the end-to-end tests against a real, throw-away Stash", "commands.e2e:e2e"),
    "schema-diff": Command(
        "compare the sandbox's schemas with an upstream checkout", "commands.schema_diff:schema_diff"
    ),
    "setup": Command("do the set-up of all commands and nothing else", "cli:report_ready", ALL_NEEDS),
}

NEEDS: dict[str, Callable[[], None]] = {"node": ensure_node, "web": ensure_web_shell, "browser": ensure_browser}


def main(argv: Sequence[str]) -> int:
    """Run one command of `./dev` and return the exit code; a foreseen failure prints one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pipe of Windows cannot carry every letter
    try:
        return dispatch(list(argv))
    except Stop as failure:
        print(f"dev: {failure}", file=sys.stderr)
        return failure.exit_code
    except KeyboardInterrupt:
        print("dev: stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"dev: {error.filename or 'the system'}: {error.strerror or error}.", file=sys.stderr)
        return 1


def dispatch(argv: list[str]) -> int:
    """Run the named command in our virtual environment after its set-up, and return its exit code."""
    if not argv or argv[0] in {"help", "-h", "--help"}:
        say(usage())
        return 0 if argv else 2
    command = COMMANDS.get(argv[0])
    if command is None:
        raise Stop(f"there is no command '{argv[0]}'; there are {', '.join(COMMANDS)}.", 2)
    with taking_turns():
        ensure_packages()
    if not is_inside():
        return hand_over(argv)
    if not {"-h", "--help"} & set(argv):
        with taking_turns():
            for need in command.needs:
                NEEDS[need]()
    module, function = command.target.split(":")
    run: Callable[[list[str]], int] = getattr(importlib.import_module(f"scripts.{module}"), function)
    return run(argv[1:])


def report_ready(_argv: list[str]) -> int:
    """Say that the set-up is done: `./dev setup`."""
    say("Everything is set up.")
    return 0


def usage() -> str:
    """Return the list of commands as text; `./dev help` and `./dev` without a command print it."""
    width = max(map(len, COMMANDS))
    rows = [f"  ./dev {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["Usage:", *rows])
