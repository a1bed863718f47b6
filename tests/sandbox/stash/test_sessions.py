"""Logins, cookies and keys."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
import requests

from tests.harness.sandbox import Calendar, RunningStash

MakeStash = Callable[..., RunningStash]
ASK = "{ version { version } }"
SET_LOGIN = 'mutation { configureGeneral(input: {username: "me", password: "pass word"}) { username } }'
LOGIN = {"username": "me", "password": "pass word"}


@pytest.fixture
def guarded(make_stash: MakeStash, calendar: Calendar) -> RunningStash:
    """A Stash with a login."""
    stash = make_stash(now=calendar.now)
    stash.ask(SET_LOGIN)
    return stash


@pytest.fixture
def cookie(guarded: RunningStash) -> str:
    """The session cookie after a login."""
    answer = requests.post(f"{guarded.url}/login", data=LOGIN, timeout=60)
    return f"session={answer.cookies['session']}"


def status(stash: RunningStash, **headers: str) -> int:
    return stash.post(ASK, None, **headers).status_code


def test_without_a_login_everybody_is_let_in(stash: RunningStash) -> None:
    assert status(stash) == status(stash, Cookie="session=abc") == 200


def test_with_a_login_nobody_is_let_in_without(guarded: RunningStash) -> None:
    refused = guarded.post(ASK)
    assert (refused.status_code, refused.content) == (401, b"")
    assert refused.headers["www-authenticate"] == "FormBased"


@pytest.mark.parametrize("sent", [{}, {"username": "me"}, {**LOGIN, "password": "x"}, {**LOGIN, "username": "you"}])
def test_a_wrong_password_is_refused(sent: dict[str, str], guarded: RunningStash) -> None:
    answer = requests.post(f"{guarded.url}/login", data=sent, timeout=60)
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)


def test_a_login_gives_a_cookie(guarded: RunningStash, cookie: str) -> None:
    assert status(guarded, Cookie=cookie) == 200
    assert status(guarded, Cookie=cookie + "0") == 401


def test_each_answer_dates_the_cookie_anew(guarded: RunningStash, cookie: str, calendar: Calendar) -> None:
    for _ in range(3):
        calendar.pass_time(minutes=50)
        cookie = guarded.post(ASK, Cookie=cookie).headers["set-cookie"].split(";")[0]
    assert status(guarded, Cookie=cookie) == 200
    calendar.pass_time(minutes=61)
    assert status(guarded, Cookie=cookie) == 401


def test_the_age_of_sessions_can_be_set(guarded: RunningStash, cookie: str, calendar: Calendar) -> None:
    change = "mutation { configureGeneral(input: {maxSessionAge: 60}) { maxSessionAge } }"
    cookie = guarded.post(change, Cookie=cookie).headers["set-cookie"].split(";")[0]
    calendar.pass_time(seconds=61)
    assert status(guarded, Cookie=cookie) == 401


def test_a_key_lets_in_without_a_cookie(guarded: RunningStash, cookie: str) -> None:
    answer = guarded.post("mutation { generateAPIKey(input: {}) }", Cookie=cookie)
    key = answer.json()["data"]["generateAPIKey"]
    assert status(guarded, ApiKey=key) == guarded.get(f"/graphql?query={ASK}&apikey={key}").status_code == 200
    assert "set-cookie" not in guarded.post(ASK, ApiKey=key).headers


def test_without_a_user_name_there_is_no_key(stash: RunningStash) -> None:
    assert stash.ask("mutation { generateAPIKey(input: {}) }") == ""


def test_a_wrong_key_is_refused_whatever_else_is_right(guarded: RunningStash, cookie: str, stash: RunningStash) -> None:
    assert status(guarded, ApiKey="wrong", Cookie=cookie) == 401
    assert status(stash, ApiKey="wrong") == 401


PAGES = ["/", "/scenes/12", "/index.html", "/plugin/x/javascript", "/scene/1/screenshot?t=5"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_lead_to_the_login(path: str, guarded: RunningStash) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/login?returnURL={quote(path, safe='')}"


@pytest.mark.parametrize("path", ["/image.png", "/manifest.json", "/graphql"])
def test_other_files_are_refused(path: str, guarded: RunningStash) -> None:
    assert guarded.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/login"])
def test_some_pages_are_free(path: str, guarded: RunningStash) -> None:
    assert guarded.get(path).status_code == 200


def test_logging_out_ends_the_session(guarded: RunningStash, cookie: str) -> None:
    answer = guarded.get("/logout", Cookie=cookie)
    assert answer.headers["location"] == "/login"
    assert "Max-Age=0" in answer.headers["set-cookie"]


def test_passwords_and_keys_are_never_shown(guarded: RunningStash, cookie: str) -> None:
    shown = guarded.post("{ configuration { general { password } } }", Cookie=cookie).json()
    assert shown["data"]["configuration"]["general"]["password"] != LOGIN["password"]
