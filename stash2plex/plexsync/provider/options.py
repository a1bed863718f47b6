"""The provider's command line and environment."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from plexsync.provider.access import TOKEN, derive_token
from shared.errors import UsageError
from shared.http.address import parse_address
from shared.runtime.redact import hide_secret

DEFAULT_STASH = "http://localhost:9999"
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 9998
PLACE = re.compile(r"(?:\[([0-9A-Fa-f:.%]+)\]|([^:\[\]]+))(?::(\d{1,5}))?")
STASH_VARIABLE, KEY_VARIABLE, TOKEN_VARIABLE = "STASH_URL", "STASH_API_KEY", "STASH2PLEX_TOKEN"
EPILOG = f"""environment:
  {STASH_VARIABLE:<18} as --stash
  {KEY_VARIABLE:<18} Stash's API key, from Settings > Security in Stash
  {TOKEN_VARIABLE:<18} the token in the address, 16 letters or digits or more;
  {"":<18} without one, the token is made from the API key"""


class Options(NamedTuple):
    """The options with which the provider is started; `address` is empty if Plex's requests say it."""

    stash: str
    api_key: str
    token: str
    host: str
    port: int
    address: str
    is_check: bool


def read_options(argv: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Return the provider's options from command line and environment; raise UsageError for one that makes no sense.

    `--help` ends the program.
    """
    given = make_parser().parse_args(list(argv))
    api_key = read_secret(given.api_key_file, environment, KEY_VARIABLE)
    token = read_secret(given.token_file, environment, TOKEN_VARIABLE)
    hide_secret(api_key, token)
    if token and not TOKEN.fullmatch(token):
        raise UsageError(
            f"The token ({TOKEN_VARIABLE}) must have 16 to 128 letters, digits, - or _, such as {os.urandom(16).hex()}"
        )
    if not token and not api_key:
        raise UsageError(
            f"The address of the provider needs a token. Set {KEY_VARIABLE} if your Stash has a login; else set "
            f"{TOKEN_VARIABLE}, for example to {os.urandom(16).hex()}"
        )
    host, port = parse_place(given.listen)
    token = token or derive_token(api_key)
    hide_secret(token)
    address = parse_address(given.address, "--address").base if given.address else ""
    stash = parse_address(given.stash or environment.get(STASH_VARIABLE) or DEFAULT_STASH, "--stash").base
    return Options(stash, api_key, token, host, port, address, bool(given.check))


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python3 -m plexsync.provider",
        description="A metadata provider for Plex: Plex asks it for the metadata of scenes in Stash.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stash", metavar="URL", help=f"address of Stash (default: {DEFAULT_STASH})")
    parser.add_argument("--api-key-file", metavar="FILE", help=f"file with Stash's API key, instead of {KEY_VARIABLE}")
    parser.add_argument("--token-file", metavar="FILE", help=f"file with the token, instead of {TOKEN_VARIABLE}")
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default=f"{DEFAULT_HOST}:{DEFAULT_PORT}",
        help=f"where to listen (default: {DEFAULT_HOST}:{DEFAULT_PORT}, this machine only); 0.0.0.0 is everywhere",
    )
    parser.add_argument(
        "--address", metavar="URL", help="address at which Plex gets pictures, if it is not the one that Plex asks"
    )
    parser.add_argument("--check", action="store_true", help="say what would work, and show the address for Plex")
    return parser


def read_secret(path: str | None, environment: Mapping[str, str], variable: str) -> str:
    """Return a secret from the file, or without a path from the environment; empty if it is not there either.

    `read_options` calls it. A secret as argument would show in the list of processes.
    """
    if not path:
        return environment.get(variable, "").strip()
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(4096).strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UsageError(f"The file {path} cannot be read: {reason}.") from error


def parse_place(text: str) -> tuple[str, int]:
    """Return host and port to listen at."""
    found = PLACE.fullmatch(text.strip())
    port = int(found[3] or DEFAULT_PORT) if found else 0
    if not found or not 0 <= port < 65536:
        raise UsageError(f'--listen must be like 192.168.1.5:{DEFAULT_PORT}, but is "{text}".')
    return found[1] or found[2], port
