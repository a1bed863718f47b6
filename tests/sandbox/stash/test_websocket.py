"""Subscriptions over a websocket, spoken byte by byte."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox.stash.websocket import read_frame
from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]
HANDSHAKE = (
    b"GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)
JOBS = "subscription { jobsSubscribe { type job { id status progress description } } }"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Socket:
    """A websocket client."""

    def __init__(self, port: int) -> None:
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.reader = self.wire.makefile("rb")
        self.wire.sendall(HANDSHAKE)
        self.head = b"".join(iter(self.reader.readline, b"\r\n")).decode()

    def send(self, message: dict[str, Any], opcode: int = TEXT) -> None:
        payload, mask = json.dumps(message).encode(), b"\1\2\3\4"
        body = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
        size = struct.pack(">B", 0x80 | len(body)) if len(body) < 126 else struct.pack(">BH", 0xFE, len(body))
        self.wire.sendall(struct.pack(">B", 0x80 | opcode) + size + mask + body)

    def receive(self) -> dict[str, Any]:
        frame = read_frame(self.reader)
        assert frame is not None
        message: dict[str, Any] = json.loads(frame.payload)
        return message

    def subscribe(self, query: str, name: str = "1") -> None:
        self.send({"type": "subscribe", "id": name, "payload": {"query": query}})

    def events(self, count: int) -> list[dict[str, Any]]:
        return [self.receive()["payload"]["data"] for _ in range(count)]

    def close(self) -> None:
        self.reader.close()
        self.wire.close()


@pytest.fixture
def client(stash: RunningStash) -> Iterator[Socket]:
    """A client that said hello."""
    client = Socket(stash.double.server.port)
    client.send({"type": "connection_init"})
    assert client.receive() == {"type": "connection_ack"}
    yield client
    client.close()


def test_the_handshake_is_answered(client: Socket) -> None:
    assert client.head.startswith("HTTP/1.1 101 ")
    assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in client.head


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
    assert client.head.startswith("HTTP/1.1 400 ")
    client.close()
