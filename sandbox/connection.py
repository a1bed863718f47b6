"""HTTP/1.1 on one accepted socket: read requests, send responses, keep the connection alive in between."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
from collections.abc import Mapping
from http import HTTPStatus
from typing import BinaryIO, Callable, NamedTuple

from sandbox.messages import Response

LINE_LIMIT = 65_536
MOST_HEADERS = 100
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Received(NamedTuple):
    """A request as it came off the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class ClientConnection:
    """One client connection."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader: BinaryIO = sock.makefile("rb")

    def receive(self) -> Received | None:
        """Return the next request, or None if the client closed the connection or does not speak HTTP.

        The thread of a double's connection calls it.
        """
        try:
            words = self.reader.readline(LINE_LIMIT).decode("latin-1").split()
            if len(words) != 3:
                return None
            headers = self._read_headers()
            if words[2] == "HTTP/1.0":
                headers.setdefault("connection", "close")  # HTTP/1.0 clients read until the connection closes
            if headers.get("expect", "").lower() == "100-continue":
                self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            return Received(words[0], words[1], headers, self._read_body(headers))
        except (OSError, ValueError):
            return None

    def send(self, received: Received, response: Response, stalled: Callable[[], object]) -> int:
        """Deliver a response; returns the bytes sent. Anything but a whole delivery ends the connection.

        The thread of a double's connection calls it.
        """
        if response.delivery == "reset":
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        if response.delivery in ("reset", "none"):
            return 0
        body = b"" if received.method == "HEAD" else response.body
        shown = body if response.delivery == "whole" else body[: len(body) // 2]
        data = _write_head(response) + shown
        self.sock.sendall(data)
        if response.delivery == "stall":
            stalled()
        return len(data)

    def is_abandoned(self) -> bool:
        """Return True if the client hung up before its request was answered; False over TLS, which cannot tell.

        Plugins' operations are stopped by it.
        """
        if isinstance(self.sock, ssl.SSLSocket):
            return False
        try:
            readable, _, _ = select.select([self.sock], [], [], 0)
            return bool(readable) and not self.sock.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def close(self) -> None:
        """Hang up from another thread; the one that owns the connection wakes up and discards it.

        A double that stops calls it.
        """
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def discard(self) -> None:
        """Close the socket; only the thread that owns the connection calls this."""
        with contextlib.suppress(OSError):
            self.reader.close()
        self.sock.close()

    def _read_headers(self) -> dict[str, str]:
        """Return the headers by their names in lower case; several of one name are joined."""
        headers: dict[str, str] = {}
        for _ in range(MOST_HEADERS):
            line = self.reader.readline(LINE_LIMIT).decode("latin-1")
            if line in ("\r\n", "\n"):
                return headers
            name, colon, value = line.partition(":")
            if not (colon and line.endswith("\n")):
                raise ValueError("no header line")
            key, text = name.lower(), value.strip()
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        raise ValueError("too many headers")

    def _read_body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return b"".join(iter(self._read_chunk, b""))
        length = int(headers.get("content-length", "0"))
        body = self.reader.read(length)
        if len(body) < length:
            raise ValueError("the request ended early")
        return body

    def _read_chunk(self) -> bytes:
        size = int(self.reader.readline(LINE_LIMIT).split(b";")[0], 16)
        chunk = self.reader.read(size)
        self.reader.readline(LINE_LIMIT)
        return chunk


def _write_head(response: Response) -> bytes:
    reason = HTTPStatus(response.status).phrase if response.status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {response.status} {reason}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    lines += [f"Content-Length: {len(response.body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
