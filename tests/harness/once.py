"""What all workers of a test session share, made by the first one that needs it."""

from __future__ import annotations

import contextlib
import pickle
import sqlite3
from pathlib import Path
from typing import Callable, TypeVar

Made = TypeVar("Made")
LONGEST = 240  # seconds that another worker may take


def make_once(folder: Path, name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` returns; only the first of all workers with this folder calls it, the others wait."""
    kept = folder / f"{name}.pickle"
    lock = sqlite3.connect(folder / f"{name}.lock", timeout=LONGEST, isolation_level=None)
    with contextlib.closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    made: Made = pickle.loads(kept.read_bytes())
    return made
