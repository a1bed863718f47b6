"""What the provider does not answer, and what happens while Stash is away."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

import pytest
from plexsync.provider.server import MOST_CONNECTIONS

from shared.stash import StashAddress
from tests.stash2plex.provider.bench import MATCHES, TOKEN, ProviderBench, send

OPEN = ["/", "/library", "/scene/1/screenshot", "/performer/1/image", f"/x{TOKEN}/", f"/{TOKEN[:-1]}", "/%74oken", "//"]


@pytest.mark.parametrize("path", OPEN)
def test_without_the_token_there_is_nothing(bench: ProviderBench, path: str) -> None:
    bench.add_scene()
    for method in ("GET", "HEAD", "POST"):
        reply = send(f"{bench.root}{path}", method=method)
        assert (reply.status, reply.body) == (404, b"")
    assert bench.stash.double.server.traffic.requests(path="/graphql")[2:] == []  # the first two set up the login


@pytest.mark.parametrize("path", ["/scene/2/screenshot", "/scene/1/stream", "/scene/1/screenshot/x", "/studio/1/image"])
def test_a_signature_shows_its_own_picture_only(bench: ProviderBench, path: str) -> None:
    signature = bench.access.sign_picture("/scene/1/screenshot")
    assert send(f"{bench.root}/{signature}{path}").status == 404


@pytest.mark.parametrize("path", ["/library", "/library/metadata", "/library/metadata/a/b", "/graphql", "/../graphql"])
def test_with_the_token_unknown_addresses_are_404(bench: ProviderBench, path: str) -> None:
    assert bench.read(path).status == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", MATCHES, "POST"), ("POST", "/", "GET, HEAD"), ("POST", "/library/metadata/scene-1", "GET, HEAD")],
)
def test_a_wrong_method_is_told_the_right_one(bench: ProviderBench, method: str, path: str, allowed: str) -> None:
    reply = send(f"{bench.url}{path}", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "BREW"])
def test_methods_that_plex_never_sends_are_not_known(bench: ProviderBench, method: str) -> None:
    reply = send(bench.url, method=method)
    assert (reply.status, reply.body) == (501, b"")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"type": 1}',
        b'{"type": 1, "title": ""}',
        b'{"title": "Beach day"}',
        b'{"type": "movie", "title": "x"}',
        b'{"type": 2, "title": "x"}',
        b'{"type": 1, "title": ["x"]}',
        b'{"type": 1, "filename": {"a": 1}}',
        b'{"type": 1, "guid": 1.5}',
        b'{"type": NaN, "title": "x"}',
        b'{"type": 1, "title": "' + b"x" * 5000 + b'"}',
        b"[" * 5000,
    ],
)
def test_odd_questions_are_refused_with_a_sentence(bench: ProviderBench, body: bytes) -> None:
    reply = send(f"{bench.url}{MATCHES}", body)
    assert (reply.status, reply.error.endswith(".")) == (400, True), reply.body


@pytest.mark.parametrize(
    "question",
    [
        {"type": "1", "title": 5},
        {"type": 1, "title": "\ud800"},
        {"type": 1, "title": "x", "manual": "yes", "year": "then"},
        {"type": 1, "title": "x", "filename": "/"},
        {"type": 1, "title": "x", "filename": "%_\\'\""},
        {"type": 1, "title": "x", "filename": "\x00\n"},
        {"type": 1, "title": '" OR 1=1', "manual": 1},
        {"type": 1, "title": "x", "guid": "://", "filename": None},
    ],
)
def test_odd_questions_that_make_sense_are_answered(bench: ProviderBench, question: dict[str, Any]) -> None:
    bench.add_scene()
    assert send(f"{bench.url}{MATCHES}", question).items == []


def test_questions_have_a_limit(bench: ProviderBench) -> None:
    reply = send(f"{bench.url}{MATCHES}", b"x" * 70_000)
    assert (reply.status, reply.headers["connection"]) == (413, "close")
    for length in ("ten", "-1", "\u00b2", "1 0"):
        assert send(f"{bench.url}{MATCHES}", headers={"Content-Length": length}, method="POST").status == 411
    assert send(f"{bench.url}{MATCHES}", headers={"Transfer-Encoding": "chunked"}, method="POST").status == 411
    assert send(f"{bench.url}/{'x' * 70_000}").status == 414


@pytest.mark.parametrize("line", [b"GET / HTTP/9.9", b"\x16\x03\x01\x02", b"GET", b"GET / HTTP/1.1\r\n: x"])
def test_what_is_no_http_gets_no_page_and_no_traceback(bench: ProviderBench, line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", bench.server.server_port), timeout=30) as raw:
        raw.sendall(line + b"\r\n\r\n")
        raw.shutdown(socket.SHUT_WR)
        answer = raw.makefile("rb").read()
    assert b"<html" not in answer.lower()
    assert "Traceback" not in bench.log.getvalue()


def test_a_body_that_breaks_off_is_refused(bench: ProviderBench) -> None:
    with socket.create_connection(("127.0.0.1", bench.server.server_port), timeout=30) as raw:
        raw.sendall(f"POST /{TOKEN}{MATCHES} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{{".encode())
        raw.shutdown(socket.SHUT_WR)
        assert raw.makefile("rb").read().startswith(b"HTTP/1.1 400")


def test_more_connections_than_allowed_are_told_to_come_back(bench: ProviderBench) -> None:
    with contextlib.ExitStack() as kept:
        place = ("127.0.0.1", bench.server.server_port)
        for _ in range(MOST_CONNECTIONS):
            raw = kept.enter_context(socket.create_connection(place, timeout=30))
            raw.sendall(f"GET /{TOKEN} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert raw.recv(12) == b"HTTP/1.1 200"
        reply = send(bench.url)
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")


def ask_everything(bench: ProviderBench, number: int) -> list[Any]:
    """Answers of every kind that need Stash."""
    path = f"/scene/{number}/screenshot"
    return [
        bench.match("/data/acme/beach.mp4"),
        bench.read(f"/library/metadata/scene-{number}"),
        bench.read(f"/library/metadata/scene-{number}/images"),
        send(f"{bench.root}/{bench.access.sign_picture(path)}{path}"),
    ]


@pytest.mark.parametrize(
    ("fault", "details"),
    [
        ("down", {}),
        ("unauthorized", {}),
        ("server_error", {"status": 503, "retry_after": 7}),
        ("html", {}),
        ("reset", {}),
        ("graphql_error", {"path": "/graphql"}),
    ],
)
def test_without_stash_nothing_is_an_empty_list(bench: ProviderBench, fault: str, details: dict[str, Any]) -> None:
    number = bench.add_scene()
    server = bench.stash.double.server
    if fault == "down":
        server.take_down()
    else:
        server.faults.add(fault, **details)
    replies = ask_everything(bench, number)
    if "path" in details:
        assert replies.pop().status == 200  # the fault leaves pictures alone
    assert {reply.status for reply in replies} == {503}
    assert all(int(reply.headers["retry-after"]) >= 7 and "Stash" in reply.error for reply in replies)
    seen = bench.log.getvalue() + "".join(str(reply) for reply in replies)
    assert (bench.api_key in seen, TOKEN in seen) == (False, False)
    server.faults.clear()
    if fault == "down":
        server.bring_up()
    assert {reply.status for reply in ask_everything(bench, number)} == {200}


def test_a_wrong_key_is_told_with_the_next_step(bench: ProviderBench) -> None:
    bench.source._address = StashAddress(bench.stash.url, "wrong-key-of-stash")
    reply = bench.match("/data/a.mp4")
    assert (reply.status, "Check the API key under Settings > Security in Stash." in reply.error) == (503, True)
    assert "wrong-key-of-stash" not in reply.error + bench.log.getvalue()


def test_a_bug_is_500_with_a_traceback_in_the_log_only(bench: ProviderBench) -> None:
    number = bench.add_scene()
    bench.stash.double.server.faults.add("mistyped", fields=["files"], content="5")
    reply = bench.read(f"/library/metadata/scene-{number}")
    assert (reply.status, reply.error) == (500, "The provider failed: its log has the details.")
    log = "\n".join(bench.wait_for_log(3))
    assert ("Traceback" in log, TOKEN in log) == (True, False)


def test_the_log_names_no_address_and_no_title(bench: ProviderBench) -> None:
    number = bench.add_scene("/data/secret place/beach.mp4", "Very private title")
    bench.match("/data/secret place/beach.mp4")
    bench.read(f"/library/metadata/scene-{number}")
    log = "\n".join(bench.wait_for_log(2))
    assert f"match: scene {number} by its path" in log
    assert not [word for word in (TOKEN, bench.api_key, "private title", "secret place", "http") if word in log]
