"""The tasks that take plays, positions and stars from Plex, and their preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from plexsync.match.store import MatchStore
from plexsync.queue.constants import MACHINE_ID, make_scene_key
from plexsync.server.connection import ConnectedServer, connect_server
from plexsync.watched.accounts import find_account
from plexsync.watched.activity import read_watched
from plexsync.watched.plan import ItemWatched, WatchPlan, WatchRules, has_news, plan_scene, read_stars100
from plexsync.watched.store import STARTED, TAKEN, LastWatched, WatchedStore
from plexsync.watched.target import RUN_KIND, WatchedTarget
from plexsync.write.store import WriteRecordStore
from shared.arguments import takes
from shared.errors import SettingError
from shared.journal import Change, Entry, Journal, open_run
from shared.plex.history import OWNER, iter_plays
from shared.plex.model import WatchedState
from shared.plex.title_and_text_form import rating_text
from shared.queue.outbox import Outbox
from shared.queue.start import start_drain_if_due
from shared.stash.library import split

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings

TITLE = "Taken from Plex"
BATCH_SIZE = 100
CLOCK_SKEW = 120  # seconds by which the clocks of two machines may differ
ONLY_PLAYS = "Plex tells positions and stars of its owner only, so only plays were taken of this account."
NOT_THE_OWNER = "This token is not the one of the server's owner, so Plex shows the plays and stars of somebody else."
NOTHING_CHOSEN = "Nothing is taken from Plex: choose on the Setup tab, under From Plex to Stash, what to take."


class WatchedInPlex(NamedTuple):
    """One reading of Plex: states and plays of items by rating key, their scenes, and the time of the last play."""

    states: Mapping[str, WatchedState]
    plays: Mapping[str, Sequence[int]]
    scenes: Mapping[str, int]
    latest: int


@takes()
def preview_watched(call: Call) -> dict[str, Any]:
    """Task Preview Plays and Stars From Plex: save a plan of what Stash would take; nothing is written."""
    if not takes_anything(call.settings):
        return {"message": NOTHING_CHOSEN}
    run = WatchedRun(call, is_preview=True)
    unchanged = {"unchanged": 0}

    def entries() -> Iterator[Entry]:
        for plan in run.iter_plans():
            unchanged["unchanged"] += not plan.entries
            yield from plan.entries

    plan_id = Journal(call.store).save_plan(entries(), kind=RUN_KIND, title=TITLE, counted=unchanged)
    summary = Journal(call.store).preview(plan_id)
    return {"message": f"{summary.sentence()} {run.note}".strip(), "plan_id": str(plan_id)}


@takes()
def take_watched(call: Call) -> dict[str, Any]:
    """Task Take Plays and Stars From Plex: write into Stash what people watched and rated in Plex."""
    if not takes_anything(call.settings):
        return {"message": NOTHING_CHOSEN}
    run, target = WatchedRun(call), WatchedTarget(call)
    with open_run(call, target, kind=RUN_KIND, title=TITLE, keep_empty=False) as journal_run:
        for plans in split(run.iter_plans(), BATCH_SIZE):
            if entries := [entry for plan in plans for entry in plan.entries]:
                journal_run.work(entries)
            journal_run.count("unchanged", sum(not plan.entries for plan in plans))
            run.note_compared(plans, target.written)
    run.finish()
    return {"message": f"{journal_run.summary().sentence()} {run.note}".strip()}


def takes_anything(settings: Settings) -> bool:
    """Return True if the settings say that Stash takes something from Plex."""
    return bool(settings.take_plays or settings.take_positions or settings.take_stars)


class WatchedRun:
    """One reading of Plex and Stash; `note` tells the user what the chosen account cannot give."""

    def __init__(self, call: Call, *, is_preview: bool = False) -> None:
        settings = call.settings
        self._call = call
        self._store = WatchedStore(call.store)
        self._records = WriteRecordStore(call.store)
        server = connect_server(call)
        if not any(section.can_edit for section in server.sections):
            raise SettingError("plex_token", NOT_THE_OWNER)
        self._account = find_account(server.plex, settings.plex_account)
        self._is_owner = self._account == OWNER
        is_less = not self._is_owner and (settings.take_positions or settings.take_stars)
        self.note = ONLY_PLAYS if is_less else ""
        self._rules = WatchRules(
            bool(settings.take_plays),
            bool(settings.take_positions) and self._is_owner,
            bool(settings.take_stars) and self._is_owner,
            settings.star_conflicts,
            repeats_conflicts=is_preview,
        )
        self._failed: set[str] = set()
        self._found = self._read_plex(server)

    def _read_plex(self, server: ConnectedServer) -> WatchedInPlex:
        """Read all states and the plays since the last run; of newly linked or matched items all plays."""
        states = {
            item.rating_key: item.watched if self._is_owner else WatchedState()
            for section in server.sections
            for page in server.plex.iter_pages(section.id)
            for item in page.items
            if not item.is_trashed
        }
        scenes = MatchStore(self._call.store).map_owners(states)
        new = scenes.keys() - self._store.list_keys()
        latest = self._store.find_cursor(self._account)
        known_from = max(latest - CLOCK_SKEW, 0)
        plays: dict[str, list[int]] = {}
        start = 0 if new else known_from
        for play in iter_plays(server.plex.wire, self._account, start) if self._rules.plays else ():
            if play.rating_key in new or play.at >= known_from:
                plays.setdefault(play.rating_key, []).append(play.at)
            latest = max(latest, play.at)
        return WatchedInPlex(states, plays, scenes, latest)

    def iter_plans(self) -> Iterator[WatchPlan]:
        """Yield the plan of each scene of whose items Plex shows something new, from all its items."""
        items_of = self._find_news()
        for done, piece in enumerate(split(sorted(items_of), BATCH_SIZE)):
            taken = self._store.find_taken(piece)
            for number, scene in read_watched(self._call.stash, piece).items():
                yield plan_scene(scene, items_of[number], taken.get(number, ()), self._rules)
            self._call.progress((done + 1) * BATCH_SIZE / len(items_of))

    def _find_news(self) -> dict[int, list[ItemWatched]]:
        """Return all items of each scene of which at least one item shows something new."""
        keys_of: dict[int, list[str]] = {}
        for key, number in self._found.scenes.items():
            keys_of.setdefault(number, []).append(key)
        items_of: dict[int, list[ItemWatched]] = {}
        for piece in split(keys_of, BATCH_SIZE):
            items = self._make_items([key for number in piece for key in keys_of[number]])
            owners = [self._found.scenes[item.rating_key] for item in items]
            news = {owner for item, owner in zip(items, owners, strict=True) if has_news(item, self._rules)}
            for item, owner in zip(items, owners, strict=True):
                if owner in news:
                    items_of.setdefault(owner, []).append(item)
        return items_of

    def _make_items(self, keys: Sequence[str]) -> list[ItemWatched]:
        """Return what Plex shows of some items, with what was compared last."""
        last, records = self._store.find_last(keys), self._records.find_records(keys)
        items = []
        for key in keys:
            stars = records[key].fields.get("userRating") if key in records else None
            before = last.get(key, LastWatched())
            plays = tuple(self._found.plays.get(key, ()))
            items.append(
                ItemWatched(key, self._found.states[key], plays, before.viewed, before.resume, stars, before.asked)
            )
        return items

    def note_compared(self, plans: Sequence[WatchPlan], written: Mapping[int, set[str]]) -> None:
        """Save what both programs show now, and queue the scenes whose stars Plex is to get.

        The items of a scene of which something was not written count as never compared.
        """
        with self._call.store.write():
            for plan in plans:
                wanted = {entry.field for entry in plan.entries if isinstance(entry, Change)}
                keys = [item.rating_key for item in plan.items]
                if wanted - written.get(plan.scene.id, set()):
                    self._failed.update(keys)
                    self._store.forget_last(keys)
                    continue
                self._store.save_last({item.rating_key: self._make_last(item, plan.asked) for item in plan.items})
                for item in plan.items if self._rules.stars else ():
                    self._note_stars(plan, item)
                if plan.sends_stars and self._call.settings.sync_rating:
                    Outbox(self._call.store).put(make_scene_key(plan.scene.id))

    def _make_last(self, item: ItemWatched, asked: str) -> LastWatched:
        """Return what was compared of an item; values that are not taken stay as they were known."""
        has_plays = self._rules.plays and self._is_owner
        viewed = item.state.plays if has_plays else item.last_viewed
        return LastWatched(viewed, item.state.offset if self._rules.resume else item.last_resume, asked)

    def _note_stars(self, plan: WatchPlan, item: ItemWatched) -> None:
        """Record the stars of an item as those that both showed, if they are equal or Stash's win."""
        there = read_stars100(item.state)
        text = rating_text(there) or ""
        if (plan.sends_stars or there == plan.scene.stars) and (item.last_stars or "") != text:
            self._records.note_stars(item.rating_key, plan.scene.id, text)

    def finish(self) -> None:
        """Note the cursor and the new items as compared, let the schedule go on from here, and start the drain.

        The tasks call it when all was written.
        """
        new = self._found.scenes.keys() - self._store.list_keys() - self._failed
        states = self._found.states
        self._store.save_last({key: self._make_last(ItemWatched(key, states[key]), "") for key in new})
        if self._rules.plays:
            self._store.save_cursor(self._account, self._found.latest)
        self._call.store.kv.put(STARTED, self._call.store.kv.get(MACHINE_ID, str))
        self._call.store.kv.put(TAKEN, self._call.clock.now())
        start_drain_if_due(self._call)
