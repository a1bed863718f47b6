"""Reads the rows of a list; a row that cannot be read is left out and named, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic

from shared.stash_box.channel import Channel
from shared.stash_box.queries.kinds import RecordKind
from shared.stash_box.records.types import RecordT


@dataclass
class ReadRows(Generic[RecordT]):
    """The records of some rows, and the ids of those that cannot be read."""

    records: list[RecordT] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def read_rows(channel: Channel, kind: RecordKind[RecordT], rows: Iterable[Any]) -> ReadRows[RecordT]:
    """Return the records of the rows of a reply, for all lists and searches; empty rows are left out silently."""
    found = ReadRows[RecordT]()
    for row in rows:
        mistake = kind.find_mistake(row) if row else ""
        if mistake:
            found.unreadable.append(channel.note_unreadable(kind.word, row, mistake))
        elif row:
            found.records.append(kind.read(row))
    return found
