"""python -m sandbox: start the whole demo with plugins from folders, or make a large library on disk.

python -m sandbox --profile 0.30 --plugins dist/missingScenes …    start, print the addresses, wait for Ctrl-C
python -m sandbox generate HOME --scenes 1000000                   make a library that `--home HOME` starts with
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sandbox.demo.catalogue import Sizes
from sandbox.demo.town import Town
from sandbox.generate import fill_library
from sandbox.stash.library import LibraryFile
from sandbox.stash.profiles import LATEST, PROFILES
from sandbox.stash.server import DATABASE, SandboxStash, StashOptions


def main(argv: Sequence[str]) -> int:
    """Run `python -m sandbox`: `serve` or `generate`; return the exit code."""
    if argv[:1] == ["generate"]:
        return generate(argv[1:])
    return serve(argv)


def serve(argv: Sequence[str]) -> int:
    """Start the doubles, print their addresses and wait for Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Start the doubles.")
    parser.add_argument("--profile", default=LATEST, choices=sorted(PROFILES), help="the Stash to play")
    parser.add_argument("--plugins", nargs="*", type=Path, default=[], help="folders or zips of built plugins")
    parser.add_argument("--port", type=int, default=0, help="of Stash; 0 is any free one")
    parser.add_argument("--scenes", type=int, default=Sizes().scenes, help="scenes on the stash-box")
    parser.add_argument("--home", type=Path, help="start Stash alone, with this generated library")
    options = parser.parse_args(argv)
    with contextlib.ExitStack() as running:
        stash = running.enter_context(open_stash(options)) if options.home else open_town(options, running)
        for plugin in options.plugins:
            install_plugin(stash, plugin)
        print(f"Stash {stash.services.profile.version}: {stash.url}", flush=True)
        wait_for_the_end()
    return 0


def open_stash(options: argparse.Namespace) -> SandboxStash:
    """Return a Stash on the folder of --home, without the other doubles; the folder stays. `serve` starts it."""
    return SandboxStash(StashOptions(profile=options.profile, home=options.home, port=options.port))


def open_town(options: argparse.Namespace, running: contextlib.ExitStack) -> SandboxStash:
    """Start the demo (Stash with its library, two stash-boxes, Whisparr, Plex) for `serve`; return its Stash."""
    sizes = Sizes.for_scenes(options.scenes)
    town = running.enter_context(Town(port=options.port, sizes=sizes, profile=options.profile))
    for name, box in town.boxes.items():
        print(f"stash-box {name}: {box.endpoint}  key {box.key}")
    print(f"Whisparr: {town.whisparr.url}  key {town.whisparr.state.api_key}")
    print(f"Plex: {town.plex.url}  token {town.plex.token}")
    return town.stash


def install_plugin(stash: SandboxStash, plugin: Path) -> None:
    """Install a built plugin: a folder, or the zip that is released.

    The demo, tests and benchmarks call it.
    """
    if plugin.is_dir():
        stash.install(plugin)
        return
    with zipfile.ZipFile(plugin) as archive:
        archive.extractall(stash.plugins_dir / "community" / plugin.stem)
    stash.services.plugins.reload()


def generate(argv: Sequence[str]) -> int:
    """Make a large library on disk and print its counts; a command of `python -m sandbox`."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox generate", description="Make a large library on disk and print its counts."
    )
    parser.add_argument("home", type=Path, help="an empty or new directory")
    parser.add_argument("--scenes", type=int, default=100_000)
    options = parser.parse_args(argv)
    target = options.home / DATABASE
    if target.exists():
        parser.error(f"{target} exists already")
    options.home.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(LibraryFile(target)) as library:
        print(fill_library(library, options.scenes))
    return 0


def wait_for_the_end() -> None:
    """Block until Ctrl-C or SIGTERM, for `serve`."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with contextlib.suppress(KeyboardInterrupt):
        while not ended.wait(0.5):  # on Windows, Ctrl-C does not end a wait without a limit
            pass
