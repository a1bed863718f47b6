"""Finds the successors of merged scenes, studios and tags in the box's edits; performers name theirs themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Union

from shared.errors import BadReply, ServiceError
from shared.stash_box.batches import BatchSize, run_in_batches
from shared.stash_box.channel import Channel
from shared.stash_box.queries.kinds import RecordKind
from shared.stash_box.records.shapes import MERGES

Successor = Union[str, ServiceError, None]
MAX_IDS = 20  # a reply about edits is larger than a record
EDITS = "input: {{ target_type: {target}, target_id: $i{number}, operation: MERGE, applied: true, per_page: 5 }}"
PARTS = "fragment Parts on QueryEditsResultType {{ edits {{ target {{ {one} }} merge_sources {{ {one} }} }} }}"


def find_successors(channel: Channel, kind: RecordKind[Any], ids: Sequence[str]) -> dict[str, Successor]:
    """Return for each id the id it was merged into, None if there is none, or the error of the request.

    Lookups call it for records that were deleted.
    """
    if "queryEdits" not in channel.capabilities.queries:
        return dict.fromkeys(ids)
    wanted = list(dict.fromkeys(ids))
    size = BatchSize(channel.memory, channel.box.endpoint, "edits", channel.clock.now(), MAX_IDS)
    found: dict[str, Successor] = {}
    for piece, rows in run_in_batches(wanted, size, lambda some: _ask(channel, kind, some)):
        if isinstance(rows, ServiceError):
            found.update(dict.fromkeys(piece, rows))
        else:
            found.update({each: _read_row(channel, each, rows.get(f"e{place}")) for place, each in enumerate(piece)})
    return found


def _read_row(channel: Channel, wanted: str, reply: Any) -> Successor:
    try:
        return read_successor(wanted, channel.require_shape(reply, MERGES, "reading the box's edits"))
    except BadReply as error:
        return error


def read_successor(wanted: str, reply: Mapping[str, Any] | None) -> str | None:
    """Return the target of the newest merge that has this id among its sources, or None; `find_successors` calls it."""
    for edit in filter(None, (reply or {}).get("edits") or ()):
        sources = {str(source.get("id", "")).lower() for source in edit.get("merge_sources") or () if source}
        target = (edit.get("target") or {}).get("id")
        if target and wanted.lower() in sources:
            return str(target)
    return None


def _ask(channel: Channel, kind: RecordKind[Any], ids: Sequence[str]) -> dict[str, Any]:
    declared = ", ".join(f"$i{number}: ID!" for number in range(len(ids)))
    inputs = [EDITS.format(target=kind.type.upper(), number=number) for number in range(len(ids))]
    fields = " ".join(f"e{number}: queryEdits({given}) {{ ...Parts }}" for number, given in enumerate(inputs))
    parts = PARTS.format(one=f"... on {kind.type} {{ id }}")
    variables = {f"i{number}": each for number, each in enumerate(ids)}
    operation = f"finding out what became of merged {kind.word}s"
    query = f"query Successors({declared}) {{ {fields} }} {parts}"
    return channel.ask(query, variables, operation, repeatable=len(ids) == 1)
