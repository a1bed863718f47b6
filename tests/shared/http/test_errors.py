"""Every failure has an error of its own and a sentence that helps."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable

import pytest

from shared.errors import (
    AuthRejected,
    BadReply,
    BundleError,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    SettingError,
    StartingUp,
    TimedOut,
    TlsFailed,
    TooLarge,
    Unreachable,
    WrongService,
)
from shared.http import Http, Request, Service
from shared.http.errors import FAULTS, TRANSLATED, translate_exception
from shared.http.request_label import RequestLabel
from shared.http.wire import faults
from shared.http.wire.addresses import TimeOver
from shared.http.wire.faults import ConnectFault, SendFault, TransportFault
from tests.harness import weather
from tests.harness.weather import Weather, serve

from .conftest import KEY

LABEL = RequestLabel(Service("Box", "http://nas"), "http://nas", "")

WEATHERS: list[tuple[Weather, type[BundleError], str]] = [
    (weather.unauthorized(), AuthRejected, "did not accept the key.*Check 'Box key'"),
    (weather.send(b"", 403), AuthRejected, "does not allow this.*'Box key'"),
    (weather.send(b"", 407), AuthRejected, "a proxy that wants a login.*Check HTTP_PROXY"),
    (weather.web_page(), WrongService, "web page instead of data.*Check 'Box URL'"),
    (weather.send(weather.PAGE, content_type="application/json"), WrongService, "web page"),
    (weather.send(b"", 404), NotFound, "does not have what was asked for"),
    (weather.answer({"errors": [{"message": 'Cannot query field "x"'}]}, 422), Refused, 'Cannot query field "x"'),
    (weather.answer([{"propertyName": "Path", "errorMessage": "is taken"}], 400), Refused, "Path: is taken"),
    (weather.busy(), RateLimited, "asks to slow down.*Too Many Attempts.*does not say for how long"),
    (weather.send(b"", 408), TimedOut, "did not get the request in time"),
    (weather.answer({"errorMessage": "starting"}, 503), StartingUp, "not ready yet.*starting"),
    (weather.web_page(502), ServerFailed, "failed .status 502, with a web page"),
    (weather.send(b"Server Error", 500), ServerFailed, "Server Error"),
    (weather.truncated(), BadReply, "broken off or no JSON"),
    (weather.send(b"[" * 100_000, content_type="application/json"), BadReply, "broken off or no JSON"),
    (weather.send(b"[" * 200 + b"]" * 200, content_type="application/json"), BadReply, "broken off or no JSON"),
    (weather.send(b'{"a": NaN}', content_type="application/json"), BadReply, "broken off or no JSON"),
    (weather.send(b"[" * 100_000, 500, "application/json"), ServerFailed, "failed .status 500"),
    (weather.send(b"", content_type="application/json"), BadReply, "empty answer"),
    (weather.cut_short, BadReply, "breaks off"),
    (weather.cut_short_in_chunks, BadReply, "breaks off"),
    (weather.broken_zip(), BadReply, "cannot be unpacked"),
    (weather.flood(3 << 20), TooLarge, "more than 1 MiB"),
    (weather.flood(3 << 20, announced=False), TooLarge, "more than 1 MiB"),
    (weather.reset, Unreachable, "broke off the connection.*Check that it is running"),
    (weather.hang_up, Unreachable, "broke off the connection|without an answer"),
    (weather.hang, TimedOut, "took too long"),
    (weather.stall, TimedOut, "took too long"),
    (weather.redirect("/elsewhere"), WrongService, "in circles"),
    (weather.redirect("gopher://nas"), SettingError, "not a web address"),
    (weather.redirect("http://[x"), SettingError, "not a web address"),
    (weather.send(b"", 304), BadReply, "empty answer"),
    (weather.send(b"", 302), Refused, "status 302"),
]


def test_every_fault_of_the_transport_has_a_translation() -> None:
    covered = {kind for kinds, _ in FAULTS for kind in kinds} | {
        TransportFault,
        ConnectFault,
    }  # no connection: see its cause
    assert set(TransportFault.__subclasses__()) <= covered
    assert {TransportFault, *TransportFault.__subclasses__()} == {
        kind for kind in vars(faults).values() if isinstance(kind, type)
    }


@pytest.mark.parametrize("kind", [http.client.BadStatusLine, http.client.LineTooLong, http.client.HTTPException])
def test_an_answer_that_is_not_http_is_unreachable(kind: type[http.client.HTTPException]) -> None:
    assert issubclass(kind, TRANSLATED)
    assert "closed the connection without an answer" in str(translate_exception(kind("x"), LABEL))


@pytest.mark.parametrize(("sky", "kind", "sentence"), WEATHERS)
def test_every_weather_has_its_own_error_and_sentence(
    connect: Callable[..., Http], sky: Weather, kind: type[BundleError], sentence: str
) -> None:
    with serve(sky) as server, pytest.raises(BundleError, match=sentence) as caught:
        connect(server.url, max_bytes=1 << 20).send(Request("GET", "items", operation="reading the items"))
    assert type(caught.value) is kind
    assert str(caught.value).startswith("Box at http://127.0.0.1") or kind is SettingError


def test_a_refused_connection_is_unreachable_and_nothing_happened(connect: Callable[..., Http]) -> None:
    with pytest.raises(Unreachable, match=r"connection was refused.*'Box URL' is right") as caught:
        connect(weather.find_closed_url()).send(Request("POST"))
    assert not caught.value.may_have_happened


def test_a_request_during_the_handling_of_another_error_has_its_own_sentence(connect: Callable[..., Http]) -> None:
    with serve(weather.hang_up) as server:
        try:
            raise ConnectFault from ConnectionRefusedError()
        except ConnectFault:
            with pytest.raises(Unreachable, match=r"broke off the connection|without an answer") as caught:
                connect(server.url).send(Request("POST"))
    assert caught.value.may_have_happened


def test_an_unknown_name_says_so(connect: Callable[..., Http]) -> None:
    error = ConnectFault()
    error.__cause__ = socket.gaierror(-2, "nope")
    with pytest.raises(Unreachable, match="its name is unknown") as caught:
        raise translate_exception(error, LABEL)
    assert not caught.value.may_have_happened


@pytest.mark.parametrize("cause", [TimeOver(), socket.timeout("timed out")])
def test_a_request_that_cannot_be_sent_in_time_is_a_timeout(cause: Exception) -> None:
    error = SendFault()
    error.__cause__ = cause
    failure = translate_exception(error, LABEL)
    assert isinstance(failure, TimedOut) and failure.may_have_happened
    assert "took too long to take the request" in str(failure)


def test_an_untrusted_certificate_is_not_accepted(connect: Callable[..., Http]) -> None:
    with serve(weather.answer(), tls=True) as server:
        with pytest.raises(TlsFailed, match=r"certificate that is not trusted .self"):
            connect(server.url).send(Request("GET"))
        assert server.seen == []


def test_https_to_a_plain_port_says_what_to_change(connect: Callable[..., Http]) -> None:
    with serve(weather.answer()) as server, pytest.raises(TlsFailed, match="start 'Box URL' with http://"):
        connect(server.url.replace("http:", "https:")).send(Request("GET"))


def test_a_missing_key_is_told_from_a_wrong_one(connect: Callable[..., Http]) -> None:
    with serve(weather.unauthorized()) as server, pytest.raises(AuthRejected, match=r"none is set.*Fill in 'Box key'"):
        connect(server.url, keys={"ApiKey": ""}).send(Request("GET"))


@pytest.mark.parametrize("key", ["two\nlines", "dots…", "emoji 🔑"])
def test_a_key_that_cannot_be_sent_is_a_setting_to_correct(connect: Callable[..., Http], key: str) -> None:
    with (
        serve(weather.answer()) as server,
        pytest.raises(SettingError, match="'Box key' for Box has characters") as caught,
    ):
        connect(server.url, keys={"ApiKey": key}).send(Request("GET"))
    assert key not in str(caught.value)


def test_a_key_the_program_repeats_is_masked(connect: Callable[..., Http]) -> None:
    with serve(weather.answer({"message": f"bad key {KEY}"}, 401)) as server, pytest.raises(AuthRejected) as caught:
        connect(server.url).send(Request("GET", operation=f"using {KEY}"))
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_fault_without_a_row_is_unreachable() -> None:
    class Novelty(TransportFault):
        pass

    assert isinstance(translate_exception(Novelty(), LABEL), Unreachable)
    assert not issubclass(KeyError, TRANSLATED)
