"""Requests as a double received them, and responses as it means to deliver them."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Callable
from urllib.parse import parse_qs, unquote, urlsplit


class UnknownRequest(Exception):
    """A request the double cannot answer; the client gets a 501 and the server keeps the message in `unknown`."""


COMPRESS_FROM = 1024
COMPRESSIBLE = ("application/json", "text/", "application/xml", "image/svg+xml", "application/javascript")


@dataclass(frozen=True)
class HttpRequest:
    """One request; header names are lower-case, `operations` are the names faults and assertions go by."""

    number: int
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    started: float
    operations: tuple[str, ...] = ()
    is_abandoned: Callable[[], bool] = field(default=lambda: False, compare=False, repr=False)

    @property
    def path(self) -> str:
        """Return the path without query, percent-decoded; the doubles and tests read it."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, list[str]]:
        """Query parameters, for the doubles; a name given twice has two values."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def parameter(self, name: str, default: str = "") -> str:
        """Return the first value of a query parameter, for the doubles."""
        return self.query.get(name, [default])[0]

    def header(self, name: str, default: str = "") -> str:
        """Return a header's value, whatever the spelling of its name, for the doubles and tests."""
        return self.headers.get(name.lower(), default)

    @property
    def text(self) -> str:
        """Return the body of the request as text, for the doubles and tests."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the decoded JSON body, for the doubles and tests; raise ValueError if it is none."""
        return json.loads(self.body)

    def describe(self) -> dict[str, object]:
        """Return the request as a JSON value, for the control routes."""
        return {
            "number": self.number,
            "at": self.at,
            "method": self.method,
            "target": self.target,
            "operations": list(self.operations),
            "headers": dict(self.headers),
            "body": self.text,
        }


@dataclass(frozen=True)
class Response:
    """A response; `delivery` says how it reaches the client.

    whole   as it should be
    cut     the promised length is never reached, the connection closes
    stall   headers and half of the body, then nothing until the server stops
    reset   the connection is reset
    none    the connection closes without a byte
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delivery: str = "whole"
    takeover: Callable[[Any], None] | None = None

    def with_headers(self, *headers: tuple[str, str]) -> Response:
        """Return the same answer with more headers, for faults and the doubles."""
        return replace(self, headers=self.headers + headers)

    def with_body(self, body: bytes) -> Response:
        """Return the same answer with another body, for pictures that a box refuses."""
        return replace(self, body=body)

    def with_type(self, kind: str) -> Response:
        """Return the same answer with another content type, for the GraphQL doubles."""
        others = tuple(header for header in self.headers if header[0].lower() != "content-type")
        return replace(self, headers=(("Content-Type", kind), *others))

    def header(self, name: str) -> str:
        """Return a header's value, whatever the spelling of its name; empty if it is not set."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def json_response(value: object, status: int = 200) -> Response:
    """Return a JSON answer; all doubles use it."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, (("Content-Type", "application/json"),))


def html_response(title: str, status: int = 200) -> Response:
    """Return a small HTML page, as proxies and web applications send it; faults and boxes answer with it."""
    safe = html.escape(title)
    page = f"<!doctype html><html><head><title>{safe}</title></head><body><h1>{safe}</h1></body></html>"
    return Response(status, page.encode(), (("Content-Type", "text/html; charset=utf-8"),))


def text_response(text: str, status: int = 200) -> Response:
    """Return a plain text answer, for the doubles."""
    return Response(status, text.encode(), (("Content-Type", "text/plain; charset=utf-8"),))


def compress_response(response: Response, accepted: str, smallest: int) -> Response:
    """Return a textual answer of at least this size gzipped if the client asked for it, any other as it is."""
    kind = response.header("content-type")
    wanted = "gzip" in accepted and not response.header("content-encoding")
    if not wanted or len(response.body) < smallest or not kind.startswith(COMPRESSIBLE):
        return response
    lasts = "immutable" in response.header("cache-control")
    packed = replace(response, body=pack_once(response.body) if lasts else pack(response.body))
    return packed.with_headers(("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))


def pack(body: bytes) -> bytes:
    """Return a body gzipped, fast rather than small, for `compress_response`."""
    return gzip.compress(body, 1, mtime=0)


pack_once = lru_cache(maxsize=64)(pack)  # each first visit of a browser loads megabytes of files that never change
