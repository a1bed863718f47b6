"""Subscriptions over a websocket (graphql-transport-ws), on a connection taken over from the HTTP server."""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Event, Ping, TextMessage

from sandbox.connection import ClientConnection
from sandbox.gqlgen.documents import InvalidDocument
from sandbox.messages import HttpRequest, Response
from sandbox.stash.graph.encoding import encode_text
from sandbox.stash.services import Services
from sandbox.stash.subscriptions.events import Subscription, SubscriptionDocument, open_subscription

PROTOCOL = "graphql-transport-ws"
CHUNK = 65536
Render = Callable[[SubscriptionDocument, Any], dict[str, Any]]
Open = Callable[[dict[str, Any]], SubscriptionDocument]


def is_upgrade(request: HttpRequest) -> bool:
    """Return True if the client asks for a websocket; the server of the sandbox's Stash asks."""
    return request.header("upgrade").lower() == "websocket"


def take_over(services: Services, request: HttpRequest, prepare: Open, render: Render) -> Response:
    """Return a response that accepts the handshake and serves subscriptions until the client leaves.

    The Stash double's server calls it.
    """

    def serve(connection: ClientConnection) -> None:
        Conversation(services, connection, prepare, render).run(request)

    return Response(101, takeover=serve)


class Websocket:
    """The websocket protocol over a connection: messages in, events out. Any thread may send."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._protocol = WSConnection(ConnectionType.SERVER)
        self._lock = threading.Lock()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def accept(self, request: HttpRequest) -> None:
        """Answer the handshake that the HTTP server has read, for a subscription's conversation."""
        headers = [(name.encode(), value.encode("latin-1")) for name, value in request.headers.items()]
        self._protocol.initiate_upgrade_connection(headers, request.target)
        next(self._protocol.events())
        self.send(AcceptConnection(subprotocol=PROTOCOL))

    def send(self, event: Event) -> None:
        """Queue an event for the thread that sends."""
        with self._lock:
            self._outbox.put(self._protocol.send(event))

    def send_all(self) -> None:
        """Send what is queued until `close`, or until the client is gone."""
        with contextlib.suppress(OSError):
            while (data := self._outbox.get()) is not None:
                self._connection.sock.sendall(data)

    def close(self) -> None:
        """End the thread that sends events of a subscription."""
        self._outbox.put(None)

    def receive(self) -> Iterator[str]:
        """Yield the client's messages until it leaves, for a subscription's conversation; pings are answered here."""
        parts: list[str] = []
        while data := self._connection.sock.recv(CHUNK):
            with self._lock:
                self._protocol.receive_data(data)
                events = list(self._protocol.events())
            for event in events:
                if isinstance(event, CloseConnection):
                    return
                if isinstance(event, Ping):
                    self.send(event.response())
                elif isinstance(event, TextMessage):
                    parts.append(event.data)
                    if event.message_finished:
                        yield "".join(parts)
                        parts.clear()


@dataclass
class Conversation:
    """The subscriptions of one client: this thread reads, another one sends."""

    services: Services
    connection: ClientConnection
    prepare: Open
    render: Render
    _running: dict[str, Subscription] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wire = Websocket(self.connection)

    def run(self, request: HttpRequest) -> None:
        """Accept the handshake and serve the client's subscriptions until it leaves; `take_over` runs it."""
        self._wire.accept(request)
        sender = threading.Thread(target=self._wire.send_all, daemon=True)
        sender.start()
        try:
            with contextlib.suppress(OSError, ValueError):
                for message in self._wire.receive():
                    self._handle(json.loads(message))
        finally:
            for subscription in self._running.values():
                subscription.end()
            self._wire.close()
            sender.join()

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
        self._wire.send(TextMessage(encode_text(message).decode()))
