"""A loopback HTTP server whose weather is a list of functions: one per fault another program can have.

with serve(unauthorized()) as server: ...
with serve(reset(), answer({"ok": True})) as server:   # first request, second and all later ones
    server.url, server.seen[0].headers["ApiKey"]
"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from tests.harness.threaded_server import run_server

CERTIFICATE = Path(__file__).with_name("loopback.pem")
PAGE = b"<!DOCTYPE html><html><body>Hello from somewhere else</body></html>"


class Seen(NamedTuple):
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    client_port: int  # equal for requests on the same kept-alive connection

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Exchange(BaseHTTPRequestHandler):
    """A request (`seen`) as a weather gets it, with the ways to answer it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer on a kept connection costs 40 ms
    server: Server
    seen: Seen

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen = Seen(self.command, self.path, self.headers, body, self.client_address[1])  # type: ignore[arg-type]
        self.server.pick_weather(self.seen)(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _serve  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""

    def reply(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Send a whole answer."""
        self.start(status, {"Content-Length": str(len(body)), **headers})
        if self.command != "HEAD":
            self.wfile.write(body)

    def start(self, status: int, headers: Mapping[str, str]) -> None:
        """Send status and headers only."""
        self.send_response(status)
        for name, value in headers.items():
            for line in value.split("\n"):
                self.send_header(name, line)
        self.end_headers()
        self.wfile.flush()

    def cut(self) -> None:
        """Close the connection in an orderly way."""
        self.close_connection = True

    def reset(self) -> None:
        """Close the connection so that the client sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def wait_for_closing(self, seconds: float = 120.0) -> bool:
        """Block until the server shuts down; True when it did."""
        return self.server.closing.wait(seconds)


Weather = Callable[[Exchange], None]


class Server(ThreadingHTTPServer):
    """Answers with the weather of the day and remembers every request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, script: tuple[Weather, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.script = list(script)
        self.seen: list[Seen] = []
        self.drops = 0  # bytes that `drip` and `drip_headers` have sent
        self.closing = threading.Event()
        self.scheme = "http"
        self._lock = threading.Lock()
        self._quiet = threading.Condition()
        self._open = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def shutdown(self) -> None:
        """End what waits for the end of the test, too."""
        self.closing.set()
        super().shutdown()

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._quiet:
            self._open -= 1
            self._quiet.notify_all()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._quiet:
            self._open += 1
        super().process_request(request, client_address)

    def wait_until_quiet(self, seconds: float = 60.0) -> None:
        """Block until every connection is closed on this side."""
        with self._quiet:
            assert self._quiet.wait_for(lambda: self._open == 0, seconds), "a connection stays open"

    def pick_weather(self, seen: Seen) -> Weather:
        with self._lock:
            self.seen.append(seen)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what these tests are about."""


@contextlib.contextmanager
def serve(*script: Weather, tls: bool = False) -> Iterator[Server]:
    """A running server; the last weather stays."""
    server = Server(script)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        # The handshake is left to the thread of the request: a client that gives up must not hold up the server.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.scheme = "https"
    with run_server(server):
        yield server


def find_closed_url() -> str:
    """An address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def answer(data: Any = None, status: int = 200, **headers: str) -> Weather:
    """JSON; header names with underscores for dashes."""
    return send(json.dumps({} if data is None else data).encode(), status, "application/json", **headers)


def send(body: bytes, status: int = 200, content_type: str = "", **headers: str) -> Weather:
    """Any bytes."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type:
        given["Content-Type"] = content_type
    return lambda exchange: exchange.reply(status, body, given)


def web_page(status: int = 200) -> Weather:
    """Somebody's web page."""
    return send(PAGE, status, "text/html; charset=utf-8")


def unauthorized() -> Weather:
    """401 without a word, as Stash, stash-box and Whisparr do it."""
    return send(b"", 401)


def busy(retry_after: str | None = None, status: int = 429) -> Weather:
    """Asks to come back later."""
    told = {} if retry_after is None else {"Retry_After": retry_after}
    return answer({"errors": [{"message": "Too Many Attempts."}]}, status, **told)


def redirect(location: str, status: int = 302) -> Weather:
    """Sends the client elsewhere."""
    return send(b"moved", status, Location=location)


def zipped(data: Any) -> Weather:
    """JSON, compressed."""
    return send(gzip.compress(json.dumps(data).encode()), content_type="application/json", Content_Encoding="gzip")


def broken_zip() -> Weather:
    """Says gzip and is none."""
    return send(b"this is not gzip", content_type="application/json", Content_Encoding="gzip")


def truncated(data: Any = None) -> Weather:
    """Half a JSON document with a fitting Content-Length."""
    whole = json.dumps(data or {"scenes": [1, 2, 3]}).encode()
    return send(whole[: len(whole) // 2], content_type="application/json")


def cut_short(exchange: Exchange) -> None:
    """Promises more bytes than come."""
    exchange.start(200, {"Content-Type": "application/json", "Content-Length": "1000"})
    exchange.wfile.write(b'{"scenes": [')
    exchange.cut()


def cut_short_in_chunks(exchange: Exchange) -> None:
    """Chunked, and the last chunk never comes."""
    exchange.start(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"})
    exchange.wfile.write(b'5\r\n{"a":\r\n')
    exchange.cut()


def reset(exchange: Exchange) -> None:
    """Takes the request and resets the connection."""
    exchange.reset()


def hang_up(exchange: Exchange) -> None:
    """Takes the request and closes without an answer."""
    exchange.cut()


def answer_and_leave(exchange: Exchange) -> None:
    """Answers well and closes the connection without having said so, as servers do with idle ones."""
    answer({"ok": 1})(exchange)
    exchange.cut()


def hang(exchange: Exchange) -> None:
    """Takes the request and says nothing."""
    exchange.wait_for_closing()
    exchange.cut()


def stall(exchange: Exchange) -> None:
    """Starts an answer and stops in the middle."""
    exchange.start(200, {"Content-Type": "application/json", "Content-Length": "1000"})
    exchange.wfile.write(b'{"scenes": [')
    exchange.wfile.flush()
    exchange.wait_for_closing()
    exchange.cut()


def drip(exchange: Exchange) -> None:
    """Sends one byte at a time, each early enough to please a read timeout."""
    exchange.start(200, {"Content-Type": "application/json", "Content-Length": "100000"})
    while not exchange.wait_for_closing(0.02):
        exchange.wfile.write(b" ")
        exchange.wfile.flush()
        exchange.server.drops += 1


def drip_headers(exchange: Exchange) -> None:
    """Sends headers without end, one byte at a time, each early enough to please a read timeout."""
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not exchange.wait_for_closing(0.02):
        exchange.wfile.write(b"x")
        exchange.wfile.flush()
        exchange.server.drops += 1


def flood(size: int, *, announced: bool = True, status: int = 200) -> Weather:
    """More bytes than anybody wants."""

    def pour(exchange: Exchange) -> None:
        length = {"Content-Length": str(size)} if announced else {"Connection": "close"}
        exchange.start(status, {"Content-Type": "application/json", **length})
        with contextlib.suppress(OSError):
            for _ in range(size // 65536):
                exchange.wfile.write(b" " * 65536)
        exchange.cut()

    return pour
