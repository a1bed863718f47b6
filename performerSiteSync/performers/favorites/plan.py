"""Plans the favorites of one box as changes of the journal; removals may only be proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from performers.boxes.remote_items import FAVORITE, NEW, RemoteGroup, make_remote_item
from performers.favorites.decide import (
    ASK,
    KEEP,
    LEFT_HERE,
    LEFT_THERE,
    LIKE_HERE,
    LIKE_THERE,
    UNLIKE_HERE,
    UNLIKE_THERE,
    decide_favorite,
)
from performers.favorites.namesakes import find_name_clashes
from performers.favorites.snapshot import FavoriteLists, LocalFavorite, RemoteFavorite, fetch_records
from performers.library.entities import find_linked_by_id
from performers.library.names import NameIndex
from performers.sync.plan import note_conflict
from shared.journal import Change, Entry, Finding, Item, set_field
from shared.stash_box import TPDB, Box, normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call

Rows = Sequence[Mapping[str, Any]]


class FavoriteOptions(NamedTuple):
    """The favorite settings of one run: direction, removals, and if missing objects are created."""

    direction: str
    removal: str
    creates: bool


class FavoriteBatch(NamedTuple):
    """The planned rows for one box: entries to write, removals to propose, and entries another box has planned."""

    entries: list[Entry]
    proposals: list[Change]
    repeated: list[Entry]


class FavoritePlanner:
    """Plans box by box; `others` are the favorites of the other boxes, None for a box that failed."""

    def __init__(
        self, call: Call, kind: str, wanted: FavoriteOptions, others: Mapping[str, FavoriteLists | None]
    ) -> None:
        self._call = call
        self._kind = kind
        self._options = wanted
        self._others = {normalize_endpoint(endpoint): lists for endpoint, lists in others.items()}
        self._names = NameIndex(call, kind)
        self._planned: set[Item] = set()

    def plan(self, lists: FavoriteLists) -> FavoriteBatch:
        """Return the rows for one box; the favorites task writes them before the next box is planned."""
        by_action: dict[str, list[str]] = {}
        for each in dict.fromkeys([*lists.there, *lists.here_ids]):
            before = lists.memory.get(each, "")
            action = decide_favorite(each in lists.there, each in lists.here_ids, before, self._options.direction)
            by_action.setdefault(action, []).append(each)
        batch = FavoriteBatch([], [], [])
        for entry in self._plan_new_favorites(lists, by_action.get(LIKE_HERE, ())):
            (batch.repeated if entry.item in self._planned else batch.entries).append(entry)
        self._planned.update(entry.item for entry in batch.entries if isinstance(entry, Change))
        self._plan_removals_at_box(lists, by_action, batch)
        self._plan_removals_in_stash(lists, by_action, batch)
        for local in select_favorites(lists.here, by_action.get(LIKE_THERE, ())):
            item = make_remote_item(RemoteGroup(FAVORITE, self._kind, lists.box.endpoint), local.remote_id, local.name)
            reason = "A favorite in Stash."
            batch.entries.append(set_field(item, "liked", False, True, source=lists.box.endpoint, reason=reason))
        return batch

    def _plan_new_favorites(self, lists: FavoriteLists, ids: Sequence[str]) -> Iterator[Entry]:
        """Plan the favorites of the box that the library does not have as favorites."""
        box, missing = lists.box, []
        owners = find_linked_by_id(self._call.stash, self._kind, box.endpoint, ids, "name")
        for each in ids:
            rows = owners.get(each, ())
            if rows:
                yield plan_favorite(self._kind, box, each, lists.there[each], rows)
            else:
                missing.append(each)
        self._cache_missing_records(box, missing)
        yield from self._plan_creations(lists, missing)

    def _cache_missing_records(self, box: Box, missing: Sequence[str]) -> None:
        """Cache the records of favorites to be created, because ThePornDB's list has only names."""
        if box.kind == TPDB and self._options.creates:
            fetch_records(self._call, self._kind, box, missing)

    def _plan_creations(self, lists: FavoriteLists, missing: Sequence[str]) -> Iterator[Entry]:
        box = lists.box
        merged = {old for each in missing for old in lists.there[each].merged}
        before = find_linked_by_id(self._call.stash, self._kind, box.endpoint, sorted(merged), "name")
        new = {each: lists.there[each] for each in missing if not set(lists.there[each].merged) & set(before)}
        rivals = find_name_clashes(self._call, self._kind, box, new, self._names)
        for each in missing:
            old = [row for one in lists.there[each].merged for row in before.get(one, ())]
            yield rivals.get(each) or self._plan_creation(box, each, lists.there[each], old)

    def _plan_creation(self, box: Box, remote_id: str, remote: RemoteFavorite, old: Rows) -> Entry:
        """Plan the creation of a favorite that Stash lacks and that clashes with no name."""
        item = make_remote_item(RemoteGroup(NEW, self._kind, box.endpoint), remote_id, remote.name)
        reason = f"A favorite at {box.name}."
        if old:
            message = f"{reason} {box.name} merged {describe_rows(old)} into it. Sync that one first."
            return note_conflict(item, message, box.endpoint)
        if not self._options.creates:
            return Finding(item, "skipped", f"{reason} Stash does not have it yet.", source=box.endpoint)
        return set_field(item, "created", None, True, source=box.endpoint, reason=reason)

    def _plan_removals_at_box(
        self, lists: FavoriteLists, by_action: Mapping[str, Sequence[str]], batch: FavoriteBatch
    ) -> None:
        """Plan for favorites that were removed in Stash since the last run."""
        box, ids = lists.box, [*by_action.get(UNLIKE_THERE, ()), *by_action.get(LEFT_HERE, ())]
        owners = find_linked_by_id(self._call.stash, self._kind, box.endpoint, ids, "name")
        for each in ids:
            item = make_remote_item(RemoteGroup(FAVORITE, self._kind, box.endpoint), each, lists.there[each].name)
            if not owners.get(each):
                message = f"Still a favorite at {box.name}; Stash no longer has it."
                batch.entries.append(Finding(item, "skipped", message, source=box.endpoint))
                continue
            message = f"No longer a favorite in Stash, still one at {box.name}."
            change = set_field(item, "liked", True, False, source=box.endpoint, reason=message)
            self._add_removal(change, each in by_action.get(UNLIKE_THERE, ()), batch)

    def _plan_removals_in_stash(
        self, lists: FavoriteLists, by_action: Mapping[str, Sequence[str]], batch: FavoriteBatch
    ) -> None:
        """Plan for favorites removed at the box, if it still has the record and no other box has it as favorite."""
        box, follows = lists.box, by_action.get(UNLIKE_HERE, ())
        present = fetch_records(self._call, self._kind, box, follows)
        for local in select_favorites(lists.here, [*follows, *by_action.get(LEFT_THERE, ())]):
            item = Item(self._kind, local.number, local.name)
            message = f"No longer a favorite at {box.name}, still one in Stash."
            objection = self._find_objection(lists, local)
            if local.remote_id in follows and local.remote_id not in present:
                objection = f"{box.name} no longer has that record, or could not say."
            if objection:
                batch.entries.append(Finding(item, "skipped", f"{message} {objection}", "favorite", box.endpoint))
                continue
            change = set_field(item, "favorite", True, False, source=box.endpoint, reason=message)
            self._add_removal(change, local.remote_id in follows, batch)

    def _find_objection(self, lists: FavoriteLists, local: LocalFavorite) -> str:
        for endpoint, remote_id in local.links:
            where = normalize_endpoint(endpoint)
            if where == normalize_endpoint(lists.box.endpoint) or where not in self._others:
                continue
            other = self._others[where]
            if other is None:
                return "Another source of it could not be asked."
            if remote_id in other.there:
                return f"It still is one at {other.box.name}."
        return ""

    def _add_removal(self, change: Change, follows: bool, batch: FavoriteBatch) -> None:
        """Plan a removal as the settings say: done, proposed, or only reported."""
        if follows and self._options.removal == ASK:
            batch.proposals.append(change)
        elif follows and self._options.removal != KEEP:
            batch.entries.append(change)
        else:
            message = f"{change.reason} It stays as it is, as the settings say."
            batch.entries.append(Finding(change.item, "skipped", message, change.field, change.source))


def select_favorites(here: Sequence[LocalFavorite], ids: Collection[str]) -> list[LocalFavorite]:
    """Return those of the library's favorites that are linked to one of these ids, for the planner."""
    return [local for local in here if local.remote_id in ids]


def plan_favorite(kind: str, box: Box, remote_id: str, remote: RemoteFavorite, owners: Rows) -> Entry:
    """Return the change that marks the linked library object as favorite, or a conflict if there are several.

    `FavoritePlanner` calls it.
    """
    if len(owners) == 1:
        item = Item(kind, str(owners[0]["id"]), owners[0]["name"])
        reason = f"A favorite at {box.name}."
        return set_field(item, "favorite", False, True, source=box.endpoint, reason=reason)
    item = make_remote_item(RemoteGroup(NEW, kind, box.endpoint), remote_id, remote.name)
    message = f"Several of yours are linked to it: {describe_rows(owners)}."
    return note_conflict(item, message, box.endpoint)


def describe_rows(rows: Rows) -> str:
    """Return names with ids of library objects, for the planner's messages."""
    return ", ".join(f"{row['name']} ({row['id']})" for row in rows)
