"""The provider's reader of Stash: settings, scenes and pictures, with a few connections that its threads share."""

from __future__ import annotations

import contextlib
import queue
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from plexsync.paths.rule_syntax import parse_rules
from plexsync.settings import SETTINGS
from plexsync.write.stash_scenes import FIELDS, StashScene, make_scene
from shared.errors import Busy
from shared.http import NO_RETRIES
from shared.paths import file_name, normal_path
from shared.plex.path_mapping import PathRule
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.runtime.redact import hide_secret
from shared.settings import Settings, read_settings, rows_of
from shared.stash import StashAddress, StashClient
from shared.stash.pictures import StashPicture

PLUGIN_ID = "stash2plex"
CONNECTIONS = 6  # to Stash at a time; Plex refreshes a few items at once
TURN_SECONDS = 10.0  # to wait for one of them
STASH_SECONDS = 20.0  # for one answer of Stash; implementers report that Plex waits 90
SETTINGS_SECONDS = 15.0  # a setting saved in Stash counts after that
MOST_CANDIDATES = 200  # scenes with one file name that are read in full
MOST_FOUND = 10  # scenes that a search by title shows


class ProviderSettings(NamedTuple):
    """The plugin's settings, the path rules in them, and when they were read."""

    settings: Settings
    rules: tuple[PathRule, ...]
    read_at: float = 0.0

    @property
    def is_strict(self) -> bool:
        """Return True if a match must take none of several scenes that fit a file equally well."""
        return bool(self.settings.strict_matching)


class StashSource:
    """Reads from one Stash; every method may be called by several threads at once."""

    def __init__(self, address: StashAddress, clock: Clock = SYSTEM_CLOCK) -> None:
        self._address = address
        self._clock = clock
        self._clients: queue.LifoQueue[StashClient | None] = queue.LifoQueue()
        for _ in range(CONNECTIONS):
            self._clients.put(None)
        self._known: ProviderSettings | None = None

    @contextmanager
    def connect(self) -> Iterator[StashClient]:
        """Lend a client of Stash for one answer to Plex; raise Busy if all are in use for too long."""
        try:
            client = self._clients.get(timeout=TURN_SECONDS)
        except queue.Empty:
            raise Busy("The provider is busy with other questions. Plex asks again later.") from None
        try:
            client = client or self._make_client()
            client.http.deadline = self._clock.monotonic() + STASH_SECONDS
            yield client
        finally:
            self._clients.put(client)

    def close(self) -> None:
        """Close the connections that no answer uses; the program calls it at its end."""
        with contextlib.suppress(queue.Empty):
            while True:
                client = self._clients.get_nowait()
                if client is not None:
                    client.close()

    def _make_client(self) -> StashClient:
        client = StashClient(self._address, clock=self._clock, retry=NO_RETRIES)  # Plex asks again by itself
        client.setting_keys = [row.key for row in rows_of(SETTINGS)]
        return client

    def read_settings(self) -> ProviderSettings:
        """Return the plugin's settings, read from Stash anew if they are older than SETTINGS_SECONDS (15)."""
        known = self._known  # threads that read at the same time read the same, so there is no lock
        if known is None or self._clock.monotonic() - known.read_at >= SETTINGS_SECONDS:
            with self.connect() as stash:
                raw = stash.read_plugin_settings(PLUGIN_ID)
            known = self._known = make_settings(raw, self._clock.monotonic())
        return known

    def read_scene(self, scene_id: int) -> StashScene | None:
        """Return the scene that Plex asks for by its key; None if Stash does not have it."""
        with self.connect() as stash:
            row = stash.scenes.get(scene_id, FIELDS)
        return make_scene(row) if row else None

    def find_by_name(self, path: str) -> list[StashScene]:
        """Return the scenes with a file named as in `path`; of very many, those in a folder of the same name."""
        name = file_name(path)
        if not name:
            return []
        found = self._find_by_end(name)
        if len(found) < MOST_CANDIDATES:
            return found
        folder = file_name(normal_path(path)[: -len(name)])
        return self._find_by_end(f"{folder}_{name}")  # in Stash's LIKE, _ stands for the separator of any system

    def _find_by_end(self, end: str) -> list[StashScene]:
        with self.connect() as stash:
            page = stash.scenes.page(FIELDS, make_path_filter(end), per_page=MOST_CANDIDATES)
        return [make_scene(row) for row in page.rows]

    def find_by_title(self, title: str) -> list[StashScene]:
        """Return scenes that Stash's search finds, for a person who chooses one in Plex."""
        with self.connect() as stash:
            page = stash.scenes.page(FIELDS, None, per_page=MOST_FOUND, sort="title", q=title)
        return [make_scene(row) for row in page.rows]

    def read_picture(self, path: str) -> StashPicture:
        """Return a picture of Stash that Plex asks for; raise NotFound or BadReply if there is none."""
        with self.connect() as stash:
            return stash.download_picture(path)


def make_settings(raw: dict[str, Any], read_at: float) -> ProviderSettings:
    """Return the provider's settings from the raw map that `StashSource` reads; the log masks their secrets now."""
    settings = read_settings(rows_of(SETTINGS), raw)
    hide_secret(*settings.secrets)
    return ProviderSettings(settings, tuple(parse_rules(settings.path_rules)), read_at)


def make_path_filter(end: str) -> dict[str, Any]:
    """Return Stash's filter for files whose path contains a text, in both forms of its accented letters.

    Quotes make it one text, because Stash looks for each word otherwise.
    """
    forms = dict.fromkeys(unicodedata.normalize(form, end) for form in ("NFC", "NFD"))
    where: dict[str, Any] = {}
    for form in forms:
        criterion = {"value": f'"{form}"', "modifier": "INCLUDES"}
        where = {"path": criterion, "OR": where} if where else {"path": criterion}
    return where
