"""A provider with its Stash, asked over HTTP as Plex asks it."""

from __future__ import annotations

import contextlib
import io
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from plexsync.provider.access import Access
from plexsync.provider.log import ProviderLog
from plexsync.provider.routes import Provider
from plexsync.provider.server import ProviderServer
from plexsync.provider.stash_source import SETTINGS_SECONDS, StashSource

from sandbox.stash.files.disk import VideoFile
from shared.runtime.clock import Clock
from shared.stash import StashAddress, StashClient
from tests.harness.sandbox import RunningStash
from tests.harness.threaded_server import run_server

TOKEN = "token-of-the-provider"
LOGIN = 'mutation { configureGeneral(input: {username: "me", password: "pass word"}) { username } }'
NEW_KEY = "mutation { generateAPIKey(input: {}) }"
MATCHES = "/library/metadata/matches"


class Reply(NamedTuple):
    """An answer of the provider."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of a successful answer."""
        assert self.status == 200, self.body
        rows: list[dict[str, Any]] = self.json["MediaContainer"]["Metadata"]
        return rows

    @property
    def error(self) -> str:
        return str(self.json["error"])


def send(url: str, body: object = None, *, method: str = "", headers: dict[str, str] | None = None) -> Reply:
    """Send one request as it is, also one that a client library would refuse."""
    parts = urlsplit(url)
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
    with contextlib.closing(connection):
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method or ("GET" if data is None else "POST"), target, data, headers or {})
        reply = connection.getresponse()
        return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())


class LeapingClock(Clock):
    """The real time, which a test can move on."""

    ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead


class ProviderBench:
    """A Stash with a login, and a provider that has its key."""

    def __init__(self, stash: RunningStash) -> None:
        self.stash = stash
        self.stock = stash.stock
        stash.ask(LOGIN)
        self.api_key = stash.double.services.configuration.renew_api_key(clear=False)
        self.access = Access(TOKEN)
        self.clock = LeapingClock()
        self.source = StashSource(StashAddress(stash.url, self.api_key), self.clock)
        self.log = io.StringIO()
        self.server = ProviderServer(("127.0.0.1", 0), Provider(self.source, self.access), ProviderLog(self.log))
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        self.url = f"{self.root}/{TOKEN}"

    def add_scene(self, path: str = "/data/acme/beach.mp4", title: str = "Beach day", **details: Any) -> int:
        """Add a scene with one file and a cover."""
        return self.stock.add_scene(title, file=VideoFile(path, size=5, duration=100), picture="cover", **details)

    def change_settings(self, **values: Any) -> None:
        """Save settings of the plugin in Stash; the provider reads them with its next answer."""
        client = StashClient(StashAddress(self.stash.url, self.api_key))
        with contextlib.closing(client):
            client.write_plugin_settings("stash2plex", values)
        self.clock.ahead += SETTINGS_SECONDS

    def match(self, path: str = "", **question: Any) -> Reply:
        """Ask for a match as Plex does in a scan."""
        named = {"filename": path} if path else {}
        return send(f"{self.url}{MATCHES}", {"type": 1, "title": "as Plex reads it", **named, **question})

    def read(self, path: str) -> Reply:
        """Ask for a path below the provider's address."""
        return send(f"{self.url}{path}")

    def wait_for_log(self, lines: int) -> list[str]:
        """The log, once it has so many lines: a line is written after its answer was sent."""
        gate = threading.Event()
        for _ in range(500):
            if len(self.log.getvalue().splitlines()) >= lines:
                break
            gate.wait(0.01)
        return self.log.getvalue().splitlines()


@contextlib.contextmanager
def run_provider(server: ProviderServer) -> Iterator[str]:
    """The address of a provider that answers in a thread of the test."""
    with run_server(server):
        yield f"http://127.0.0.1:{server.server_port}/{TOKEN}"


@contextlib.contextmanager
def serve_provider(stash: RunningStash) -> Iterator[ProviderBench]:
    """A provider of a Stash with a login."""
    bench = ProviderBench(stash)
    with contextlib.closing(bench.source), run_provider(bench.server):
        yield bench


@contextlib.contextmanager
def serve_open_stash(url: str) -> Iterator[str]:
    """The address of a provider of a Stash without a login."""
    with contextlib.closing(StashSource(StashAddress(url))) as source:
        provider = Provider(source, Access(TOKEN))
        with run_provider(ProviderServer(("127.0.0.1", 0), provider, ProviderLog(io.StringIO()))) as address:
            yield address
