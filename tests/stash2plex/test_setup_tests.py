"""The tests of the Setup tab."""

from __future__ import annotations

import contextlib
import ssl
from typing import Any

import pytest

from sandbox.messages import Response
from sandbox.serving import HttpServer
from shared.errors import GraphQLFailed
from tests.harness.weather import CERTIFICATE
from tests.stash2plex.pair import Pair


@pytest.mark.parametrize(
    ("settings", "test", "state"),
    [
        ({}, "plex", "ok"),
        ({}, "libraries", "ok"),
        ({}, "paths", "ok"),
        ({"plex_token": "wrong"}, "plex", "failed"),
        ({"plex_token": "guest-token"}, "plex", "warning"),
        ({"plex_url": None}, "plex", "not_set_up"),
        ({"plex_library": "No such"}, "libraries", "failed"),
    ],
)
def test_setup_tests_report_what_is_wrong(pair: Pair, settings: dict[str, Any], test: str, state: str) -> None:
    pair.change_settings(**settings)
    (result,) = pair.plugin.operation("setup_tests", only=test)["tests"]
    assert result["state"] == state, result


def run_photo_test(pair: Pair, address: str | None, **settings: Any) -> dict[str, Any]:
    pair.stock.add_performer("Ann Example", picture="ann")
    pair.change_settings(photo_address=address, **settings)
    result: dict[str, Any] = pair.plugin.operation("setup_tests", only="photos")["tests"][0]
    return result


def test_without_an_address_for_photos_the_provider_is_offered(pair: Pair) -> None:
    result = run_photo_test(pair, None)
    assert (result["state"], "start the plugin's provider" in result["next_step"]) == ("not_set_up", True)


def test_plex_itself_tries_whether_it_can_fetch_a_photo(pair: Pair) -> None:
    result = run_photo_test(pair, pair.plugin.stash.url)
    assert (result["state"], result["message"]) == ("ok", "Plex can fetch photos of performers from this address.")
    (asked,) = pair.list_requests(path="/photo/:/transcode")
    assert asked.parameter("url").startswith(f"{pair.plugin.stash.url}/performer/1/image?t=")
    (fetched,) = [each for each in pair.plugin.stash.server.traffic.requests() if "/performer/" in each.path]
    assert "urllib" in fetched.header("user-agent")  # the double of Plex, not the plugin


@pytest.mark.parametrize(
    ("fault", "details"), [("html", {}), ("unauthorized", {}), ("redirect", {"location": "/login"})]
)
def test_a_stash_with_a_login_leads_to_the_provider(pair: Pair, fault: str, details: dict[str, Any]) -> None:
    pair.plugin.stash.server.faults.add(fault, path="/performer/", **details)
    result = run_photo_test(pair, pair.plugin.stash.url)
    assert (result["state"], result["message"]) == ("warning", "No photo is given without a login.")
    assert "start the plugin's provider and enter the address for photos" in result["next_step"]


def test_an_address_that_only_this_machine_reaches_is_told(pair: Pair) -> None:
    pair.plex.state.options.fetches_pictures = False
    result = run_photo_test(pair, pair.plugin.stash.url)
    assert (result["state"], "Plex could not fetch it" in result["message"]) == ("warning", True)
    assert "as Plex's machine reaches it" in result["next_step"]


def test_before_plex_is_set_up_the_photo_is_fetched_from_here(pair: Pair) -> None:
    result = run_photo_test(pair, pair.plugin.stash.url, plex_url=None)
    assert (result["state"], "from here" in result["message"]) == ("ok", True)


def test_an_address_at_which_nothing_is_fails(pair: Pair) -> None:
    result = run_photo_test(pair, "http://127.0.0.1:1")
    assert result["state"] == "failed"
    assert 'the setting "Address for Photos"' in result["message"]


def read_row(pair: Pair, answer: Any, key: str) -> dict[str, Any]:
    return next(row for row in answer["settings"] if row["key"] == key)


