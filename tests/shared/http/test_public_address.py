"""Which addresses belong to the internet, and that a connection to another one is closed before the request."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.errors import ForbiddenAddress
from shared.http import Http, Request
from shared.http.wire import transport
from shared.http.wire.connection import RequestTime, SentRequest
from shared.http.wire.faults import PrivateAddress
from shared.http.wire.public_address import is_public
from shared.http.wire.target import find_target
from shared.http.wire.transport import Transport
from tests.harness import weather
from tests.harness.weather import serve


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.5", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.1.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_the_connected_peer_is_checked_before_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "check_public", lambda *_: None)  # as if the name had led elsewhere a moment ago
    outside = Transport(verify_tls=True, only_public=True)
    with serve(weather.answer()) as server:
        message = SentRequest("GET", find_target(server.url), {}, None)
        with (
            pytest.raises(PrivateAddress, match=r"127\.0\.0\.1"),
            outside.exchange(message, RequestTime(5.0, 5.0, lambda: 60.0)),
        ):
            pass
        assert server.seen == []


def test_the_service_itself_may_be_private(connect: Callable[..., Http]) -> None:
    with serve(weather.answer({"ok": 1})) as server, serve(weather.answer()) as other:
        http = connect(server.url, only_public=True)
        assert http.send(Request("GET")).data == {"ok": 1}
        with pytest.raises(ForbiddenAddress):
            http.send(Request("GET", other.url, expect="bytes"))
        assert other.seen == []
