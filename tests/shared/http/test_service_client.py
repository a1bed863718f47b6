"""What the seam does on the wire: retries, limits, redirects, cookies, deadlines."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from shared import http as room
from shared.errors import (
    BadReply,
    BundleError,
    RateLimited,
    ServerFailed,
    TimedOut,
    TooLarge,
    Unreachable,
    WrongService,
)
from shared.http import NO_RETRIES, Http, Request, RetryPolicy, Service, Timeouts
from shared.http.wire.addresses import TimeOver, find_addresses
from shared.runtime.clock import SYSTEM_CLOCK
from tests.harness.clock import CountingClock
from tests.harness.weather import (
    Server,
    Weather,
    answer,
    answer_and_leave,
    busy,
    drip,
    drip_headers,
    find_closed_url,
    flood,
    hang,
    redirect,
    reset,
    send,
    serve,
    stall,
    truncated,
    web_page,
    zipped,
)

from .conftest import KEY

Connect = Callable[..., Http]


class CountingLimiter:
    """A limiter that counts its turns and penalties and asks to wait `wait` seconds."""

    def __init__(self, wait: float = 0.0) -> None:
        self.wait = wait
        self.turns = 0
        self.penalties: list[float] = []

    def take_turn(self, longest: float) -> float:
        self.turns += 1
        return self.wait

    def is_paused(self) -> bool:
        return False

    def penalize(self, seconds: float) -> None:
        self.penalties.append(seconds)


def test_half_a_surrogate_pair_goes_out_as_json_writes_it(connect: Connect) -> None:
    with serve(answer()) as server:
        connect(server.url).send(Request("POST", json={"name": "Zoë \ud83d"}))
    assert server.seen[0].body == '{"name":"Zoë \\ud83d"}'.encode()


def test_json_goes_out_and_comes_back(connect: Connect) -> None:
    with serve(zipped({"name": "Ö"})) as server:
        reply = connect(server.url).send(
            Request("POST", "a", json={"é": 1}, params={"x": [1, 2], "y": True, "z": None})
        )
    assert reply.data == {"name": "Ö"}
    assert (server.seen[0].json, server.seen[0].path) == ({"é": 1}, "/a?x=1&x=2&y=true")


def test_half_a_character_in_an_answer_is_replaced(connect: Connect) -> None:
    with serve(send(b'{"name": "half \\ud800"}', content_type="application/json")) as server:
        assert connect(server.url).send(Request("GET")).data == {"name": "half \ufffd"}


def test_every_request_says_who_it_is_and_takes_compressed_answers(connect: Connect) -> None:
    with serve(answer()) as server:
        connect(server.url, headers={"X-Product": "Bundle"}).send(Request("GET"))
    headers = server.seen[0].headers
    assert [headers[name] for name in ("User-Agent", "Accept-Encoding", "Accept", "X-Product", "ApiKey")] == [
        "stash-plugin-bundle",
        "gzip, deflate",
        "application/json",
        "Bundle",
        KEY,
    ]


def test_a_key_pasted_with_blanks_still_works(connect: Connect) -> None:
    with serve(answer()) as server:
        connect(server.url, keys={"ApiKey": f"  {KEY}\n"}).send(Request("GET"))
    assert server.seen[0].headers["ApiKey"] == KEY


def test_connections_are_kept(connect: Connect) -> None:
    with serve(answer()) as server:
        http = connect(server.url)
        for _ in range(3):
            http.send(Request("GET"))
    assert len({seen.client_port for seen in server.seen}) == 1


def test_a_connection_closed_meanwhile_is_no_failed_write(connect: Connect) -> None:
    with serve(answer_and_leave) as server:
        http = connect(server.url)
        for _ in range(3):
            http.send(Request("POST"))
            server.wait_until_quiet()
    assert len(server.seen) == len({seen.client_port for seen in server.seen}) == 3


def test_pictures_are_bytes_even_when_they_look_like_a_page(connect: Connect) -> None:
    with serve(web_page()) as server:
        reply = connect(server.url).send(Request("GET", expect="bytes"))
    assert (reply.body[:5], reply.content_type) == (b"<!DOC", "text/html")


def test_an_empty_answer_is_allowed_when_it_is_expected(connect: Connect) -> None:
    with serve(send(b"", 204)) as server:
        assert connect(server.url).send(Request("DELETE", expect="json-or-empty")).data is None


@pytest.mark.parametrize("sky", [reset, hang, truncated(), busy(), send(b"", 503), web_page(502)])
def test_a_read_is_repeated_until_it_works(connect: Connect, sky: object) -> None:
    with serve(sky, sky, answer({"ok": 1})) as server:  # type: ignore[arg-type]
        assert connect(server.url).send(Request("GET")).data == {"ok": 1}


@pytest.mark.parametrize("sky", [reset, hang, truncated(), web_page(502)])
def test_a_write_that_arrived_is_sent_once(connect: Connect, sky: object) -> None:
    with serve(sky) as server, pytest.raises(BundleError) as caught:  # type: ignore[arg-type]
        connect(server.url).send(Request("POST"))
    assert len(server.seen) == 1
    assert caught.value.may_have_happened  # type: ignore[attr-defined]


def test_a_write_marked_repeatable_is_repeated(connect: Connect) -> None:
    with serve(reset, answer()) as server:
        connect(server.url).send(Request("POST", repeatable=True))
    assert len(server.seen) == 2


def test_a_put_marked_unrepeatable_is_not(connect: Connect) -> None:
    with serve(reset) as server, pytest.raises(Unreachable):
        connect(server.url).send(Request("PUT", repeatable=False))
    assert len(server.seen) == 1


def test_a_refused_connection_is_tried_again_for_writes_too(connect: Connect, clock: CountingClock) -> None:
    with pytest.raises(Unreachable):
        connect(find_closed_url()).send(Request("POST"))
    assert clock.slept == [1.0, 2.0]


def test_retry_after_decides_the_pause(connect: Connect, clock: CountingClock) -> None:
    with serve(busy("7"), answer()) as server:
        connect(server.url).send(Request("POST"))
    assert clock.slept == [8.0]


def test_a_pause_that_does_not_fit_comes_back_at_once(connect: Connect, clock: CountingClock) -> None:
    with serve(busy("30")) as server, pytest.raises(RateLimited) as caught:
        connect(server.url, deadline=clock.monotonic() + 20).send(Request("GET"))
    assert (caught.value.retry_after, clock.slept, len(server.seen)) == (30.0, [], 1)


def test_retries_end_with_the_budget(connect: Connect, clock: CountingClock) -> None:
    patient = RetryPolicy(attempts=100, first_delay=4.0, longest_delay=4.0)
    with serve(web_page(502)) as server, pytest.raises(ServerFailed):
        connect(server.url, retry=patient, budget=10.0).send(Request("GET"))
    assert clock.slept == [4.0, 4.0]


def test_nothing_is_sent_after_the_deadline(connect: Connect, clock: CountingClock) -> None:
    with serve(answer()) as server, pytest.raises(TimedOut, match="in the time there was") as caught:
        connect(server.url, deadline=clock.monotonic()).send(Request("POST"))
    assert (server.seen, caught.value.may_have_happened) == ([], False)


class DropClock(CountingClock):
    """A clock that counts 30 seconds for each byte that a server has dripped, so that no real time decides."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server

    def monotonic(self) -> float:
        return self.ticks + 30 * self.server.drops


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("weather", [drip, drip_headers])
def test_a_dripping_answer_ends_with_the_budget(weather: Weather, tls: bool) -> None:
    with serve(weather, tls=tls) as server, pytest.raises(TimedOut, match="too slowly"):
        service = Service("Box", server.url, timeouts=Timeouts(60.0, 60.0), budget=90.0, verify_tls=False)
        Http(service, clock=DropClock(server)).send(Request("POST"))
    assert server.drops >= 3


