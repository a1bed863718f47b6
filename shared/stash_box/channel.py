"""The connection to one box: HTTP client, request budget and known features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable

from shared.errors import AuthRejected, GraphQLFailed, Refused
from shared.http import Http, Limiter, RetryPolicy, Service, Timeouts
from shared.http.graphql import post_graphql
from shared.http.model import DEFAULT_TIMEOUTS
from shared.http.retry import DEFAULT_RETRIES
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.stash_box.box import WHERE_BOXES_ARE_SET, Box
from shared.stash_box.capabilities import (
    ASSUMED,
    PROBE,
    BoxCapabilities,
    NoSmallValues,
    NotOffered,
    SmallValues,
    read_capabilities,
    recall_capabilities,
    store_capabilities,
)

NOT_AUTHORIZED = "not authorized"  # the error, with status 200, for a wrong key or a missing role
UNPROCESSABLE = 422

Build = Callable[[BoxCapabilities], str]


class Channel:
    """Sends queries to one box; `memory` keeps its features and batch sizes for the next process."""

    def __init__(
        self,
        box: Box,
        *,
        memory: SmallValues | None = None,
        limiter: Limiter | None = None,
        clock: Clock = SYSTEM_CLOCK,
        deadline: float | None = None,
        timeouts: Timeouts = DEFAULT_TIMEOUTS,
        retry: RetryPolicy = DEFAULT_RETRIES,
        local_pictures: bool = False,
    ) -> None:
        self.box = box
        self.memory: SmallValues = memory or NoSmallValues()
        self.clock = clock
        self._limiter = limiter
        self._deadline = deadline
        self._timeouts = timeouts
        self._retry = retry
        self._local_pictures = local_pictures
        self._open: dict[str, Http] = {}
        self._known: BoxCapabilities | None = None
        self._is_recalled = False

    def __repr__(self) -> str:
        return f"Channel({self.box!r})"

    def close(self) -> None:
        """Close the HTTP connections."""
        for http in self._open.values():
            http.close()

    @property
    def graphql(self) -> Http:
        """The HTTP client for the endpoint."""
        return self.open_endpoint()

    def open_endpoint(self) -> Http:
        """Return the HTTP client for the endpoint; called before threads share it, so that only one is made."""
        return self.open_http(self.box.endpoint, {"ApiKey": self.box.api_key})

    def open_http(self, url: str, keys: Mapping[str, str]) -> Http:
        """Return the HTTP client for an address of this box; all its addresses share one rate limit."""
        if url not in self._open:
            service = Service(
                name=self.box.name,
                url=url,
                keys=keys,
                limiter=self._limiter,
                timeouts=self._timeouts,
                retry=self._retry,
                only_public=not self._local_pictures,
                url_setting=f"the endpoint of {self.box.name} under {WHERE_BOXES_ARE_SET}",
                key_setting=f"the API key of {self.box.name} under {WHERE_BOXES_ARE_SET}",
            )
            self._open[url] = Http(service, clock=self.clock, deadline=self._deadline)
        return self._open[url]

    @property
    def capabilities(self) -> BoxCapabilities:
        """The features of the box, as found within the last week or requested now."""
        if self._known is None:
            self._known = recall_capabilities(self.memory, self.box.endpoint, self.clock.now())
            self._is_recalled = self._known is not None
        return self._known or self.probe()

    def probe(self) -> BoxCapabilities:
        """Request the features of the box and keep them; boxes that refuse count as having what Stash needs."""
        self._is_recalled = False
        try:
            data = self.ask(PROBE, operation="finding out what it can do")
        except (Refused, GraphQLFailed):
            self._known = ASSUMED  # a box may refuse introspection
            return self._known
        self._known = read_capabilities(data)
        store_capabilities(self.memory, self.box.endpoint, self._known, self.clock.now())
        return self._known

    def require(self, query: str, what: str) -> None:
        """Raise NotOffered if the box does not have this query or mutation; `what` names it for the user."""
        known = self.capabilities
        if query not in known.queries and query not in known.mutations:
            raise NotOffered(f"{self.box.name} does not offer {what}.", service=self.box.name, operation=what)

    def ask(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        operation: str = "",
        *,
        repeatable: bool | None = None,
        records: int | None = None,
    ) -> dict[str, Any]:
        """Return the data of a query; raise any error in the reply, AuthRejected for a missing or wrong key.

        `records` is the number that is asked for; see `Request`.
        """
        self._need_key(operation)
        try:
            return post_graphql(self.graphql, query, variables, operation, repeatable=repeatable, records=records)
        except GraphQLFailed as error:
            if {row.get("message") for row in error.errors} != {NOT_AUTHORIZED}:
                raise
        raise self._make_rejection("did not accept the key, or it lacks a role", operation)

    def ask_built(
        self,
        build: Build,
        variables: Mapping[str, Any],
        operation: str,
        *,
        repeatable: bool | None = None,
        records: int | None = None,
    ) -> dict[str, Any]:
        """Return the data of a query built for the box's features; if it refuses, they are requested anew."""
        query = build(self.capabilities)
        try:
            return self.ask(query, variables, operation, repeatable=repeatable, records=records)
        except Refused as error:
            if error.status != UNPROCESSABLE or not self._is_recalled:
                raise
            anew = build(self.probe())
            if anew == query:
                raise
        return self.ask(anew, variables, operation, repeatable=repeatable, records=records)

    def _need_key(self, operation: str) -> None:
        if not self.box.has_key:
            raise self._make_rejection("cannot be asked without an API key", operation)

    def _make_rejection(self, what: str, operation: str) -> AuthRejected:
        doing = f" while {operation}" if operation else ""
        step = f"Check its API key under {WHERE_BOXES_ARE_SET}."
        return AuthRejected(f"{self.box.name} {what}{doing}. {step}", service=self.box.name, operation=operation)
