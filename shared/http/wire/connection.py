"""Connections that wait no longer than the request that uses them: for the name, the connection, TLS, headers and body.

The timeout of a socket holds for each step, so a server that sends a byte now and then, or a name with many addresses,
could hold a request for minutes.
"""

from __future__ import annotations

import errno
import io
import math
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from shared.http.address import DEFAULT_PORTS
from shared.http.wire.addresses import TimeOver, find_addresses
from shared.http.wire.faults import AddressFault, ConnectFault, ProxyFault, SendFault, TrustFault
from shared.http.wire.headers import check_headers
from shared.http.wire.http_client import HTTPConnection, HTTPException, HTTPResponse
from shared.http.wire.public_address import check_peer
from shared.http.wire.target import RequestTarget, bracket

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from shared.http.wire.proxies import Proxy

SecondsLeft = Callable[[], float]
PIECE = 64 * 1024  # of a body that is sent; the read timeout holds for each
CONTINUE, SWITCHING, OK, REDIRECTION = 100, 101, 200, 300


class RequestTime(NamedTuple):
    """The time a request has: for a connection, between two pieces, and in all."""

    connect: float
    read: float
    seconds_left: SecondsLeft

    def limit(self, longest: float) -> float:
        """Return the seconds of the next step of a request: `longest`, or less if the request has less time."""
        left = min(longest, self.seconds_left())
        if left <= 0:
            raise TimeOver
        return min(left, threading.TIMEOUT_MAX)


class SentRequest(NamedTuple):
    """One request as it is sent."""

    method: str
    target: RequestTarget
    headers: Mapping[str, str]
    body: bytes | None


class Route(NamedTuple):
    """The way of a connection to a host, directly or through a proxy. A request with the same route may use it."""

    scheme: str
    host: str
    port: int
    proxy: Proxy | None


class TimedReader(io.RawIOBase):
    """Reads from a socket; no read waits longer than the request has time."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, seconds_left: SecondsLeft) -> None:
        self._raw = raw
        self._sock = sock
        self._seconds_left = seconds_left
        timeout = sock.gettimeout()
        self._longest = math.inf if timeout is None else timeout
        self._has_begun = False

    def readable(self) -> bool:
        """Return True: `io.BufferedReader`, which reads the answer through this, asks before it reads."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """Read what has arrived into the buffer, or wait for it while there is time; return how many bytes came.

        `io.BufferedReader` calls it.
        """
        left = self._seconds_left()
        if left <= 0:
            raise TimeOver
        if left >= self._longest:
            return self._read(buffer)
        self._sock.settimeout(left)
        try:
            return self._read(buffer)
        except socket.timeout as error:
            if self._has_begun:
                raise TimeOver from error
            raise

    def _read(self, buffer: WriteableBuffer) -> int | None:
        size = self._raw.readinto(buffer)
        self._has_begun = True
        return size

    def fileno(self) -> int:
        """Return the descriptor of the socket, as Python's file objects do."""
        return self._raw.fileno()

    def close(self) -> None:
        """Close the reader; the connection's socket is closed with its last user."""
        self._raw.close()
        super().close()


class TimedResponse(HTTPResponse):
    """An answer whose status line, headers and body are read through a TimedReader."""

    def __init__(self, sock: socket.socket, seconds_left: SecondsLeft, method: str | None = None) -> None:
        super().__init__(sock, method=method)
        raw: Any = self.fp.detach()
        self.fp = io.BufferedReader(TimedReader(raw, sock, seconds_left))

    def _read_status(self) -> tuple[str, int, str]:
        """Return the status line; `http.client` calls it. Statuses such as 103 come before the answer, as 100 does."""
        read: Callable[[], tuple[str, int, str]] = super()._read_status  # type: ignore[misc]
        version, status, reason = read()
        return version, CONTINUE if SWITCHING < status < OK else status, reason

    def _read_next_chunk_size(self) -> int:
        """Return the size of the next chunk; `http.client` calls it, and would read the whole rest for -1."""
        size: int = super()._read_next_chunk_size()  # type: ignore[misc]
        if size < 0:
            raise ValueError("a chunk of less than no bytes")  # http.client makes it an IncompleteRead
        return size


