"""Connections: proxies and tunnels, certificates of one's own, headers that cannot be sent, cookies, what is kept."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.errors import SettingError, TlsFailed, Unreachable
from shared.http import Http, Request, Service
from shared.http.wire.faults import HeaderFault, ProxyFault
from shared.http.wire.headers import Headers, check_headers, read_cookies
from shared.http.wire.proxies import find_proxy, read_proxy
from shared.http.wire.target import find_target
from shared.http.wire.tls import OWN_TRUST
from tests.harness.threaded_server import run_server
from tests.harness.weather import CERTIFICATE, answer, redirect, send, serve

Connect = Callable[..., Http]


@pytest.fixture(autouse=True)
def without_own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the proxies and certificates of the machine of the tests."""
    for name in (*OWN_TRUST, *(name for name in os.environ if name.lower().endswith("_proxy"))):
        monkeypatch.delenv(name, raising=False)


class Tunnel(socketserver.StreamRequestHandler):
    """A proxy that answers CONNECT with its status, and leads everything to one port of this machine."""

    server: TunnelServer

    def handle(self) -> None:
        lines = iter(self.rfile.readline, b"\r\n")
        self.server.seen.append([line.decode().strip() for line in lines])
        self.wfile.write(f"HTTP/1.1 {self.server.status} So be it\r\nX-Via: proxy\r\n\r\n".encode())
        if self.server.status == 200:
            with socket.create_connection(("127.0.0.1", self.server.port)) as there:
                back = threading.Thread(target=self.pump, args=(there, self.connection), daemon=True)
                back.start()
                self.pump(self.connection, there)
                back.join()

    @staticmethod
    def pump(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


class TunnelServer(socketserver.ThreadingTCPServer):
    """The proxy, and what it was asked."""

    daemon_threads = True

    def __init__(self, port: int, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.port = port
        self.status = status
        self.seen: list[list[str]] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def serve_tunnel(port: int, status: int = 200) -> Iterator[TunnelServer]:
    server = TunnelServer(port, status)
    with run_server(server):
        yield server


def test_https_goes_through_a_tunnel_of_the_proxy_with_its_login(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(answer({"ok": 1}), tls=True) as server, serve_tunnel(server.server_address[1]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:p%40ss@{proxy.address}")
        http = connect("https://box.example", verify_tls=False)
        assert [http.send(Request("GET", "x")).data for _ in range(2)] == [{"ok": 1}] * 2
        http.close()
    assert proxy.seen == [
        ["CONNECT box.example:443 HTTP/1.1", "Host: box.example:443", "Proxy-Authorization: Basic bWU6cEBzcw=="]
    ]
    assert "Proxy-Authorization" not in server.seen[0].headers
    assert (server.seen[0].path, server.seen[0].headers["Host"]) == ("/x", "box.example")


@pytest.mark.parametrize("status", [407, 502])
def test_a_proxy_that_opens_no_tunnel_is_blamed(connect: Connect, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    with serve_tunnel(9, status) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        with pytest.raises(Unreachable, match=r"through the proxy.*HTTP_PROXY and HTTPS_PROXY") as caught:
            connect("https://box.example").send(Request("POST"))
    assert not caught.value.may_have_happened


def test_the_login_for_a_proxy_goes_to_the_proxy(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(answer({"ok": 1})) as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.url.replace("//", "//me:secret@"))
        connect("http://box.example:8080").send(Request("GET", "x", params={"y": "z"}))
    seen = proxy.seen[0]
    assert (seen.path, seen.headers["Host"]) == ("http://box.example:8080/x?y=z", "box.example:8080")
    assert seen.headers["Proxy-Authorization"] == "Basic bWU6c2VjcmV0"


@pytest.mark.parametrize(
    ("named", "is_used"),
    [
        ("", True),
        ("other.example", True),
        ("box.example", False),
        (".example, other", False),
        ("box.example:80", False),
        ("box.example:81", True),
        ("*", False),
    ],
)
def test_no_proxy_names_what_is_reached_directly(monkeypatch: pytest.MonkeyPatch, named: str, is_used: bool) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", named)
    assert (find_proxy(find_target("http://box.example/x")) is not None) is is_used


@pytest.mark.parametrize(
    ("named", "is_used"), [("93.184.0.0/16", False), ("93.184.216.34", False), ("9.0.0.0/8", True)]
)
def test_no_proxy_may_name_networks(monkeypatch: pytest.MonkeyPatch, named: str, is_used: bool) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", named)
    assert (find_proxy(find_target("http://93.184.216.34/x")) is not None) is is_used


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "192.168.1.5", "nas"])
def test_home_has_no_proxy(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy:3128")
    assert find_proxy(find_target(f"http://{host}/x")) is None


@pytest.mark.parametrize("address", ["socks5://proxy:1080", "https://proxy", "http://", "http://a b", "http://p:99999"])
def test_a_proxy_of_no_use_is_refused(address: str) -> None:
    with pytest.raises(ProxyFault):
        read_proxy(address)


@pytest.mark.parametrize("name", OWN_TRUST)
def test_certificates_that_the_user_names_are_trusted(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(CERTIFICATE))
    with serve(answer({"ok": 1}), tls=True) as server:
        assert connect(server.url).send(Request("GET")).data == {"ok": 1}


@pytest.mark.parametrize("name", OWN_TRUST)
def test_certificates_that_cannot_be_read_are_named(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "trust.pem").write_text("nonsense")
    monkeypatch.setenv(name, str(tmp_path / "trust.pem"))
    with serve(answer(), tls=True) as server:
        with pytest.raises(TlsFailed, match=rf"trust.pem cannot be read.*Correct or remove {name}") as caught:
            connect(server.url).send(Request("POST"))
        server.wait_until_quiet()
    assert (server.seen, caught.value.may_have_happened) == ([], False)


def test_a_certificate_for_another_name_is_refused(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serve(answer(), tls=True) as server, serve_tunnel(server.server_address[1]) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        with pytest.raises(TlsFailed, match=r"not trusted .Hostname mismatch.*Use a trusted certificate"):
            connect("https://box.example").send(Request("GET"))
    assert server.seen == []


@pytest.mark.parametrize(
    "headers", [{"A": "b\r\nC: d"}, {"A": "b\n c"}, {"A": "\x00"}, {"A b": "c"}, {"": "c"}, {"A": " b"}, {"A": "…"}]
)
def test_no_header_can_become_two(headers: dict[str, str]) -> None:
    with pytest.raises(HeaderFault):
        check_headers(headers)


@pytest.mark.parametrize("path", ["a\r\nX-B: c", "a HTTP/1.1\r\n\r\nGET /b", "a?b=c\nd", "\u2028"])
def test_no_path_can_become_a_header(connect: Connect, path: str) -> None:
    with serve(answer()) as server:
        connect(server.url).send(Request("GET", path))
    assert len(server.seen) == 1
    assert "X-B" not in server.seen[0].headers


def test_a_name_that_cannot_be_encoded_is_no_address(connect: Connect) -> None:
    with pytest.raises(SettingError, match="not a web address"):
        connect(f"http://{'x' * 64}.example..").send(Request("GET"))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("session=a=b; Path=/; HttpOnly", {"session": "a=b"}),
        ("session=", {"session": ""}),
        ("session=x; Domain=.box.example", {"session": "x"}),
        ("session=x; Domain=example", {"session": "x"}),
        ("session=x; Domain=other.example", {}),
        ("session=x; Max-Age=0", {}),
        ("session=x; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT", {"session": "x"}),
        ("session=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT", {}),
        ("session=x; Expires=some day", {"session": "x"}),
        ("no cookie", {}),
        ("=x", {}),
    ],
)
def test_cookies_are_taken_for_this_host_until_they_expire(line: str, found: dict[str, str]) -> None:
    assert read_cookies([line], "box.example", 1_000_000.0) == found


def test_names_of_headers_are_found_in_any_case() -> None:
    headers = Headers([("Content-Type", "a"), ("content-type", "b")])
    assert (headers["CONTENT-TYPE"], headers.get("none"), list(headers)) == ("a, b", None, ["content-type"])


def test_a_connection_with_an_unread_answer_is_not_used_again(connect: Connect) -> None:
    with serve(redirect("/b"), answer({"ok": 1})) as server:
        assert connect(server.url).send(Request("GET")).data == {"ok": 1}
    assert len({seen.client_port for seen in server.seen}) == 2


def test_the_answer_to_head_has_no_body(connect: Connect) -> None:
    with serve(send(b"12345")) as server:
        http = connect(server.url)
        assert [http.send(Request("HEAD", expect="bytes")).body for _ in range(2)] == [b"", b""]
    assert len({seen.client_port for seen in server.seen}) == 1


def test_a_large_body_goes_out_whole() -> None:
    body = bytes(range(256)) * 4000
    with serve(answer()) as server:
        Http(Service("Box", server.url)).send(Request("POST", body=body))
    assert server.seen[0].body == body


def test_a_connection_is_not_kept_when_nothing_uses_its_client(connect: Connect) -> None:
    with serve(answer()) as server:
        Http(Service("Box", server.url)).send(Request("GET"))
        server.wait_until_quiet()
