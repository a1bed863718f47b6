"""The saved row of the front page, so that opening Stash asks no box."""

from __future__ import annotations

from typing import Any, NamedTuple

from shared.state.store import Store

ROW, PROBLEM = "front_page.row", "front_page.problem"


class SavedRow(NamedTuple):
    """The newest missing scenes of favorites as they were last read: when, from which box, and its cards."""

    at: float
    endpoint: str
    box: str
    scenes: list[dict[str, Any]]


def save_row(store: Store, row: SavedRow) -> None:
    """Replace the saved row of the front page; its task calls this only if the box answered."""
    store.kv.put(ROW, row._asdict())
    store.kv.delete(PROBLEM)


def save_problem(store: Store, problem: str) -> None:
    """Save why the row of the front page could not be read; the next row that is saved ends it."""
    store.kv.put(PROBLEM, problem)


def read_problem(store: Store) -> str:
    """Return why the row of the front page could not be read the last time; empty if it could."""
    return str(store.kv.get(PROBLEM, str, ""))


def read_row(store: Store) -> SavedRow | None:
    """Return the saved row of the front page, None before the first one was read."""
    kept = store.kv.get(ROW, {"at": float, "endpoint": str, "box": str, "scenes": [dict]})
    return SavedRow(**kept) if kept else None
