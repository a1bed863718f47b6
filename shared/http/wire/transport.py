"""Sends requests over connections that are kept for the next request."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from shared.http.wire.connection import RequestTime, Route, SentRequest, TimedConnection
from shared.http.wire.faults import AnswerFault
from shared.http.wire.headers import check_headers, read_number
from shared.http.wire.proxies import find_proxy
from shared.http.wire.public_address import check_public

if TYPE_CHECKING:
    from http.client import HTTPResponse

MOST_KEPT = 8  # connections without a request
SCREENED = ("content-length", "transfer-encoding")  # the headers that tell where the body ends


class Transport:
    """Sends requests, also from several threads; `only_public`: not to this machine or a private network."""

    def __init__(self, *, verify_tls: bool, only_public: bool = False) -> None:
        self._verify_tls = verify_tls
        self._only_public = only_public
        self._kept: list[TimedConnection] = []  # the one used last is at the end
        self._lock = threading.Lock()

    def __del__(self) -> None:
        self.close()  # a client that nothing uses any more leaves no open connections

    def close(self) -> None:
        """Close the connections that are kept; the HTTP client ends with it."""
        with self._lock:
            kept, self._kept = self._kept, []
        for connection in kept:
            connection.close()

    @contextmanager
    def exchange(self, message: SentRequest, time: RequestTime) -> Iterator[HTTPResponse]:
        """Send a request and yield the answer, for the HTTP client.

        The connection is kept if the body is read to its end in the block.
        """
        check_headers(message.headers)
        if self._only_public:
            check_public(message.target, time.seconds_left())
        connection = self._take(message)
        is_whole = False
        try:
            with connection.exchange(message, time) as response:
                check_framing(response)
                yield response
                is_whole = response.isclosed()
        finally:
            if is_whole and connection.sock is not None:
                self._keep(connection)
            else:
                connection.close()

    def _take(self, message: SentRequest) -> TimedConnection:
        target = message.target
        route = Route(target.scheme, target.host, target.port, find_proxy(target))
        while kept := self._find_kept(route):
            if not is_readable(kept.sock):
                return kept
            kept.close()  # there is nothing to read but its end, or what belongs to no request
        return TimedConnection(route, verify_tls=self._verify_tls, only_public=self._only_public)

    def _find_kept(self, route: Route) -> TimedConnection | None:
        with self._lock:
            found = next((kept for kept in reversed(self._kept) if kept.route == route), None)
            if found is not None:
                self._kept.remove(found)
            return found

    def _keep(self, connection: TimedConnection) -> None:
        with self._lock:
            self._kept.append(connection)
            surplus = self._kept.pop(0) if len(self._kept) > MOST_KEPT else None
        if surplus is not None:
            surplus.close()


def check_framing(response: HTTPResponse) -> None:
    """Raise AnswerFault if the headers do not tell for sure where the body ends, or only in a way that is not read.

    The transport calls it.
    """
    lengths, codings = (
        {part.strip().lower() for line in response.headers.get_all(name, ()) for part in line.split(",")}
        for name in SCREENED
    )
    if len(lengths) > 1 or not codings <= {"chunked", "identity"}:
        raise AnswerFault("The headers contradict each other about the end of the answer.")
    if "chunked" in codings and not response.chunked:  # http.client knows no "identity, chunked"
        raise AnswerFault("The answer is in chunks that cannot be read.")
    if lengths and response.length is None and not response.chunked:  # nor "5, 5"
        length = read_number(lengths.pop())
        response.length = length if length is not None and length >= 0 else None


def is_readable(sock: socket.socket) -> bool:
    """Return True if a socket has something to read, or its end.

    The transport then does not use a kept connection again.
    """
    if hasattr(sock, "pending") and sock.pending():  # unpacked by TLS already
        return True
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, select.POLLIN | select.POLLPRI)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])  # Windows, where the number of a socket does not matter
