"""The same answers, read by our HTTP client and by `requests`, which no plugin uses: both agree, or both refuse."""

from __future__ import annotations

import gzip
import zlib
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import requests

from shared.errors import BundleError
from shared.http import NO_RETRIES, Http, Request, Service, Timeouts
from shared.http.wire.target import find_target
from tests.harness.clock import CountingClock
from tests.harness.weather import Exchange, Weather, redirect, send, serve

BODY = b'{"name": "\xc3\x96", "rows": [1, 2, 3]}' * 40
ZIPPED = gzip.compress(BODY)
RAW_DEFLATE = zlib.compress(BODY)[2:-4]
REFUSED = "refused"


class Found(NamedTuple):
    """An answer as a client has read it."""

    status: int
    headers: dict[str, str]
    body: bytes


def raw(*lines: str, body: bytes = b"", status: str = "HTTP/1.1 200 OK") -> Weather:
    """Bytes as they are: a status line, headers and a body; then the connection ends."""

    def pour(exchange: Exchange) -> None:
        exchange.wfile.write("\r\n".join([status, *lines, "", ""]).encode("latin-1") + body)
        exchange.cut()

    return pour


def chunk(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """Return a body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


def length(body: bytes) -> str:
    return f"Content-Length: {len(body)}"


CHUNKED = "Transfer-Encoding: chunked"
PACKED = "Content-Encoding: "
MANY = [f"X-{number}: {number}" for number in range(98)]
SAME: dict[str, Weather] = {
    "length": raw(length(BODY), body=BODY),
    "no length": raw("Connection: close", body=BODY),
    "HTTP/1.0": raw(body=BODY, status="HTTP/1.0 200 OK"),
    "no reason": raw(length(BODY), body=BODY, status="HTTP/1.1 200"),
    "odd status": raw(length(BODY), body=BODY, status="HTTP/1.1 299 Even\tbetter"),
    "chunks": raw(CHUNKED, body=chunk(BODY, BODY)),
    "small chunks": raw(CHUNKED, body=chunk(*(BODY[at : at + 1] for at in range(len(BODY))))),
    "chunk extension": raw(CHUNKED, body=b"4;name=value\r\nabcd\r\n0\r\n\r\n"),
    "trailer": raw(CHUNKED, body=chunk(BODY, end=b"0\r\nX-Sum: 1\r\n\r\n")),
    "chunks and length": raw(CHUNKED, "Content-Length: 3", body=chunk(BODY)),
    "gzip": raw(length(ZIPPED), PACKED + "gzip", body=ZIPPED),
    "x-gzip": raw(length(ZIPPED), PACKED + "x-gzip", body=ZIPPED),
    "gzip in chunks": raw(CHUNKED, PACKED + "gzip", body=chunk(ZIPPED[:7], ZIPPED[7:])),
    "gzip of two members": raw(length(ZIPPED * 2), PACKED + "gzip", body=ZIPPED * 2),
    "gzip and garbage": raw(PACKED + "gzip", body=ZIPPED + b"garbage"),
    "gzip of nothing": raw("Content-Length: 0", PACKED + "gzip"),
    "gzip twice": raw(PACKED + "gzip, gzip", body=gzip.compress(ZIPPED)),
    "deflate": raw(PACKED + "deflate", body=zlib.compress(BODY)),
    "deflate without a header": raw(PACKED + "deflate", body=RAW_DEFLATE),
    "deflate without a header in chunks": raw(
        CHUNKED, PACKED + "deflate", body=chunk(*(RAW_DEFLATE[at : at + 1] for at in range(len(RAW_DEFLATE))))
    ),
    "identity": raw(length(BODY), PACKED + "identity", body=BODY),
    "more than announced": raw("Content-Length: 10", body=BODY),
    "a length that is no number": raw("Content-Length: many", "Connection: close", body=BODY),
    "a negative length": raw("Content-Length: -5", "Connection: close", body=BODY),
    "the same length twice": raw(length(BODY), length(BODY), body=BODY),
    "headers twice": raw("X-A: 1", "X-A: 2", "Content-Length: 0"),
    "a folded header": raw("X-A: 1", "  and more", "Content-Length: 0"),
    "a header without a value": raw("X-A:", "Content-Length: 0"),
    "Latin-1 in a header": raw("X-A: caf\xe9", "Content-Length: 0"),
    "99 headers in all": raw(*MANY, "Content-Length: 0"),
    "after 100": raw("", "HTTP/1.1 200 OK\r\n" + length(BODY), body=BODY, status="HTTP/1.1 100 Continue"),
    "204": raw(status="HTTP/1.1 204 No Content"),
    "204 with a length": raw("Content-Length: 5", status="HTTP/1.1 204 No Content"),
}
BOTH_REFUSE: dict[str, Weather] = {
    "less than announced": raw("Content-Length: 5000", body=BODY),
    "a chunk that breaks off": raw(CHUNKED, body=b"10\r\nabc"),
    "a chunk without a length": raw(CHUNKED, body=b"x\r\nabc\r\n"),
    "no last chunk": raw(CHUNKED, body=chunk(BODY, end=b"")),
    "no gzip": raw(PACKED + "gzip", body=BODY),
    "gzip with a wrong sum": raw(PACKED + "gzip", body=ZIPPED[:-8] + b"12345678"),
    "no deflate": raw(PACKED + "deflate", body=b"\xff" * 50),
    "101 headers": raw(*MANY, "X-More: 1", "X-Most: 2", "Content-Length: 0"),
    "a long header": raw("X-A: " + "x" * 70_000, "Content-Length: 0"),
    "a long status line": raw("Content-Length: 0", status="HTTP/1.1 200 " + "x" * 70_000),
    "no HTTP": raw(status="SSH-2.0-OpenSSH_9.6"),
    "HTTP/2": raw("Content-Length: 0", status="HTTP/2 200 OK"),
    "a status that is no number": raw("Content-Length: 0", status="HTTP/1.1 OK"),
    "a status that is too small": raw("Content-Length: 0", status="HTTP/1.1 007 OK"),
    "nothing": lambda exchange: exchange.cut(),
    "two lengths": raw("Content-Length: 5", "Content-Length: 6", body=BODY),
}
# Where ours is stricter, or reads on: half a packed answer is refused, and statuses such as 103 come before the answer.
OURS_ALONE: dict[str, tuple[Weather, str | bytes]] = {
    "half a gzip": (raw(PACKED + "gzip", body=ZIPPED[: len(ZIPPED) // 2]), REFUSED),
    "a broken second member of gzip": (raw(PACKED + "gzip", body=ZIPPED + ZIPPED[:-8] + b"12345678"), REFUSED),
    "a broken second member in pieces": (
        raw(CHUNKED, PACKED + "gzip", body=chunk(ZIPPED + ZIPPED[:15], ZIPPED[15:-8] + b"12345678")),
        REFUSED,
    ),
    "after 103": (
        raw("Link: </a>", "", "HTTP/1.1 200 OK\r\n" + length(BODY), body=BODY, status="HTTP/1.1 103 Early Hints"),
        BODY,
    ),
    "an unknown coding": (raw("Transfer-Encoding: gzip, chunked", body=chunk(ZIPPED)), REFUSED),
}


def ask_ours(url: str) -> Found | str:
    service = Service("Box", url, timeouts=Timeouts(5.0, 5.0), retry=NO_RETRIES)
    try:
        reply = Http(service, clock=CountingClock()).send(Request("GET", "a", expect="bytes"))
    except BundleError:
        return REFUSED
    return Found(reply.status, dict(reply.headers), reply.body)


def ask_theirs(url: str) -> Found | str:
    try:
        reply = requests.get(f"{url}/a", timeout=5, allow_redirects=False, headers={"Connection": "close"})
    except requests.RequestException:
        return REFUSED
    return Found(reply.status_code, {name.lower(): value for name, value in reply.headers.items()}, reply.content)


@pytest.mark.parametrize("sky", SAME.values(), ids=SAME)
def test_both_read_the_same(sky: Weather) -> None:
    with serve(sky) as server:
        ours, theirs = ask_ours(server.url), ask_theirs(server.url)
    assert ours == theirs
    assert ours != REFUSED


@pytest.mark.parametrize("sky", BOTH_REFUSE.values(), ids=BOTH_REFUSE)
def test_both_refuse(sky: Weather) -> None:
    with serve(sky) as server:
        assert (ask_ours(server.url), ask_theirs(server.url)) == (REFUSED, REFUSED)


@pytest.mark.parametrize(("sky", "expected"), OURS_ALONE.values(), ids=OURS_ALONE)
def test_ours_differs_on_purpose(sky: Weather, expected: str | bytes) -> None:
    with serve(sky) as server:
        ours = ask_ours(server.url)
    assert (ours if isinstance(ours, str) else ours.body) == expected


ADDRESSES = (
    "http://host",
    "http://HOST:80/",
    "https://host:443/a",
    "http://host:8080/a?b=c#d",
    "http://host//a//b",
    "http://host/a b/ö?ü=é f",
    "http://host/a%20b%2Fc?d=%C3%A9",
    "http://host/100%?x=5%",
    "http://host/a/../b/./c",
    'http://host/a[1]|{2}\\^`"<>',
    "http://host?only=query",
    "http://me:p%40ss@host/a",
    "http://[::1]:9999/a",
    "http://bücher.example/a",
)


@pytest.mark.parametrize("url", ADDRESSES)
def test_both_ask_for_the_same_path_at_the_same_host(url: str) -> None:
    theirs = requests.Request("GET", url).prepare()
    ours = find_target(url)
    where = urlsplit(str(theirs.url))
    assert (ours.host, ours.port) == (where.hostname, where.port or {"http": 80, "https": 443}[where.scheme])
    assert ours.path.lstrip("/") == theirs.path_url.lstrip("/")
    assert ours.authorization == theirs.headers.get("Authorization", "")


@pytest.mark.parametrize(
    "url", ["ftp://host/a", "http://", "http://a b/", "http://host:99999/", "http://*.host/", "/a"]
)
def test_both_ask_nothing_of_what_is_no_address(url: str) -> None:
    with pytest.raises(requests.RequestException):
        requests.get(url, timeout=1)
    with pytest.raises(Exception, match="address"):
        find_target(url)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD"])
@pytest.mark.parametrize("body", [None, b"", b"data"])
def test_both_frame_a_request_in_the_same_way(method: str, body: bytes | None) -> None:
    with serve(send(b"")) as server:
        Http(Service("Box", server.url)).send(Request(method, "a", body=body, expect="bytes"))
        requests.request(method, f"{server.url}/a", data=body, timeout=5)
    ours, theirs = ({name.lower(): value for name, value in seen.headers.items()} for seen in server.seen)
    names = ("host", "content-length", "transfer-encoding", "content-type")
    assert [ours.get(name) for name in names] == [theirs.get(name) for name in names]
    assert server.seen[0].body == server.seen[1].body


def test_a_redirect_is_not_read() -> None:
    with serve(redirect("/b", 302), send(b"there")) as server:
        assert Http(Service("Box", server.url)).send(Request("GET", "a", expect="bytes")).body == b"there"
