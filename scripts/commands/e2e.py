"""./dev e2e: run the end-to-end tests against a real, throw-away Stash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scripts.commands.build import build_quietly
from scripts.console import Arguments, say, stop
from scripts.graphql import Stash
from scripts.places import ROOT

HANDFUL = 20


def e2e(argv: list[str]) -> int:
    """Run the end-to-end tests against the given Stash, after a check that it is a throw-away one."""
    parser = Arguments(prog="./dev e2e", description="Run the end-to-end tests against a real, throw-away Stash.")
    parser.add_argument("--stash", metavar="URL", required=True, help="address of a Stash on this machine")
    parser.add_argument("--api-key", default=os.environ.get("STASH_API_KEY", ""), help="default: $STASH_API_KEY")
    parser.add_argument("--plugins-dir", type=Path, help="its plugins folder (default: what it says itself)")
    parser.add_argument("--yes", action="store_true", help=f"also when it holds more than {HANDFUL} scenes")
    parser.add_argument("pytest", nargs="*", metavar="ARGUMENT", help="for pytest, after --")
    options = parser.parse_args(argv)
    stash = Stash(options.stash, options.api_key)
    check_throw_away(stash, options.yes)
    build_quietly()
    env = {
        **os.environ,
        "E2E_STASH": stash.url,
        "E2E_API_KEY": options.api_key,
        "E2E_PLUGINS_DIR": str(options.plugins_dir or ""),
    }
    folder = [] if any(argument.startswith("tests/") for argument in options.pytest) else ["tests/e2e"]
    command = [sys.executable, "-m", "pytest", *folder, *options.pytest]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def check_throw_away(stash: Stash, is_sure: bool) -> None:
    """Stop if the Stash holds a library that looks like a real one; the tests change settings, scenes and tags."""
    found = stash.ask("{ version { version } findScenes(filter: {per_page: 0}) { count } systemStatus { status } }")
    if found["systemStatus"]["status"] != "OK":
        stop(f"{stash.url} is not set up yet (status {found['systemStatus']['status']}).")
    count = found["findScenes"]["count"]
    if count > HANDFUL and not is_sure:
        stop(f"{stash.url} holds {count} scenes, so it looks like somebody's; --yes runs the tests all the same.")
    say(f"Testing against Stash {found['version']['version']} at {stash.url}, {count} scenes.")
