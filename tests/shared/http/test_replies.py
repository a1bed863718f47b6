"""Reading an answer: reasons in error bodies, web pages in disguise."""

from __future__ import annotations

from typing import Any

import pytest

from shared.http.replies import RawReply, find_reason


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        ({"errors": [{"message": "a"}, {"message": "b"}]}, "a; b"),
        ({"errors": {"Path": ["is empty", "is odd"]}, "title": "Invalid"}, "Path: is empty; is odd"),
        ([{"propertyName": "Path", "errorMessage": "is taken"}], "Path: is taken"),
        ({"message": "not\n  today", "description": "x"}, "not today"),
        ({"error": {"message": "deep"}}, "deep"),
        ("plain words", "plain words"),
        ([], ""),
        ({}, ""),
        (None, ""),
        (7, ""),
    ],
)
def test_the_reason_is_found_wherever_it_is(details: Any, reason: str) -> None:
    assert find_reason(details) == reason


def test_a_long_reason_is_cut() -> None:
    assert len(find_reason("x" * 1000)) == 300


@pytest.mark.parametrize(
    ("body", "content_type", "is_page"),
    [
        (b"<!DOCTYPE html><html>", "application/json", True),
        (b"\xef\xbb\xbf\n <HTML>", "", True),
        (b"<svg>", "text/html", True),
        (b"<svg>", "image/svg+xml", False),
        (b'{"a": "<html>"}', "text/html", False),
    ],
)
def test_a_web_page_is_known_by_its_beginning(body: bytes, content_type: str, is_page: bool) -> None:
    assert RawReply(200, {"Content-Type": content_type}, body).is_html is is_page
