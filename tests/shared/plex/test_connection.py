"""Connecting to Plex: every way it can fail has its own error and sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.plex.examples import add_tricky_items
from sandbox.plex.model import Unavailable
from sandbox.plex.server import PlexDouble
from sandbox.plex.state import PlexState
from sandbox.serving import HttpServer
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import AuthRejected, BadReply, RateLimited, ServerFailed, StartingUp, Unreachable, WrongService
from shared.plex.client import Plex
from shared.plex.errors import LibraryMissing, OtherServer

Connect = Callable[..., Plex]


def test_a_good_connection_returns_server_and_libraries(plex: Plex, double: PlexDouble) -> None:
    found = plex.check_connection(expected=double.state.machine_id)
    assert (found.server.name, found.warnings) == ("Example Plex", ())
    assert [(section.id, section.title, section.locations[0].path) for section in found.sections] == [
        ("3", "Videos", "/data")
    ]


def test_every_request_carries_the_same_identity_and_the_token_as_a_header(plex: Plex, double: PlexDouble) -> None:
    plex.check_connection()
    for request in double.server.traffic.requests():
        assert request.header("x-plex-client-identifier") == "client-1"
        assert request.header("x-plex-token") == "plex-token"
        assert "plex-token" not in request.target


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ({"kind": "reset"}, Unreachable, "broke off"),
        ({"kind": "html"}, WrongService, "web page"),
        ({"kind": "truncated"}, BadReply, "broken off"),
        ({"kind": "server_error"}, ServerFailed, "status 500"),
        ({"kind": "rate_limited", "retry_after": 20}, RateLimited, "slow down"),
        ({"kind": "answer", "content": "{}", "content_type": "application/json"}, WrongService, "not Plex"),
        (
            {"kind": "answer", "content": '{"MediaContainer":{}}', "content_type": "application/json"},
            WrongService,
            "not Plex",
        ),
        (
            {"kind": "answer", "content": '{"MediaContainer":{"startState":"startingPlugins"}}'},
            StartingUp,
            "still starting",
        ),
    ],
)
def test_each_failure_is_told_apart(
    connect: Connect, double: PlexDouble, fault: dict[str, Any], error: type[Exception], words: str
) -> None:
    double.server.faults.add(**fault)
    with pytest.raises(error, match=words):
        connect().check_connection()


def test_a_closed_port_is_unreachable(plex: Plex, double: PlexDouble) -> None:
    double.server.take_down()
    with pytest.raises(Unreachable, match="refused"):
        plex.check_connection()


def test_a_rejected_token_is_told_without_showing_it(connect: Connect) -> None:
    with pytest.raises(AuthRejected, match="did not accept the key") as caught:
        connect("bad-token-1234").check_connection()
    assert "bad-token-1234" not in str(caught.value)


def test_a_rejected_token_is_told_also_when_identity_needs_one(connect: Connect, double: PlexDouble) -> None:
    double.state.options.identity_needs_token = True
    with pytest.raises(AuthRejected):
        connect("bad-token-1234").check_connection()


@pytest.mark.parametrize("status", [401, 404])
def test_another_program_that_rejects_us_is_not_taken_for_plex(connect: Connect, status: int) -> None:
    def answer(request: HttpRequest) -> Response:
        return Response(status) if request.path in ("", "/") else json_response({}, 404)

    with HttpServer("other", answer) as other, pytest.raises(WrongService, match="not Plex"):
        connect(url=other.url).check_connection()


def test_whisparr_in_the_place_of_plex_is_no_question_of_the_token(connect: Connect) -> None:
    whisparr = WhisparrDouble()
    with whisparr.server, pytest.raises(WrongService, match="not Plex"):
        connect(url=whisparr.url).check_connection()


def test_maintenance_shows_the_reason_plex_gives(plex: Plex, double: PlexDouble) -> None:
    double.state.unavailable = Unavailable(status="Running database migrations.")
    with pytest.raises(StartingUp, match=r"not ready yet: .Running database migrations\."):
        plex.check_connection()


def test_a_start_up_is_waited_for_when_there_is_time(connect: Connect, double: PlexDouble) -> None:
    double.server.faults.add("server_error", status=503, times=2)
    assert connect(attempts=3).check_connection().server.name == "Example Plex"


def test_a_guests_token_connects_with_a_warning(connect: Connect) -> None:
    found = connect("guest-token").check_connection()
    assert found.warnings == (
        "This token may only look. Use the token of the server's owner, else nothing can be written.",
    )


def test_a_server_without_libraries_connects_with_a_warning(plex: Plex, double: PlexDouble) -> None:
    double.state.sections.clear()
    assert plex.check_connection().warnings == ("This Plex has no library this token may see.",)


def test_another_server_behind_the_same_address_is_noticed(plex: Plex, double: PlexDouble) -> None:
    double.state.machine_id = PlexState(name="Replacement").machine_id
    with pytest.raises(OtherServer, match="Another Plex"):
        plex.check_connection(expected="the first")


def test_a_library_is_found_by_its_id_whatever_it_is_called(plex: Plex, double: PlexDouble) -> None:
    double.state.sections.clear()
    add_tricky_items(double.state)
    double.state.sections[5].title = "Renamed"
    assert plex.read_section("5").title == "Renamed"


def test_a_library_that_is_gone_is_named_with_those_that_exist(plex: Plex) -> None:
    with pytest.raises(LibraryMissing, match=r"number 9\) is gone. Plex has: \"Videos\""):
        plex.read_section("9")
