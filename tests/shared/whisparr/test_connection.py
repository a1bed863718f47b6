"""Connecting to Whisparr: every way it can fail has its own error and sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.whisparr.server import WhisparrDouble
from shared.errors import (
    AuthRejected,
    BadReply,
    NotFound,
    ServerFailed,
    StartingUp,
    TimedOut,
    Unreachable,
    WrongService,
    WrongVersion,
)
from shared.http import NO_RETRIES, Http, Service, Timeouts
from shared.whisparr.add import NewScene, add_scene
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import MetadataDown
from shared.whisparr.model import WhisparrProgram, supports_box
from shared.whisparr.wire import read_date
from tests.harness.weather import answer, serve

Connect = Callable[..., Whisparr]
SCENE = "0a0d9ec1-1111-4222-8333-444455556666"


@pytest.mark.parametrize(("program", "version"), [("v3", "3.2.0.412"), ("v3-dev", "10.0.0.30351")])
def test_version_3_and_its_developer_builds_are_accepted(connect: Connect, program: str, version: str) -> None:
    with (double := WhisparrDouble(program)).server:
        assert connect(double.url).connect() == WhisparrProgram(double.url, "Whisparr", version)


@pytest.mark.parametrize(
    ("program", "error", "words"),
    [
        ("v2", WrongVersion, r"Whisparr v2 \(2\.0\.0\.548\) .* v3 is needed"),
        ("v2-dev", WrongVersion, r"Whisparr v2 \(10\.0\.0\.28904\)"),
        ("radarr", WrongService, r"Radarr 5\.14\.0\.9383 answers .* Whisparr v3 is needed"),
        ("sonarr", WrongService, r"Sonarr 4\.0\.11\.2680 answers"),
    ],
)
def test_other_programs_are_named_and_nothing_is_asked_of_them(
    connect: Connect, program: str, error: type[Exception], words: str
) -> None:
    with (double := WhisparrDouble(program)).server:
        with pytest.raises(error, match=words):
            add_scene(connect(double.url), NewScene(SCENE, "x", 4, "/data/scenes"))
        assert {request.method for request in double.server.traffic.requests()} == {"GET"}
        assert double.server.traffic.requests(path="lookup") == []
        assert double.state.movies == {}


def test_a_rejected_key_is_an_error_that_does_not_show_it(connect: Connect, double: WhisparrDouble) -> None:
    with pytest.raises(AuthRejected, match="did not accept the key") as caught:
        connect(double.url, "wrong-key-123").connect()
    assert "wrong-key-123" not in str(caught.value)


def test_a_starting_whisparr_is_an_error_of_its_own(connect: Connect, double: WhisparrDouble) -> None:
    double.state.behavior.is_starting = True
    with pytest.raises(StartingUp, match="starting up"):
        connect(double.url).connect()


def test_a_metadata_service_that_is_down_is_an_error_of_its_own(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.behavior.metadata_down = True
    with pytest.raises(MetadataDown, match="metadata service does not answer") as caught:
        add_scene(whisparr, NewScene(SCENE, "Beach day", 1, "/data/scenes"))
    assert "line 42" not in str(caught.value)


def test_a_closed_port_is_unreachable(connect: Connect, double: WhisparrDouble) -> None:
    double.server.take_down()
    with pytest.raises(Unreachable, match="connection was refused"):
        connect(double.url).connect()


def test_a_slow_answer_ends_after_the_read_timeout(double: WhisparrDouble) -> None:
    double.server.faults.add("hang")
    service = Service(name="Whisparr", url=double.url, timeouts=Timeouts(1, 0.05), retry=NO_RETRIES)
    with pytest.raises(TimedOut):
        Whisparr(Http(service)).connect()


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ({"kind": "html"}, WrongService, "web page"),
        ({"kind": "answer", "status": 404}, WrongService, "not Whisparr"),
        ({"kind": "answer", "content": '{"ok":true}'}, WrongService, "not Whisparr"),
        ({"kind": "answer", "content": "[]"}, WrongService, "not Whisparr"),
        ({"kind": "truncated"}, BadReply, "broken off"),
        ({"kind": "server_error"}, ServerFailed, "status 500"),
    ],
)
def test_replies_of_other_programs_have_errors_of_their_own(
    connect: Connect, double: WhisparrDouble, fault: dict[str, Any], error: type[Exception], words: str
) -> None:
    double.server.faults.add(**fault)
    with pytest.raises(error, match=words):
        connect(double.url).connect()


def test_an_address_without_scheme_is_completed(connect: Connect, double: WhisparrDouble) -> None:
    assert connect(double.url.partition("//")[2] + "/").connect().base_url == double.url


def test_a_forgotten_url_base_is_learned_and_kept_for_writes(connect: Connect, double: WhisparrDouble) -> None:
    double.state.behavior.url_base = "/whisparr"
    program = connect(double.url).connect()
    assert program.base_url == f"{double.url}/whisparr"
    double.server.traffic.clear()
    connect(program.base_url, known=program).add_tag("new-one")
    assert [request.path for request in double.server.traffic.requests()] == ["/whisparr/api/v3/tag"]


def test_a_write_with_a_forgotten_url_base_is_carried_out_once(connect: Connect, double: WhisparrDouble) -> None:
    double.state.behavior.url_base = "/whisparr"
    add_scene(connect(double.url), NewScene(SCENE, "x", 4, "/data/scenes"))
    assert len(double.state.movies) == 1


def test_who_answers_is_asked_once_and_not_again_next_time(connect: Connect, double: WhisparrDouble) -> None:
    first = connect(double.url)
    first.list_tags()
    first.list_profiles()
    connect(double.url, known=first.program).list_tags()
    assert len(double.server.traffic.requests(path="system/status")) == 1


def test_a_known_whisparr_that_was_replaced_is_noticed(connect: Connect) -> None:
    with (double := WhisparrDouble("v2")).server, pytest.raises(WrongVersion):
        connect(double.url, known=WhisparrProgram(double.url, "Whisparr", "3.2.0.412")).list_movie_ids()


def test_a_route_that_is_missing_from_the_right_program_is_not_found(
    whisparr: Whisparr, double: WhisparrDouble
) -> None:
    double.server.faults.add("answer", status=404, path="queue")
    with pytest.raises(NotFound):
        whisparr.read_queue()


def test_many_scenes_that_are_gone_do_not_ask_again_and_again_who_answers(
    whisparr: Whisparr, double: WhisparrDouble
) -> None:
    assert [whisparr.remove_scene(number) for number in (7, 8, 9)] == [False] * 3
    assert len(double.server.traffic.requests()) == 3


@pytest.mark.parametrize("body", ["{}", '["x"]', "null"])
def test_something_else_than_a_list_is_never_taken_for_an_empty_one(
    whisparr: Whisparr, double: WhisparrDouble, body: str
) -> None:
    double.server.faults.add("answer", content=body, path="api/v3/(queue|movie)")
    for ask in (whisparr.read_queue, whisparr.list_movie_ids):
        with pytest.raises(BadReply, match="something else than a list"):
            ask()


def test_a_failure_inside_whisparr_shows_no_stack_trace(whisparr: Whisparr) -> None:
    with pytest.raises(ServerFailed, match="Expected query") as caught:
        whisparr.wire.write("PUT", "movie/editor", "editing", json={"movieIds": [9]}, repeatable=False)
    assert "line 42" not in str(caught.value)


@pytest.mark.parametrize(
    ("endpoint", "name", "supported"),
    [
        ("https://stashdb.org/graphql", "anything", True),
        ("https://fansdb.cc/graphql", "FansDB", False),
        ("https://theporndb.net/graphql", "TPDB", False),
        ("https://notstashdb.org/graphql", "StashDB", False),
        ("http://127.0.0.1:9998/graphql", "StashDB", True),
        ("http://127.0.0.1:9998/graphql", "Other", False),
        ("", "StashDB", False),
    ],
)
def test_only_scenes_of_stashdb_can_be_added(endpoint: str, name: str, supported: bool) -> None:
    assert supports_box(endpoint, name) is supported


@pytest.mark.parametrize(("date", "moment"), [("Thu, 01 Jan 1970 00:16:40 GMT", 1000.0), ("soon", None), ("", None)])
def test_the_date_of_an_answer_is_read_or_unknown(date: str, moment: float | None) -> None:
    assert read_date(date) == moment


def test_the_time_of_the_last_answer_is_kept(connect: Connect) -> None:
    with serve(answer({"appName": "Whisparr", "version": "3.2.0.412"})) as server:  # it dates its answers
        whisparr = connect(server.url)
        assert whisparr.wire.answered_at is None
        whisparr.connect()
        assert whisparr.wire.answered_at
