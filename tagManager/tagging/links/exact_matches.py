"""The plan that links all unlinked tags whose name or alias equals that of a box tag."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import Argument, Choice, ListOf, takes, text
from shared.page.followed_task import queue_followed_task
from shared.stash.library import LINKS_AT_ONCE
from shared.stash.links import find_ids
from shared.stash_box import Box
from tagging.links.box_tag_view import Holders, find_holders
from tagging.links.box_tags import read_box_tags
from tagging.links.plan import choose_best_rule, plan_matches
from tagging.links.proposals import ALIAS, NAME, Proposal, Proposer
from tagging.links.rejections import read_rejections
from tagging.links.requirements import choose_linkable
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.tags.tag_plan import save_tag_plan
from tagging.wordlists.blacklist import TagBlacklist, read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call

ROWS_PER_STEP = 500
READ, MATCHED, CHECKED = 0.2, 0.7, 0.9  # of the progress bar
EXACT = (
    text("endpoint", ""),
    Argument(
        "by", ListOf(Choice((NAME, ALIAS)), f"{NAME}, {ALIAS}"), (NAME,), "what must be the same: the name, or an alias"
    ),
)


@takes(*EXACT)
def start_exact_links(call: Call) -> dict[str, Any]:
    """Operation `exact_start`: queue the task `exact_plan`; return its job id and run token for the progress."""
    args = {"endpoint": choose_linkable(call).endpoint, "by": call.args["by"]}
    return queue_followed_task(call, "exact_plan", "looking for exact matches", args)


@takes(*EXACT)
def find_exact_links(call: Call) -> dict[str, Any]:
    """Task `exact_plan`: do the same as the operation; the answer has no `plan_id` if there are no exact matches."""
    planned = plan_exact_links(call)
    return planned if planned["items"] else {**planned, "plan_id": None}


@takes(*EXACT)
def plan_exact_links(call: Call) -> dict[str, Any]:
    """Operation `exact_plan`: store a plan that links every tag without a link at the box to its exact match.

    Returns the plan's id, its number of entries, and how many tags have no exact match.
    """
    box, rules = choose_linkable(call), call.args["by"]
    fields = choose_tag_fields(call.stash)
    rows = call.stash.tags.unlinked_rows(fields, box.endpoint)
    call.progress(READ)
    proposed: list[tuple[Row, list[Proposal]]] = []
    for row, proposals in find_allowed_matches(call, box, rows, rules, read_tag_blacklist(call)):
        proposed.append((row, proposals))
        if len(proposed) % ROWS_PER_STEP == 0:
            call.progress(READ + (MATCHED - READ) * len(proposed) / len(rows))
    found = [(row, choose_best_rule(proposals)) for row, proposals in proposed if proposals]
    holders = read_all_holders(call, box, [each.remote.id for _, proposals in found for each in proposals])
    call.progress(CHECKED)
    entries = list(plan_matches(box, found, holders))
    saved = save_tag_plan(
        call, entries, f"Exact matches with {box.name}", f"Linked {{items tag}} with exact matches of {box.name}"
    )
    return {**saved, "skipped": len(rows) - len(found)}


def find_allowed_matches(
    call: Call, box: Box, rows: Iterable[Row], rules: Collection[str], blacklist: TagBlacklist
) -> Iterator[tuple[Row, list[Proposal]]]:
    """Yield each row with its exact matches that were neither rejected nor blacklisted, for `plan_exact_links`."""
    proposer, rejected = Proposer(read_box_tags(call.store, box.endpoint)), read_rejections(call, box)
    for row in rows:
        without = rejected.get(int(row["id"]), set())
        exact = proposer.find_exact(row["name"], row["aliases"])
        allowed = (each for each in exact if each.by in rules and each.remote.id not in without)
        yield row, [each for each in allowed if not blacklist.matches(each.remote.name)]


def read_all_holders(call: Call, box: Box, ids: Sequence[str]) -> Holders:
    """Return the local tags linked to each of these box tags, for `plan_exact_links`.

    For many box tags it reads all linked tags at once: for each hundred ids, Stash scans the links of all tags.
    """
    if len(set(ids)) <= LINKS_AT_ONCE:
        return find_holders(call, box, ids)
    wanted = set(ids)
    holders: Holders = {}
    for row in call.stash.tags.linked_rows("name stash_ids { endpoint stash_id }", box.endpoint):
        for remote_id in wanted.intersection(find_ids(row["stash_ids"], box.endpoint)):
            holders.setdefault(remote_id, []).append({"id": int(row["id"]), "name": row["name"]})
    return holders
