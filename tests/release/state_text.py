"""State of a plugin as text: dumped from a Stash double, restored into another one.

Addresses of the doubles become names such as `{box}`, times `{now-5}` or, in whole seconds, `{second-5}`: a dump
belongs to no machine and never grows old. Restored, it is two hours old: leases and breakers have run out, answers are
still good.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.harness.installed import InstalledPlugin

BEFORE = Path(__file__).with_name("before")
AGE = 7200  # how long ago the earlier version was at work when its state is restored
RATE_LIMITS = "shared/shared/ratelimit.sqlite3"
_TIME = re.compile(r"(?<![\w.])(?:\d{10}\.\d+|\d\.\d{10,}e\+09)")  # sqlite3 writes them either way
_SECOND = re.compile(r"(?<![\w.'/])1[6-9]\d{8}(?![\w.])")  # Plex's times are whole seconds
_HOST = re.compile(r"'[^' ]+ pid:\[\d+\]'")
_NAMED_TIME = re.compile(r"\{(now|second)([+-]\d+)\}")


def dump_state(plugin: InstalledPlugin, names: Mapping[str, str], notes: Mapping[str, Any]) -> None:
    """Write the plugin's state, small files, spool, settings and rate limits; `names` are the addresses by name."""
    folder = plugin.state_dir
    found = {
        "settings": plugin.client.read_plugin_settings(plugin.id),
        "files": {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.json"))},
        "spool": {path.name: path.read_text("utf-8") for path in sorted(folder.glob("spool/*.json"))},
        "notes": dict(notes),
    }
    _write(f"{plugin.id}.json", json.dumps(found, indent=1, sort_keys=True) + "\n", names)
    _write(f"{plugin.id}.sql", _read_sql(folder / "state.sqlite3"), names)
    limits = folder.parent / RATE_LIMITS
    if limits.exists():
        _write(f"{plugin.id}.ratelimit.sql", _read_sql(limits), names)


def restore_state(plugin: InstalledPlugin, names: Mapping[str, str]) -> dict[str, Any]:
    """Put the dumped state where the earlier version had it; return the notes of the dump."""
    folder = plugin.state_dir
    found = json.loads(_read(f"{plugin.id}.json", names))
    _make_file(folder / "state.sqlite3", _read(f"{plugin.id}.sql", names))
    if (BEFORE / f"{plugin.id}.ratelimit.sql").exists():
        _make_file(folder.parent / RATE_LIMITS, _read(f"{plugin.id}.ratelimit.sql", names))
    for name, text in found["files"].items():
        (folder / name).write_text(text, "utf-8")
    for name, text in found.get("spool", {}).items():
        (folder / "spool").mkdir(exist_ok=True)
        (folder / "spool" / name).write_text(text, "utf-8")
    plugin.save_settings(**found["settings"])
    return dict(found["notes"])


def _make_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(text)


def _read_sql(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        return "\n".join(db.iterdump()) + "\n"


def _write(name: str, text: str, names: Mapping[str, str]) -> None:
    for each, address in sorted(names.items(), key=lambda pair: -len(pair[1])):
        text = text.replace(address, f"{{{each}}}")
    now = time.time()

    def name_time(found: re.Match[str]) -> str:
        seconds = round(float(found[0]) - now)
        kind = "second" if found[0].isdigit() else "now"
        return f"{{{kind}{seconds:+d}}}" if abs(seconds) < 10**7 else found[0]

    BEFORE.mkdir(exist_ok=True)
    text = _HOST.sub("'elsewhere pid:[1]'", _SECOND.sub(name_time, _TIME.sub(name_time, text)))
    (BEFORE / name).write_text(text, "utf-8")


def _read(name: str, names: Mapping[str, str]) -> str:
    text = (BEFORE / name).read_text("utf-8")
    for each, address in names.items():
        text = text.replace(f"{{{each}}}", address)
    now = time.time() - AGE

    def write_time(found: re.Match[str]) -> str:
        moment = now + int(found[2])
        return f"{moment:.3f}" if found[1] == "now" else str(int(moment))

    return _NAMED_TIME.sub(write_time, text)
