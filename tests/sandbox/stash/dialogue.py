"""A long conversation with Stash, recorded from a real one (development version after 0.30.1).

Each file of `recorded/` is a theme; all are held in order with one Stash that is empty at the start. A step is what is
asked and what the real Stash answered. `"loosely": true` means that only the shape of the errors counts: their words
quote SQL, Go's parsers or other places in the document.

`python -m tests.sandbox.stash.dialogue /path/to/stash` records the answers anew.
"""

from __future__ import annotations

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


def themes() -> list[str]:
    """The names of the files, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(theme: str) -> list[Step]:
    """The steps of a theme."""
    steps: list[Step] = json.loads((FOLDER / f"{theme}.json").read_text(encoding="utf-8"))
    return steps


def ask(url: str, step: Step) -> Any:
    """What a Stash answers, without what differs each time."""
    query = step["ask"]
    query += "".join(
        f" fragment {name} on {name} {{ {FRAGMENTS[name]} }}" for name in FRAGMENTS if f"...{name}" in query
    )
    reply = requests.post(f"{url}/graphql", json={"query": query, "variables": step.get("variables")}, timeout=30)
    text = json.dumps({"status": reply.status_code, **reply.json()}, ensure_ascii=False).replace(url, "<stash>")
    for pattern, word in VARYING:
        text = pattern.sub(word, text)
    return json.loads(text)


def simplify(answer: Any, step: Step) -> Any:
    """What counts of an answer."""
    if not step.get("loosely"):
        return answer
    return {"status": answer["status"], "data": answer.get("data"), "failed": bool(answer.get("errors"))}


def write(theme: str, steps: list[Step]) -> None:
    """Keep the steps, one line for each thing said."""
    rows = [
        "  {" + ",\n   ".join(f"{json.dumps(key)}: {json.dumps(step[key], ensure_ascii=False)}" for key in step) + "}"
        for step in steps
    ]
    (FOLDER / f"{theme}.json").write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def record(url: str) -> Iterator[str]:
    """Hold the conversation with a real Stash and keep its answers."""
    for theme in themes():
        steps = [{**step, "answer": ask(url, step)} for step in load(theme)]
        write(theme, steps)
        yield f"{theme}: {len(steps)}"


def main(binary: str) -> None:
    """Start a Stash in an empty folder and record it."""
    with tempfile.TemporaryDirectory() as home:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        config = Path(home, "config.yml")
        config.write_text(CONFIG.format(port=port, home=home), encoding="utf-8")
        Path(home, "plugins").mkdir()
        env = {**os.environ, "STASH_CONFIG_FILE": str(config)}
        with subprocess.Popen([binary, "--nobrowser"], env=env, cwd=home, stderr=subprocess.DEVNULL) as stash:
            try:
                url = f"http://127.0.0.1:{port}"
                wait_for(url)
                print(*record(url), sep="\n")
            finally:
                stash.terminate()


def wait_for(url: str, seconds: float = 60.0) -> None:
    """Wait until it answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            requests.get(f"{url}/healthz", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise TimeoutError(url)


if __name__ == "__main__":
    main(sys.argv[1])
