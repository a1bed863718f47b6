"""The connection to the Whisparr of the settings.

The program that answered is cached until another address is set or another program answers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.whisparr.instances import MORE, read_key, read_name
from missing.whisparr.number_cache import delete_numbers
from shared.errors import SettingError
from shared.http import Http
from shared.settings import Settings
from shared.whisparr.client import Whisparr
from shared.whisparr.failure_cache import FailureCache
from shared.whisparr.model import WhisparrProgram
from shared.whisparr.wire import make_whisparr_service

if TYPE_CHECKING:
    from shared.runtime.call import Call

KNOWN = "whisparr.program"
FAILURES = "whisparr.failures"
URL_SETTING = 'the setting "Whisparr URL"'
TLS_SETTING = 'the setting "Accept Any Certificate"'
KEY_SETTING = 'the setting "Whisparr API Key"'


@contextlib.contextmanager
def connect_whisparr(call: Call, settings: Settings) -> Iterator[Whisparr]:
    """Yield the adapter for the Whisparr of the settings, and close it; operations and tasks use it.

    The program that answered is saved for the next call.
    """
    whisparr, http = open_whisparr(call, settings)
    try:
        yield whisparr
    finally:
        save_program(call, settings, whisparr.program)
        http.close()


def open_whisparr(call: Call, settings: Settings) -> tuple[Whisparr, Http]:
    """Return the adapter for the Whisparr of the settings and its HTTP client; nothing is sent yet.

    Raises SettingError if the address or the key is empty.
    """
    url = settings.whisparrUrl
    if not url:
        raise SettingError("whisparrUrl", 'Whisparr is not set up: the setting "Whisparr URL" is empty.')
    key = read_key(settings)
    if not settings.whisparrApiKey and key:
        raise SettingError(
            MORE, f"{read_name(settings)} cannot be asked: it has no API key. Enter it on the Setup tab."
        )
    if not settings.whisparrApiKey:
        message = 'Whisparr cannot be asked: the setting "Whisparr API Key" is empty.'
        raise SettingError("whisparrApiKey", message)
    known = find_known_program(call, settings)
    if known is None:
        delete_numbers(call.store, key)
    address = known.base_url if known and "@" not in url else url
    service = make_whisparr_service(
        address,
        settings.whisparrApiKey,
        verify_tls=not settings.whisparrAnyCertificate,
        url_setting=URL_SETTING,
        key_setting=KEY_SETTING,
        tls_setting=TLS_SETTING,
        name=read_name(settings),
    )
    http = Http(service, clock=call.clock, deadline=call.service_deadline)
    failures = FailureCache(call.store, name_value(FAILURES, settings), url)
    return Whisparr(http, known, failures), http


def find_known_program(call: Call, settings: Settings) -> WhisparrProgram | None:
    """Return the Whisparr build that answered here last time, for a new connection; None if not known.

    `open_whisparr` calls it.
    """
    saved = call.store.kv.get(name_value(KNOWN, settings), {"url": str, "program": [str, str, str]})
    is_same = bool(saved) and saved["url"] == settings.whisparrUrl
    return WhisparrProgram(*saved["program"]) if is_same else None


def save_program(call: Call, settings: Settings, program: WhisparrProgram | None) -> None:
    """Save the Whisparr build that answered at this address, so that the next call need not ask for it."""
    if program != find_known_program(call, settings):
        saved = {"url": settings.whisparrUrl, "program": list(program)} if program else None
        call.store.kv.put(name_value(KNOWN, settings), saved)


def name_value(name: str, settings: Settings) -> str:
    """Return the name under which a value about this Whisparr is saved, such as its build; the connection calls it."""
    key = read_key(settings)
    return f"{name}.{key}" if key else name
