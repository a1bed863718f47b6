"""The client as a whole: it starts lazily, keeps its session, and never takes an error for an empty answer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from shared.errors import AuthRejected, GraphQLFailed, Refused, TlsFailed
from shared.http import Http, is_own_address
from shared.stash import StashAddress, StashClient
from shared.stash.client import make_service
from tests.harness.clock import CountingClock
from tests.harness.weather import Server, answer, reset, serve, unauthorized

from .conftest import RELEASE, ScriptedStash, refuse


def test_making_one_sends_nothing(server: Server, stash: StashClient) -> None:
    assert (server.seen, repr(stash)) == ([], f"StashClient(Http(Stash at {server.url}))")


def test_reading_the_release_is_one_request(stash: StashClient, scripted: ScriptedStash) -> None:
    stash.read_release()
    assert scripted.names == ["Version"]


def test_the_session_goes_along_and_is_renewed(clock: CountingClock) -> None:
    with serve(
        answer({"data": RELEASE}, Set_Cookie="session=cookie-2; Path=/; HttpOnly"), answer({"data": {}})
    ) as server:
        stash = StashClient(StashAddress(server.url, cookie="cookie-1"), clock=clock)
        stash.read_release()
        stash.ask("{ version { version } }")
    assert [seen.headers["Cookie"] for seen in server.seen] == ["session=cookie-1", "session=cookie-2"]


def test_an_api_key_goes_along_with_the_cookie_that_carries_the_hook_list(server: Server) -> None:
    StashClient(StashAddress(server.url, api_key="key-12345", cookie="cookie-1")).read_release()
    headers = server.seen[0].headers
    assert (headers["ApiKey"], headers["Cookie"]) == ("key-12345", "session=cookie-1")


@pytest.mark.parametrize(("api_key", "hint"), [("", "start it again from Stash"), ("key-12345", "Settings > Security")])
def test_a_rejected_session_or_key_says_what_to_do(api_key: str, hint: str) -> None:
    with serve(unauthorized()) as server, pytest.raises(AuthRejected, match=hint):
        StashClient(StashAddress(server.url, api_key=api_key)).read_release()


def test_a_stash_below_a_path_is_reached(scripted: ScriptedStash) -> None:
    with serve(scripted) as server:
        StashClient(StashAddress(f"{server.url}/media/stash/")).read_release()
    assert server.seen[0].path == "/media/stash/graphql"


def test_the_self_signed_certificate_of_this_machine_is_accepted(scripted: ScriptedStash) -> None:
    with serve(scripted, tls=True) as server:
        assert StashClient(StashAddress(server.url)).read_release().text == "v0.30.1"


@pytest.mark.parametrize(
    ("url", "verify"),
    [("https://127.0.0.1:9999", False), ("https://192.0.2.7:9999", True), ("https://stash.example", True)],
)
def test_a_certificate_is_only_taken_on_trust_on_this_machine(url: str, verify: bool) -> None:
    door = SimpleNamespace(url=url, cookie_name="session", cookie="", dir="")
    assert make_service(door).verify_tls is verify
    assert is_own_address("127.0.0.1")


def test_sessions_are_kept_alive_only_after_some_minutes(
    stash: StashClient, scripted: ScriptedStash, clock: CountingClock
) -> None:
    scripted.answers["Ping"] = {"version": {"version": "v"}}
    for _ in range(10):
        clock.advance(60)
        stash.keep_alive()
    assert scripted.names == ["Ping", "Ping"]


def test_queries_are_repeated_and_writes_are_not(clock: CountingClock, scripted: ScriptedStash) -> None:
    with serve(reset, scripted) as server:
        stash = StashClient(StashAddress(server.url), clock=clock)
        assert stash.read_release().text == "v0.30.1"
    assert len(server.seen) == 2


def test_errors_are_never_an_empty_result(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["List"] = refuse("database is locked")
    with pytest.raises(GraphQLFailed, match="while listing tags: database is locked"):
        stash.tags.ids()


def test_a_newer_document_is_tried_first(stash: StashClient, scripted: ScriptedStash) -> None:
    data = stash.ask_newest(["query Version { version { nope } }", "query Version { version { version } }"])
    assert data == RELEASE
    with pytest.raises(Refused, match="'nope'"):
        stash.ask_newest(["query Version { version { nope } }"])


def test_an_untrusted_stash_elsewhere_is_refused() -> None:
    with serve(answer(), tls=True) as server, pytest.raises(TlsFailed):
        stash = StashClient(StashAddress(server.url))
        stash.http = Http(stash.http.service._replace(verify_tls=True))
        stash.read_release()