def test_an_answer_that_stalls_late_ends_with_the_deadline() -> None:
    with serve(stall) as server, pytest.raises(TimedOut, match="too slowly"):
        service = Service("Box", server.url, timeouts=Timeouts(5.0, 60.0))
        Http(service, deadline=SYSTEM_CLOCK.monotonic() + 2).send(Request("POST"))


def test_a_name_that_nobody_knows_in_time_ends_the_wait() -> None:
    asked = threading.Event()

    def ask(*_: object) -> list[object]:
        asked.wait(60)
        return []

    with pytest.raises(TimeOver):
        find_addresses("box.example", 80, 0.01, ask)
    asked.set()


def test_a_long_read_timeout_extends_the_budget(connect: Connect, clock: CountingClock) -> None:
    with serve(busy("15"), answer()) as server:
        connect(server.url, budget=10.0).send(Request("POST", read_timeout=30.0))
    assert clock.slept == [16.0]


def test_every_attempt_takes_a_turn(connect: Connect) -> None:
    limiter = CountingLimiter()
    with serve(reset, redirect("/b"), answer()) as server:
        connect(server.url, limiter=limiter).send(Request("GET"))
    assert limiter.turns == len(server.seen) == 3


def test_a_turn_too_far_away_is_a_wait_not_a_request(connect: Connect) -> None:
    with (
        serve(answer()) as server,
        pytest.raises(RateLimited, match=r"own limit of requests is used up.*in 2 minutes") as caught,
    ):
        connect(server.url, limiter=CountingLimiter(wait=99.0), budget=20).send(Request("GET", operation="reading"))
    assert (caught.value.retry_after, server.seen) == (99.0, [])


