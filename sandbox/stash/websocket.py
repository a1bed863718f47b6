"""Subscriptions over a websocket (graphql-transport-ws), on a connection taken over from the HTTP server."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import queue
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from sandbox.connection import Connection
from sandbox.messages import Request, Response
from sandbox.stash.encoding import encode_text
from sandbox.stash.graph.documents import InvalidDocument
from sandbox.stash.services import Services
from sandbox.stash.subscriptions import Subscription, Wanted, open_subscription

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PROTOCOL = "graphql-transport-ws"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
LONG, VERY_LONG = 126, 127
Render = Callable[[Wanted, Any], dict[str, Any]]
Open = Callable[[dict[str, Any]], Wanted]


class Frame(NamedTuple):
    """One frame of the wire."""

    opcode: int
    payload: bytes


def is_upgrade(request: Request) -> bool:
    """Whether the client asks for a websocket."""
    return request.header("upgrade").lower() == "websocket"


def take_over(services: Services, request: Request, prepare: Open, render: Render) -> Response:
    """Accept the handshake and serve subscriptions until the client leaves."""

    def serve(connection: Connection) -> None:
        connection.sock.sendall(answer_handshake(request))
        Conversation(services, connection, prepare, render).run()

    return Response(101, takeover=serve)


def answer_handshake(request: Request) -> bytes:
    """The head of a 101 answer."""
    key = request.header("sec-websocket-key") + GUID
    accepted = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {accepted}",
        f"Sec-WebSocket-Protocol: {PROTOCOL}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next frame, None when the connection ended."""
    head = stream.read(2)
    if len(head) < 2:
        return None
    size = head[1] & 0x7F
    if size == LONG:
        size = struct.unpack(">H", stream.read(2))[0]
    elif size == VERY_LONG:
        size = struct.unpack(">Q", stream.read(8))[0]
    mask = stream.read(4) if head[1] & 0x80 else bytes(4)
    body = stream.read(size)
    return Frame(head[0] & 0x0F, bytes(byte ^ mask[place % 4] for place, byte in enumerate(body)))


def write_frame(opcode: int, payload: bytes) -> bytes:
    """A whole, unmasked frame."""
    size = len(payload)
    if size < LONG:
        head = struct.pack(">BB", 0x80 | opcode, size)
    elif size < 1 << 16:
        head = struct.pack(">BBH", 0x80 | opcode, LONG, size)
    else:
        head = struct.pack(">BBQ", 0x80 | opcode, VERY_LONG, size)
    return head + payload


@dataclass
class Conversation:
    """One websocket: a thread that reads, a thread that sends."""

    services: Services
    connection: Connection
    prepare: Open
    render: Render
    _outbox: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue)
    _running: dict[str, Subscription] = field(default_factory=dict)

    def run(self) -> None:
        """Serve until the client leaves."""
        sender = threading.Thread(target=self._send_all, daemon=True)
        sender.start()
        try:
            with contextlib.suppress(OSError, ValueError):
                while (frame := read_frame(self.connection.reader)) and frame.opcode != CLOSE:
                    self._receive(frame)
        finally:
            for subscription in self._running.values():
                subscription.end()
            self._outbox.put(None)
            sender.join()

    def _send_all(self) -> None:
        with contextlib.suppress(OSError):
            while (frame := self._outbox.get()) is not None:
                self.connection.sock.sendall(frame)

    def _receive(self, frame: Frame) -> None:
        if frame.opcode == PING:
            self._outbox.put(write_frame(PONG, frame.payload))
        elif frame.opcode == TEXT:
            self._handle(json.loads(frame.payload))

    def _handle(self, message: dict[str, Any]) -> None:
        kind = message.get("type")
        if kind == "connection_init":
            self._tell({"type": "connection_ack"})
        elif kind == "ping":
            self._tell({"type": "pong"})
        elif kind == "subscribe":
            self._subscribe(message["id"], message["payload"])
        elif kind == "complete" and message["id"] in self._running:
            self._running.pop(message["id"]).end()

    def _subscribe(self, number: str, payload: dict[str, Any]) -> None:
        try:
            wanted = self.prepare(payload)
        except InvalidDocument as refused:
            self._tell({"id": number, "type": "error", "payload": list(refused.errors)})
            return

        def tell(event: Any) -> None:
            self._tell({"id": number, "type": "next", "payload": self.render(wanted, event)})

        self._running[number] = open_subscription(self.services, wanted.name, tell)

    def _tell(self, message: dict[str, Any]) -> None:
        self._outbox.put(write_frame(TEXT, encode_text(message)))
