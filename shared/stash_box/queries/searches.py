"""Searching by words and by exact name. A search is a list of candidates, never an equality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Union

from shared.errors import BadReply, ServiceError
from shared.stash_box.batches import BatchSize, run_in_batches
from shared.stash_box.capabilities import BoxCapabilities
from shared.stash_box.channel import Channel
from shared.stash_box.queries.kinds import CANDIDATE, PERFORMER, SCENE, STUDIO, TAG, RecordKind
from shared.stash_box.records.types import Performer, RecordT, Scene, Studio, Tag

LIMIT = 25
TERMS_AT_ONCE = 10  # an answer to a search is as large as some twenty records

Hits = Union["tuple[RecordT, ...]", ServiceError]


def search_scenes(channel: Channel, term: str, limit: int = LIMIT) -> list[Scene]:
    """Scenes with any of the words, most words first; a UUID or an address finds exactly."""
    return _search(channel, SCENE, term, limit)


def search_performers(channel: Channel, term: str, limit: int = LIMIT) -> list[Performer]:
    """Performers by name or alias; a UUID or an address finds exactly."""
    return _search(channel, PERFORMER, term, limit)


def search_studios(channel: Channel, term: str, limit: int = LIMIT) -> list[Studio]:
    """Studios by name, network or alias."""
    return _search(channel, STUDIO, term, limit)


def search_tags(channel: Channel, term: str, limit: int = LIMIT) -> list[Tag]:
    """Tags by name or alias."""
    return _search(channel, TAG, term, limit)


def find_studio_named(channel: Channel, name: str) -> Studio | None:
    """The live studio with exactly this name, upper and lower case being the same; aliases do not count."""
    return _find_named(channel, STUDIO, "findStudio", name)


def find_tag_named(channel: Channel, name: str) -> Tag | None:
    """The live tag with exactly this name, else with this alias where the box looks for those."""
    has_alias_search = "findTagOrAlias" in channel.capabilities.queries
    return _find_named(channel, TAG, "findTagOrAlias" if has_alias_search else "findTag", name)


def search_many_performers(channel: Channel, terms: Iterable[str]) -> Iterator[dict[str, Hits[Performer]]]:
    """Candidates for many names or addresses, piece by piece; a term that cannot be answered has its error."""
    yield from _search_many(channel, CANDIDATE, terms)


def search_many_studios(channel: Channel, terms: Iterable[str]) -> Iterator[dict[str, Hits[Studio]]]:
    """The same for studios; where the box does not search them, the one of exactly that name."""
    yield from _search_many(channel, STUDIO, terms)


class _Form(NamedTuple):
    """The form of a search at a box: query, arguments, and place of the rows in the reply."""

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
    data = channel.ask_built(lambda known: head + kind.select(known), variables, operation)
    return {term: _read_hits(channel, kind, form, data.get(f"s{number}")) for number, term in enumerate(terms)}


def _read_hits(channel: Channel, kind: RecordKind[RecordT], form: _Form, found: Any) -> tuple[RecordT, ...]:
    rows = found.get(form.rows) if form.rows and isinstance(found, Mapping) else found
    if form.root.startswith("find"):
        rows = [] if rows is None else [rows]
    if not isinstance(rows, list):
        name, operation = channel.box.name, f"searching for {kind.word}s"
        raise BadReply(f"{name} sent no list while {operation}.", service=name, operation=operation, status=200)
    return tuple(kind.read(row) for row in rows if row)


def _search(channel: Channel, kind: RecordKind[RecordT], term: str, limit: int) -> list[RecordT]:
    """The newer query, which pages, or the older one, which every box has for scenes and performers."""
    newer, older = f"search{kind.type}s", f"search{kind.type}"
    rows_name = f"{kind.word}s"
    is_newer = newer in channel.capabilities.queries
    if not is_newer:
        channel.require(older, f"a search for {rows_name}")
    root, arguments = (newer, "term: $term, per_page: $limit") if is_newer else (older, "term: $term, limit: $limit")

    def build(known: BoxCapabilities) -> str:
        selection = f"{{ {rows_name} {kind.select(known)} }}" if is_newer else kind.select(known)
        return f"query Search($term: String!, $limit: Int) {{ found: {root}({arguments}) {selection} }}"

    operation = f"searching for {rows_name}"
    found: Any = channel.ask_built(build, {"term": term, "limit": limit}, operation).get("found")
    rows = found.get(rows_name) if isinstance(found, Mapping) else found
    if not isinstance(rows, list):
        name = channel.box.name
        raise BadReply(f"{name} sent no list while {operation}.", service=name, operation=operation, status=200)
    return [kind.read(row) for row in rows if row]


def _find_named(channel: Channel, kind: RecordKind[RecordT], root: str, name: str) -> RecordT | None:
    def build(known: BoxCapabilities) -> str:
        return f"query Named($name: String!) {{ found: {root}(name: $name) {kind.select(known)} }}"

    row = channel.ask_built(build, {"name": name}, f"looking up the {kind.word} {name}").get("found")
    return kind.read(row) if row else None
