"""Connects to the Plex of the settings, checks that it is the same server as before, and finds the chosen libraries."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from plexsync.match.item_index import POSITION_KEY
from plexsync.queue.constants import MACHINE_ID, STARTED
from plexsync.server import libraries
from plexsync.watched.store import CURSOR
from shared.errors import SERVICE, BundleError, ServerFailed, ServiceError, SettingError, TimedOut, Unreachable
from shared.http import NO_RETRIES, Http, Timeouts
from shared.plex.client import Plex, PlexConnection
from shared.plex.edit_parts import LONGEST_QUERY
from shared.plex.errors import LibraryMissing
from shared.plex.model import PlexSection
from shared.plex.wire import NAME, make_plex_service
from shared.runtime.redact import hide_secret
from shared.settings import Settings
from shared.state.store import Store

if TYPE_CHECKING:
    from shared.runtime.call import Call

CLIENT_ID = "plex.client_id"
SPLITS = "plex.splits_tags"
EDIT_LESSONS = "plex.edit_lessons"
LESSONS = {"merges_tags?": (bool, None), "longest_query?": int, "shows_uploads?": bool}
NO_LESSONS = {"merges_tags": None, "longest_query": LONGEST_QUERY, "shows_uploads": False}


class ConnectedServer(NamedTuple):
    """A connected Plex with its chosen libraries."""

    plex: Plex
    machine_id: str
    sections: tuple[PlexSection, ...]
    folders: tuple[str, ...] = ()  # of all libraries, chosen or not
    has_pass: bool = False  # the owner has Plex Pass
    allows_deletion: bool = False  # of media and collections


def open_plex(call: Call, settings: Settings) -> Plex:
    """Return the Plex adapter for these settings; sends nothing yet.

    Failed requests are not repeated here, because the queue retries. Raises SettingError without address or token.
    """
    for key, title in (("plex_url", "Plex URL"), ("plex_token", "Plex Token")):
        if not getattr(settings, key):
            raise SettingError(key, f'Plex is not set up: enter "{title}" on the Setup page.')
    timeouts = Timeouts(float(settings.connect_timeout), float(settings.read_timeout))
    service = make_plex_service(
        settings.plex_url,
        settings.plex_token,
        ensure_client_id(call.store),
        timeouts=timeouts,
        retry=NO_RETRIES,
        verify_tls=not settings.plex_any_certificate,
        url_setting='the setting "Plex URL"',
        key_setting='the setting "Plex Token"',
        tls_setting='the setting "Accept Any Certificate"',
    )
    patient = service._replace(budget=max(service.budget, timeouts.read + timeouts.connect))
    return Plex(Http(patient, clock=call.clock, deadline=call.service_deadline))


def ensure_client_id(store: Store) -> str:
    """Return the id this installation has for Plex, which is made once.

    Plex lists each client id as a device; a new one for each call would fill that list.
    """
    with store.write():
        known = store.kv.get(CLIENT_ID, str)
        if not known:
            known = str(uuid.uuid4())
            store.kv.put(CLIENT_ID, known)
    return str(known)


def connect_server(call: Call, settings: Settings | None = None) -> ConnectedServer:
    """Return the server with its chosen libraries, in two requests; operations, tasks and drains begin with it.

    It saves which server and which libraries these are, and refuses another server later.
    """
    settings = settings or call.settings
    plex = open_plex(call, settings)
    if settings.obfuscate_logs:
        hide_secret(urlsplit(settings.plex_url).hostname, call.connection.host)
    known = call.store.kv.get(MACHINE_ID, str, "")
    found = check_connection(plex, known)
    if not known:
        call.store.kv.put(MACHINE_ID, found.server.machine_id)
    apply_edit_lessons(call.store, plex)
    sections = libraries.choose_sections(call.store, settings.plex_library, found.sections)
    if settings.plex_library.strip():
        libraries.save_chosen_sections(call.store, settings.plex_library, [section.id for section in sections])
    folders = tuple(place.path for section in found.sections for place in section.locations)
    if settings.obfuscate_logs:
        hide_secret(found.server.name, *(section.title for section in found.sections), *folders)
    identity = found.server
    return ConnectedServer(plex, identity.machine_id, sections, folders, identity.has_pass, identity.allows_deletion)


def apply_edit_lessons(store: Store, plex: Plex) -> None:
    """Give a new client what earlier edits have taught about this server, for `connect_server`."""
    plex.splits_tags = bool(store.kv.get(SPLITS, bool))
    lessons = store.kv.get(EDIT_LESSONS, LESSONS, {})
    plex.merges_tags = lessons.get("merges_tags")
    plex.longest_query = int(lessons.get("longest_query", plex.longest_query))
    plex.shows_uploads = bool(lessons.get("shows_uploads"))


def save_edit_lessons(store: Store, plex: Plex) -> None:
    """Save what edits have taught about this server, for the next client; the journal's target calls it."""
    lessons = {
        "merges_tags": plex.merges_tags,
        "longest_query": plex.longest_query,
        "shows_uploads": plex.shows_uploads,
    }
    if plex.splits_tags and not store.kv.get(SPLITS, bool):
        store.kv.put(SPLITS, True)
    if lessons != {**NO_LESSONS, **store.kv.get(EDIT_LESSONS, LESSONS, {})}:
        store.kv.put(EDIT_LESSONS, lessons)


def check_connection(plex: Plex, known: str = "") -> PlexConnection:
    """Return the server and its libraries; the tests in Setup, the health line and the start of a drain call it.

    Raise OtherServer if `known` is the id of another server, else the error that `convert_library_error` makes.
    """
    try:
        return plex.check_connection(expected=known)
    except ServiceError as error:
        raise convert_library_error(error) from error


def narrow_error(error: ServiceError, plex: Plex) -> ServiceError:
    """Return an error of one item if Plex answers another request: then only this request gets no answer.

    The queue worker calls it, so that one bad item does not stop the queue.
    """
    if type(error) not in (TimedOut, Unreachable) or error.service != NAME:
        return error
    try:
        plex.read_server()
    except ServiceError:
        return error
    message = f"Plex answers, but not to this: {error}"
    return ServerFailed(message, service=NAME, operation=error.operation)


def convert_library_error(error: ServiceError) -> BundleError:
    """Return the error; for a library that Plex lacks, return an error of the setting `plex_library` instead.

    The check of the connection, the queue worker and the journal target of syncs call it.
    """
    if isinstance(error, LibraryMissing):
        return SettingError("plex_library", str(error))
    return error


def widen_error(error: ServiceError) -> BundleError:
    """Return the error of a request of the queue worker that concerns no single item.

    A server that fails there is down for all items.
    """
    if isinstance(error, ServerFailed):
        error.reach = SERVICE
    return convert_library_error(error)


def forget_server(store: Store) -> None:
    """Forget everything known about the last server, when a person confirms another one.

    Ids of items and libraries differ there.
    """
    with store.write() as db:
        store.kv.delete_prefix(POSITION_KEY)
        store.kv.delete_prefix(CURSOR)
        db.execute("INSERT OR REPLACE INTO former_records SELECT scene_id, written FROM records WHERE scene_id > 0")
        for table in ("plex_sections", "plex_items", "plex_files", "matches", "links", "records", "watched_items"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
        for name in (MACHINE_ID, SPLITS, EDIT_LESSONS, libraries.CHOSEN):
            store.kv.delete(name)
        store.kv.put(STARTED, "")
