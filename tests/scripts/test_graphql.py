"""Asking a Stash: each way it can go wrong has its own sentence."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Callable

import pytest

from scripts.commands.e2e import check_throw_away
from scripts.commands.install import reload_plugins
from scripts.console import Stop
from scripts.graphql import Stash
from tests.harness.threaded_server import run_server

Serve = Callable[..., Stash]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server that gives one answer to everything, and a Stash client for it."""

    def start(body: Any, status: int = 200, api_key: str = "") -> Stash:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_unused: object) -> None: ...

        server = HTTPServer(("127.0.0.1", 0), Handler)
        running.enter_context(run_server(server))
        return Stash(f"http://127.0.0.1:{server.server_address[1]}/", api_key)

    with contextlib.ExitStack() as running:
        yield start


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, "", r"refused us \(401\): give the key with --api-key or in STASH_API_KEY"),
        (200, "<html>", r"answers, but not as Stash does \(status 200\)"),
        (404, "[]", r"answers, but not as Stash does \(status 404\)"),
        (302, "", r"answers, but not as Stash does \(status 302\)"),
        (200, {"errors": [{"message": "no such field"}]}, "says: no such field"),
    ],
)
def test_every_wrong_answer_has_its_sentence(serve: Serve, status: int, body: Any, sentence: str) -> None:
    with pytest.raises(Stop, match=sentence):
        serve(body, status).ask("{ version { version } }")


def test_nobody_there_is_said() -> None:
    with pytest.raises(Stop, match=r"nobody answers at http://127\.0\.0\.1:9 \(ConnectionError\)"):
        Stash("http://127.0.0.1:9").ask("{ x }")


def test_the_key_is_in_no_message(serve: Serve) -> None:
    with pytest.raises(Stop) as failure:
        serve("", 403, api_key="example-key").ask("{ x }")
    assert "example-key" not in str(failure.value)


def library(scenes: int, status: str = "OK") -> dict[str, Any]:
    """Return the answer of a Stash about itself and its library."""
    found = {"version": {"version": "v0"}, "findScenes": {"count": scenes}, "systemStatus": {"status": status}}
    return {"data": found}


def test_somebodys_library_is_refused(serve: Serve) -> None:
    with pytest.raises(Stop, match="holds 21 scenes, so it looks like somebody's; --yes"):
        check_throw_away(serve(library(21)), is_sure=False)


def test_a_stash_that_is_not_set_up_is_said(serve: Serve) -> None:
    with pytest.raises(Stop, match=r"is not set up yet \(status SETUP\)"):
        check_throw_away(serve(library(0, "SETUP")), is_sure=True)


@pytest.mark.parametrize(("scenes", "is_sure"), [(0, False), (20, False), (5000, True)])
def test_a_throw_away_stash_passes(serve: Serve, scenes: int, is_sure: bool) -> None:
    check_throw_away(serve(library(scenes)), is_sure)


def test_a_stash_that_does_not_list_the_plugin_uses_another_folder(serve: Serve) -> None:
    with pytest.raises(Stop, match="does not list tagManager: is this the plugins folder of that Stash"):
        reload_plugins(serve({"data": {"plugins": None}}), ["tagManager"])


def test_a_disabled_plugin_is_said(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    plugin = {"id": "tagManager", "version": "1.0.0", "enabled": False}
    reload_plugins(serve({"data": {"plugins": [plugin]}}), ["tagManager"])
    assert "tagManager 1.0.0 (disabled in Stash's settings)" in capsys.readouterr().out
