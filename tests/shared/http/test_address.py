"""Addresses as people type them."""

from __future__ import annotations

import pytest

from shared.errors import SettingError
from shared.http.address import is_local, is_loopback, is_same_origin, join_path, parse_address, show_address


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("192.168.1.5:6969", "http://192.168.1.5:6969"),
        (" https://box.example/graphql/ ", "https://box.example/graphql"),
        ("HTTP://Nas:80/stash/", "http://nas:80/stash"),
        ("http://[::1]:9999", "http://[::1]:9999"),
        ("https://box.example/graphql?type=Movie", "https://box.example/graphql?type=Movie"),
        ("http://me:pass%20word@nas:1", "http://nas:1"),
    ],
)
def test_an_address_is_completed(typed: str, base: str) -> None:
    assert parse_address(typed, "'URL'").base == base


@pytest.mark.parametrize(
    "typed", ["http://", "ftp://nas", "http://nas:notaport", "http://a b", "http://nas:0", "http://["]
)
def test_what_is_no_address_names_the_setting(typed: str) -> None:
    with pytest.raises(SettingError, match="'Whisparr URL' is not a web address"):
        parse_address(typed, "'Whisparr URL'")


def test_an_empty_setting_is_told_from_a_wrong_one() -> None:
    with pytest.raises(SettingError, match="'Whisparr URL' is not filled in"):
        parse_address("  ", "'Whisparr URL'")


def test_a_login_in_the_address_becomes_a_header() -> None:
    address = parse_address("http://me:pass%20word@nas", "'URL'")
    assert (address.password, address.authorization) == ("pass word", "Basic bWU6cGFzcyB3b3Jk")


@pytest.mark.parametrize(
    ("base", "path", "url"),
    [
        ("http://nas:1/base", "api/v3/movie", "http://nas:1/base/api/v3/movie"),
        ("http://nas:1/base/", "/api", "http://nas:1/base/api"),
        ("http://nas:1/graphql?type=Movie", "", "http://nas:1/graphql?type=Movie"),
        ("http://nas:1", "https://cdn.example/a.jpg", "https://cdn.example/a.jpg"),
    ],
)
def test_paths_are_joined_below_the_base(base: str, path: str, url: str) -> None:
    assert join_path(base, path) == url


def test_a_shown_address_has_no_login_and_no_query() -> None:
    assert show_address("http://me:secret@nas:1/a/?apikey=secret#x") == "http://nas:1/a"


@pytest.mark.parametrize(
    ("url", "base", "same"),
    [
        ("http://nas:1/a", "http://nas:1/b", True),
        ("https://nas/a", "http://nas/a", True),
        ("https://nas:9999/a", "http://nas:9999/a", True),
        ("http://nas/a", "https://nas/a", False),
        ("http://nas:2/a", "http://nas:1/a", False),
        ("https://nas:8443/a", "http://nas/a", False),
        ("http://nas.evil/a", "http://nas/a", False),
        ("http://nas:80/a", "http://nas/a", True),
    ],
)
def test_keys_follow_to_the_same_origin_or_up_to_https(url: str, base: str, same: bool) -> None:
    assert is_same_origin(url, base) is same


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("192.168.1.5", True),
        ("whisparr", True),
        ("::1", True),
        ("box.example", False),
    ],
)
def test_an_internet_proxy_is_not_used_at_home(host: str, local: bool) -> None:
    assert is_local(host) is local


@pytest.mark.parametrize(
    ("host", "loopback"), [("localhost", True), ("127.3.2.1", True), ("[::1]", True), ("10.0.0.1", False)]
)
def test_loopback_is_this_machine_only(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
