"""Text searches at a box. A hit is a candidate, whose name may only resemble the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Union

from shared.errors import BadReply, ServiceError
from shared.stash_box.batches import BatchSize, run_in_batches
from shared.stash_box.capabilities import BoxCapabilities
from shared.stash_box.channel import Channel
from shared.stash_box.queries.kinds import CANDIDATE, STUDIO, TAG, RecordKind
from shared.stash_box.queries.rows import read_rows
from shared.stash_box.records.types import Performer, RecordT, Studio, Tag

SEARCH_TAG = "found: searchTag(term: $term, limit: $limit)"
LIMIT = 25
TERMS_AT_ONCE = 10  # a reply to one search is as large as some twenty records

Hits = Union["tuple[RecordT, ...]", ServiceError]


def search_tags(channel: Channel, term: str, limit: int = LIMIT) -> list[Tag]:
    """Return the tags whose name or alias fits a text, best first, for the client.

    Raise NotOffered if the box has no such search.
    """
    channel.require("searchTag", "a search for tags")

    def build(known: BoxCapabilities) -> str:
        return f"query Search($term: String!, $limit: Int) {{ {SEARCH_TAG} {TAG.select(known)} }}"

    operation = "searching for tags"
    rows: Any = channel.ask_built(build, {"term": term, "limit": limit}, operation, records=limit).get("found")
    if not isinstance(rows, list):
        name = channel.box.name
        raise BadReply(f"{name} sent no list while {operation}.", service=name, operation=operation, status=200)
    return read_rows(channel, TAG, rows).records


def search_many_performers(channel: Channel, terms: Iterable[str]) -> Iterator[dict[str, Hits[Performer]]]:
    """Yield performers found for names or URLs, several terms per request, for the client.

    A term that failed has its error.
    """
    yield from _search_many(channel, CANDIDATE, terms)


def search_many_studios(channel: Channel, terms: Iterable[str]) -> Iterator[dict[str, Hits[Studio]]]:
    """Yield studios found for names or URLs, for the client.

    A box without a search for studios finds exact names only.
    """
    yield from _search_many(channel, STUDIO, terms)


class _Form(NamedTuple):
    """The form of a search at a box: query, arguments, and the name of the rows in the reply."""

    root: str
    arguments: str
    rows: str = ""


def _find_form(channel: Channel, kind: RecordKind[Any]) -> _Form:
    known = channel.capabilities.queries
    if f"search{kind.type}s" in known:
        return _Form(f"search{kind.type}s", "term: $t{0}, per_page: $limit", f"{kind.word}s")
    if f"search{kind.type}" in known or kind.type != "Studio":
        channel.require(f"search{kind.type}", f"a search for {kind.word}s")
        return _Form(f"search{kind.type}", "term: $t{0}, limit: $limit")
    return _Form("findStudio", "name: $t{0}")


def _search_many(
    channel: Channel, kind: RecordKind[RecordT], terms: Iterable[str]
) -> Iterator[dict[str, Hits[RecordT]]]:
    form, now = _find_form(channel, kind), channel.clock.now()
    size = BatchSize(channel.memory, channel.box.endpoint, f"search.{kind.batch}", now, TERMS_AT_ONCE)

    def ask(some: Sequence[str]) -> dict[str, Hits[RecordT]]:
        return _ask_many(channel, kind, form, some)

    for piece, found in run_in_batches(list(dict.fromkeys(terms)), size, ask):
        yield dict.fromkeys(piece, found) if isinstance(found, ServiceError) else found


def _ask_many(
    channel: Channel, kind: RecordKind[RecordT], form: _Form, terms: Sequence[str]
) -> dict[str, Hits[RecordT]]:
    has_limit = "$limit" in form.arguments
    declared = [f"$t{number}: String!" for number in range(len(terms))] + ["$limit: Int"] * has_limit
    body = f"{{ {form.rows} {{ ...Parts }} }}" if form.rows else "{ ...Parts }"
    fields = [f"s{number}: {form.root}({form.arguments.format(number)}) {body}" for number in range(len(terms))]
    head = f"query Search({', '.join(declared)}) {{ {' '.join(fields)} }} fragment Parts on {kind.type} "
    variables: dict[str, Any] = {f"t{number}": term for number, term in enumerate(terms)}
    variables.update({"limit": LIMIT} if has_limit else {})
    operation = f"searching for {kind.word}s"
    asked = len(terms) * LIMIT
    data = channel.ask_built(lambda known: head + kind.select(known), variables, operation, records=asked)
    return {term: _read_hits(channel, kind, form, data.get(f"s{number}")) for number, term in enumerate(terms)}


def _read_hits(channel: Channel, kind: RecordKind[RecordT], form: _Form, found: Any) -> tuple[RecordT, ...]:
    rows = found.get(form.rows) if form.rows and isinstance(found, Mapping) else found
    if form.root.startswith("find"):
        rows = [] if rows is None else [rows]
    if not isinstance(rows, list):
        name, operation = channel.box.name, f"searching for {kind.word}s"
        raise BadReply(f"{name} sent no list while {operation}.", service=name, operation=operation, status=200)
    return tuple(read_rows(channel, kind, rows).records)
