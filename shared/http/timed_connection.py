"""Connections that wait no longer than the request that uses them: for the name, the connection, TLS, headers and body.

The timeouts of requests and urllib3 each hold for one step, so a server that sends a byte now and then, or a name with
many addresses, could hold a request for minutes.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import math
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Callable

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import allowed_gai_family, create_connection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SecondsLeft = Callable[[], float]
LookUp = Callable[..., "list[Any]"]
PIECE = 64 * 1024  # of a body that is sent; the connect timeout holds for each

# requests hands only its own timeouts down to a connection. One thread sends a request, so its time is kept here.
_seconds_left: ContextVar[SecondsLeft] = ContextVar("seconds_left", default=lambda: math.inf)


class TimeOver(socket.timeout):
    """The time for the request is over, although no single step took too long."""


@contextmanager
def keep_to_time(seconds_left: SecondsLeft) -> Iterator[None]:
    """Let no connection of this thread wait longer than `seconds_left()` within the block; the HTTP client uses it."""
    token = _seconds_left.set(seconds_left)
    try:
        yield
    finally:
        _seconds_left.reset(token)


def find_addresses(host: str, port: int, seconds: float, ask: LookUp = socket.getaddrinfo) -> list[str]:
    """Return the IP addresses of a host; raise TimeOver if the system does not know them in time.

    A name server that is gone holds the system's function for up to half a minute, so it runs in a thread of its own.
    """
    if _is_address(host):
        return [host]
    found: list[list[str] | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            rows = ask(host, port, allowed_gai_family(), socket.SOCK_STREAM)
            found.append(list(dict.fromkeys(str(place[0]) for *_, place in rows)))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(min(seconds, threading.TIMEOUT_MAX))
    if not found:
        raise TimeOver
    if isinstance(found[0], list):
        return found[0]
    raise found[0]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class TimedReader(io.RawIOBase):
    """Reads from a socket; no read waits longer than the request has time."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, seconds_left: SecondsLeft) -> None:
        self._raw = raw
        self._sock = sock
        self._seconds_left = seconds_left
        self._longest = _or_endless(sock.gettimeout())
        self._has_begun = False

    def readable(self) -> bool:
        """Return True, as the buffer above needs."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """Read what has arrived, or wait for it while there is time."""
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
        """Return the descriptor of the socket."""
        return self._raw.fileno()

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()


class TimedResponse(http.client.HTTPResponse):
    """An answer whose status line, headers and body are read through a TimedReader."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        raw: Any = self.fp.detach()
        self.fp = io.BufferedReader(TimedReader(raw, sock, _seconds_left.get()))


class TimedHTTPConnection(HTTPConnection):
    """A connection that keeps to the time of the request."""

    response_class = TimedResponse

    def _new_conn(self) -> socket.socket:
        return _connect(self)

    def send(self, data: Any) -> None:
        """Send a body in pieces, each of which must get through in time."""
        for piece in _split(data):
            _limit(self, self.sock)
            super().send(piece)


class TimedHTTPSConnection(TimedHTTPConnection, HTTPSConnection):
    """The same over TLS."""


def _connect(connection: HTTPConnection) -> socket.socket:
    """Return a connected socket; its timeout is what the TLS handshake after this may take."""
    host = connection._dns_host  # with the dot at its end, if it has one
    port = connection.port
    failure: OSError = OSError("the name has no address")
    try:
        for address in find_addresses(host, port, _seconds_left.get()()):
            try:
                sock = create_connection(
                    (address, port),
                    _find_timeout(connection),
                    source_address=connection.source_address,
                    socket_options=connection.socket_options,
                )
            except OSError as error:
                failure = error
            else:
                return _limit_handshake(connection, sock)
        raise failure
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except socket.timeout as error:
        raise ConnectTimeoutError(connection, f"Connection to {connection.host} timed out.") from error
    except OSError as error:
        raise NewConnectionError(connection, f"Failed to establish a new connection: {error}") from error


def _limit_handshake(connection: HTTPConnection, sock: socket.socket) -> socket.socket:
    """Return the socket with the time that is left, or close it if none is."""
    try:
        sock.settimeout(_find_timeout(connection))
    except TimeOver:
        sock.close()
        raise
    return sock


def _limit(connection: HTTPConnection, sock: socket.socket | None) -> None:
    if sock is not None and _seconds_left.get()() < _or_endless(sock.gettimeout()):
        sock.settimeout(_find_timeout(connection))


def _find_timeout(connection: HTTPConnection) -> float:
    """Return the seconds of the next step: the connection's timeout, or less if the request has less time."""
    left = min(_or_endless(connection.timeout), _seconds_left.get()())
    if left <= 0:
        raise TimeOver
    return min(left, threading.TIMEOUT_MAX)


def _or_endless(timeout: float | None) -> float:
    return math.inf if timeout is None else timeout


def _split(data: Any) -> Iterator[Any]:
    if not isinstance(data, bytes) or len(data) <= PIECE:
        yield data
        return
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]


class TimedHTTPPool(HTTPConnectionPool):
    """A pool of such connections."""

    ConnectionCls = TimedHTTPConnection


class TimedHTTPSPool(HTTPSConnectionPool):
    """A pool of such connections over TLS."""

    ConnectionCls = TimedHTTPSConnection


class TimedAdapter(HTTPAdapter):
    """The adapter of the HTTP client: all its connections keep to the time of the request, also behind a proxy."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools; requests calls it once."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": TimedHTTPPool, "https": TimedHTTPSPool}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Return the pools for connections through a proxy; requests calls it."""
        manager: Any = super().proxy_manager_for(proxy, **options)
        if hasattr(manager, "pool_classes_by_scheme") and not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = {"http": TimedHTTPPool, "https": TimedHTTPSPool}
        return manager