@pytest.mark.parametrize(("told", "penalty"), [("7", 7.0), (None, 1.0)])
def test_a_429_slows_all_processes_down(connect: Connect, told: str | None, penalty: float) -> None:
    limiter = CountingLimiter()
    with serve(busy(told), answer()) as server:
        connect(server.url, limiter=limiter).send(Request("GET"))
    assert limiter.penalties == [penalty]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_on_the_same_host_keeps_method_body_and_key(connect: Connect, status: int) -> None:
    with serve(redirect("/base/api/x?y=1", status), answer()) as server:
        http = connect(server.url)
        http.send(Request("POST", "api/x", json={"a": 1}, params={"y": 1}))
    seen = server.seen[1]
    assert (seen.method, seen.path, seen.json, seen.headers["ApiKey"]) == ("POST", "/base/api/x?y=1", {"a": 1}, KEY)
    assert http.base_url == f"{server.url}/base"


def test_a_learned_base_is_used_from_then_on(connect: Connect) -> None:
    with serve(redirect("/base/api/x", 307), answer()) as server:
        http = connect(server.url)
        http.send(Request("GET", "api/x"))
        http.send(Request("GET", "api/y"))
    assert [seen.path for seen in server.seen] == ["/api/x", "/base/api/x", "/base/api/y"]


def test_a_redirect_that_changes_the_path_teaches_nothing(connect: Connect) -> None:
    with serve(redirect("/other"), answer()) as server:
        http = connect(server.url)
        http.send(Request("GET", "api/x"))
    assert http.base_url == server.url


def test_see_other_is_fetched_without_the_body(connect: Connect) -> None:
    with serve(redirect("/result", 303), answer()) as server:
        connect(server.url).send(Request("POST", json={"a": 1}))
    assert (server.seen[1].method, server.seen[1].body) == ("GET", b"")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_data_is_not_fetched_from_another_host(connect: Connect, method: str) -> None:
    with serve(answer()) as other, serve(redirect(f"{other.url}/login?next=x")) as server:
        with pytest.raises(WrongService, match=f"sends us on to {other.url}/login.*'Box URL'"):
            connect(server.url).send(Request(method))
        assert other.seen == []


def test_a_picture_from_another_host_is_asked_for_without_keys(connect: Connect) -> None:
    with serve(send(b"PNG")) as other, serve(redirect(f"{other.url}/a.png")) as server:
        http = connect(server.url, headers={"X-Plex-Token": "t"})
        http.set_cookies({"session": "s-12345"})
        assert http.send(Request("GET", "a.png", headers={"X-More": "1"}, expect="bytes")).body == b"PNG"
    assert not {"ApiKey", "Cookie", "X-Plex-Token", "X-More"} & set(other.seen[0].headers)


def test_keys_do_not_come_back_with_a_second_redirect(connect: Connect) -> None:
    with serve(send(b"PNG")) as server, serve(redirect(f"{server.url}/back")) as other:
        server.script.insert(0, redirect(f"{other.url}/out"))
        connect(server.url).send(Request("GET", expect="bytes"))
    assert [seen.headers["ApiKey"] for seen in server.seen] == [KEY, None]


def test_an_absolute_address_elsewhere_gets_no_keys(connect: Connect) -> None:
    with serve(send(b"PNG")) as cdn:
        connect("http://nas").send(Request("GET", f"{cdn.url}/a.png", expect="bytes"))
    assert cdn.seen[0].headers["ApiKey"] is None


def test_a_login_in_the_address_is_used_and_not_shown(connect: Connect) -> None:
    with serve(send(b"", 500)) as server, pytest.raises(ServerFailed) as caught:
        connect(server.url.replace("//", "//me:hunter22@")).send(Request("POST"))
    assert server.seen[0].headers["Authorization"] == "Basic bWU6aHVudGVyMjI="
    assert "hunter22" not in str(caught.value)


