"""The tests of the Setup tab: address and token, libraries, paths, photos."""

from __future__ import annotations

from shared.counted_words import count_things

from typing import TYPE_CHECKING

from plexsync.paths.rule_syntax import parse_rules
from plexsync.paths.sample import measure_hit_rate
from plexsync.queue.constants import MACHINE_ID
from plexsync.server import libraries
from plexsync.server.connection import check_connection, connect_server, open_plex
from plexsync.write.tag_lists import make_photo_url
from shared.errors import AuthRejected, Busy, NotFound, Refused, ServerFailed
from shared.http import NO_RETRIES, Http, Request, Service
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok, warn
from shared.plex.errors import OtherServer
from shared.plex.images import read_through_plex
from shared.settings import Settings
from shared.stash import is_placeholder

if TYPE_CHECKING:
    from shared.runtime.call import Call

SOME_PERFORMERS = "{ findPerformers(filter: {per_page: 100}) { performers { image_path } } }"
PROVIDER_STEP = (
    "start the plugin's provider and enter the address for photos that its check shows. The documents of Stash2Plex "
    "say how."
)
REACH_STEP = (
    "Enter the address as Plex's machine reaches it. There, localhost is Plex's own machine or container. If Plex lets "
    "its service in the internet fetch pictures, the address must be reachable from there."
)
TESTS = (
    SetupTest("plex", "Plex", "Address, token and rights.", "plexsync.setup_tests:test_plex"),
    SetupTest("libraries", "Libraries", "The chosen libraries of Plex.", "plexsync.setup_tests:test_libraries"),
    SetupTest("paths", "Paths", "Whether files of Stash are found in Plex.", "plexsync.setup_tests:test_paths"),
    SetupTest("photos", "Photos", "Whether Plex can fetch photos of performers.", "plexsync.setup_tests:test_photos"),
)


def test_plex(call: Call, settings: Settings) -> TestResult:
    """Setup test: Plex answers, accepts the token, and is the server known so far."""
    if not settings.plex_url or not settings.plex_token:
        key = "plex_token" if settings.plex_url else "plex_url"
        return not_set_up("Plex is not set up yet.", "Enter the address and the token of your Plex.", key)
    try:
        found = check_connection(open_plex(call, settings), call.store.kv.get(MACHINE_ID, str, ""))
    except OtherServer as error:
        return warn(str(error), "Confirm the new server, or correct the address.", "plex_url")
    if found.warnings:
        return warn(" ".join(found.warnings), "Use the token of the server's owner.", "plex_token")
    server = found.server
    return ok(f'"{server.name}" {server.version} answers and accepts the token.')


def test_libraries(call: Call, settings: Settings) -> TestResult:
    """Setup test: the chosen libraries exist."""
    if not settings.plex_url or not settings.plex_token:
        return not_set_up("Plex is not set up yet.", "Test Plex first.", "plex_url")
    sections = connect_server(call, settings).sections
    if not sections:
        return warn("Plex has no video library.", "Make one in Plex, or choose another.", "plex_library")
    return ok("Synced: " + ", ".join(f'"{section.title}"' for section in sections) + ".")


def test_paths(call: Call, settings: Settings) -> TestResult:
    """Setup test: on a sample, the path rules lead files of Stash to files of Plex."""
    if not settings.plex_url or not settings.plex_token:
        return not_set_up("Plex is not set up yet.", "Test Plex first.", "plex_url")
    try:
        found = measure_hit_rate(call, parse_rules(settings.path_rules))
    except Busy as busy:
        return warn(str(busy), "Test again: it goes on where it ended.", "path_rules")
    sentence = f"Found in Plex by their path: {found.hits} of {count_things(found.total, 'file')} of Stash."
    if found.total and found.hits * 2 < found.total:
        return warn(
            sentence,
            "Press Suggest rules under Libraries and paths. Ignore this if most files are not in Plex.",
            "path_rules",
        )
    return ok(sentence)


def test_photos(call: Call, settings: Settings) -> TestResult:
    """Setup test: Plex can fetch a photo from the address for photos; if it cannot, the result says why."""
    if not settings.photo_address:
        step = f"Enter an address if Plex should show them. If your Stash has a login, {PROVIDER_STEP}"
        return not_set_up("No photos of performers are sent.", step, "photo_address")
    rows = call.stash.ask(SOME_PERFORMERS)["findPerformers"]["performers"]
    found = [row["image_path"] for row in rows if not is_placeholder(row["image_path"])]
    if not found:
        return ok("No performer has a photo yet.")
    # Plex keeps what it fetched once under an address; this one is new to it.
    url = f"{make_photo_url(found[0], settings.photo_address)}?t={int(call.clock.now())}"
    has_plex = bool(settings.plex_url and settings.plex_token)
    if has_plex and can_plex_fetch(call, settings, url):
        return ok("Plex can fetch photos of performers from this address.")
    if not is_open_to_all(call, settings, url):
        step = f"Plex cannot log in to Stash, but the provider can: {PROVIDER_STEP}"
        return warn("No photo is given without a login.", step, "photo_address")
    if has_plex:
        return warn("A photo can be fetched from here, but Plex could not fetch it.", REACH_STEP, "photo_address")
    return ok("A photo can be fetched without a login, from here. Plex has to reach the same address.")


def can_plex_fetch(call: Call, settings: Settings, url: str) -> bool:
    """Return True if Plex, which fetches it itself as for its apps, gives the picture at an address."""
    try:
        read_through_plex(open_plex(call, settings).wire, url)
    except (NotFound, Refused, ServerFailed):
        return False
    return True


def is_open_to_all(call: Call, settings: Settings, url: str) -> bool:
    """Return True if an address gives a picture without a login, for `test_photos`; raise if nothing is there."""
    service = Service(
        "The address for photos",
        settings.photo_address,
        retry=NO_RETRIES,
        url_setting='the setting "Address for Photos"',
    )
    http = Http(service, clock=call.clock, deadline=call.deadline)
    try:
        reply = http.send(Request("GET", url, expect="bytes", operation="fetching a photo"))
    except AuthRejected:
        return False
    return reply.content_type.startswith("image/")


def list_libraries(call: Call, settings: Settings) -> list[tuple[str, str]]:
    """Return Plex's video libraries as the choices of the setting Plex Library, for the settings panel."""
    sections = open_plex(call, settings).list_sections()
    names = libraries.make_section_names(sections)
    return [(names[section.id], names[section.id]) for section in sections if section.type == libraries.VIDEO]
