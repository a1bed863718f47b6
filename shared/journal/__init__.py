"""Plan, apply, history, undo: nothing is written that cannot be seen first and taken back after.

A plugin brings a `Target` that reads and writes its items; everything else is here. For tags on scenes::

    class SceneTags:
        def __init__(self, stash):
            self._stash = stash

        def read(self, items, fields):
            found = self._stash.find_scenes([item.id for item in items])   # raises when it cannot be known
            return {item: {"tags": found[item.id]["tag_ids"]} for item in items if item.id in found}

        def write(self, work):
            return write_each(work, self._write_item)   # an error stays with its item, unless it stops the run

        def _write_item(self, item, changes):
            added = [change.after for change in changes if change.action == "add"]
            removed = [change.before for change in changes if change.action == "remove"]
            self._stash.change_tags(item.id, added, removed)

Planning is pure: it yields `add_member(item, "tags", tag_id, source=endpoint, reason="linked tag")`, and `Finding`s for
what a person should know. Then either preview first, apply later::

    plan_id = Journal(call.store).save_plan(plan_tags(scenes), kind="sync", title="Tags from StashDB")
    summary = apply_plan(call, plan_id, SceneTags(call.stash))

or plan and apply in turns, for a library that does not fit into one plan::

    with open_run(call, SceneTags(call.stash), kind="sync", title="Tags from StashDB", dry_run=dry) as run:
        for scenes in pages:
            run.work(plan_tags(scenes))
            run.count("unchanged", number_without_changes)
    summary = run.summary()

A click that writes a little at once is `apply_now(call, target, kind="links", title="…", entries=changes)`: it waits
for a running run of the kind, and raises the reasons if everything was refused.

Later `apply_plan(call, plan_undo(journal, summary.run_id), target)` takes a run back. Pictures go through
`journal.blobs`.
"""

from __future__ import annotations

from shared.journal.apply import Run, apply_plan, open_run
from shared.journal.apply_now import apply_now
from shared.journal.blobs import Blobs
from shared.journal.changes import (
    Change,
    Entry,
    Finding,
    Item,
    Json,
    Target,
    Work,
    Written,
    add_member,
    name_member,
    remove_member,
    set_field,
)
from shared.journal.journal import Journal, RunSummary
from shared.journal.retention import prune
from shared.journal.undo import plan_undo
from shared.journal.write_each import write_each

__all__ = [
    "Blobs",
    "Change",
    "Entry",
    "Finding",
    "Item",
    "Journal",
    "Json",
    "Run",
    "RunSummary",
    "Target",
    "Work",
    "Written",
    "add_member",
    "apply_now",
    "apply_plan",
    "name_member",
    "open_run",
    "plan_undo",
    "prune",
    "remove_member",
    "set_field",
    "write_each",
]
