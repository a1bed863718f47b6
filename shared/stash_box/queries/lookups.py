"""Looks up records by id, many per request, and finds out what became of ids that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Callable, Generic, NamedTuple

from shared.errors import BadReply, GraphQLFailed, ServiceError
from shared.stash_box.batches import BatchSize, run_ahead, run_in_batches
from shared.stash_box.channel import Build, Channel
from shared.stash_box.queries.kinds import RecordKind
from shared.stash_box.records.types import (
    Deleted,
    LookupFailed,
    LookupFound,
    Merged,
    Missing,
    Outcome,
    Performer,
    RecordT,
)
from shared.stash_box.successors import find_successors

UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
MAX_MERGES = 5
AskBuilt = Callable[[Build, Mapping[str, Any], str], "dict[str, Any]"]


class AliasedReply(NamedTuple):
    """The rows of one reply by alias, and the errors that concern a single alias."""

    rows: Mapping[str, Any]
    errors: Mapping[str, GraphQLFailed]


class RecordLookup(Generic[RecordT]):
    """Looks up records of one kind at one box; the client's `look_up_…` methods use it."""

    def __init__(self, channel: Channel, kind: RecordKind[RecordT]) -> None:
        self._channel = channel
        self._kind = kind
        self._size = BatchSize(channel.memory, channel.box.endpoint, kind.batch, channel.clock.now())

    def look_up(
        self, ids: Iterable[str], *, follow: bool = True, ahead: bool = False
    ) -> Iterator[dict[str, Outcome[RecordT]]]:
        """Yield the outcomes by id, piece by piece: found, merged, deleted, missing or failed; the client calls it.

        With `follow`, merged records come with their successor.

        With `ahead` further requests are on their way while a reply is awaited: for thousands of ids. An id whose
        lookup failed has LookupFailed; an error that concerns all ids is raised, and pieces yielded before stay
        valid.
        """
        wanted = list(dict.fromkeys(ids))
        malformed: dict[str, Outcome[RecordT]] = {each: Missing(each) for each in wanted if not UUID.fullmatch(each)}
        if malformed:
            yield malformed
        valid = [each for each in wanted if each not in malformed]
        for piece, reply in self._run(valid, ahead and len(valid) > self._size.current):
            found = self._read_outcomes(piece, reply)
            gone = [each for each, outcome in found.items() if _is_gone(outcome)]
            yield {**found, **self._resolve_deleted(gone, found, follow)}

    def _run(self, ids: Sequence[str], ahead: bool) -> Iterator[tuple[Sequence[str], AliasedReply | ServiceError]]:
        if not ahead:
            yield from run_in_batches(ids, self._size, self._ask)
            return
        known, channel = self._channel.capabilities, self._channel
        channel.open_endpoint()  # here, because the box's features are kept by this thread

        def ask_plainly(build: Build, variables: Mapping[str, Any], operation: str) -> dict[str, Any]:
            return channel.ask(build(known), variables, operation, repeatable=False, records=len(variables))

        yield from run_ahead(ids, self._size, self._ask, lambda some: self._ask(some, ask_plainly))

    def _ask(self, ids: Sequence[str], ask: AskBuilt | None = None) -> AliasedReply:
        kind = self._kind
        variables = {f"i{number}": each for number, each in enumerate(ids)}
        declared = ", ".join(f"${name}: ID!" for name in variables)
        fields = " ".join(f"r{number}: {kind.find}(id: $i{number}) {{ ...Parts }}" for number in range(len(ids)))
        head = f"query LookUp({declared}) {{ {fields} }} fragment Parts on {kind.type} "
        operation = f"looking up {len(ids)} {kind.word}{'s' if len(ids) > 1 else ''}"
        send = ask or partial(self._channel.ask_built, repeatable=len(ids) == 1, records=len(ids))
        try:
            rows = send(lambda known: head + kind.select(known), variables, operation)
        except GraphQLFailed as error:
            mine = _sort_errors(error)
            if not error.data or not mine:
                raise
            return AliasedReply(error.data, mine)
        return AliasedReply(rows, {})

    def _read_outcomes(self, ids: Sequence[str], reply: AliasedReply | ServiceError) -> dict[str, Outcome[RecordT]]:
        if isinstance(reply, ServiceError):
            return {each: LookupFailed(each, reply) for each in ids}
        return {each: self._read_outcome(each, f"r{number}", reply) for number, each in enumerate(ids)}

    def _read_outcome(self, wanted: str, alias: str, reply: AliasedReply) -> Outcome[RecordT]:
        if alias in reply.errors:
            return LookupFailed(wanted, reply.errors[alias])
        if alias not in reply.rows:
            return LookupFailed(wanted, self._make_bad_reply("left out a record that was asked for"))
        row = reply.rows[alias]
        if row is None:
            return Missing(wanted)
        mistake = self._kind.find_mistake(row)
        if mistake:
            return LookupFailed(
                wanted, self._make_bad_reply(f"sent a {self._kind.word} that cannot be read: {mistake}")
            )
        if str(row["id"]).lower() != wanted.lower():
            return LookupFailed(wanted, self._make_bad_reply("sent another record than was asked for"))
        return LookupFound(wanted, self._kind.read(row))

    def _make_bad_reply(self, what: str) -> BadReply:
        name = self._channel.box.name
        return BadReply(f"{name} {what}.", service=name, operation=f"looking up a {self._kind.word}", status=200)

    def _resolve_deleted(
        self, gone: Sequence[str], found: Mapping[str, Outcome[RecordT]], follow: bool
    ) -> dict[str, Outcome[RecordT]]:
        """Return the outcome of records that are deleted: merged into another one, or gone."""
        if not follow or not gone:
            return {each: Deleted(each) for each in gone}
        steps = {each: _Trail(each, (each,)) for each in gone}
        resolved: dict[str, Outcome[RecordT]] = {}
        records: dict[str, Outcome[RecordT]] = {each: found[each] for each in gone}
        for _ in range(MAX_MERGES):
            steps = self._step(steps, records, resolved)
            if not steps:
                return resolved
            records = self._fetch([trail.last for trail in steps.values()])
            steps = {each: trail for each, trail in steps.items() if not _end_trail(trail, records, resolved)}
        return {**{each: Deleted(each) for each in steps}, **resolved}

    def _step(
        self,
        trails: Mapping[str, _Trail],
        records: Mapping[str, Outcome[RecordT]],
        resolved: dict[str, Outcome[RecordT]],
    ) -> dict[str, _Trail]:
        """Follow each trail by one merge and return those that go on; one that ends or runs in a circle is Deleted."""
        lasts = [trail.last for trail in trails.values()]
        known = {each: _read_successor(records[each]) for each in lasts}
        if self._kind.type != "Performer":
            known = find_successors(self._channel, self._kind, lasts)
        going: dict[str, _Trail] = {}
        for start, trail in trails.items():
            successor = known.get(trail.last)
            if isinstance(successor, ServiceError):
                resolved[start] = LookupFailed(start, successor)
            elif not successor or successor in trail.ids:
                resolved[start] = Deleted(start)
            else:
                going[start] = _Trail(start, (*trail.ids, successor))
        return going

    def _fetch(self, ids: Iterable[str]) -> dict[str, Outcome[RecordT]]:
        merged: dict[str, Outcome[RecordT]] = {}
        wanted = list(dict.fromkeys(ids))
        for piece, reply in run_in_batches(wanted, self._size, self._ask):
            merged.update(self._read_outcomes(piece, reply))
        return merged


