"""Finishes merges that were interrupted after their source was gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from performers.library.entities import select_objects
from performers.merge.target import KIND, SUFFIX, MergeTarget
from shared.errors import BundleError, Busy
from shared.journal import Journal, apply_plan
from shared.journal.queries import list_unfinished_items
from shared.page.heartbeat import Notice

if TYPE_CHECKING:
    from shared.runtime.call import Call


class InterruptedMerge(NamedTuple):
    """A merge that was applied and did not come to its end."""

    plan_id: int
    kind: str
    source: int
    label: str


def finish_merges(call: Call) -> Iterator[Notice]:
    """Finish merges whose source is gone, at each heartbeat and update; yields a notice for each that fails."""
    for merge in list_interrupted_merges(call):
        if select_objects(call.stash, merge.kind).get(merge.source, "") is not None:
            continue
        try:
            apply_plan(call, merge.plan_id, MergeTarget(call), batch_size=MergeTarget.batch_size)
            call.log.info(f"The merge of {merge.label} was interrupted and is finished now; the history says how.")
        except Busy:
            return  # another merge is running
        except BundleError as error:
            text = f"The merge of {merge.label} was interrupted and could not be finished yet: {error}"
            call.log.warning(text)
            yield Notice(f"merge.{merge.plan_id}", "warning", text)


def list_interrupted_merges(call: Call) -> Iterator[InterruptedMerge]:
    """Yield the merges that were started and not finished, for `finish_merges`; a running one is among them."""
    for plan_id, item in list_unfinished_items(Journal(call.store), KIND):
        source = int(item.id.partition(">")[0])
        yield InterruptedMerge(plan_id, item.kind[: -len(SUFFIX)], source, item.label)
