"""./dev demo: run the sandbox with all plugins and an invented library until it is stopped."""

from __future__ import annotations

import contextlib
import signal
import threading

from sandbox.demo.catalogue import Sizes
from sandbox.demo.past import live_through
from sandbox.demo.town import BOXES, Town
from sandbox.stash.profiles import LATEST, PROFILES
from scripts.commands.build import build_quietly
from scripts.commands.serve import plugin_source
from scripts.console import Arguments, say
from scripts.ports import explaining_ports

PORT = 9980
SCENES = 1000  # of the stash-box; with more, the past takes minutes


def demo(argv: list[str]) -> int:
    """Start the sandbox with all plugins (`./dev demo`), print the addresses, and wait for Ctrl-C."""
    parser = Arguments(prog="./dev demo", description="Start the sandbox with all plugins and a made-up library.")
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"of the sandbox's Stash (default: {PORT}; 0: any free one)"
    )
    parser.add_argument("--scenes", type=int, default=SCENES, help="scenes on the stash-box (default: %(default)s)")
    parser.add_argument(
        "--stash", default=LATEST, choices=sorted(PROFILES), help="the Stash to play (default: %(default)s)"
    )
    parser.add_argument("--fresh", action="store_true", help="start as after an installation: nothing was done yet")
    options = parser.parse_args(argv)
    say("Making up a library …")
    with plugin_source(build_quietly()) as source, explaining_ports(options.port):
        sizes = Sizes.for_scenes(options.scenes)
        with Town(source.url, port=options.port, sizes=sizes, profile=options.stash) as town:
            if not options.fresh:
                say("Living through its past, so that every page has something to show (one to two minutes) …")
                live_through(town)
            print_addresses(town)
            wait_for_the_end()
    return 0


def print_addresses(town: Town) -> None:
    """Print the addresses and keys of all sandbox servers, for `./dev demo`; the keys are the sandbox's own."""
    say()
    say(f"Stash with the plugins: {town.stash.url}")
    for name, box in town.boxes.items():
        say(f"  stash-box {BOXES[name]}: {box.endpoint}  key {box.key}")
    say(f"  Whisparr: {town.whisparr.url}  key {town.whisparr.state.api_key}")
    say(f"  Plex: {town.plex.url}  token {town.plex.token}")
    say()
    say("Open the first address in a browser. After ./dev build its Settings → Plugins page offers the update.")
    say("Ctrl-C stops; nothing is kept, every start is the same.")


def wait_for_the_end() -> None:
    """Block until Ctrl-C or a request to terminate; demo and sandbox run so long."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with contextlib.suppress(KeyboardInterrupt):
        while not ended.wait(0.5):  # on Windows, Ctrl-C does not end a wait without a limit
            pass
