"""Favourites: those of the boxes come to Stash, those of Stash go to the boxes, or both. Nothing is ever un-liked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.answers import PERFORMER, STUDIO, Answers
from performers.favorite_target import LIKED, NEW, FavoriteTarget, encode
from performers.identity import find_links
from performers.library import find_shelf, list_fields
from performers.rules import note_conflict
from performers.sources import open_source, read_usable
from performers.sync import read_flag
from shared.errors import BundleError, ServiceError
from shared.journal import Entry, Finding, Item, open_run, set_field
from shared.stashbox import Box, Found, StashBoxClient

if TYPE_CHECKING:
    from shared.call import Call

IMPORT, EXPORT, BOTH = "import", "export", "both"
KIND = "favorites"
WORDS = {PERFORMER: "performers", STUDIO: "sites"}


class Local(NamedTuple):
    """A favourite of the library that is linked to the box."""

    number: str
    name: str
    remote_id: str


class Lists(NamedTuple):
    """What is liked at a box now, what was liked there the last time, and what is liked here."""

    there: Mapping[str, str]
    before: frozenset[str]
    here: Sequence[Local]


def sync_performers(call: Call) -> dict[str, Any]:
    """The task: favourite performers of all sources, or of one."""
    return sync_favorites(call, PERFORMER)


def sync_studios(call: Call) -> dict[str, Any]:
    """The task: favourite sites of all sources, or of one."""
    return sync_favorites(call, STUDIO)


def sync_favorites(call: Call, kind: str) -> dict[str, Any]:
    """Source by source; one whose list cannot be had to the end is left alone."""
    if "favorite" not in list_fields(call.stash, kind):
        raise BundleError(f"This Stash has no favourite {WORDS[kind]}. Update it to 0.26 or later.")
    boxes = read_usable(call, str(call.args.get("source") or ""))
    problems: dict[str, str] = {}
    title = f"Favourite {WORDS[kind]} of {', '.join(box.name for box in boxes)}"
    is_dry = read_flag(call.args, "dry_run")
    with open_run(call, FavoriteTarget(call), kind=KIND, title=title, dry_run=is_dry) as run:
        for number, box in enumerate(boxes):
            try:
                sync_box(call, kind, box, run, is_dry)
            except ServiceError as error:
                problems[box.name] = f"not available: {error}"
                call.log.error(f"The favourites of {box.name} are left alone: {error}")
            call.progress((number + 1) / len(boxes))
        run.details.update({"problems": problems} if problems else {})
    summary = run.summary()
    message = " ".join([summary.sentence(), *(f"{name}: {text}" for name, text in problems.items())])
    if summary.is_failure or len(problems) == len(boxes):
        raise BundleError(f"{title} failed. {message}")
    call.log.info(f"{title}: {message}")
    state = "partial" if problems or summary.items["failed"] else "planned" if is_dry else "finished"
    return {"message": message, "state": state, "run": summary.to_json(), "problems": problems}


def sync_box(call: Call, kind: str, box: Box, run: Any, is_dry: bool) -> None:
    """One box: a complete list or an error, then its plan."""
    client = open_source(call, box)
    try:
        there = read_liked(call, kind, box, client)
    finally:
        client.close()
    lists = Lists(there, read_memory(call, kind, box), list_local(call, kind, box))
    direction = call.settings.favoritesDirection
    entries: list[Entry] = []
    if direction in (IMPORT, BOTH):
        entries += plan_import(call, kind, box, lists)
    if direction in (EXPORT, BOTH):
        entries += plan_export(kind, box, lists)
    run.work(entries)
    named = {entry.item.id for entry in entries}
    run.count("unchanged", sum(1 for each in lists.here if each.remote_id in there and each.number not in named))
    if not is_dry:
        remember(call, kind, box, there)


def read_liked(call: Call, kind: str, box: Box, client: StashBoxClient) -> dict[str, str]:
    """Names by id of what is liked at a box; their data is kept for creating them."""
    records: Any = client.read_favorite_performers() if kind == PERFORMER else client.read_favorite_studios()
    outcomes = {record.id: Found(record.id, record) for record in records}
    Answers(call.store, kind).keep(box.endpoint, outcomes, call.clock.now())
    return {record.id: record.name for record in records}


def list_local(call: Call, kind: str, box: Box) -> list[Local]:
    """The favourites of the library with a link to the box."""
    shelf = find_shelf(call.stash, kind)
    found: list[Local] = []
    for rows in shelf.stream(shelf.ids(shelf.favourites), "name stash_ids { endpoint stash_id }"):
        for row in rows:
            links = [(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]]
            found.extend(Local(str(row["id"]), row["name"], pair[1]) for pair in find_links(links, box))
    return found


def plan_import(call: Call, kind: str, box: Box, lists: Lists) -> Iterator[Entry]:
    """Likes of the box that the library does not have; what is no longer liked there is only told."""
    creates = call.settings.autoCreatePerformers if kind == PERFORMER else call.settings.autoCreateSites
    liked_here = {each.remote_id for each in lists.here}
    wanted = [each for each in lists.there if each not in liked_here]
    owners = find_shelf(call.stash, kind).find_linked(box.endpoint, wanted, "name")
    for each in wanted:
        yield plan_like(kind, box, each, lists.there[each], owners.get(each, ()), bool(creates))
    for local in lists.here:
        if local.remote_id in lists.before and local.remote_id not in lists.there:
            message = f"No longer a favourite at {box.name}; yours stays until you take it off."
            yield Finding(Item(kind, local.number, local.name), "skipped", message, "favorite", box.endpoint)


def plan_like(
    kind: str, box: Box, remote_id: str, name: str, owners: Sequence[Mapping[str, Any]], creates: bool
) -> Entry:
    """One like of the box: set it, create it, or say why not."""
    reason = f"A favourite at {box.name}."
    if len(owners) == 1:
        item = Item(kind, str(owners[0]["id"]), owners[0]["name"])
        return set_field(item, "favorite", False, True, source=box.endpoint, reason=reason)
    item = Item(NEW + kind, encode(box.endpoint, remote_id), name)
    if owners:
        numbers = ", ".join(str(row["id"]) for row in owners)
        return note_conflict(item, f"{box.name}'s favourite is linked to several of yours: {numbers}.", box.endpoint)
    if not creates:
        return Finding(item, "skipped", f"{reason} Stash does not have it yet.", source=box.endpoint)
    return set_field(item, "created", None, True, source=box.endpoint, reason=reason)


def plan_export(kind: str, box: Box, lists: Lists) -> Iterator[Entry]:
    """Likes of the library that the box does not have, unless they were taken off there."""
    for local in lists.here:
        if local.remote_id not in lists.there and local.remote_id not in lists.before:
            item = Item(LIKED + kind, encode(box.endpoint, local.remote_id), local.name)
            yield set_field(item, "liked", False, True, source=box.endpoint, reason="A favourite in Stash.")


def read_memory(call: Call, kind: str, box: Box) -> frozenset[str]:
    """What was liked at the box the last time."""
    rows = call.store.read("SELECT id FROM likes WHERE kind = ? AND endpoint = ?", (kind, box.endpoint))
    return frozenset(row["id"] for row in rows)


def remember(call: Call, kind: str, box: Box, there: Mapping[str, str]) -> None:
    """For the next time."""
    with call.store.write() as db:
        db.execute("DELETE FROM likes WHERE kind = ? AND endpoint = ?", (kind, box.endpoint))
        db.executemany("INSERT INTO likes VALUES (?, ?, ?)", [(kind, box.endpoint, each) for each in there])
