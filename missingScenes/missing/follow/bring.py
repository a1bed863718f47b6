"""Brings the new scenes of what is followed: to Wanted or to Whisparr, through the same plans as a click.

A scene is marked before the run writes it. If the process is killed, the next check finds the outcome in the journal.
"""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from missing.follow.plan import BRINGING, CAME, LEFT_OUT, OPEN, RETRY, SKIPPED, Decision, decide_scenes
from missing.follow.rules import WANTED
from missing.follow.store import (
    Follow,
    SavedScene,
    claim_scenes,
    list_arrivals,
    list_follows,
    list_open_scenes,
    list_scenes,
    save_decisions,
)
from missing.marks.operations import plan_marks
from missing.marks.store import MarkedScene, find_marked_ids, save_card
from missing.marks.target import KIND as LISTS_KIND
from missing.marks.target import make_item
from missing.marks.target import make_target as make_mark_target
from missing.owned.by_id import find_owned_scenes
from missing.whisparr.add.prepare import prepare_adds
from missing.whisparr.add.target import KIND as ADDS_KIND
from missing.whisparr.add.target import make_target as make_add_target
from missing.whisparr.instances import join_id
from shared.errors import BundleError, UsageError
from shared.journal import Entry, Journal, Target
from shared.journal.apply_now import enter_when_free
from shared.journal.batch import NOT_BEGUN
from shared.journal.changes import CHANGED, INTENT, UNCHANGED
from shared.journal.changes import SKIPPED as SKIPPED_ITEM
from shared.journal.queries import list_run_changes
from shared.journal.recovery import settle_kind
from shared.whisparr.model import plain_id

if TYPE_CHECKING:
    from shared.runtime.call import Call

THERE = {WANTED: "It was on the Wanted list already.", "whisparr": "It was in Whisparr already."}


class Brought(NamedTuple):
    """The run that brought scenes, None if nothing was begun, and why it could not bring them all."""

    run_id: int | None = None
    problem: str = ""


class UnneededScenes(NamedTuple):
    """Which open scenes of a box need not be brought: owned ones and ignored ones."""

    owned: Collection[str]
    ignored: Collection[str]


def bring_all(call: Call) -> dict[str, str]:
    """Bring the open scenes of all follows that are due, to Wanted or Whisparr.

    `look_around` and `bring_again` call it. Return by name of the performer or studio why some could not be brought.
    """
    settle_interrupted(call)
    problems: dict[str, str] = {}
    for endpoint in dict.fromkeys(each.endpoint for each in list_follows(call.store)):
        follows = list_follows(call.store, endpoint)
        opened = {each.id: list_open_scenes(call.store, each.id) for each in follows}
        ids = sorted({scene.scene_id for scenes in opened.values() for scene in scenes})
        unneeded = find_unneeded(call, endpoint, ids)
        for follow in follows:
            brought = bring_due(call, follow, unneeded)
            if brought.problem:
                problems[follow.name] = brought.problem
    return problems


def find_unneeded(call: Call, endpoint: str, scene_ids: Sequence[str]) -> UnneededScenes:
    """Return which of these open scenes are in the library or ignored by now, so that they are left out.

    `bring_all` calls it.
    """
    if not scene_ids:
        return UnneededScenes((), ())
    owned = find_owned_scenes(call.stash, call.store, endpoint, scene_ids)
    ignored = find_marked_ids(call.store, endpoint, scene_ids).ignored
    return UnneededScenes({*owned.linked, *owned.sure_files}, ignored)


def bring_due(call: Call, follow: Follow, unneeded: UnneededScenes) -> Brought:
    """Save the decisions about the open scenes of a follow, and bring those that are due.

    `bring_all` calls it for each follow.
    """
    scenes = list_open_scenes(call.store, follow.id)
    came = len(list_arrivals(call.store, follow.id))
    decisions = decide_scenes(scenes, follow.rules, came, unneeded.owned, unneeded.ignored)
    save_decisions(call.store, [each for each in decisions if each.state != BRINGING], follow)
    return bring_scenes(call, follow, [each.scene_id for each in decisions if each.state == BRINGING])


def bring_scenes(call: Call, follow: Follow, scene_ids: Collection[str]) -> Brought:
    """Bring these open or skipped scenes of a follow in one run; the check and `decide_followed` call it.

    A scene that could not be brought gets the state RETRY, and the next check tries it again.
    """
    wanted = [each for each in list_scenes(call.store, (*OPEN, SKIPPED), follow.id) if each.scene_id in scene_ids]
    if not wanted:
        return Brought()
    try:
        kind, target, entries = prepare_run(call, follow, wanted)
        with ExitStack() as stack:
            title = f"Followed {follow.name}: {count_things(len(wanted), 'scene')}"
            run = enter_when_free(call, stack, target, kind=kind, title=title)
            claim_scenes(call.store, follow, [each.scene_id for each in wanted], run.run_id or 0)
            run.work(entries)
    except BundleError as error:
        settle_scenes(call, follow, wanted, str(error))
        return Brought(None, str(error))
    settle_scenes(call, follow, wanted)
    states = [each for each in list_scenes(call.store, (RETRY,), follow.id) if each.scene_id in scene_ids]
    return Brought(run.run_id, states[0].reason if states else "")


