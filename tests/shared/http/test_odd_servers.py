"""Servers, proxies and names that nobody expects: none of them is an unknown exception, a cut body or a lost write."""

from __future__ import annotations

import socket
import sys
import tracemalloc
import types
import urllib.request
from collections.abc import Callable

import pytest

from shared.errors import BadReply, SettingError, TlsFailed, Unreachable
from shared.http import NO_RETRIES, Http, Request, Timeouts
from shared.http.errors import translate_exception
from shared.http.wire.addresses import find_addresses
from shared.http.wire.faults import AddressFault, AnswerFault, ProxyFault
from shared.http.wire.headers import read_cookies
from shared.http.wire.proxies import find_proxy, read_proxy
from shared.http.wire.target import find_target
from shared.http.wire.unpacking import PACKINGS, Unpacker
from tests.harness.weather import Exchange, Weather, answer, serve

from .test_errors import LABEL

Connect = Callable[..., Http]
BODY = b'{"ok": 1}'


@pytest.fixture
def patient(connect: Connect) -> Connect:
    """Return clients that would hang long if they waited for the end of the connection."""
    return lambda url, **changes: connect(url, timeouts=Timeouts(5.0, 60.0), retry=NO_RETRIES, **changes)


def pour(*lines: str, body: bytes = BODY) -> Weather:
    """Bytes as they are; the connection stays open."""

    def weather(exchange: Exchange) -> None:
        exchange.wfile.write("\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode("latin-1") + body)

    return weather


@pytest.mark.parametrize("text", ["\xb2", "9" * 5000, "9 9", "+"])
def test_a_length_that_is_no_number_is_no_length(connect: Connect, text: str) -> None:
    with serve(
        pour(f"Content-Length: {text}", "Transfer-Encoding: chunked", body=b"9\r\n" + BODY + b"\r\n0\r\n\r\n")
    ) as server:
        assert connect(server.url).send(Request("GET")).data == {"ok": 1}


@pytest.mark.parametrize("age", ["--5", "\xb2", "9" * 5000, "-"])
def test_an_age_that_is_no_number_does_not_end_a_cookie(age: str) -> None:
    assert read_cookies([f"session=x; Max-Age={age}"], "box.example", 0.0) == {"session": "x"}


def test_a_cookie_that_cannot_be_sent_is_not_kept(connect: Connect) -> None:
    with serve(pour("Set-Cookie: a=b\x01c", "Set-Cookie: d=e", f"Content-Length: {len(BODY)}")) as server:
        http = connect(server.url)
        assert [http.send(Request("GET")).data for _ in range(2)] == [{"ok": 1}] * 2
    assert server.seen[1].headers["Cookie"] == "d=e"


def test_one_length_that_is_written_twice_in_a_line_is_one_length(patient: Connect) -> None:
    with serve(pour(f"Content-Length: {len(BODY)}, {len(BODY)}")) as server:
        assert patient(server.url).send(Request("GET")).data == {"ok": 1}


@pytest.mark.parametrize("coding", [["identity, chunked"], ["chunked "], ["identity", "chunked"]])
def test_chunks_are_never_taken_for_the_body(patient: Connect, coding: list[str]) -> None:
    lines = [f"Transfer-Encoding: {text}" for text in coding]
    with serve(pour(*lines, body=b"3\r\nabc\r\n0\r\n\r\n")) as server, pytest.raises(BadReply, match="breaks off"):
        patient(server.url).send(Request("GET", expect="bytes"))


@pytest.mark.parametrize("size", [b"-1", b"-5"])
def test_a_chunk_of_less_than_no_bytes_is_refused(patient: Connect, size: bytes) -> None:
    body = size + b"\r\nabc\r\n0\r\n\r\n"
    with serve(pour("Transfer-Encoding: chunked", body=body)) as server, pytest.raises(BadReply, match="breaks off"):
        patient(server.url).send(Request("GET", expect="bytes"))


@pytest.mark.parametrize(
    ("packing", "head", "piece"),
    [("gzip", b"\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"name" * 1024), ("deflate", b"\x78\x9c", b"\0\0\0\xff\xff" * 819)],
)
def test_packed_data_that_holds_nothing_fills_no_memory(packing: str, head: bytes, piece: bytes) -> None:
    unpacker = Unpacker(PACKINGS[packing])
    assert list(unpacker.feed(head)) == []
    tracemalloc.start()
    try:
        for _ in range(250):
            assert list(unpacker.feed(piece)) == []
        assert tracemalloc.get_traced_memory()[1] < 500_000
    finally:
        tracemalloc.stop()
    with pytest.raises(AnswerFault, match="breaks off"):
        unpacker.finish()


def test_a_connection_with_more_than_its_answer_in_a_record_of_tls_is_not_used_again(connect: Connect) -> None:
    too_much = pour(f"Content-Length: {len(BODY)}", body=BODY + b"x" * 9000)  # more than the buffer of the answer
    with serve(too_much, answer({"ok": 2}), tls=True) as server:
        http = connect(server.url, verify_tls=False, retry=NO_RETRIES)
        assert [http.send(Request("GET")).data for _ in range(2)] == [{"ok": 1}, {"ok": 2}]
    assert len({seen.client_port for seen in server.seen}) == 2


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"])
def test_a_write_may_have_happened_when_tls_breaks_after_it(connect: Connect, begun: bytes) -> None:
    def break_tls(exchange: Exchange) -> None:
        exchange.wfile.write(begun)
        with socket.socket(fileno=exchange.connection.detach()) as plain:
            plain.sendall(b"\x17\x03\x03\x00\x20" + b"z" * 32)
        exchange.cut()

    with serve(break_tls, tls=True) as server, pytest.raises(Unreachable) as caught:
        connect(server.url, verify_tls=False).send(Request("POST"))
    assert not isinstance(caught.value, TlsFailed)
    assert caught.value.may_have_happened
    assert len(server.seen) == 1


@pytest.mark.parametrize("name", ["x" * 64 + ".example", "a..example", ".example", "\u00fc" * 64 + ".example"])
def test_a_name_with_an_impossible_label_is_no_address(name: str) -> None:
    with pytest.raises(AddressFault):
        find_target(f"https://{name}")


def test_a_name_that_cannot_be_encoded_is_not_called_a_key() -> None:
    error = AddressFault()
    error.__cause__ = UnicodeEncodeError("idna", "x" * 64, 0, 64, "label too long")  # as Python 3.13 raises it
    with pytest.raises(SettingError, match="not a web address"):
        raise translate_exception(error, LABEL)


@pytest.mark.parametrize("address", ["http://[proxy:3128", "http://me:p@[::1:3128", "http://pro\u2100xy:1"])
def test_an_address_of_a_proxy_that_cannot_be_taken_apart_is_refused(address: str) -> None:
    with pytest.raises(ProxyFault):
        read_proxy(address)


def test_an_address_of_one_network_names_its_interface() -> None:
    rows = [(socket.AF_INET6, 1, 6, "", ("fe80::1", 80, 0, 3)), (socket.AF_INET6, 1, 6, "", ("2001:db8::1", 80, 0, 0))]
    rows.append((socket.AF_INET, 1, 6, "", ("192.168.1.5", 80)))  # type: ignore[arg-type]
    found = find_addresses("nas.local", 80, 60.0, lambda *_: rows)
    assert found == ["fe80::1%3", "2001:db8::1", "192.168.1.5"]


@pytest.mark.parametrize(
    ("override", "is_used"),
    [("", True), ("*.lan;<local>", True), ("*.lan; BOX.*", False), ("*.example", False), (None, True)],
)
def test_exceptions_of_windows_are_heeded_without_a_look_up(
    monkeypatch: pytest.MonkeyPatch, override: str | None, is_used: bool
) -> None:
    def query(key: object, name: str) -> tuple[str | None, int]:
        if override is None:
            raise FileNotFoundError(name)
        return override, 1

    def look_up(host: str) -> bool:
        raise AssertionError(host)

    class Key:
        def __enter__(self) -> Key:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    registry = types.SimpleNamespace(HKEY_CURRENT_USER=1, OpenKey=lambda *_: Key(), QueryValueEx=query)
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"http": "http://proxy:3128"})
    monkeypatch.setattr(urllib.request, "getproxies_environment", dict)
    monkeypatch.setattr(urllib.request, "proxy_bypass", look_up)
    assert (find_proxy(find_target("http://box.example")) is not None) is is_used
