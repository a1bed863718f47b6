"""Conversations with Stash, recorded from a real one (development version after 0.30.1).

Each folder of `recorded/` is a conversation with a Stash that is empty at the start, each file in it a theme, held in
the order of their names. A step is what is asked and what the real Stash answered. `"loosely": true` means that only
the shape of the errors counts: their words quote SQL, Go's parsers or other places in the document.

`python -m tests.sandbox.stash.dialogue /path/to/stash` records the answers anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

FOLDER = Path(__file__).with_name("recorded")
FRAGMENTS = {
    "Tag": "id name sort_name description aliases ignore_auto_tag favorite stash_ids { endpoint stash_id } image_path "
    "scene_count scene_marker_count performer_count studio_count parents { id } children { id }",
    "Performer": "id name disambiguation urls url gender twitter birthdate death_date height_cm alias_list favorite "
    "tags { id } rating100 details stash_ids { endpoint stash_id } scene_count custom_fields",
    "Studio": "id name url urls parent_studio { id } child_studios { id } aliases tags { id } scene_count "
    "performer_count stash_ids { endpoint stash_id } rating100 favorite details",
    "Scene": "id title code details director url urls date rating100 organized o_counter play_count resume_time "
    "files { id } paths { screenshot stream vtt } galleries { id } studio { id } groups { group { id } scene_index } "
    "tags { id } performers { id } stash_ids { endpoint stash_id }",
}
VARYING = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"), "<time>"),
    (re.compile(r"([?&])t=\d+"), r"\1t=<time>"),
    (
        re.compile(
            r"(?:(?:updating|inserting|creating|selecting|destroying)[^:\"]*: )?(?:error )?executing `.*?` \[.*?\]+: "
        ),
        "SQL: ",
    ),
)
Step = dict[str, Any]
CONFIG = """host: 127.0.0.1
port: {port}
stash: []
database: {home}/stash-go.sqlite
generated: {home}/generated
cache: {home}/cache
plugins_path: {home}/plugins
"""


def conversations() -> list[str]:
    """Return the names of the conversations."""
    return sorted(path.name for path in FOLDER.iterdir())


def themes(conversation: str) -> list[Path]:
    """Return the files of a conversation, in order."""
    return sorted((FOLDER / conversation).glob("*.json"))


def load(theme: Path) -> list[Step]:
    """Return the steps of a theme."""
    steps: list[Step] = json.loads(theme.read_text(encoding="utf-8"))
    return steps


def ask(url: str, step: Step) -> Any:
    """Return the answer of a Stash, without times and addresses, which differ in every run."""
    query = step["ask"]
    query += "".join(
        f" fragment {name} on {name} {{ {FRAGMENTS[name]} }}" for name in FRAGMENTS if f"...{name}" in query
    )
    reply = requests.post(f"{url}/graphql", json={"query": query, "variables": step.get("variables")}, timeout=60)
    text = json.dumps({"status": reply.status_code, **reply.json()}, ensure_ascii=False).replace(url, "<stash>")
    for pattern, word in VARYING:
        text = pattern.sub(word, text)
    return json.loads(text)


def simplify(answer: Any, step: Step) -> Any:
    """Return the part of an answer that is compared."""
    if not step.get("loosely"):
        return answer
    return {"status": answer["status"], "data": answer.get("data"), "failed": bool(answer.get("errors"))}


def write(theme: Path, steps: list[Step]) -> None:
    """Write the steps to their file, one line for each key."""
    rows = [
        "  {" + ",\n   ".join(f"{json.dumps(key)}: {json.dumps(step[key], ensure_ascii=False)}" for key in step) + "}"
        for step in steps
    ]
    theme.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def record(binary: str, conversation: str) -> None:
    """Hold a conversation with a real Stash and keep its answers."""
    with start_real(binary) as url:
        for theme in themes(conversation):
            steps = [{**step, "answer": ask(url, step)} for step in load(theme)]
            write(theme, steps)
            print(f"{conversation}/{theme.stem}: {len(steps)}")


@contextlib.contextmanager
def start_real(binary: str) -> Iterator[str]:
    """Run a real Stash in an empty folder; yield its address."""
    with tempfile.TemporaryDirectory() as home:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        config = Path(home, "config.yml")
        config.write_text(CONFIG.format(port=port, home=home), encoding="utf-8")
        for name in ("plugins", "generated", "cache"):
            Path(home, name).mkdir()
        env = {**os.environ, "STASH_CONFIG_FILE": str(config)}
        with subprocess.Popen([binary, "--nobrowser"], env=env, cwd=home, stderr=subprocess.DEVNULL) as stash:
            try:
                wait_for(f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                stash.terminate()


def wait_for(url: str, seconds: float = 60.0) -> None:
    """Wait until the Stash answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            requests.get(f"{url}/healthz", timeout=60)
            return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise TimeoutError(url)


if __name__ == "__main__":
    for name in conversations():
        record(sys.argv[1], name)
