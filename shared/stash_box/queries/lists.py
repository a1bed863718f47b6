"""Reads lists of a box page by page; a page that fails raises and never ends the list early."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.errors import BadReply, ServiceError
from shared.stash_box.batches import MAYBE_TOO_LARGE, BatchSize, can_smaller_help
from shared.stash_box.capabilities import BoxCapabilities
from shared.stash_box.channel import Channel
from shared.stash_box.queries.filters import SceneFilter, is_wanted, make_conditions
from shared.stash_box.queries.kinds import PERFORMER, SCENE, STUDIO, TAG, RecordKind
from shared.stash_box.queries.rows import ReadRows, read_rows
from shared.stash_box.records.types import Performer, RecordT, Scene, Studio, Tag

PER_PAGE = 100
SMALLEST_PAGE = 25
# A box returns rows with the same value in any order, so pages can repeat some and leave out others. Times of creation
# are nearly always different; names are not.
ORDERS = ("CREATED_AT", "NAME", "UPDATED_AT")


class Rows(NamedTuple):
    """The rows of a page as JSON; `total` is None unless it was requested."""

    rows: list[Any]
    total: int | None


class ScenePage(NamedTuple):
    """The scenes of one page; `dropped` counts those that only failed conditions the box could not apply.

    `total` is the box's count before that, or None if it was not requested. `unreadable` are the ids of scenes that
    were left out because the box sent something else than a scene.
    """

    scenes: tuple[Scene, ...]
    page: int
    total: int | None
    has_more: bool
    dropped: int = 0
    unreadable: tuple[str, ...] = ()


class SceneList:
    """The scenes of a box that fit a filter; `list_scenes` of the client returns it."""

    def __init__(
        self,
        channel: Channel,
        wanted: SceneFilter,
        *,
        sort: str = "DATE",
        direction: str = "DESC",
        per_page: int = PER_PAGE,
    ) -> None:
        self._channel = channel
        self._wanted = wanted
        self._given = {**make_conditions(wanted), "sort": sort, "direction": direction}
        self._per_page = per_page
        self._query = ListQuery(channel, "queryScenes", "SceneQueryInput", "scenes", SCENE)

    def read_page(self, page: int = 1, *, wants_total: bool | None = None) -> ScenePage:
        """Return one page of a list of scenes, for lists, counts and follows.

        The total, a second query for the box, is requested for the first page only by default.
        """
        counted = page == 1 if wants_total is None else wants_total
        rows, total = self._query.read(self._given, page, self._per_page, counted)
        found = read_rows(self._channel, SCENE, rows)
        scenes = found.records
        kept = tuple(scene for scene in scenes if is_wanted(scene, self._wanted))
        is_full = len(rows) >= self._per_page
        has_more = is_full and (total is None or page * self._per_page < total)
        return ScenePage(kept, page, total, has_more, len(scenes) - len(kept), tuple(found.unreadable))


class ListQuery:
    """One list query; a page that is too large for the box is put together from two halves."""

    def __init__(self, channel: Channel, root: str, input_type: str, rows: str, kind: RecordKind[Any]) -> None:
        self._channel = channel
        self._root, self._input, self._rows, self._kind = root, input_type, rows, kind
        self._size = BatchSize(channel.memory, channel.box.endpoint, root, channel.clock.now(), PER_PAGE)

    def read(self, given: Mapping[str, Any], page: int, per_page: int, counted: bool) -> Rows:
        """Ask the box for one page of the list and return its rows, with the total if it is requested (`counted`).

        `given` has the query's conditions and its order. A page that is too large for the box is read in halves.
        """
        can_halve = per_page % 2 == 0 and per_page > SMALLEST_PAGE
        if per_page > self._size.current and can_halve:
            return self._read_halves(given, page, per_page, counted)
        try:
            rows = self._ask({**given, "page": page, "per_page": per_page}, counted, repeatable=not can_halve)
        except MAYBE_TOO_LARGE as error:
            if not can_halve or not can_smaller_help(error) or not _is_overload(error):
                self._size.restore()
                raise
            self._size.shrink(per_page, error)
            return self._read_halves(given, page, per_page, counted)
        self._size.note_success(per_page)
        return rows

    def _read_halves(self, given: Mapping[str, Any], page: int, per_page: int, counted: bool) -> Rows:
        half = per_page // 2
        first, total = self.read(given, 2 * page - 1, half, counted)
        if len(first) < half:
            return Rows(first, total)
        second, _ = self.read(given, 2 * page, half, False)
        return Rows([*first, *second], total)

    def _ask(self, given: Mapping[str, Any], counted: bool, *, repeatable: bool) -> Rows:
        def build(known: BoxCapabilities) -> str:
            parts = f"{'count ' if counted else ''}{self._rows} {self._kind.select(known)}"
            return f"query List($input: {self._input}!) {{ found: {self._root}(input: $input) {{ {parts} }} }}"

        operation = f"listing {self._rows}"
        asked = given["per_page"]
        data = self._channel.ask_built(build, {"input": dict(given)}, operation, repeatable=repeatable, records=asked)
        found = data.get("found")
        if not isinstance(found, dict) or not isinstance(found.get(self._rows), list) or None in found[self._rows]:
            name = self._channel.box.name
            raise BadReply(f"{name} sent a list with rows missing.", service=name, operation=operation, status=200)
        return Rows(found[self._rows], found.get("count"))


def read_performers(channel: Channel, **conditions: Any) -> list[Performer]:
    """Return all performers of a box that fit, by name, for `StashBoxClient`; raise BadReply if some are missing."""
    query = ListQuery(channel, "queryPerformers", "PerformerQueryInput", "performers", PERFORMER)
    return sorted(_read_whole(query, PERFORMER, conditions, channel), key=lambda each: each.name)


def read_studios(channel: Channel, **conditions: Any) -> list[Studio]:
    """Return all studios of a box that fit, by name, for `StashBoxClient`; raise BadReply if some are missing."""
    query = ListQuery(channel, "queryStudios", "StudioQueryInput", "studios", STUDIO)
    return sorted(_read_whole(query, STUDIO, conditions, channel), key=lambda each: each.name)


def read_tags(channel: Channel, **conditions: Any) -> list[Tag]:
    """Return all tags that fit, by name, for the client; raise BadReply if the list is not complete.

    A tag that cannot be read is left out and noted in the channel: without a lookup, no tag is taken for deleted.
    """
    query = ListQuery(channel, "queryTags", "TagQueryInput", "tags", TAG)
    return sorted(_read_all(query, TAG, conditions, channel).records, key=lambda each: each.name)


def _read_whole(
    query: ListQuery, kind: RecordKind[RecordT], given: Mapping[str, Any], channel: Channel
) -> list[RecordT]:
    """Return all rows of a list of favorites; raise if one cannot be read, because it would count as no favorite."""
    found = _read_all(query, kind, given, channel)
    if found.unreadable:
        raise _make_bad_reply(channel, f"sent a list with {channel.unreadable[-1]}", kind)
    return found.records


def _read_all(
    query: ListQuery, kind: RecordKind[RecordT], given: Mapping[str, Any], channel: Channel
) -> ReadRows[RecordT]:
    """Return all rows of a list; if fewer came than the box announced, the list is read again in another order."""
    found: dict[str, RecordT] = {}
    unreadable: set[str] = set()
    total = 0
    for order in ORDERS:
        pages, total = _read_in_order(query, {"sort": order, "direction": "ASC", **given})
        for rows in pages:
            read = read_rows(channel, kind, rows)
            found.update((record.id, record) for record in read.records)
            unreadable.update(read.unreadable)
        if len(found) + len(unreadable) >= total:
            return ReadRows(list(found.values()), sorted(unreadable))
    raise _make_bad_reply(channel, f"announced {total} {kind.word}s and sent {len(found)}; try again", kind)


def _make_bad_reply(channel: Channel, what: str, kind: RecordKind[Any]) -> BadReply:
    name = channel.box.name
    return BadReply(f"{name} {what}.", service=name, operation=f"listing {kind.word}s", status=200)


def _read_in_order(query: ListQuery, given: Mapping[str, Any]) -> tuple[list[list[Any]], int]:
    """Return the rows of all pages, and the number that the box announced."""
    pages: list[list[Any]] = []
    total = 0
    while True:
        rows, counted = query.read(given, len(pages) + 1, PER_PAGE, not pages)
        total = counted if counted is not None else total
        pages.append(rows)
        if len(rows) < PER_PAGE:
            return pages, total


def _is_overload(error: ServiceError) -> bool:
    """Return True for errors that a smaller page may avoid; a page that is refused would be refused in halves, too."""
    return error.status is None or error.status >= 500 or error.status == 413 or isinstance(error, BadReply)
