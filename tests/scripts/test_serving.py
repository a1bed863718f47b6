"""dist/ as a plugin source: what Stash's package manager asks and what it gets."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.commands.build import write_dist, write_if_changed
from scripts.commands.serve import SourceServer, open_server, plugin_source
from scripts.console import Stop
from tests.scripts.conftest import make


@pytest.fixture
def source(tmp_path: Path) -> Iterator[SourceServer]:
    """A source with one package, and a file beside it that nobody offered."""
    write_dist([make(b"the zip")], tmp_path, known=[])
    (tmp_path / "secret.txt").write_text("mine")
    with plugin_source(tmp_path) as server:
        yield server


def ask(server: SourceServer, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers, body."""
    connection = http.client.HTTPConnection(*server.server_address)
    connection.request(method, path)
    reply = connection.getresponse()
    answer = reply.status, dict(reply.getheaders()), reply.read()
    connection.close()
    return answer


def test_the_index_and_its_zip_are_there(source: SourceServer) -> None:
    assert b"id: missingScenes" in ask(source, "GET", "/index.yml")[2]
    assert ask(source, "GET", "/missingScenes.zip")[2] == b"the zip"


def test_head_gives_the_time_without_the_content(source: SourceServer) -> None:
    status, headers, body = ask(source, "HEAD", "/index.yml")
    assert (status, body) == (200, b"")
    assert headers["Last-Modified"].endswith("GMT")


@pytest.mark.parametrize("path", ["/", "/secret.txt", "/../dev", "/%2e%2e/dev", "/missingScenes", "//etc/passwd"])
def test_nothing_else_is_offered(source: SourceServer, path: str) -> None:
    assert ask(source, "GET", path)[0] == 404


def test_a_new_index_has_a_new_time_even_within_the_same_second(source: SourceServer) -> None:
    before = ask(source, "HEAD", "/index.yml")[1]["Last-Modified"]
    write_dist([make(b"another zip")], source.folder, known=[])
    assert ask(source, "HEAD", "/index.yml")[1]["Last-Modified"] != before


def test_the_same_content_keeps_its_time(tmp_path: Path) -> None:
    write_if_changed(tmp_path / "a", b"x")
    before = (tmp_path / "a").stat().st_mtime_ns
    write_if_changed(tmp_path / "a", b"x")
    assert (tmp_path / "a").stat().st_mtime_ns == before


def test_a_port_in_use_is_one_sentence(source: SourceServer) -> None:
    port = source.server_address[1]
    with pytest.raises(Stop, match=f"port {port} is in use; choose another with --port"):
        open_server(source.folder, port)


def test_a_plugin_that_is_gone_leaves_dist(tmp_path: Path) -> None:
    write_dist([make(), make()._replace(id="tagManager")], tmp_path, known=[])
    write_dist([make()], tmp_path, known=[])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.yml", "missingScenes.zip"]
