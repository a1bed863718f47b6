"""The provider's HTTP server: reads requests within limits, hands them to the routes, writes and logs the answers."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from plexsync.provider.log import ProviderLog
from plexsync.provider.routes import Provider, ProviderAnswer, ProviderRequest, refuse

MOST_CONNECTIONS = 32
LARGEST_BODY = 64 * 1024  # a question of Plex has some hundred bytes
LENGTH = re.compile(r"[0-9]{1,12}")
IDLE_SECONDS = 30.0  # for the next request, and between two pieces of one
SERVER_NAME = "Stash2Plex"
BUG = ProviderAnswer(500, b'{"error":"The provider failed: its log has the details."}', note="a bug of the provider")
FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class ProviderHandler(BaseHTTPRequestHandler):
    """One connection of Plex."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    server_version, sys_version = SERVER_NAME, ""  # the header Server, without the version of Python
    disable_nagle_algorithm = True  # else each answer on a kept connection waits 40 ms for its body
    server: ProviderServer

    def do_GET(self) -> None:
        """Answer a GET; http.server calls this by the name of the method."""
        self._respond()

    do_HEAD = do_POST = do_GET  # noqa: N815 -- the names that http.server looks for

    def _respond(self) -> None:
        started, answer = time.monotonic(), BUG
        try:
            answer = self._find_answer()
        finally:  # also if a bug ends this: Plex must not take a broken connection for an empty answer
            self._write(answer)
            self.server.log.note_answer(self.command, answer, time.monotonic() - started)

    def _find_answer(self) -> ProviderAnswer:
        body, fault = self._read_body()
        if fault is not None:
            self.close_connection = True  # the rest of the body would be read as the next request
            return fault
        path = self.path.partition("?")[0]
        return self.server.provider.answer(ProviderRequest(self.command, path, self.headers.get("Host", ""), body))

    def _read_body(self) -> tuple[bytes, ProviderAnswer | None]:
        length = self.headers.get("Content-Length", "0")
        if self.headers.get("Transfer-Encoding") or not LENGTH.fullmatch(length):
            return b"", refuse(411, "A question needs a Content-Length.")
        if int(length) > LARGEST_BODY:
            return b"", refuse(413, f"A question has at most {LARGEST_BODY} bytes.")
        try:
            body = self.rfile.read(int(length))
        except socket.timeout:
            return b"", refuse(408, "The question did not come in time.")
        is_whole = len(body) == int(length)
        return body, None if is_whole else refuse(400, "The question breaks off.")

    def _write(self, answer: ProviderAnswer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what http.server itself refuses, such as a line that is too long, without its page."""
        del message, explain
        self.close_connection = True
        self.send_response(code)
        for name, value in (("Content-Length", "0"), ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name in http.server
        """Log nothing: http.server's lines hold whole addresses, and these hold the token."""


class ProviderServer(ThreadingHTTPServer):
    """Listens at one address; each connection has a thread."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let two programs have the port

    def __init__(self, place: tuple[str, int], provider: Provider, log: ProviderLog) -> None:
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        self.provider = provider
        self.log = log
        self._slots = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(place, ProviderHandler)

    def server_bind(self) -> None:
        """Bind the port; http.server would also ask the name server for this machine's name, which may take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give a connection a thread, or end it at once if too many are open."""
        if self._slots.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        request.settimeout(1.0)
        with contextlib.suppress(OSError):
            request.sendall(FULL)
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection in its thread, and give its slot back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log a bug, for which socketserver calls `handle_error`; a connection that Plex closed is none."""
        del request, client_address
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.log.exception(error)
