"""The provider as a process of its own, started from the plugin's folder."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.plex.server import PlexDouble
from tests.harness.installed import make_environment
from tests.stash2plex.provider.bench import TOKEN, ProviderBench, send

MODULE = "plexsync.provider"


@pytest.fixture
def folder(assembled: Any) -> Path:
    found: Path = assembled("stash2plex")
    return found


def make_variables(**values: str) -> dict[str, str]:
    """The environment of an operator: nothing of ours, and these variables."""
    kept = {name: value for name, value in make_environment().items() if not name.startswith("STASH")}
    return {**kept, **values}


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the provider's program to its end."""
    command = [sys.executable, "-m", MODULE, *arguments]
    return subprocess.run(
        command, cwd=folder, env=make_variables(**variables), capture_output=True, text=True, timeout=60, check=False
    )


@contextlib.contextmanager
def start(folder: Path, *arguments: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running program and the port it listens at."""
    command = [sys.executable, "-m", MODULE, "--listen", "127.0.0.1:0", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=make_variables(**variables), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"Listening at 127\.0\.0\.1:(\d+) for Plex", line)
        assert found, line
        try:
            yield process, found[1]
        finally:
            process.kill()


def test_plex_uses_a_provider_that_runs_from_the_plugins_folder(bench: ProviderBench, folder: Path) -> None:
    number = bench.add_scene("/data/acme/beach.mp4", date="2024-05-01")
    before = set(folder.rglob("*"))
    plex = PlexDouble()
    plex.state.version = "1.43.0.10467-2b1ba6e69"
    section = plex.state.add_section("Videos", "/data", agent="tv.plex.agents.custom.stash2plex")
    item = plex.state.add_item(section.id, "/data/acme/beach.mp4")
    variables = {"STASH_URL": bench.stash.url, "STASH_API_KEY": bench.api_key, "STASH2PLEX_TOKEN": TOKEN}
    with plex.server, start(folder, **variables) as (process, port):
        headers = {"X-Plex-Token": plex.token}
        uri = f"http://127.0.0.1:{port}/{TOKEN}"
        assert send(f"{plex.url}/media/providers/metadata?uri={uri}", method="POST", headers=headers).status == 200
        key = item.rating_key
        assert send(f"{plex.url}/library/metadata/{key}/refresh", method="PUT", headers=headers).status == 200
        picture = send(f"{plex.url}/library/metadata/{key}/thumb/1", headers=headers)
        assert (item.title, plex.state.provider_errors, picture.body[:2]) == ("Beach day", [], b"\xff\xd8")
        assert send(f"http://127.0.0.1:{port}/wrong").status == 404
        process.terminate()
        assert process.stderr is not None
        log = process.stderr.read()
        assert process.wait(30) == 0
    assert f"match: scene {number} by its path" in log
    assert log.splitlines()[-1].endswith("Ended.")
    assert (TOKEN in log, bench.api_key in log) == (False, False)
    # Python compiles the package and the entry before a line of ours can forbid it.
    compiled = {path.name.partition(".")[0] for path in set(folder.rglob("*")) - before}
    assert compiled <= {"__pycache__", "__init__", "__main__"}


def test_the_check_says_what_works_and_shows_the_addresses(bench: ProviderBench, folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        bench.add_scene(f"/data/acme/{number}.mp4")
    plex = PlexDouble()
    plex.state.version = "1.43.0.10467-2b1ba6e69"
    plex.state.add_section("Videos", "/data", agent="tv.plex.agents.custom.stash2plex")
    secret = tmp_path / "key"
    secret.write_text(f"{bench.api_key}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with plex.server:
        bench.change_settings(plex_url=plex.url, plex_token=plex.token, path_rules="/data => /plex")
        done = run(folder, "--check", "--stash", bench.stash.url, "--api-key-file", str(secret), "--listen", place)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.partition(" ")[0] for line in lines[:7]] == ["ok"] * 7
    for text in (
        "Stash v0.31",
        "1 path rule in",
        "3 of 3 files",
        "such as /plex/acme",
        'this one: "Videos"',
        "Start it, and run",
    ):
        assert any(text in line for line in lines), text
    assert re.search(rf"Add Provider\): http://{place}/[0-9a-f]{{32}}$", done.stdout, re.MULTILINE)
    assert (bench.api_key in done.stdout, plex.token in done.stdout) == (False, False)


@pytest.mark.parametrize(
    ("fetches", "level", "text"),
    [
        (True, "ok", "Plex reaches the provider at http://127.0.0.1:{} and gets pictures from it."),
        (False, "warning", "Plex gets no picture from the provider at http://127.0.0.1:{}. If Plex runs elsewhere"),
    ],
)
def test_a_check_beside_a_running_provider_lets_plex_fetch_a_picture(
    bench: ProviderBench, folder: Path, fetches: bool, level: str, text: str
) -> None:
    bench.add_scene()
    plex = PlexDouble()
    plex.state.version = "1.43.0.10467-2b1ba6e69"
    plex.state.options.fetches_pictures = fetches
    port = bench.server.server_port
    with plex.server:
        bench.change_settings(plex_url=plex.url, plex_token=plex.token)
        variables = {"STASH_URL": bench.stash.url, "STASH_API_KEY": bench.api_key, "STASH2PLEX_TOKEN": TOKEN}
        done = run(folder, "--check", "--listen", f"127.0.0.1:{port}", **variables)
    (line,) = [line for line in done.stdout.splitlines() if "from the provider at" in line or "reaches the" in line]
    assert line.startswith(level) and text.format(port) in line, done.stdout
    assert f"Port {port} is in use: by a provider that runs already" in done.stdout


@pytest.mark.parametrize(
    ("settings", "version", "text"),
    [
        ({"sync_master": False}, "1.43.0.1", "Sync Metadata is off in the plugin's settings"),
        ({}, "1.42.2.1", "Plex is 1.42.2.1, but providers need 1.43 or later. Update Plex."),
    ],
)
def test_the_check_fails_for_what_would_not_work(
    bench: ProviderBench, folder: Path, settings: dict[str, Any], version: str, text: str
) -> None:
    plex = PlexDouble()
    plex.state.version = version
    with plex.server:
        bench.change_settings(plex_url=plex.url, plex_token=plex.token, **settings)
        done = run(folder, "--check", STASH_URL=bench.stash.url, STASH_API_KEY=bench.api_key)
    assert (done.returncode, text in done.stdout) == (1, True), done.stdout


def test_the_check_names_a_wrong_key(bench: ProviderBench, folder: Path) -> None:
    done = run(folder, "--check", STASH_URL=bench.stash.url, STASH_API_KEY="wrong-key-of-stash")
    assert (done.returncode, "Check the API key under Settings > Security in Stash." in done.stdout) == (1, True)
    assert "wrong-key-of-stash" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "text"),
    [
        ([], {}, "The address of the provider needs a token. Set STASH_API_KEY if your Stash has a login; else set"),
        ([], {"STASH2PLEX_TOKEN": "short"}, "must have 16 to 128 letters, digits, - or _, such as "),
        (["--listen", "nowhere:x"], {"STASH2PLEX_TOKEN": TOKEN}, "--listen must be like 192.168.1.5:9998"),
        (["--listen", "1.2.3.4:99999"], {"STASH2PLEX_TOKEN": TOKEN}, "--listen must be like 192.168.1.5:9998"),
        (["--address", "ftp://x"], {"STASH2PLEX_TOKEN": TOKEN}, "--address is not a web address."),
        (["--stash", "http://a b"], {"STASH2PLEX_TOKEN": TOKEN}, "--stash is not a web address."),
        (["--token-file", os.devnull + "/x"], {}, "cannot be read: Not a directory."),
    ],
)
def test_a_start_that_makes_no_sense_ends_with_the_next_step(
    folder: Path, arguments: list[str], variables: dict[str, str], text: str
) -> None:
    done = run(folder, *arguments, **variables)
    assert (done.returncode, text in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def test_a_port_that_is_taken_is_named(bench: ProviderBench, folder: Path) -> None:
    place = f"127.0.0.1:{bench.server.server_port}"
    done = run(folder, "--listen", place, STASH2PLEX_TOKEN=TOKEN)
    assert (done.returncode, f"cannot listen at {place}" in done.stderr) == (1, True), done.stderr
