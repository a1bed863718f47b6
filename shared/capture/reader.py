"""Reads from Stash what a look needs: what was saved lately, all objects by pages, and which of some still exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.capture.compare import Asked, LastLook, LookRows, make_since, parse_time
from shared.capture.watch import Watch
from shared.stash.library import SCENE, LibraryObjects, Row

if TYPE_CHECKING:
    from shared.runtime.clock import Clock
    from shared.stash import StashClient

OBJECTS_AT_ONCE = 20_000
LOOK = """
  total%(n)d: find%(type)ss(filter: {per_page: 0}) { count }
  saved%(n)d: find%(type)ss(%(name)s_filter: $where%(n)d, filter: {per_page: -1, sort: "id", direction: ASC}) {
    rows: %(plural)s { id updated_at %(fields)s }
  }"""
NEWEST = "\n  newest%(n)d: find%(type)s(id: %(id)d) { updated_at }"


def look_at_all(
    stash: StashClient, watches: Sequence[tuple[Watch, LastLook]], now: float, own_offset: str
) -> list[LookRows]:
    """Return for each watch, in order, what Stash saved since its last look; one request, made by `Capture`."""
    parts, variables, types = [], {}, []
    for n, (watch, last) in enumerate(watches):
        names = {**watch.kind._asdict(), "type": watch.kind.type, "fields": watch.fields, "n": n, "id": last.newest_id}
        parts.append(LOOK % names + (NEWEST % names if last.newest_id else ""))
        types.append(f"$where{n}: {watch.kind.type}FilterType")
        since = make_since(last, now, own_offset)
        variables[f"where{n}"] = {"updated_at": {"value": since, "modifier": "GREATER_THAN"}}
    document = f"query Look({', '.join(types)}) {{\n" + "".join(parts) + "\n}"
    data = stash.ask(document, variables, "looking for changes")
    return [read_look(data, n) for n in range(len(watches))]


def read_look(data: Mapping[str, Any], n: int) -> LookRows:
    """Return the part of the answer that is about one kind; `look_at_all` calls it."""
    newest = data.get(f"newest{n}")
    newest_at = parse_time(newest["updated_at"]) if newest else None
    return LookRows(int(data[f"total{n}"]["count"]), data[f"saved{n}"]["rows"], newest_at)


def iter_all_objects(stash: StashClient, watch: Watch, clock: Clock) -> Iterator[tuple[Asked, list[Row]]]:
    """Yield all objects of a kind in pages by id, each with the time when it was asked for, to compare all.

    Scenes are asked for by id above the last one, so a deletion moves none between pages. The others cannot be, and
    may be missed; `find_gone` asks once more before an object counts as destroyed.
    """
    objects, last, number, fields = select_objects(stash, watch), 0, 1, f"updated_at {watch.fields}"
    while True:
        began, monotonic = clock.now(), clock.monotonic()
        if watch.kind == SCENE:
            where = {"id": {"value": last, "modifier": "GREATER_THAN"}}
            rows = objects.page(fields, where, per_page=OBJECTS_AT_ONCE).rows
        else:
            rows = objects.page(fields, page=number, per_page=OBJECTS_AT_ONCE).rows
        if rows:
            yield Asked(began, monotonic, clock.now()), rows
            last, number = int(rows[-1]["id"]), number + 1
        if len(rows) < OBJECTS_AT_ONCE:
            return


def find_gone(stash: StashClient, watch: Watch, ids: Collection[int]) -> set[int]:
    """Return those of the ids that Stash no longer has; the comparison of all objects asks."""
    present = select_objects(stash, watch).read(sorted(ids), "") if ids else {}
    return set(ids).difference(present)


def select_objects(stash: StashClient, watch: Watch) -> LibraryObjects:
    """Return the client's access to the watched kind; the functions that read Stash for a look call it."""
    objects: LibraryObjects = getattr(stash, watch.kind.plural)
    return objects
