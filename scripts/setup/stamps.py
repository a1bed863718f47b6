"""Stamp files: a set-up step is done when its stamp holds the hash of its inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def stamp_of(files: Iterable[Path], *words: str) -> str:
    """Return the hash of the names and contents of files and of extra words, for a step of the set-up."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp_file: Path, stamp: str) -> bool:
    """Return True if a step of the set-up was done for this very input, so that it is left out."""
    return stamp_file.is_file() and stamp_file.read_text("utf-8").strip() == stamp


def write_stamp(stamp_file: Path, stamp: str) -> None:
    """Record that a step of the set-up is done for this input."""
    stamp_file.parent.mkdir(parents=True, exist_ok=True)
    stamp_file.write_text(stamp + "\n", "utf-8")
