"""The plan that links all unlinked tags whose name or alias equals that of a box tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.errors import UsageError
from shared.page.arguments import read_texts
from shared.stash.filters import not_linked_to
from tagging.links.box_tag_view import find_holders
from tagging.links.box_tags import read_box_tags
from tagging.links.proposals import ALIAS, NAME, Proposal, Proposer
from tagging.links.rejections import read_rejections
from tagging.links.requirements import choose_linkable
from tagging.tags.local_tags import Row, choose_tag_fields
from tagging.wordlists.blacklist import read_tag_blacklist

if TYPE_CHECKING:
    from shared.runtime.call import Call
from tagging.links.plan import choose_best_rule, plan_matches
from tagging.tags.tag_plan import save_tag_plan


def plan_exact_links(call: Call) -> dict[str, Any]:
    """Operation `exact_plan`: store a plan that links every tag without a link at the box to its exact match.

    Returns the plan's id, its number of entries, and how many tags have no exact match.
    """
    box = choose_linkable(call)
    rules = read_texts(call.args, "by") or [NAME]
    if not set(rules) <= {NAME, ALIAS}:
        raise UsageError('The argument "by" can name "name" and "alias".')
    fields = choose_tag_fields(call.stash)
    rows = call.stash.tags.page(fields, not_linked_to(box.endpoint), per_page=-1, sort="name").rows
    proposer, rejected = Proposer(read_box_tags(call.store, box.endpoint)), read_rejections(call, box)
    blacklist = read_tag_blacklist(call)

    def find_allowed(row: Row) -> list[Proposal]:
        without = rejected.get(int(row["id"]), set())
        exact = proposer.find_exact(row["name"], row["aliases"])
        allowed = (each for each in exact if each.by in rules and each.remote.id not in without)
        return [each for each in allowed if not blacklist.matches(each.remote.name)]

    proposed = [(row, find_allowed(row)) for row in rows]
    found = [(row, choose_best_rule(proposals)) for row, proposals in proposed if proposals]
    holders = find_holders(call, box, [each.remote.id for _, proposals in found for each in proposals])
    entries = list(plan_matches(box, found, holders))
    title = f"Exact matches with {box.name}"
    return {**save_tag_plan(call, entries, title), "skipped": len(rows) - len(found)}
