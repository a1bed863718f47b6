"""Finds scenes of a box by the fingerprints of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Callable, NamedTuple

from shared.errors import BadReply, ServiceError
from shared.stash_box.batches import MOST, BatchSize, run_ahead, run_in_batches
from shared.stash_box.channel import Build, Channel
from shared.stash_box.queries.kinds import RecordKind
from shared.stash_box.queries.rows import read_rows
from shared.stash_box.records.types import RecordT

HASH = re.compile(r"[0-9a-fA-F]{1,16}")
ALGORITHMS = ("OSHASH", "PHASH")  # boxes ignore MD5; one malformed hash fails the whole request


class Fingerprint(NamedTuple):
    """A hash of a local file, for a search at a box; `algorithm` in upper or lower case."""

    algorithm: str
    hash: str


Group = tuple[dict[str, str], ...]
AskBuilt = Callable[[Build, Mapping[str, Any], str], "dict[str, Any]"]


def make_group(fingerprints: Iterable[Fingerprint]) -> Group:
    """Return the fingerprints of one scene that a box can use, as its query takes them.

    Searches by fingerprints call it.
    """
    usable = {
        (each.algorithm.upper(), each.hash.lower())
        for each in fingerprints
        if each.algorithm.upper() in ALGORITHMS and HASH.fullmatch(each.hash)
    }
    return tuple({"algorithm": algorithm, "hash": text} for algorithm, text in sorted(usable))


def find_by_fingerprints(
    channel: Channel, kind: RecordKind[RecordT], scenes: Sequence[Iterable[Fingerprint]], *, ahead: bool = False
) -> Iterator[list[tuple[RecordT, ...]]]:
    """Yield the candidates for each scene, piece by piece and in order; the client calls it.

    Candidates are not certain, because boxes also have wrong submissions: compare title, date or duration. With
    `ahead` further requests are on their way while a reply is awaited: for thousands of scenes.
    """
    size = BatchSize(channel.memory, channel.box.endpoint, "fingerprints", channel.clock.now(), MOST)
    groups = [make_group(each) for each in scenes]
    for _piece, found in _run(channel, kind, groups, size, ahead and len(groups) > size.current):
        if isinstance(found, ServiceError):
            raise found
        yield list(found)


def _run(
    channel: Channel, kind: RecordKind[RecordT], groups: Sequence[Group], size: BatchSize, ahead: bool
) -> Iterator[tuple[Sequence[Group], list[tuple[RecordT, ...]] | ServiceError]]:
    def send(some: Sequence[Group]) -> list[tuple[RecordT, ...]]:
        return _ask(channel, kind, some, partial(channel.ask_built, repeatable=len(some) == 1))

    if not ahead:
        yield from run_in_batches(groups, size, send)
        return
    known = channel.capabilities
    channel.open_endpoint()  # here, because the box's features are kept by this thread

    def ask_plainly(build: Build, variables: Mapping[str, Any], operation: str) -> dict[str, Any]:
        return channel.ask(build(known), variables, operation, repeatable=False)

    yield from run_ahead(groups, size, send, lambda some: _ask(channel, kind, some, ask_plainly))


def _ask(
    channel: Channel, kind: RecordKind[RecordT], groups: Sequence[Group], ask: AskBuilt
) -> list[tuple[RecordT, ...]]:
    asked = [list(group) for group in groups if group]
    if not asked:
        return [()] * len(groups)
    head = "query Match($groups: [[FingerprintQueryInput!]!]!) { found: findScenesBySceneFingerprints"
    data = ask(
        lambda known: f"{head}(fingerprints: $groups) {kind.select(known)} }}",
        {"groups": asked},
        "looking for scenes by their fingerprints",
    )
    answers = iter(_align(channel, data.get("found"), len(asked)))
    return [tuple(read_rows(channel, kind, next(answers)).records) if group else () for group in groups]


def _align(channel: Channel, found: Any, wanted: int) -> list[list[Any]]:
    if not isinstance(found, list) or len(found) != wanted:
        name = channel.box.name
        message = f"{name} did not answer for every scene that was asked for."
        raise BadReply(message, service=name, operation="looking for scenes by their fingerprints", status=200)
    return [row if isinstance(row, list) else [] for row in found]
