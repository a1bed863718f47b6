"""A hook asks Stash to queue the drain: one request, a tiny budget, never a failure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from shared.queue.enqueue import BUDGET, post_graphql

from shared.errors import BadReply, ServiceError, TimedOut, Unreachable
from shared.runtime.call import StashConnection
from tests.harness import weather
from tests.harness.process import document, hook, run_plugin
from tests.harness.weather import Server, Weather, answer, serve
from tests.shared.conftest import SAMPLE, RunSample

QUEUED = {"data": {"runPluginTask": "17"}}
ASKING = hook("Tag.Update.Post", 3, ["name"])


def port_of(server: Server) -> int:
    return int(server.server_address[1])


def connect(server: Server, scheme: str = "http", host: str = "0.0.0.0") -> StashConnection:
    """What a call knows about the Stash behind this server."""
    cookie = {"Name": "session", "Value": "cookie-value"}
    return StashConnection({"Scheme": scheme, "Host": host, "Port": port_of(server), "SessionCookie": cookie})


def test_a_hook_queues_the_drain_task_of_its_plugin(run_sample: RunSample) -> None:
    with serve(answer(QUEUED)) as stash:
        outcome = run_sample(ASKING, Port=port_of(stash))
    assert outcome.texts("info") == ["asked True"]
    variables = {"plugin": "samplePlugin", "task": "Drain", "what": "Drain"}
    assert stash.seen[0].json["variables"] == {**variables, "args": {"mode": "drain", "asked_by_hook": True}}


def test_the_request_carries_the_cookie_that_keeps_hooks_from_calling_each_other_for_ever(
    run_sample: RunSample,
) -> None:
    with serve(answer(QUEUED)) as stash:
        run_sample(ASKING, Port=port_of(stash))
    assert (stash.seen[0].path, stash.seen[0].headers["Cookie"]) == ("/graphql", "session=cookie-value-for-tests")


@pytest.mark.parametrize(
    "fault",
    [
        weather.hang,
        weather.drip,
        weather.stall,
        weather.reset,
        weather.hang_up,
        weather.unauthorized(),
        weather.web_page(),
        weather.cut_short,
        answer({"errors": [{"message": "plugin samplePlugin is disabled"}], "data": None}),
        answer({"data": None}, status=503),
    ],
)
def test_whatever_stash_does_the_hook_ends_in_time_and_well(run_sample: RunSample, fault: Weather) -> None:
    with serve(fault) as stash:
        started = monotonic()
        outcome = run_sample(ASKING, Port=port_of(stash))
        assert monotonic() - started < BUDGET + 20
    assert outcome.texts("info") == ["asked False"]
    assert (outcome.error, outcome.exit_code) == (None, 0)


def test_a_stash_that_is_not_there_is_no_failure_of_the_hook(tmp_path: Path) -> None:
    port = int(weather.find_closed_url().rpartition(":")[2])
    outcome = run_plugin(SAMPLE, document(ASKING, state=tmp_path, port=port))
    assert outcome.texts("info") == ["asked False"]


def test_the_home_made_certificate_of_this_machine_is_accepted() -> None:
    with serve(answer(QUEUED), tls=True) as stash:
        assert post_graphql(connect(stash, "https"), "query", {}, 5) == QUEUED["data"]


def test_the_budget_covers_an_answer_that_comes_in_drops() -> None:
    with serve(weather.drip) as stash:
        started = monotonic()
        with pytest.raises(TimedOut, match=r"did not answer within 0\.2 s"):
            post_graphql(connect(stash), "query", {}, 0.2)
        assert monotonic() - started < 20


@pytest.mark.parametrize(
    ("make_fault", "error"),
    [
        (lambda: weather.web_page(), BadReply),
        (lambda: answer({"errors": [{"message": "no"}]}), BadReply),
        (lambda: weather.reset, Unreachable),
        (lambda: weather.hang_up, BadReply),
    ],
)
def test_every_failure_is_an_error_of_stash(make_fault: Callable[[], Weather], error: type[ServiceError]) -> None:
    with serve(make_fault()) as stash, pytest.raises(error, match="Stash") as caught:
        post_graphql(connect(stash), "query", {}, 5)
    assert caught.value.service == "Stash"
