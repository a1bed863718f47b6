"""Stamp files: a step is done when its stamp holds the hash of everything it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def stamp_of(files: Iterable[Path], *words: str) -> str:
    """The hash of the files' names and contents and of the words."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp_file: Path, stamp: str) -> bool:
    """Whether the step was already done for this very input."""
    return stamp_file.is_file() and stamp_file.read_text("utf-8").strip() == stamp


def write_stamp(stamp_file: Path, stamp: str) -> None:
    """Remember that the step is done."""
    stamp_file.parent.mkdir(parents=True, exist_ok=True)
    stamp_file.write_text(stamp + "\n", "utf-8")