class _Trail(NamedTuple):
    """The ids along the merges of one id."""

    start: str
    ids: tuple[str, ...]

    @property
    def last(self) -> str:
        return self.ids[-1]


def _end_trail(trail: _Trail, records: Mapping[str, Outcome[RecordT]], resolved: dict[str, Outcome[RecordT]]) -> bool:
    """Resolve a trail whose last record is known; return False if that record is gone as well."""
    end = records[trail.last]
    if isinstance(end, LookupFailed):
        resolved[trail.start] = LookupFailed(trail.start, end.error)
    elif isinstance(end, LookupFound) and not end.record.deleted:
        resolved[trail.start] = Merged(trail.start, trail.last, end.record)
    elif not isinstance(end, LookupFound):
        resolved[trail.start] = Deleted(trail.start)
    else:
        return False
    return True


def _is_gone(outcome: Outcome[RecordT]) -> bool:
    return isinstance(outcome, LookupFound) and outcome.record.deleted


def _read_successor(outcome: Outcome[RecordT]) -> str | ServiceError | None:
    record = outcome.record if isinstance(outcome, LookupFound) else None
    return record.merged_into_id if isinstance(record, Performer) else None


def _sort_errors(error: GraphQLFailed) -> dict[str, GraphQLFailed]:
    """Return the errors by the alias they concern; nothing if one of them concerns the whole request."""
    sorted_errors: dict[str, GraphQLFailed] = {}
    for row in error.errors:
        path = row.get("path")
        if not isinstance(path, list) or not path or str(path[0]) not in (error.data or {}):
            return {}
        sorted_errors[str(path[0])] = error
    return sorted_errors
