"""Subscriptions over a websocket, heard by an independent client."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Event, RejectConnection, TextMessage
from wsproto.events import Request as Handshake

from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]
JOBS = "subscription { jobsSubscribe { type job { id status progress description } } }"


class Socket:
    """A websocket client."""

    def __init__(self, port: int) -> None:
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.protocol = WSConnection(ConnectionType.CLIENT)
        self.waiting: list[Event] = []
        handshake = Handshake(host="localhost", target="/graphql", subprotocols=["graphql-transport-ws"])
        self.wire.sendall(self.protocol.send(handshake))
        self.opening = self.next_event()

    def next_event(self) -> Event:
        while not self.waiting:
            self.protocol.receive_data(self.wire.recv(65536))
            self.waiting += self.protocol.events()
        return self.waiting.pop(0)

    def send(self, message: dict[str, Any]) -> None:
        self.wire.sendall(self.protocol.send(TextMessage(json.dumps(message))))

    def receive(self) -> dict[str, Any]:
        event = self.next_event()
        assert isinstance(event, TextMessage)
        message: dict[str, Any] = json.loads(event.data)
        return message

    def subscribe(self, query: str, name: str = "1") -> None:
        self.send({"type": "subscribe", "id": name, "payload": {"query": query}})

    def events(self, count: int) -> list[dict[str, Any]]:
        return [self.receive()["payload"]["data"] for _ in range(count)]

    def close(self) -> None:
        self.wire.close()


@pytest.fixture
def client(stash: RunningStash) -> Iterator[Socket]:
    """A client that has sent `connection_init`."""
    client = Socket(stash.double.server.port)
    client.send({"type": "connection_init"})
    assert client.receive() == {"type": "connection_ack"}
    yield client
    client.close()


def test_the_handshake_is_answered(client: Socket) -> None:
    assert client.opening == AcceptConnection(subprotocol="graphql-transport-ws")


def test_a_subscriber_hears_of_a_job_from_its_start_to_its_end(client: Socket, stash: RunningStash) -> None:
    client.subscribe(JOBS)
    client.send({"type": "ping"})
    assert client.receive() == {"type": "pong"}
    stash.jobs.add("Working", lambda handle: None)
    events = [event["jobsSubscribe"] for event in client.events(3)]
    assert [event["type"] for event in events] == ["ADD", "UPDATE", "REMOVE"]
    assert [event["job"]["status"] for event in events] == ["READY", "RUNNING", "FINISHED"]


def test_a_subscriber_hears_of_the_end_of_a_scan(client: Socket, stash: RunningStash) -> None:
    client.subscribe("subscription { scanCompleteSubscribe }")
    client.send({"type": "ping"})
    client.receive()
    stash.ask("mutation { metadataScan(input: {}) }")
    assert client.events(1) == [{"scanCompleteSubscribe": True}]


@pytest.mark.parametrize("query", ["subscription { nope }", "{ version { version } }", "subscription {"])
def test_a_document_that_is_no_subscription_is_refused(query: str, client: Socket) -> None:
    client.subscribe(query)
    answer = client.receive()
    assert (answer["type"], answer["id"]) == ("error", "1")


def test_who_unsubscribed_hears_nothing_more(client: Socket, stash: RunningStash) -> None:
    client.subscribe(JOBS)
    client.send({"type": "complete", "id": "1"})
    client.send({"type": "ping"})
    assert client.receive() == {"type": "pong"}
    stash.jobs.wait_for(stash.jobs.add("Working", lambda handle: None))
    client.send({"type": "ping"})
    assert client.receive() == {"type": "pong"}


def test_without_websockets_pages_have_to_poll(make_stash: MakeStash) -> None:
    client = Socket(make_stash(websockets=False).double.server.port)
    assert isinstance(client.opening, RejectConnection)
    assert client.opening.status_code == 422
    client.close()