class TimedConnection(HTTPConnection):
    """A connection that keeps to the time of the request that uses it; `only_public`: not to a private network."""

    auto_open = 0  # a connection that was closed is replaced by another one

    def __init__(self, route: Route, *, verify_tls: bool, only_public: bool) -> None:
        super().__init__(route.host, route.port)
        self.default_port = DEFAULT_PORTS[route.scheme]  # http.client leaves it out of the header Host
        self.route = route
        self._verify_tls = verify_tls
        self._only_public = only_public
        self._time = RequestTime(math.inf, math.inf, lambda: math.inf)
        self.response_class = self._make_response  # type: ignore[assignment]

    def exchange(self, message: SentRequest, time: RequestTime) -> HTTPResponse:
        """Send a request and return the answer, whose body is still to be read; the transport calls it."""
        self._time = time
        if self.sock is None:
            self._open()
        self._send_message(message)
        self.sock.settimeout(time.limit(time.read))
        return self.getresponse()

    def send(self, data: Any) -> None:
        """Send headers or a body in pieces, each of which must get through in time; `http.client` calls it."""
        for piece in _split(data):
            self.sock.settimeout(self._time.limit(self._time.read))
            super().send(piece)

    def _send_message(self, message: SentRequest) -> None:
        is_proxied = self.route.proxy is not None and self.route.scheme == "http"
        target = message.target
        where = f"http://{target.authority}{target.path}" if is_proxied else target.path
        try:
            self.putrequest(message.method, where, skip_accept_encoding=True)
            for name, value in message.headers.items():
                self.putheader(name, value)
            if self.route.proxy is not None and is_proxied and self.route.proxy.authorization:
                self.putheader("Proxy-Authorization", self.route.proxy.authorization)
            self.endheaders(message.body)
        except socket.timeout as error:
            raise SendFault("The request could not be sent in time.") from error
        except OSError as error:  # the program may have answered before it closed the connection
            if not isinstance(error, ConnectionError) and error.errno != errno.EPROTOTYPE:
                raise

    def _make_response(self, sock: socket.socket, **options: Any) -> TimedResponse:
        return TimedResponse(sock, self._time.seconds_left, options.get("method"))

    def _open(self) -> None:
        sock = self._reach_host() if self.route.proxy is None else self._reach_proxy(self.route.proxy)
        self.sock = self._secure(sock) if self.route.scheme == "https" else sock

    def _reach_host(self) -> socket.socket:
        sock = open_socket(self.route.host, self.route.port, self._time)
        if self._only_public:
            check_peer(sock)
        return sock

    def _reach_proxy(self, proxy: Proxy) -> socket.socket:
        try:
            sock = open_socket(proxy.host, proxy.port, self._time)
            if self.route.scheme == "https":
                open_tunnel(sock, self.route, proxy, self._time)
        except (AddressFault, ConnectFault, HTTPException, OSError) as error:
            raise ProxyFault("The proxy cannot be reached.") from error
        return sock

    def _secure(self, sock: socket.socket) -> socket.socket:
        from shared.http.wire.tls import secure_socket  # late: the import of ssl takes its time

        try:
            sock.settimeout(self._time.limit(self._time.connect))
            return secure_socket(sock, self.route.host, verify=self._verify_tls)
        except TrustFault:
            sock.close()
            raise
        except OSError as error:
            sock.close()
            raise ConnectFault("TLS did not come about.") from error


def open_socket(host: str, port: int, time: RequestTime) -> socket.socket:
    """Return a socket that is connected to one of a host's addresses, tried in their order.

    A new connection calls it.
    """
    failure: OSError = OSError("the name has no address")
    try:
        for address in find_addresses(host, port, time.seconds_left()):
            try:
                sock = socket.create_connection((address, port), time.limit(time.connect))
            except OSError as error:
                failure = error
            else:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
        raise failure
    except OSError as error:
        raise ConnectFault("No connection came about.") from error
    except UnicodeError as error:  # such as a name with two dots in a row
        raise AddressFault("The name of the host cannot be encoded.") from error


def open_tunnel(sock: socket.socket, route: Route, proxy: Proxy, time: RequestTime) -> None:
    """Let a proxy connect the socket to the host, for a new connection.

    Raise OSError, and close the socket, if the proxy does not.
    """
    place = f"{bracket(route.host)}:{route.port}"
    headers = {"Host": place, **({"Proxy-Authorization": proxy.authorization} if proxy.authorization else {})}
    check_headers(headers)
    lines = [f"CONNECT {place} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    try:
        sock.settimeout(time.limit(time.connect))
        sock.sendall("\r\n".join(lines).encode("latin-1"))
        with TimedResponse(sock, time.seconds_left, "CONNECT") as response:
            response.begin()
            if not OK <= response.status < REDIRECTION:
                raise OSError(f"The proxy answers with status {response.status}.")
    except (HTTPException, OSError):
        sock.close()
        raise


def _split(data: Any) -> Iterator[Any]:
    if not isinstance(data, bytes) or len(data) <= PIECE:
        yield data
        return
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]
