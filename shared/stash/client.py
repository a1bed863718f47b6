"""The client for Stash: the Stash that started this process (`call.stash`), or any other by its address."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from shared.errors import Refused
from shared.http import Http, RetryPolicy, Service, Timeouts, is_loopback, is_own_address
from shared.http.graphql import post_graphql
from shared.http.model import MEBIBYTE
from shared.http.retry import DEFAULT_RETRIES
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.runtime.log import Log
from shared.stash.backup import BackupCalls
from shared.stash.capabilities import SchemaCalls
from shared.stash.configuration import ConfigurationCalls
from shared.stash.jobs import JobCalls
from shared.stash.library import PERFORMER, SCENE, STUDIO, TAG, LibraryObjects
from shared.stash.merges import MergeCalls
from shared.stash.object_tags import ObjectTags
from shared.stash.pictures import PictureCalls

READ_SECONDS = 120.0  # a list of a million ids takes a while
BUDGET_SECONDS = 600.0
KEEP_ALIVE_SECONDS = 240.0  # well below the shortest session a user would configure
LARGEST_ANSWER = 512 * MEBIBYTE
PING = "query Ping { version { version } }"
SESSION_ENDED = "The session of this task may have ended: start it again from Stash."
CHECK_KEY = "Check the API key under Settings > Security in Stash."


class ConnectionDetails(Protocol):
    """The address and session of a Stash: the `StashConnection` of a call, or a `StashAddress`."""

    @property
    def url(self) -> str:
        """Return Stash's address, for its client."""

    @property
    def cookie_name(self) -> str:
        """Return the name of the cookie with the session, for the client of Stash."""

    @property
    def cookie(self) -> str:
        """Return the cookie with the session, for the client of Stash."""

    @property
    def dir(self) -> str:
        """Return the folder of Stash's configuration, for the kept schema names."""


class StashAddress(NamedTuple):
    """A Stash that did not start this process; tests, benchmarks and the demo make one. A Stash with a login needs the
    API key.
    """

    url: str
    api_key: str = ""
    cookie: str = ""
    cookie_name: str = "session"
    dir: str = ""

    def __repr__(self) -> str:
        return f"StashAddress({self.url})"


class StashClient(BackupCalls, ConfigurationCalls, JobCalls, MergeCalls, PictureCalls, SchemaCalls):
    """One Stash: its library, configuration, job queue and features. Making a client sends nothing."""

    def __init__(
        self,
        connection: ConnectionDetails,
        *,
        log: Log | None = None,
        clock: Clock = SYSTEM_CLOCK,
        deadline: float | None = None,
        retry: RetryPolicy = DEFAULT_RETRIES,
    ) -> None:
        self.log = log or Log()
        self.http = Http(make_service(connection, retry), clock=clock, deadline=deadline)
        if connection.cookie:
            self.http.set_cookies({connection.cookie_name: connection.cookie})
        self.folder = os.path.join(connection.dir, "plugin_data", "shared") if connection.dir else ""
        self.scenes = LibraryObjects(self.ask, SCENE)
        self.performers = LibraryObjects(self.ask, PERFORMER)
        self.studios = LibraryObjects(self.ask, STUDIO)
        self.tags = LibraryObjects(self.ask, TAG)
        self.scene_tags = ObjectTags(self.ask, self.scenes)
        self._clock = clock
        self._last_asked = clock.monotonic()

    def __repr__(self) -> str:
        return f"StashClient({self.http!r})"

    def close(self) -> None:
        """Close the HTTP connections; the call does it when its handler has returned."""
        self.http.close()

    def ask(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation: str = "",
        *,
        read_timeout: float | None = None,
        object_hook: Callable[[list[tuple[str, Any]]], Any] | None = None,
    ) -> dict[str, Any]:
        """Return the data of a GraphQL document; raise if the answer has an error, even beside data.

        All other methods send their documents through this one.
        """
        self._last_asked = self._clock.monotonic()
        return post_graphql(
            self.http,
            document,
            variables,
            operation,
            path="graphql",
            read_timeout=read_timeout,
            object_hook=object_hook,
        )

    def ask_newest(
        self, documents: Sequence[str], variables: Mapping[str, Any] | None = None, operation: str = ""
    ) -> dict[str, Any]:
        """Return the data of the first document this Stash accepts, for requests whose form depends on the release.

        Other methods of the client and the lists of Missing Scenes call it. Give the document for the newest
        release first and the one for the oldest supported release last. Each call tries them one after the other.
        """
        for document in documents[:-1]:
            with contextlib.suppress(Refused):
                return self.ask(document, variables, operation)
        return self.ask(documents[-1], variables, operation)

    def keep_alive(self) -> None:
        """Renew the session if Stash was not asked for minutes; tasks call it in loops that work elsewhere for long."""
        if self._clock.monotonic() - self._last_asked >= KEEP_ALIVE_SECONDS:
            self.ask(PING, None, "keeping the session alive")


def make_service(connection: ConnectionDetails, retry: RetryPolicy = DEFAULT_RETRIES) -> Service:
    """Return Stash's address, key and limits for the client's Http; on this machine any certificate is accepted."""
    api_key = str(getattr(connection, "api_key", "") or "")
    host = urlsplit(connection.url).hostname or ""
    is_encrypted = connection.url.startswith("https://")
    return Service(
        "Stash",
        connection.url,
        keys={"ApiKey": api_key},
        verify_tls=not (is_encrypted and (is_loopback(host) or is_own_address(host))),
        timeouts=Timeouts(connect=5.0, read=READ_SECONDS),
        max_bytes=LARGEST_ANSWER,
        max_memory=2 * LARGEST_ANSWER,  # by the estimate, a list of a million ids takes 330 MiB
        budget=BUDGET_SECONDS,
        retry=retry,
        url_setting="the address of Stash",
        key_setting="the API key",
        key_hint=CHECK_KEY if api_key else SESSION_ENDED,
    )
