"""A shelf with things, the journal of what was done to them, and short words for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from shared.journal import Change, Entry, Item, Journal, RunSummary, add_member, apply_plan, plan_undo, set_field
from shared.runtime.clock import Clock
from tests.harness.clock import CountingClock
from tests.harness.state import Shelf, StandInCall


class Library:
    """Five things: `title` is "old 0" to "old 4", `tags` is ["mine"]."""

    def __init__(self, directory: Path, things: int = 5, clock: Clock | None = None) -> None:
        self.clock = CountingClock()
        self.call = StandInCall(directory, clock or self.clock)
        self.shelf = Shelf(directory / "shelf")
        self.items = [self.shelf.put(str(n), title=f"old {n}", tags=["mine"]) for n in range(things)]
        self.journal = Journal(self.call.store)

    def changes(self) -> Iterator[Change]:
        """Every thing gets a new title and one more tag."""
        for item in self.items:
            yield set_field(item, "title", f"old {item.id}", f"new {item.id}", source="box", reason="renamed there")
            yield add_member(item, "tags", "theirs", source="box")

    def save(self, entries: Iterable[Entry] | None = None, **options: Any) -> int:
        """A saved plan: these entries, or `changes()`."""
        return self.journal.save_plan(self.changes() if entries is None else entries, **{"kind": "sync", **options})

    def apply(self, plan_id: int, only: Iterable[int] | None = None, **options: Any) -> RunSummary:
        """Apply a plan to the shelf."""
        return apply_plan(self.call, plan_id, self.shelf, None if only is None else list(only), **options)

    def run(self, entries: Iterable[Entry] | None = None, **options: Any) -> RunSummary:
        """Save and apply."""
        return self.apply(self.save(entries, **options))

    def undo(self, run_id: int | None, only: Iterable[int] | None = None) -> RunSummary:
        """Take a run back."""
        return self.apply(plan_undo(self.journal, run_id or 0, None if only is None else list(only)))

    def titles(self) -> list[Any]:
        """Return the titles that the things have now, by their id; None for those that are gone."""
        return [(self.shelf.get(item.id) or {}).get("title") for item in self.items]

    def tags(self) -> list[Any]:
        """The tags of the things, by their id."""
        return [(self.shelf.get(item.id) or {}).get("tags") for item in self.items]

    def outcomes(self, run_id: int | None) -> dict[str, str]:
        """Return the outcome of each item of a run."""
        entries = self.journal.list_changes(run_id or 0, page_size=1000)["entries"]
        return {entry["item_id"]: entry["outcome"] for entry in entries}


def new_titles(items: Iterable[Item]) -> Iterator[Change]:
    """Only the titles change."""
    return (set_field(item, "title", f"old {item.id}", f"new {item.id}") for item in items)
