"""The way to Whisparr: from the settings, remembering between calls which program answered."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from missing.whisparr.scene_lookup import forget_numbers
from shared.errors import SettingError
from shared.http import Http
from shared.settings import Settings
from shared.whisparr.client import Whisparr
from shared.whisparr.model import WhisparrProgram
from shared.whisparr.wire import make_whisparr_service

if TYPE_CHECKING:
    from shared.runtime.call import Call

KNOWN = "whisparr.program"
URL_SETTING = 'the setting "Whisparr URL"'
KEY_SETTING = 'the setting "Whisparr API Key"'


@contextlib.contextmanager
def connect_whisparr(call: Call, settings: Settings) -> Iterator[Whisparr]:
    """Whisparr as the settings say; who answered is kept for the next call."""
    whisparr, http = open_whisparr(call, settings)
    try:
        yield whisparr
    finally:
        keep_program(call, settings.whisparrUrl, whisparr.program)
        http.close()


def open_whisparr(call: Call, settings: Settings) -> tuple[Whisparr, Http]:
    """The adapter and its line; nothing is sent yet."""
    url = settings.whisparrUrl
    if not url:
        raise SettingError("whisparrUrl", 'Whisparr is not set up: the setting "Whisparr URL" is empty.')
    if not settings.whisparrApiKey:
        message = 'Whisparr cannot be asked: the setting "Whisparr API Key" is empty.'
        raise SettingError("whisparrApiKey", message)
    known = recall_program(call, url)
    if known is None:
        forget_numbers(call.store)
    address = known.base_url if known and "@" not in url else url
    service = make_whisparr_service(address, settings.whisparrApiKey, url_setting=URL_SETTING, key_setting=KEY_SETTING)
    http = Http(service, clock=call.clock, deadline=call.deadline)
    return Whisparr(http, known), http


def recall_program(call: Call, url: str) -> WhisparrProgram | None:
    """Which program answered at this address the last time."""
    kept = call.store.kv.get(KNOWN)
    return WhisparrProgram(*kept["program"]) if kept and kept["url"] == url else None


def keep_program(call: Call, url: str, program: WhisparrProgram | None) -> None:
    """Remember who answers, or that nobody is known to."""
    if program != recall_program(call, url):
        call.store.kv.put(KNOWN, {"url": url, "program": list(program)} if program else None)
