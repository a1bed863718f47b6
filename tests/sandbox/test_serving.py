"""The server base of all doubles: keep-alive, log, faults, controls, shutdown."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.serving import HttpServer, UnknownRequest


def answer(request: HttpRequest) -> Response:
    if request.path == "/unknown":
        raise UnknownRequest("no such route")
    return json_response({"data": {"a": 1, "b": request.text}, "path": request.path})


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer("double", answer) as running:
        yield running


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def test_one_connection_carries_many_requests(server: HttpServer, http: requests.Session) -> None:
    for _ in range(5):
        http.get(f"{server.url}/x", timeout=60).raise_for_status()
    assert len(server._open) == 1
    assert [request.number for request in server.traffic.requests()] == [1, 2, 3, 4, 5]


def test_the_log_keeps_method_path_headers_and_body(server: HttpServer, http: requests.Session) -> None:
    http.post(f"{server.url}/a%20b?x=1", data=b"text", headers={"ApiKey": "k"}, timeout=60)
    (seen,) = server.traffic.requests(path="/a b", method="POST")
    assert (seen.header("apikey"), seen.text, seen.parameter("x")) == ("k", "text", "1")


def test_a_chunked_body_is_read_whole(server: HttpServer, http: requests.Session) -> None:
    reply = http.post(server.url, data=iter([b"ab", b"cd"]), timeout=60)
    assert reply.json()["data"]["b"] == "abcd"


def test_headers_of_one_name_are_joined(server: HttpServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall(b"GET / HTTP/1.1\r\nX-One:  a \r\nHost: here\r\nx-one:b\r\nConnection: close\r\n\r\n")
        assert client.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
    assert server.traffic.requests()[0].headers == {"x-one": "a, b", "host": "here", "connection": "close"}


@pytest.mark.parametrize("lines", [b"no header\r\n", b"A: 1\r\n" * 101])
def test_a_client_that_does_not_speak_http_is_hung_up_on(server: HttpServer, lines: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + lines + b"\r\n")
        client.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            assert client.recv(1) == b""
    assert server.traffic.requests() == []


def test_an_unknown_request_is_answered_loudly_and_remembered(server: HttpServer, http: requests.Session) -> None:
    assert http.get(f"{server.url}/unknown", timeout=60).status_code == 501
    assert server.unknown == ["double double: no such route"]


def test_head_gets_headers_only(server: HttpServer, http: requests.Session) -> None:
    reply = http.head(server.url, timeout=60)
    assert reply.content == b"" and int(reply.headers["Content-Length"]) > 0


def test_a_long_answer_is_compressed_for_those_who_ask(server: HttpServer, http: requests.Session) -> None:
    reply = http.post(server.url, data=b"x" * 4000, timeout=60)
    plain = http.post(server.url, data=b"x" * 4000, headers={"Accept-Encoding": "identity"}, timeout=60)
    assert reply.headers["Content-Encoding"] == "gzip" and reply.json() == plain.json()
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        ({"kind": "unauthorized"}, 401, b""),
        ({"kind": "unauthorized", "status": 403}, 403, b""),
        ({"kind": "rate_limited"}, 429, b"Too Many Attempts."),
        ({"kind": "rate_limited", "as_json": True}, 429, b'{"errors":[{"message":"Too Many Attempts."}]}'),
        ({"kind": "server_error", "status": 502}, 502, b"<h1>502 Server Error</h1>"),
        ({"kind": "html"}, 200, b"<h1>Welcome</h1>"),
        ({"kind": "empty"}, 200, b""),
        ({"kind": "truncated"}, 200, b'{"data":{"a":1'),
        ({"kind": "graphql_error", "message": "no"}, 200, b'{"errors":[{"message":"no","path":[]}],"data":null}'),
        ({"kind": "partial"}, 200, b'"data":{"a":1,"b":null}'),
        ({"kind": "partial", "fields": ["a"]}, 200, b'"data":{"a":null,"b":""}'),
        ({"kind": "answer", "status": 418, "content": "tea"}, 418, b"tea"),
        ({"kind": "slow", "seconds": 0.01}, 200, b'"a":1'),
        ({"kind": "oversized", "size": 9}, 200, b'{"data":"xxxxxxxxx"}'),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_fault_looks_like_the_real_thing(
    server: HttpServer, http: requests.Session, fault: dict[str, Any], status: int, body: bytes
) -> None:
    server.faults.add(**fault)
    reply = http.get(server.url, timeout=60)
    assert reply.status_code == status
    assert body in reply.content and (body or not reply.content)


@pytest.mark.parametrize("kind", ["reset", "lost_reply", "cut"])
def test_a_broken_connection_is_no_answer(server: HttpServer, http: requests.Session, kind: str) -> None:
    server.faults.add(kind)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        http.get(server.url, timeout=60)


@pytest.mark.parametrize("kind", ["hang", "stall"])
def test_a_silent_server_runs_into_the_clients_timeout(server: HttpServer, http: requests.Session, kind: str) -> None:
    server.faults.add(kind)
    with pytest.raises((requests.Timeout, requests.ConnectionError)):
        http.get(server.url, timeout=0.2)


@pytest.mark.parametrize(("as_date", "pattern"), [(False, "7"), (True, "GMT")])
def test_retry_after_comes_in_seconds_or_as_a_date(
    server: HttpServer, http: requests.Session, as_date: bool, pattern: str
) -> None:
    server.faults.add("rate_limited", retry_after=7, as_date=as_date)
    assert pattern in http.get(server.url, timeout=60).headers["Retry-After"]


@pytest.mark.parametrize(
    ("when", "statuses"),
    [
        ({"on": [2]}, [200, 500, 200, 200]),
        ({"after": 1, "times": 2}, [200, 500, 500, 200]),
        ({"path": "q=3"}, [200, 200, 200, 500]),
        ({"body": "body 1"}, [200, 500, 200, 200]),
        ({"operation": "POST /other"}, [200, 200, 200, 200]),
        ({"operation": "POST /", "method": "POST", "times": 1}, [500, 200, 200, 200]),
    ],
    ids=str,
)
def test_a_fault_meets_the_requests_it_was_meant_for(
    server: HttpServer, http: requests.Session, when: dict[str, Any], statuses: list[int]
) -> None:
    server.faults.add("server_error", **when)
    seen = [http.post(f"{server.url}/?q={i}", data=f"body {i}", timeout=60).status_code for i in range(4)]
    assert seen == statuses


def test_an_unknown_fault_is_refused(server: HttpServer) -> None:
    with pytest.raises(ValueError, match="unknown fault 'sloow'"):
        server.faults.add("sloow")


def test_lifting_a_fault_lets_held_requests_go(server: HttpServer, http: requests.Session) -> None:
    number = server.faults.add("slow", seconds=60)
    replies: list[int] = []
    client = threading.Thread(target=lambda: replies.append(http.get(server.url, timeout=60).status_code))
    client.start()
    server.traffic.wait_for_requests(1)
    server.faults.remove(number)
    client.join(60)
    assert replies == [200]


def test_a_server_that_is_down_refuses_and_comes_back_on_its_port(server: HttpServer, http: requests.Session) -> None:
    url = server.url
    http.get(url, timeout=60)
    server.take_down()
    with pytest.raises(requests.ConnectionError):
        http.get(url, timeout=60)
    server.bring_up()
    assert server.url == url and http.get(url, timeout=60).status_code == 200


def test_a_server_can_be_stopped_although_another_program_gets_its_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(port: int) -> None:
        raise OSError(f"port {port} is in use")

    server = HttpServer("double", answer).start()
    monkeypatch.setattr("sandbox.serving.hold_port", refuse)
    server.stop()
    assert not server.is_up


def test_stopping_ends_hanging_requests_and_all_threads() -> None:
    before = threading.active_count()

    def ask(url: str) -> None:
        with pytest.raises(requests.RequestException):
            requests.get(url, timeout=60)

    with HttpServer("double", answer) as server:
        server.faults.add("hang")
        client = threading.Thread(target=ask, args=(server.url,))
        client.start()
        server.traffic.wait_for_requests(1)
    client.join(60)
    assert threading.active_count() <= before


def test_faults_and_log_are_steered_over_http(server: HttpServer, http: requests.Session) -> None:
    control = f"{server.url}/__sandbox"
    http.post(f"{control}/faults", json={"kind": "server_error", "times": 1}, timeout=60)
    assert [http.get(f"{server.url}/y", timeout=60).status_code for _ in range(2)] == [500, 200]
    assert http.get(f"{control}/faults", timeout=60).json()[0]["fired"] == 1
    log = http.get(f"{control}/requests?path=/y", timeout=60).json()
    assert [(entry["status"], entry["fault"]) for entry in log] == [(500, "server_error"), (200, "")]
    http.delete(f"{control}/faults", timeout=60)
    assert http.get(f"{control}/faults", timeout=60).json() == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "faults", 400), ("GET", "nonsense", 404), ("GET", "at/nobody/faults", 404)],
)
def test_a_wrong_control_request_says_so(
    server: HttpServer, http: requests.Session, method: str, path: str, status: int
) -> None:
    reply = http.request(method, f"{server.url}/__sandbox/{path}", json={"kind": "x"}, timeout=60)
    assert reply.status_code == status and reply.json()["error"]


def test_a_neighbor_is_taken_down_and_brought_back_over_http(server: HttpServer, http: requests.Session) -> None:
    with HttpServer("other", answer) as other:
        server.neighbors["other"] = other
        control = f"{server.url}/__sandbox/at/other"
        http.post(f"{control}/down", timeout=60)
        with pytest.raises(requests.ConnectionError):
            http.get(other.url, timeout=60)
        http.post(f"{control}/up", timeout=60)
        assert http.get(other.url, timeout=60).status_code == 200


def test_a_handler_can_see_that_its_client_has_gone(http: requests.Session) -> None:
    gone = threading.Event()

    def watch(request: HttpRequest) -> Response:
        while not request.is_abandoned():
            gone.wait(0.01)
        gone.set()
        return Response()

    with HttpServer("double", watch) as server:
        with pytest.raises(requests.Timeout):
            http.get(server.url, timeout=0.1)
        http.close()
        assert gone.wait(60)


def test_a_handler_may_take_the_connection_over(http: requests.Session) -> None:
    def hand_over(request: HttpRequest) -> Response:
        return Response(takeover=lambda connection: connection.sock.sendall(b"HTTP/1.1 204 Mine\r\n\r\n"))

    with HttpServer("double", hand_over) as server:
        assert http.get(server.url, timeout=60).reason == "Mine"
