"""Plain values of the HTTP client: service, request, reply, timeouts.

They are named tuples: the import of dataclasses takes a tenth of the processor time of a short call.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, Union
from urllib.parse import urlsplit

from shared.http.address import show_address
from shared.http.retry import DEFAULT_RETRIES, RetryPolicy

Json = Any
Parameter = Union[str, int, float, bool, None, Sequence[str], Sequence[int]]

IDEMPOTENT_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
MEBIBYTE = 1024 * 1024
# Memory that the decoded answer may take. A page of 100 scenes of StashDB with all fingerprints takes 10 MiB.
ANSWER_MEMORY = 32 * MEBIBYTE
RECORD_MEMORY = MEBIBYTE
NONE: Mapping[str, Any] = MappingProxyType({})


class Timeouts(NamedTuple):
    """Seconds to wait for a connection, and between two pieces of an answer."""

    connect: float = 5.0
    read: float = 30.0


DEFAULT_TIMEOUTS = Timeouts()


class AnswerLimits(NamedTuple):
    """The most bytes of an answer, and the most memory for its decoded JSON."""

    size: int
    memory: float = math.inf


class Limiter(Protocol):
    """A budget of requests, shared by all that use the same host (see shared/http/rate_limit.py)."""

    def take_turn(self, longest: float) -> float:
        """Wait for a turn and return 0; return the wait at once if it is longer than `longest`.

        The HTTP client calls it before each request.
        """
        ...

    def is_paused(self) -> bool:
        """Return True while the service wants a pause, so that a wait is not due to the limit; the HTTP client asks."""
        ...

    def penalize(self, seconds: float) -> None:
        """Let no request start for that many seconds; the HTTP client calls it if the service asks to slow down."""
        ...


class Service(NamedTuple):
    """Another program: how to reach it and what to call it.

    `name`: as the user knows it. `url`: as the user typed it. `keys`: headers that carry a key or token; they are sent
    to this origin only and masked in every message. `url_setting`, `key_setting`: where the user corrects a mistake.
    `tls_setting`: the setting that turns certificate checks off, if there is one.
    `only_public`: pictures on other hosts come from the internet only, not from this machine or a private network.
    `max_bytes`, `max_memory`: of one answer as sent, and of its decoded JSON, which may take 25 times as much.
    `budget`: seconds one call may take with all its retries and waits. `key_hint`: what to do about a rejected key when
    "check `key_setting`" is not it.
    """

    name: str
    url: str
    headers: Mapping[str, str] = NONE
    keys: Mapping[str, str] = NONE
    verify_tls: bool = True
    tls_setting: str = ""
    only_public: bool = False
    limiter: Limiter | None = None
    timeouts: Timeouts = DEFAULT_TIMEOUTS
    max_bytes: int = 64 * MEBIBYTE
    max_memory: int = 256 * MEBIBYTE
    retry: RetryPolicy = DEFAULT_RETRIES
    budget: float = 120.0
    url_setting: str = "the address"
    key_setting: str = "the key"
    key_hint: str = ""

    def __repr__(self) -> str:
        return f"Service({self.name})"


class Request(NamedTuple):
    """One request; `path` is below the service's address, or an absolute address (keys go to the same origin only).

    `operation`: what is being done, to follow the word "while" ("looking up the scene"). `expect`: "json",
    "json-or-empty" or "bytes". `repeatable`: may be sent twice although the method says otherwise (a GraphQL query), or
    may not (False). `records`: the number that was asked for; the answer may take memory for so many. `read_timeout`
    and `max_bytes` override the service's. `object_hook` gets the pairs of every JSON object and decides what stays of
    it in memory.
    """

    method: str
    path: str = ""
    params: Mapping[str, Parameter] = NONE
    headers: Mapping[str, str] = NONE
    json: Json = None
    body: bytes | None = None
    expect: str = "json"
    operation: str = ""
    repeatable: bool | None = None
    read_timeout: float | None = None
    max_bytes: int | None = None
    records: int | None = None
    object_hook: Callable[[list[tuple[str, Json]]], Json] | None = None

    def __repr__(self) -> str:
        return f"Request({self.method} {show_address(self.path)}, {self.operation})"

    @property
    def is_repeatable(self) -> bool:
        """Return True if sending the request twice does no harm; the HTTP client then repeats it after a failure."""
        return self.method in IDEMPOTENT_METHODS if self.repeatable is None else self.repeatable

    def find_limits(self, service: Service) -> AnswerLimits:
        """Return the limits of size and memory for the answer, for the HTTP client; only JSON is decoded."""
        memory = math.inf
        if self.expect != "bytes":
            asked = math.inf if self.records is None else ANSWER_MEMORY + self.records * RECORD_MEMORY
            memory = min(asked, service.max_memory)
        return AnswerLimits(self.max_bytes or service.max_bytes, memory)

    def encode_body(self) -> bytes | None:
        """Return the bytes of the body, None without one; the HTTP client sends them."""
        if self.json is None:
            return self.body
        text = json.dumps(self.json, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace")  # half a surrogate pair, as JSON writes it


class Reply(NamedTuple):
    """A successful answer; `data` is the decoded JSON when the request expected JSON."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    data: Json = None

    def __repr__(self) -> str:
        return f"Reply({self.status})"

    @property
    def content_type(self) -> str:
        """Return the media type without parameters, in lower case; the readers of pictures and JSON ask."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def where(self) -> str:
        """Return the address that answered in the end, without keys, for messages about the reply."""
        return show_address(self.url)

    def base_before(self, path: str) -> str | None:
        """Return the base address after a redirect: the final address without `path`, or None if it does not end in it.

        The HTTP client calls it.
        """
        parts = urlsplit(self.url)
        wanted = f"/{path.lstrip('/')}" if path else ""
        if not parts.path.endswith(wanted):
            return None
        return f"{parts.scheme}://{parts.netloc}{parts.path[: len(parts.path) - len(wanted)]}"
