"""Stash2Plex's provider from the released bytes: it runs on a bare Python, with what the zip carries."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.release.conftest import Installed
from tests.stash2plex.provider.bench import MATCHES, TOKEN, send


@pytest.mark.parametrize("plugin", ["stash2plex"], indirect=True)
def test_the_provider_starts_from_the_unpacked_zip(installed: Installed, python: str, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN)
    command = [python, "-S", "-E", "-s", "-m", "plexsync.provider", "--listen", "127.0.0.1:0"]
    command += ["--stash", "http://127.0.0.1:9", "--token-file", str(secret)]
    with subprocess.Popen(
        command, cwd=installed.folder, env={"PATH": "/nowhere"}, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        found = re.search(r"Listening at 127\.0\.0\.1:(\d+) for Plex", process.stderr.readline())
        assert found
        try:
            root = send(f"http://127.0.0.1:{found[1]}/{TOKEN}")
            question = {"type": 1, "title": "x", "filename": "a/b.mp4"}
            match = send(f"http://127.0.0.1:{found[1]}/{TOKEN}{MATCHES}", question)
        finally:
            process.terminate()
        log = process.stderr.read()
        assert process.wait(30) == 0
    assert (root.status, root.json["MediaProvider"]["Types"][0]["type"]) == (200, 1)
    assert (match.status, "Stash at http://127.0.0.1:9 does not answer" in match.error) == (503, True), match.error
    assert "Traceback" not in log
