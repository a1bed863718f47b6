"""The provider as a program: `python3 -m plexsync.provider`, or the same with `--check`."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

from plexsync.provider.access import Access
from plexsync.provider.check import run_checks, show_addresses
from plexsync.provider.check_plex import FAILED
from plexsync.provider.log import ProviderLog
from plexsync.provider.options import Options, read_options
from plexsync.provider.routes import Provider
from plexsync.provider.server import ProviderServer
from plexsync.provider.stash_source import StashSource
from shared.errors import BundleError
from shared.runtime.redact import mask_secrets
from shared.stash import StashAddress

FAILURE, MISUSE = 1, 2  # exit codes


def main(argv: Sequence[str]) -> int:
    """Run the provider until it is told to end, or its `--check`; return the exit code.

    `python3 -m plexsync.provider` calls it.
    """
    try:
        options = read_options(argv, os.environ)
    except BundleError as error:
        print(error, file=sys.stderr)
        return MISUSE
    with contextlib.closing(StashSource(StashAddress(options.stash, options.api_key))) as source:
        return print_check(options, source) if options.is_check else serve(options, source)


def print_check(options: Options, source: StashSource) -> int:
    """Print the results of all checks, and the addresses for Plex and for photos; return 1 if a check failed.

    `main` calls it for `--check`, and the program ends with what it returns; without a failure that is 0.
    """
    has_failed = False
    for result in run_checks(options, source):
        has_failed = has_failed or result.level == FAILED
        print(f"{result.level:8} {mask_secrets(result.text)}", flush=True)
    for line in show_addresses(options):
        print(line)
    return FAILURE if has_failed else 0


def serve(options: Options, source: StashSource) -> int:
    """Answer Plex until a signal ends the provider's process; return 1 if the port cannot be had."""
    log = ProviderLog()
    provider = Provider(source, Access(options.token), options.address)
    try:
        server = ProviderServer((options.host, options.port), provider, log)
    except OSError as error:
        place = f"{options.host}:{options.port}"
        log.write("error", f"The provider cannot listen at {place}: {error.strerror or error}. Correct --listen.")
        return FAILURE
    stop_on_signals(server)
    with server:
        place = f"[{options.host}]" if ":" in options.host else options.host
        log.write("info", f"Listening at {place}:{server.server_port} for Plex. --check shows the address for Plex.")
        server.serve_forever()
    log.write("info", "Ended.")
    return 0


def stop_on_signals(server: ProviderServer) -> None:
    """End the server when Docker, systemd or a person asks for it."""

    def stop(*_: Any) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()  # shutdown waits for the thread that is here

    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), stop)