def test_cookies_are_sent_and_refreshed_and_kept_one_per_name(connect: Connect) -> None:
    with serve(answer(Set_Cookie="session=new-cookie; Path=/; Max-Age=3600"), answer()) as server:
        http = connect(server.url)
        http.set_cookies({"session": "old-cookie"})
        http.send(Request("GET"))
        http.send(Request("GET"))
    assert [seen.headers["Cookie"] for seen in server.seen] == ["session=old-cookie", "session=new-cookie"]


def test_a_failure_may_refresh_the_cookie_too(connect: Connect) -> None:
    with serve(send(b"", 500, Set_Cookie="session=newer"), answer()) as server:
        connect(server.url).send(Request("GET"))
    assert server.seen[1].headers["Cookie"] == "session=newer"


def test_a_self_signed_certificate_can_be_allowed(connect: Connect) -> None:
    with serve(answer({"ok": 1}), tls=True) as server:
        assert connect(server.url, verify_tls=False).send(Request("GET")).data == {"ok": 1}


def test_an_own_certificate_authority_is_honoured(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.harness.weather import CERTIFICATE

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with serve(answer({"ok": 1}), tls=True) as server:
        assert connect(server.url).send(Request("GET")).data == {"ok": 1}


def test_home_is_reached_without_the_proxy(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", find_closed_url())
    with serve(answer()) as server:
        connect(server.url).send(Request("GET"))
    assert len(server.seen) == 1


def test_the_internet_is_reached_through_the_proxy(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(answer({"ok": 1})) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert connect("http://box.example").send(Request("GET", "x")).data == {"ok": 1}
    assert proxy.seen[0].path == "http://box.example/x"


def test_a_broken_proxy_is_blamed(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", find_closed_url())
    with pytest.raises(Unreachable, match="through the proxy"):
        connect("http://box.example").send(Request("GET"))


def test_a_request_may_allow_more_than_its_service(connect: Connect) -> None:
    body = b"[" + b" " * 5000 + b"]"
    with serve(send(body)) as server:
        http = connect(server.url, max_bytes=1000)
        assert http.send(Request("GET", max_bytes=10_000)).data == []
        with pytest.raises(TooLarge):
            http.send(Request("GET"))


@pytest.mark.parametrize("piece", [b'{"a":1}', b"{}", b"[]", b"1"])
def test_an_answer_of_many_small_values_is_not_decoded(connect: Connect, piece: bytes) -> None:
    body = b"[" + b",".join([piece] * 500_000) + b"]"
    with serve(send(body)) as server:
        http = connect(server.url)
        assert len(http.send(Request("GET")).data) == 500_000
        with pytest.raises(TooLarge, match="far more values than were asked for"):
            http.send(Request("GET", records=1))


def test_an_answer_that_is_packed_in_another_way_is_not_unpacked(connect: Connect) -> None:
    packed = send(b"\x0b\x02\x80[]\x03", content_encoding="br")
    with serve(packed) as server, pytest.raises(BadReply, match="packed as br"):
        connect(server.url, retry=NO_RETRIES).send(Request("GET"))


def test_every_record_may_be_large(connect: Connect) -> None:
    prints = [{"algorithm": "PHASH", "hash": f"{number:016x}", "duration": number} for number in range(1500)]
    with serve(answer([{"id": str(number), "fingerprints": prints} for number in range(100)])) as server:
        assert len(connect(server.url).send(Request("GET", records=100)).data) == 100


def test_a_huge_error_page_is_cut_and_the_status_still_counts(connect: Connect) -> None:
    with serve(flood(1 << 20, status=500)) as server, pytest.raises(ServerFailed):
        connect(server.url, max_bytes=1000).send(Request("POST"))


def test_nothing_secret_is_in_a_repr(connect: Connect) -> None:
    http = connect("http://me:hunter22@nas", keys={"ApiKey": KEY})
    request = Request("POST", json={"token": KEY}, params={"apikey": KEY}, headers={"A": KEY})
    shown = repr((http, http.service, request))
    assert KEY not in shown
    assert "hunter22" not in shown


def test_the_public_names_are_the_listed_ones() -> None:
    assert all(
        getattr(room, name).__module__.startswith("shared.http")
        for name in room.__all__
        if name != "NO_RETRIES" and name != "Json"
    )
    assert sorted(room.__all__) == sorted(set(room.__all__))
