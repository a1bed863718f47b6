"""The connection to one box: HTTP client, request budget and known features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Callable

from shared.errors import AuthRejected, BadReply, GraphQLFailed, Refused
from shared.http import Http, Limiter, RetryPolicy, Service, Timeouts
from shared.http.graphql import post_graphql
from shared.http.model import DEFAULT_TIMEOUTS
from shared.http.request_label import shorten
from shared.http.retry import DEFAULT_RETRIES
from shared.reply_shape import Shape, find_mistake
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

if TYPE_CHECKING:
    from shared.runtime.log import Log

NOT_AUTHORIZED = "not authorized"  # the error, with status 200, for a wrong key or a missing role
UNPROCESSABLE = 422
MAX_ID = 40

Build = Callable[[BoxCapabilities], str]


def describe_unreadable(named: Sequence[str]) -> str:
    """Return a sentence with the number of records that were left out and the first one; empty if none was.

    The refresh of tag lists reports it.
    """
    if not named:
        return ""
    return f"{len(named)} {'record was' if len(named) == 1 else 'records were'} left out: {named[0]}."


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
        log: Log | None = None,
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
        self.unreadable: list[str] = []  # records that were left out, in words
        self._log = log
        self._known: BoxCapabilities | None = None
        self._is_recalled = False

    def __repr__(self) -> str:
        return f"Channel({self.box!r})"

    def close(self) -> None:
        """Close the HTTP connections; the client of the box ends with it."""
        for http in self._open.values():
            http.close()

    def note_unreadable(self, word: str, row: Any, mistake: str) -> str:
        """Note and log that a record of a list is left out; return its id, or "" if it has none.

        The readers of lists call it.
        """
        found = row.get("id") if isinstance(row, dict) else None
        number = str(found) if isinstance(found, (str, int)) else ""
        named = f"a {word} (id {shorten(number, MAX_ID)})" if number else f"a {word} without an id"
        self.unreadable.append(f"{named} cannot be read: {mistake}")
        if self._log:
            self._log.warning(f"{self.box.name}: {self.unreadable[-1]}. It is left out.")
        return number

    def require_shape(self, value: Any, shape: Shape, operation: str) -> Any:
        """Return a value of a reply that holds no records, for all queries; raise BadReply if it cannot be read."""
        mistake = find_mistake(value, shape, "the answer")
        if mistake:
            message = f"{self.box.name} sent an answer that cannot be read while {operation}: {mistake}."
            raise BadReply(message, service=self.box.name, operation=operation, status=200)
        return value

    @property
    def graphql(self) -> Http:
        """Return the HTTP client for the endpoint; `ask` sends with it."""
        return self.open_endpoint()

    def open_endpoint(self) -> Http:
        """Return the HTTP client for the endpoint; called before threads share it, so that only one is made."""
        return self.open_http(self.box.endpoint, {"ApiKey": self.box.api_key})

    def open_http(self, url: str, keys: Mapping[str, str]) -> Http:
        """Return the HTTP client for an address of this box; all its addresses share one rate limit.

        Queries, REST lists and pictures use it.
        """
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
        """Return the features of the box, as found within the last week or requested now, for queries that depend
        on them."""
        if self._known is None:
            self._known = recall_capabilities(self.memory, self.box.endpoint, self.clock.now())
            self._is_recalled = self._known is not None
        return self._known or self.probe()

    def probe(self) -> BoxCapabilities:
        """Request the features of the box, keep and return them; one that refuses counts as having what Stash
        needs.

        The set-up test and queries that a box refused call it.
        """
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
        """Raise NotOffered if the box does not have this query or mutation; `what` names it for the user.

        Queries that not every box has begin with it.
        """
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
        """Return the data of a query, for all queries to the box.

        Raise any error in the reply, AuthRejected for a missing or wrong key. `records` is the number that is asked
        for; see `Request`.
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
        """Return the data of a query built for the box's features; if it refuses, they are requested again.

        Lookups, lists and searches send so.
        """
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