def test_a_saved_token_never_goes_to_an_unsaved_address(pair: Pair) -> None:
    with HttpServer("other", lambda _request: Response(200, b"{}")) as other:
        for name, args in (("setup_tests", {"only": "plex"}), ("setting_choices", {"key": "plex_library"})):
            with contextlib.suppress(GraphQLFailed):
                pair.plugin.operation(name, values={"plex_url": other.url}, **args)
        assert other.traffic.requests() == []
        (result,) = pair.plugin.operation("setup_tests", only="plex", values={"plex_url": other.url})["tests"]
        assert (result["state"], result["setting"]) == ("failed", "plex_token")
        assert f'"Plex Token" was saved for {pair.plex.url}. Enter it again for {other.url}.' in result["message"]


def test_a_token_that_is_entered_with_the_new_address_is_used(pair: Pair) -> None:
    values = {"plex_url": pair.plex.url, "plex_token": pair.plex.token}
    pair.change_settings(plex_url="http://127.0.0.1:1", plex_token="token-of-the-other")
    (result,) = pair.plugin.operation("setup_tests", only="plex", values=values)["tests"]
    assert result["state"] == "ok"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", None])
def test_saving_another_address_removes_the_token_and_says_so(pair: Pair, address: str | None) -> None:
    answer = pair.plugin.operation("settings_save", values={"plex_url": address})
    row = read_row(pair, answer, "plex_token")
    assert (row["is_set"], pair.plex.url in row["problem"]) == (False, True)
    assert "plex_token" not in pair.stash.read_plugin_settings(pair.plugin.id)


def test_saving_the_same_server_keeps_the_token(pair: Pair) -> None:
    answer = pair.plugin.operation("settings_save", values={"plex_url": f"{pair.plex.url}/"})
    assert read_row(pair, answer, "plex_token")["is_set"]


def test_a_token_inside_an_address_is_split_off(pair: Pair) -> None:
    pair.change_settings(plex_url=None, plex_token=None)
    typed = f"{pair.plex.url}/?X-Plex-Token={pair.plex.token}"
    answer = pair.plugin.operation("settings_save", values={"plex_url": typed})
    assert pair.plex.token not in str(answer)
    saved = pair.stash.read_plugin_settings(pair.plugin.id)
    assert (saved["plex_url"], saved["plex_token"]) == (pair.plex.url, pair.plex.token)


def test_a_password_inside_an_address_is_masked_and_kept(pair: Pair) -> None:
    login = pair.plex.url.replace("://", "://ann:pass-word-1@")
    masked = login.replace("pass-word-1", "•••")
    answer = pair.plugin.operation("settings_save", values={"plex_url": login})
    assert (read_row(pair, answer, "plex_url")["value"], "pass-word-1" in str(answer)) == (masked, False)
    pair.plugin.operation("settings_save", values={"plex_url": f"{masked}/"})
    assert pair.stash.read_plugin_settings(pair.plugin.id)["plex_url"] == login
    with pytest.raises(GraphQLFailed, match="Enter the password"):
        pair.plugin.operation("settings_save", values={"plex_url": "http://ann:•••@127.0.0.1:1"})


def test_a_certificate_nobody_vouches_for_is_accepted_if_the_setting_says_so(pair: Pair) -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(CERTIFICATE)
    with HttpServer("plex", pair.plex.server.handler, tls=own) as encrypted:
        pair.change_settings(plex_url=encrypted.url)
        (refused,) = pair.plugin.operation("setup_tests", only="plex")["tests"]
        assert (refused["state"], refused["code"]) == ("failed", "TlsFailed")
        assert 'the setting "Accept Any Certificate"' in refused["message"]
        assert encrypted.traffic.requests() == []
        pair.change_settings(plex_any_certificate=True)
        (accepted,) = pair.plugin.operation("setup_tests", only="plex")["tests"]
        assert accepted["state"] == "ok", accepted
