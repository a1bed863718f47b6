"""The Stash that started us: StashInterface without its start-up requests, on our HTTP seam."""

from __future__ import annotations

import contextlib
import copy
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from stashapi.classes import serialize_dict  # type: ignore[import-untyped]
from stashapi.stashapp import StashInterface  # type: ignore[import-untyped]

from shared.errors import Refused
from shared.http import Http, Service, Timeouts, is_loopback, is_own_address
from shared.http.graphql import post_graphql
from shared.http.values import MEBIBYTE
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.runtime.log import Log
from shared.stash.capabilities import SchemaCalls
from shared.stash.configuration import ConfigurationCalls
from shared.stash.jobs import JobCalls
from shared.stash.library import PERFORMER, SCENE, STUDIO, TAG, WRITE_SECONDS, LibraryObjects
from shared.stash.merges import MergeCalls
from shared.stash.pictures import PictureCalls
from shared.stash.scene_tags import SceneTags

READ_SECONDS = 120.0  # a list of a million ids takes a while
BUDGET_SECONDS = 600.0
KEEP_ALIVE_SECONDS = 240.0  # well below the shortest session anybody would configure
LARGEST_ANSWER = 512 * MEBIBYTE
PING = "query Ping { version { version } }"
SESSION_ENDED = "The session of this task may have ended: start it again from Stash."
CHECK_KEY = "Check the API key under Settings > Security in Stash."


class Door(Protocol):
    """The address and session of a Stash: a `StashConnection` or a `StashAddress`."""

    @property
    def url(self) -> str: ...
    @property
    def cookie_name(self) -> str: ...
    @property
    def cookie(self) -> str: ...
    @property
    def dir(self) -> str: ...


@dataclass(frozen=True)
class StashAddress:
    """A Stash that did not start us: any address, also below a path, with an API key when it has a login."""

    url: str
    api_key: str = field(default="", repr=False)
    cookie: str = field(default="", repr=False)
    cookie_name: str = "session"
    dir: str = ""


class StashClient(ConfigurationCalls, JobCalls, MergeCalls, PictureCalls, SchemaCalls, StashInterface):  # type: ignore[misc]
    """See the package docstring. Everything StashInterface offers works, too, with our timeouts, retries and errors."""

    def __init__(
        self, connection: Door, *, log: Log | None = None, clock: Clock = SYSTEM_CLOCK, deadline: float | None = None
    ) -> None:
        # StashInterface.__init__ is not called: it asks for the version, the API key and the whole schema.
        self.log = log or Log()
        self.http = Http(make_service(connection), clock=clock, deadline=deadline)
        if connection.cookie:
            self.http.set_cookies({connection.cookie_name: connection.cookie})
        self.folder = os.path.join(connection.dir, "plugin_data", "shared") if connection.dir else ""
        self.scenes = LibraryObjects(self.ask, SCENE)
        self.performers = LibraryObjects(self.ask, PERFORMER)
        self.studios = LibraryObjects(self.ask, STUDIO)
        self.tags = LibraryObjects(self.ask, TAG)
        self.scene_tags = SceneTags(self.ask, self.scenes)
        self._clock = clock
        self._last_asked = clock.monotonic()
        self._fragments: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"StashClient({self.http!r})"

    def close(self) -> None:
        """Let the connections go."""
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
        """The data of any GraphQL document; raises on errors, also when there is data beside them."""
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
        """The data of the first document this Stash accepts: newest first, the last one is for the oldest version."""
        for document in documents[:-1]:
            with contextlib.suppress(Refused):
                return self.ask(document, variables, operation)
        return self.ask(documents[-1], variables, operation)

    def keep_alive(self) -> None:
        """Renew the session when nothing was asked for some minutes; for long work elsewhere, cheap to call often."""
        if self._clock.monotonic() - self._last_asked >= KEEP_ALIVE_SECONDS:
            self.ask(PING, None, "keeping the session alive")

    @property
    def url(self) -> str:
        """The GraphQL address."""
        return f"{self.http.base_url}/graphql"

    @property
    def port(self) -> int | None:
        """The port, as StashInterface has it."""
        return urlsplit(self.http.base_url).port

    @property
    def version(self) -> Any:
        """The version in the form of StashInterface, requested when first read."""
        return self.stash_version()

    @property
    def fragments(self) -> dict[str, str]:
        """StashInterface's generated fragments, made when one of its own methods needs them."""
        if not self._fragments:
            self._fragments = _FragmentMaker(self).fragments
        return self._fragments

    def _GQL(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:  # noqa: N802
        """Send the requests of StashInterface's own methods through our HTTP client."""
        plain = copy.deepcopy(dict(variables or {}))
        serialize_dict(plain)
        document = self._GQLWrapper__resolve_fragments(query)
        return self.ask(document, plain, "talking to Stash", read_timeout=WRITE_SECONDS)

    def call_GQL(self, query: str, variables: Mapping[str, Any] | None = None, callback: Any = None) -> Any:  # noqa: N802
        """StashInterface's way to send a document; never changes `variables`."""
        if callback is not None:
            return self.paginate_GQL(query, copy.deepcopy(dict(variables or {})), callback=callback)
        return self._GQL(query, variables)


class _Silence:
    """Takes log lines about a connection that is none."""

    def debug(self, text: str) -> None: ...


class _FragmentMaker(StashInterface):  # type: ignore[misc]
    """Lets StashInterface's own constructor build its fragments: through our seam, without asking for the API key."""

    def __init__(self, client: StashClient) -> None:
        self._client = client
        super().__init__({"Logger": _Silence()})

    def stash_version(self) -> str:
        return "unknown"

    def call_GQL(self, query: str, variables: Any = None, callback: Any = None) -> dict[str, Any]:  # noqa: ARG002, N802
        return {"configuration": {"general": {"apiKey": ""}}}

    def _GQL(self, query: str, variables: Any = None) -> dict[str, Any]:  # noqa: ARG002, N802
        return self._client.ask(query, None, "reading the schema")


def make_service(connection: Door) -> Service:
    """Return Stash as the HTTP client sees it; on this machine its self-signed certificate is accepted."""
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
        budget=BUDGET_SECONDS,
        url_setting="the address of Stash",
        key_setting="the API key",
        key_hint=CHECK_KEY if api_key else SESSION_ENDED,
    )
