"""The small threaded HTTP/1.1 server all doubles stand on: loopback, a free port, keep-alive, a log, faults on demand.

    server = HttpServer("stash-box", answer)      # answer(HttpRequest) -> Response
    with server:                                  # or start() and stop()
        server.url                                # "http://127.0.0.1:40123"
        server.faults.add("slow", seconds=1)      # sandbox/faults.py
        server.take_down(); server.bring_up()     # connections are refused in between; the port stays the same
        server.traffic.requests(operation="me")   # sandbox/traffic.py

The same over HTTP under /__sandbox/ (sandbox/controls.py). A double that keeps state guards it with a lock of its own:
every connection has a thread. A request the double has no answer for is a bug of the test: raise `UnknownRequest`.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import ssl
import threading
import time
from dataclasses import replace
from types import TracebackType
from typing import Callable

from sandbox.connection import ClientConnection, Received
from sandbox.controls import CONTROL_PREFIX, Control, answer_control
from sandbox.faults import Faults, apply_fault
from sandbox.messages import COMPRESS_FROM, HttpRequest, Response, UnknownRequest, compress_response, text_response
from sandbox.traffic import Exchange, Traffic

__all__ = ["HttpServer", "UnknownRequest", "name_by_route"]
Handler = Callable[[HttpRequest], Response]
Namer = Callable[[HttpRequest], "tuple[str, ...]"]


def name_by_route(request: HttpRequest) -> tuple[str, ...]:
    """Return the default name of a request: its method and path, by which faults and tests find it."""
    return (f"{request.method} {request.path}",)


def hold_port(port: int) -> socket.socket:
    """Return a socket that keeps a port from other programs while its server is down, and refuses connections.

    `take_down` and the start of a double call it.
    """
    held = socket.socket()
    if os.name != "nt":  # on Windows this option lets two servers share a port
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
    except OSError:
        held.close()
        raise
    return held


class HttpServer:
    """An HTTP server on 127.0.0.1 with a log and faults; `unknown` lists the requests its handler could not answer.

    Textual answers of at least `compress_from` bytes are compressed if the client asks for it.
    """

    def __init__(
        self,
        name: str,
        handler: Handler,
        *,
        names: Namer = name_by_route,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        compress_from: int = COMPRESS_FROM,
    ) -> None:
        self.name = name
        self.handler = handler
        self.faults = Faults()
        self.traffic = Traffic()
        self.unknown: list[str] = []
        self.neighbors: dict[str, HttpServer] = {}
        self.controls: dict[tuple[str, str], Control] = {}
        self._names = names
        self._tls = tls
        self._port = port
        self._compress_from = compress_from
        self._listener: socket.socket | None = None
        self._held: socket.socket | None = None
        self._wake: socket.socket | None = None
        self._accepting: threading.Thread | None = None
        self._open: set[ClientConnection] = set()
        self._threads: set[threading.Thread] = set()
        self._lock = threading.Lock()
        self._switching = threading.Lock()
        self._stopped = threading.Event()

    @property
    def port(self) -> int:
        """Return the port of a double, known once started."""
        return self._port

    @property
    def url(self) -> str:
        """Return the address of a double, without a trailing slash."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    @property
    def is_up(self) -> bool:
        """Return True while the double's server accepts connections."""
        return self._listener is not None

    def start(self) -> HttpServer:
        """Start to listen and to answer in threads; tests and the demo call this for each double."""
        self._stopped.clear()
        self.bring_up()
        return self

    def stop(self) -> None:
        """Stop listening, let go of every held request, close every connection and wait for the threads."""
        self._stopped.set()
        self.faults.clear()
        self.take_down()
        if self._held is not None:  # it was down already
            self._held.close()
            self._held = None
        with self._lock:
            threads = list(self._threads)
        for thread in threads:
            thread.join(5)

    def __enter__(self) -> HttpServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def bring_up(self) -> None:
        """Listen (again, on the same port); tests and control routes call this after `take_down`."""
        with self._switching:
            if self._listener is None:
                self._listen()

    def take_down(self, seconds: float = 0.0) -> None:
        """Refuse connections and drop the open ones, for some seconds or until `bring_up`, as a service that is down.

        Tests and control routes call this.
        """
        with self._switching:
            if self._listener is not None:
                self._go_silent()
        if seconds:
            threading.Thread(target=self._come_back, args=(seconds,), daemon=True).start()

    def _listen(self) -> None:
        listener, self._held = self._held or hold_port(self._port), None
        listener.listen(128)
        self._port = listener.getsockname()[1]
        woken, self._wake = socket.socketpair()
        with self._lock:
            self._listener = listener
        self._accepting = threading.Thread(target=self._accept, args=(listener, woken), daemon=True)
        self._accepting.start()

    def _go_silent(self) -> None:
        with self._lock:
            self._listener = None
            connections = list(self._open)
        if self._wake and self._accepting:
            self._wake.close()
            self._accepting.join()
        if not self._stopped.is_set():  # a stopped server never comes back, so another program may have its port
            self._held = hold_port(self._port)
        for connection in connections:
            connection.close()

    def _come_back(self, seconds: float) -> None:
        if not self._stopped.wait(seconds):
            self.bring_up()

    def _accept(self, listener: socket.socket, woken: socket.socket) -> None:
        with listener, woken, selectors.DefaultSelector() as ready:
            ready.register(listener, selectors.EVENT_READ)
            ready.register(woken, selectors.EVENT_READ)
            while all(key.fileobj is listener for key, _ in ready.select()):
                with contextlib.suppress(OSError):
                    sock, _ = listener.accept()
                    self._start_thread(sock)

    def _start_thread(self, sock: socket.socket) -> None:
        thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    def _serve(self, sock: socket.socket) -> None:
        try:
            connection = ClientConnection(self._tls.wrap_socket(sock, server_side=True) if self._tls else sock)
        except OSError:
            sock.close()
            self._forget(None)
            return
        with self._lock:
            self._open.add(connection)
            if self._listener is None:
                connection.close()
        try:
            with contextlib.suppress(OSError):
                while (received := connection.receive()) and self._answer(connection, received):
                    pass
        finally:  # a bug of the double must not leave its client waiting
            connection.discard()
            self._forget(connection)

    def _forget(self, connection: ClientConnection | None) -> None:
        with self._lock:
            self._threads.discard(threading.current_thread())
            if connection:
                self._open.discard(connection)

    def _answer(self, connection: ClientConnection, received: Received) -> bool:
        """Answer one request; return True if the connection may carry another one."""
        if received.target.startswith(CONTROL_PREFIX):
            request = self._make_request(0, connection, received)
            return self._deliver(connection, received, answer_control(self, request)) >= 0
        request = self._make_request(self.traffic.next_number(), connection, received)
        exchange = self.traffic.note(request)
        response = self._respond(request, exchange)
        sent = 0
        try:
            sent = self._deliver(connection, received, response)
        finally:
            self.traffic.close(exchange, response.status if sent else 0, sent)
        closes = received.headers.get("connection", "").lower() == "close"
        return response.delivery == "whole" and not closes and not response.takeover

    def _deliver(self, connection: ClientConnection, received: Received, response: Response) -> int:
        if response.takeover:
            response.takeover(connection)
            return 0
        packed = compress_response(response, received.headers.get("accept-encoding", ""), self._compress_from)
        return connection.send(received, packed, self._stopped.wait)

    def _make_request(self, number: int, connection: ClientConnection, received: Received) -> HttpRequest:
        method, target, headers, body = received
        times = time.time(), time.monotonic()
        bare = HttpRequest(number, method, target, headers, body, *times, is_abandoned=connection.is_abandoned)
        return replace(bare, operations=self._names(bare))

    def _respond(self, request: HttpRequest, exchange: Exchange) -> Response:
        rule = self.faults.pick(request)
        if rule is None:
            return self._handle(request)
        exchange.fault = rule.fault.kind
        return apply_fault(rule.fault, lambda: self._handle(request), rule.wait)

    def _handle(self, request: HttpRequest) -> Response:
        try:
            return self.handler(request)
        except UnknownRequest as error:
            message = f"{self.name} double: {error}"
            self.unknown.append(message)
            return text_response(message, 501)
