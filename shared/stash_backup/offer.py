"""The offer to back up Stash's database before a plan is applied: the decision, and the operation of the question."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from shared.arguments import choice, ident, takes
from shared.journal import Journal
from shared.journal.queries import count_pending_items
from shared.page.paging import format_time
from shared.runtime.clock import is_recent
from shared.stash_backup.copies import find_folder, list_copies
from shared.stash_backup.memory import BackupMemory, recall_backup, remember_backup

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.stash.client import StashClient
    from shared.stash.library import LibraryObjects

FEW, MANY = 20, 200  # items: up to FEW there is no offer, over MANY it is ticked
KINDS: Mapping[str, Callable[[StashClient], LibraryObjects]] = {
    "performer": lambda stash: stash.performers,
    "studio": lambda stash: stash.studios,
    "scene": lambda stash: stash.scenes,
}
VALID_FOR = 7 * 86400.0  # seconds for which a backup, and a no, hold


class Offer(NamedTuple):
    """The offer of a backup in a question; `is_ticked` is the first state of its box."""

    is_offered: bool
    is_ticked: bool = False


def decide_offer(items: int, last: float | None, declined: float | None, now: float) -> Offer:
    """Return if a backup is offered before so many items are written, and if it is ticked.

    `backup_offer` answers with it. `last` is when the newest known backup was made, `declined` when a person last
    did without one.
    """
    if items <= FEW or (last is not None and is_recent(last, now, VALID_FOR)):
        return Offer(False)
    has_declined = declined is not None and is_recent(declined, now, VALID_FOR)
    return Offer(True, items > MANY and not has_declined)


@takes(
    ident("plan_id", None, "the plan to be applied; without it the offer is for a task"),
    choice("kind", tuple(KINDS), None, "the objects that the task may change; without it very many"),
)
def show_offer(call: Call) -> dict[str, Any]:
    """Operation `backup_offer`: return whether the question before many changes offers a backup of Stash."""
    items = count_items(call, call.args["plan_id"], call.args["kind"])
    if items <= FEW:
        return {"is_offered": False}
    place, memory, now = call.stash.read_database_place(), recall_backup(call), call.clock.now()
    last = find_last(memory, [copy.made_at for copy in list_copies(place)])
    offer = decide_offer(items, last, memory.declined_at, now)
    size = os.path.getsize(place.path) if os.path.exists(place.path) else None
    told = {"last": format_time(last), "folder": find_folder(place), "size": size, "has_pictures": place.has_pictures}
    return {**offer._asdict(), **told}


def count_items(call: Call, plan_id: int | None, kind: str | None) -> int:
    """Return how many items go into Stash's database: all objects of `kind`, else those of the plan.

    `backup_offer` asks. Without both it is a task, which counts as a large plan.
    """
    if kind is not None:
        return KINDS[kind](call.stash).count()
    if plan_id is None:
        return MANY + 1
    journal = Journal(call.store)
    plan = journal.find_plan(plan_id)
    return 0 if plan["kind"] in call.plugin.outside_stash else count_pending_items(journal, plan["id"])


def find_last(memory: BackupMemory, copies: list[float]) -> float | None:
    """Return when the newest known backup was made, by a plugin or by Stash itself; None if none is known.

    `backup_offer` asks.
    """
    return max([*copies, *([memory.made_at] if memory.made_at is not None else [])], default=None)


def note_answer(call: Call, backup: bool | None) -> None:
    """Save that a person declined the backup, if `backup` is False; None means that none was offered.

    The operation that applies a plan and each task call it.
    """
    if backup is False:
        remember_backup(call, recall_backup(call)._replace(declined_at=call.clock.now()))