def prepare_run(call: Call, follow: Follow, scenes: Sequence[SavedScene]) -> tuple[str, Target, list[Entry]]:
    """Return kind, journal target and entries of the run that puts these scenes on Wanted or adds them to Whisparr.

    `bring_scenes` calls it.
    """
    rules, cards = follow.rules, [each.card for each in scenes]
    if rules.target != WANTED:
        return ADDS_KIND, make_add_target(call), prepare_adds(call, follow.endpoint, cards, rules.whisparr).entries
    target = make_mark_target(call)
    with call.store.write():
        for card in cards:
            save_card(call.store, MarkedScene(follow.endpoint, card["id"], card, call.clock.now()))
    reason = f"you follow {follow.name}"
    return LISTS_KIND, target, list(plan_marks(target, "wanted", True, follow.endpoint, cards, reason))


def settle_interrupted(call: Call) -> None:
    """Save what became of scenes whose process was killed while it brought them; `bring_all` begins so."""
    for follow in list_follows(call.store):
        begun = list_scenes(call.store, (BRINGING,), follow.id)
        dead = [each for each in begun if not is_running(call, each.run)]
        if not dead:
            continue
        is_list = follow.rules.target == WANTED
        try:
            if is_list:
                settle_kind(call, LISTS_KIND, make_mark_target(call))
            else:
                settle_kind(call, ADDS_KIND, make_add_target(call))
        except BundleError as error:
            call.log.debug(f"It was not found out what became of scenes of {follow.name}: {error}")
            continue
        settle_scenes(call, follow, dead)


def is_running(call: Call, run_id: int) -> bool:
    """Return True if a living process carries out this run of the journal.

    `settle_interrupted` leaves its scenes alone.
    """
    try:
        return Journal(call.store).summarize(run_id).state == "running"
    except UsageError:  # the history keeps runs for a limited time
        return False


def settle_scenes(call: Call, follow: Follow, scenes: Sequence[SavedScene], problem: str = "") -> None:
    """Save the outcomes that the journal has of scenes that were to be brought, after a run or a kill.

    The others get RETRY with `problem`. If the outcome of a write is not known yet, the scene stays as it is, and the
    next check finds it out.
    """
    ids = {each.scene_id for each in scenes}
    claimed = [each for each in list_scenes(call.store, (BRINGING,), follow.id) if each.scene_id in ids]
    items = {make_item_id(follow, each.scene_id): each.scene_id for each in claimed}
    ended: dict[str, Decision] = {each: Decision(each, RETRY, problem) for each in ids}
    for run_id in sorted({each.run for each in claimed}):
        rows, _ = list_run_changes(Journal(call.store), run_id, -1)
        for row in (each for each in rows if each["item_id"] in items and each["outcome"]):
            scene_id = items[row["item_id"]]
            if row["outcome"] == INTENT:
                ended.pop(scene_id, None)
            else:
                ended[scene_id] = make_decision(follow, scene_id, row["outcome"], row["message"] or problem)
    came = [each for each in ended.values() if each.state == CAME]
    save_decisions(call.store, came, follow, for_all=True)
    save_decisions(call.store, [each for each in ended.values() if each.state != CAME], follow)


def make_item_id(follow: Follow, scene_id: str) -> str:
    """Return the id that the journal gives to a scene: of its Wanted entry, or of its add to the follow's Whisparr.

    `settle_scenes` finds the outcome by it.
    """
    if follow.rules.target == WANTED:
        return make_item(follow.endpoint, scene_id, "").id
    return join_id(plain_id(scene_id), follow.rules.whisparr)


def make_decision(follow: Follow, scene_id: str, outcome: str, message: str) -> Decision:
    """Return the state of a scene by its outcome in the journal: it came, is left out, or is tried again.

    `settle_scenes` saves it.
    """
    if outcome == CHANGED:
        return Decision(scene_id, CAME)
    if outcome == UNCHANGED:
        return Decision(scene_id, LEFT_OUT, THERE[follow.rules.target])
    is_refused = outcome == SKIPPED_ITEM and message != NOT_BEGUN.message
    return Decision(scene_id, LEFT_OUT if is_refused else RETRY, message)
