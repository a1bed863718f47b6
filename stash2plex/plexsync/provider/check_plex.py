"""The part of `--check` about Plex: its release, its libraries, and whether it reaches a running provider."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from plexsync.provider.access import Access
from plexsync.provider.documents import IDENTIFIER
from plexsync.provider.options import Options
from plexsync.write.stash_scenes import StashScene
from shared.errors import NotFound, Refused, ServerFailed, ServiceError
from shared.http import NO_RETRIES, Http, Request, Service, Timeouts
from shared.plex.client import Plex
from shared.plex.images import read_through_plex
from shared.plex.wire import make_plex_service
from shared.settings import Settings
from shared.stash.pictures import find_route

OK, WARNING, FAILED = "ok", "warning", "failed"
FIRST_PLEX = (1, 43)  # the first release with Add Provider
VERSION = re.compile(r"(\d+)\.(\d+)")
CLIENT_ID = "stash2plex-provider"
TIMEOUTS = Timeouts(10.0, 10.0)
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- compared, not bound
NOT_TRIED = "Not tried: whether Plex reaches the provider."


class CheckResult(NamedTuple):
    """One line of `--check`: its level (OK, WARNING or FAILED) and its text."""

    level: str
    text: str


def open_plex(settings: Settings) -> Plex | None:
    """Return the client for the Plex of the plugin's settings, for `--check`; None if they name none."""
    if not settings.plex_url or not settings.plex_token:
        return None
    service = make_plex_service(
        settings.plex_url,
        settings.plex_token,
        CLIENT_ID,
        timeouts=TIMEOUTS,
        retry=NO_RETRIES,
        verify_tls=not settings.plex_any_certificate,
        url_setting='the setting "Plex URL"',
        key_setting='the setting "Plex Token"',
    )
    return Plex(Http(service))


def check_plex(plex: Plex) -> CheckResult:
    """Return a result that says if this Plex is new enough, and which libraries use the provider."""
    version = plex.read_server().version
    if read_version(version) < FIRST_PLEX:
        return CheckResult(FAILED, f"Plex is {version}, but providers need 1.43 or later. Update Plex.")
    users = [f'"{each.title}"' for each in plex.list_sections() if each.agent == IDENTIFIER]
    if not users:
        return CheckResult(OK, f"Plex {version} knows providers. No library uses this one yet.")
    return CheckResult(OK, f"Plex {version} knows providers. Libraries with this one: {', '.join(users)}.")


def read_version(text: str) -> tuple[int, int]:
    """Return the first two numbers of a version of Plex, for `check_plex`; (0, 0) if the text has none."""
    found = VERSION.match(text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def find_base(options: Options) -> str:
    """Return the provider's address without token, from --address or --listen; empty if it listens everywhere.

    `--check` calls it, to print the address and to try it from Plex.
    """
    if options.address or options.host in EVERYWHERE:
        return options.address
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{options.port}"


def check_reach(options: Options, plex: Plex, scenes: Sequence[StashScene]) -> CheckResult:
    """Return a result of `--check` that says if Plex gets a picture from the running provider, with this token."""
    base, path = find_base(options), next((find_cover(each) for each in scenes if each.cover), "")
    if not base or not path:
        step = "Name its address with --address." if path else "Stash has no scene with a cover yet."
        return CheckResult(OK, f"{NOT_TRIED} {step}")
    if not is_running(base, options.token):
        return CheckResult(OK, f"{NOT_TRIED} Start it, and run the check once more beside it.")
    url = f"{base}/{Access(options.token).sign_picture(path)}{path}"
    try:
        read_through_plex(plex.wire, url)
    except (NotFound, Refused, ServerFailed):
        step = "If Plex runs elsewhere or in a container, use --listen with an address that it reaches."
        return CheckResult(WARNING, f"Plex gets no picture from the provider at {base}. {step}")
    return CheckResult(OK, f"Plex reaches the provider at {base} and gets pictures from it.")


def find_cover(scene: StashScene) -> str:
    """Return the path of a scene's cover at Stash, which is also its path at the provider, for `check_reach`."""
    return find_route(scene.cover).partition("?")[0]


def is_running(base: str, token: str) -> bool:
    """Return True if a provider with this token answers at the address `base`; `check_reach` asks it."""
    http = Http(Service("The provider", base, timeouts=TIMEOUTS, retry=NO_RETRIES, url_setting="--address"))
    try:
        answer = http.send(Request("GET", token, operation="looking for a running provider"))
    except ServiceError:
        return False
    finally:
        http.close()
    return isinstance(answer.data, dict) and "MediaProvider" in answer.data
