"""The operations that repair links: plan the chosen ones or all of one kind, and call a link right."""

from __future__ import annotations

from shared.counted_words import count_things

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import MOST, choice, flag, ident, records, takes, text
from shared.errors import UsageError
from shared.journal import Entry, Finding, Item, Journal, set_field
from shared.journal.run_details import tell_done
from shared.page.followed_task import queue_followed_task
from shared.page.run_view import apply_and_show
from shared.stash_box import Box, LookupFailed, LookupFound, Merged, TaggedScene
from shared.stash_box.configured import open_client, read_boxes, require_box
from tagging.link_repairs.brought_tags import find_brought
from tagging.scene_links.evidence import GROUPS, is_other_video
from tagging.scene_links.findings import look_up_finding, list_findings
from tagging.scene_links.linked_files import LinkKey
from tagging.link_repairs.plan import ACTIONS, RELINK, SWAP, UNLINK, LinkRepair, name_scene, plan_repair
from tagging.link_repairs.right_target import FIELD as IS_RIGHT, KIND as RIGHT_LINKS, RightLinkTarget, make_item
from tagging.link_repairs.target import KIND, LINKS_FIELD
from tagging.link_repairs.titles import find_titles

if TYPE_CHECKING:
    from shared.runtime.call import Call

LINK = (ident("scene_id"), text("endpoint"), text("remote_id"))
FIELDS = "title stash_ids { endpoint stash_id } tags { id } files { basename }"
ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
Row = Mapping[str, Any]
ALIKE = (
    choice("action", (RELINK, UNLINK), "", "without `entries`: for all listed links that it fits"),
    choice("kind", tuple(GROUPS), "", "with `action`: only links doubted for this"),
    flag("take_back", True, "also removes the tags that the sync added through the wrong link"),
)


class RepairRequest(NamedTuple):
    """One link and what is to become of it; `target` is the record to which the scene shall be linked."""

    key: LinkKey
    action: str
    target: str


@takes(
    records(
        "entries",
        (*LINK, choice("action", ACTIONS), text("target", "")),
        MOST,
        (),
        "what to do with which link; `target` is an id or address at the box, the default is the found one",
    ),
    *ALIKE,
)
def plan_repairs(call: Call) -> dict[str, Any]:
    """Operation and task `doctor_plan`: store a plan that relinks, unlinks or swaps links of scenes; return its id.

    Records to which scenes shall be linked are looked up, so the plan leads to no dead record.
    """
    boxes = read_boxes(call.stash)
    wanted = list(read_requests(call)) or list(select_all(call))
    scenes: dict[int, Row] = dict(call.stash.scenes.read({each.key.scene for each in wanted}, FIELDS))
    records_found: dict[tuple[str, str], TaggedScene] = {}
    repairs: list[LinkRepair] = []
    refused: list[Finding] = []
    for endpoint in dict.fromkeys(each.key.endpoint for each in wanted):
        box = require_box(boxes, endpoint)
        some = [each for each in wanted if each.key.endpoint == endpoint and each.key.scene in scenes]
        ids = [each.target for each in some if each.target] + [each.key.id for each in some if each.action == SWAP]
        successors = look_up_targets(call, box, ids, records_found)
        for each in some:
            try:
                repairs += make_repairs(call, box, each, successors, scenes)
            except UsageError as error:
                item = Item("scene", str(each.key.scene), name_scene(scenes[each.key.scene]))
                refused.append(Finding(item, "conflict", str(error), LINKS_FIELD, endpoint))
    unique = list({(each.scene, each.endpoint): each for each in reversed(repairs)}.values())[::-1]
    entries = [*make_entries(call, boxes, scenes, unique, records_found), *refused]
    journal = Journal(call.store)
    details = tell_done("Changed the links of {items scene}")
    plan_id = journal.save_plan(entries, kind=KIND, title="Links of scenes", details=details)
    items = journal.find_plan(plan_id)["items"]
    return {"plan_id": plan_id if items else None, "items": items}


@takes(*ALIKE)
def start_planning(call: Call) -> dict[str, Any]:
    """Operation `doctor_plan_start`: queue the task `doctor_plan` for all links that an action fits; return its job."""
    args = {name: value for name, value in call.args.items() if value != ""}
    return queue_followed_task(call, "doctor_plan", "planning repairs of links", args)


@takes(*LINK, flag("is_right", True, "false takes it back"))
def mark_right(call: Call) -> dict[str, Any]:
    """Operation `doctor_right`: remember that a link is right, or take that back; return the run."""
    args = call.args
    key = LinkKey(args["endpoint"], args["remote_id"], args["scene_id"])
    row = call.stash.scenes.get(key.scene, "title files { basename }")
    label = name_scene(row) if row else ""
    change = set_field(make_item(key, label), IS_RIGHT, not args["is_right"], args["is_right"], source="user")
    title = f'The link of "{label}" is {"right" if args["is_right"] else "doubtful again"}'
    return {"run": apply_and_show(call, RightLinkTarget(call), kind=RIGHT_LINKS, title=title, entries=[change])}


def read_requests(call: Call) -> Iterator[RepairRequest]:
    """Yield the repairs that the argument `entries` asks for; a link without a target gets that of the last check."""
    for row in call.args["entries"]:
        key = LinkKey(row["endpoint"], row["remote_id"], row["scene_id"])
        if row["action"] == UNLINK:
            yield RepairRequest(key, UNLINK, "")
            continue
        found = look_up_finding(call.store, key)
        target = read_id(row["target"]) or (found.finding.target if found else "")
        if not target:
            raise UsageError("Name the scene of the stash-box to which this one shall be linked.")
        yield RepairRequest(key, row["action"], target)


def read_id(given: str) -> str:
    """Return the id in an address or text that a person gave, in lower case; empty for an empty text.

    Raise UsageError if a text has no id.
    """
    found = ID.search(given)
    if given.strip() and found is None:
        raise UsageError(
            f'"{given.strip()[:60]}" has no id of a stash-box. Copy the address of the scene\'s page there.'
        )
    return found[0].lower() if found else ""


def select_all(call: Call) -> Iterator[RepairRequest]:
    """Yield a request for each listed link that `action` fits: relink with a sure target, unlink a dead one."""
    action = call.args["action"]
    if not action:
        raise UsageError("Choose the links to repair.")
    given = {"kind": call.args["kind"], "endpoint": "", "right": False, "text": "", "scene": None}
    for saved in list_findings(call.store, given):
        is_dead = any(each.code in GROUPS["gone"] for each in saved.finding.reasons)
        if action == RELINK and saved.finding.target:
            yield RepairRequest(saved.key, RELINK, saved.finding.target)
        elif action == UNLINK and is_dead and not saved.finding.target:
            yield RepairRequest(saved.key, UNLINK, "")


def look_up_targets(
    call: Call, box: Box, ids: Sequence[str], found: dict[tuple[str, str], TaggedScene]
) -> dict[str, str]:
    """Look these ids up at the box, and return for each the id that lives there now, empty if none does.

    The records are added to `found`. Raise the error of a failed lookup: without it, nobody knows if a record is there.
    """
    living: dict[str, str] = {}
    with contextlib.closing(open_client(call, box)) as client:
        for outcomes in client.look_up_scene_tags(ids, follow=True):
            for remote_id, outcome in outcomes.items():
                if isinstance(outcome, LookupFailed):
                    raise outcome.error
                record = outcome.record if isinstance(outcome, (LookupFound, Merged)) else None
                living[remote_id] = record.id if record else ""
                if record:
                    found[box.endpoint, record.id] = record
    return living


def make_repairs(
    call: Call, box: Box, wanted: RepairRequest, living: Mapping[str, str], scenes: dict[int, Row]
) -> Iterable[LinkRepair]:
    """Return the link changes of one request: one, or two for a swap, whose other scene is added to `scenes`.

    Raise UsageError if the box lacks the target, or the scenes cannot be swapped.
    """
    number, old_id = wanted.key.scene, wanted.key.id
    found = look_up_finding(call.store, wanted.key)
    is_other = found is None or is_other_video(found.finding)
    repair = LinkRepair(number, box.endpoint, box.name, old_id, is_other_video=is_other)
    if wanted.action == UNLINK:
        return [repair]
    target = living[wanted.target]
    if not target:
        raise UsageError(f"{box.name} has no scene {wanted.target}.")
    if target == old_id:
        raise UsageError(f"The scene is linked to {target} already.")
    repair = repair._replace(new_id=target)
    if wanted.action == RELINK:
        return [repair]
    if living[old_id] != old_id:
        raise UsageError(f"{box.name} has no scene {old_id} any more, so the other scene cannot be linked to it.")
    holders = call.stash.scenes.find_linked(box.endpoint, [target], FIELDS).get(target, [])
    others = [row for row in holders if int(row["id"]) != number]
    if len(others) != 1:
        raise UsageError(f"{target} is linked to {count_things(len(others), 'other scene')}; a swap needs exactly one.")
    scenes[int(others[0]["id"])] = others[0]
    return [repair, LinkRepair(int(others[0]["id"]), box.endpoint, box.name, target, old_id)]


def make_entries(
    call: Call,
    boxes: Sequence[Box],
    scenes: Mapping[int, Row],
    repairs: Sequence[LinkRepair],
    found: Mapping[tuple[str, str], TaggedScene],
) -> Iterator[Entry]:
    """Yield the plan's entries for all repairs, those of one scene together; `take_back` adds removals of tags."""
    numbers = list(dict.fromkeys(each.scene for each in repairs))
    rows = [scenes[each] for each in numbers]
    brought = find_brought(call, boxes, rows, repairs, found) if call.args["take_back"] else {}
    titles = find_titles(call.store, repairs, found)
    by_scene: dict[int, list[LinkRepair]] = {}
    for one in repairs:
        by_scene.setdefault(one.scene, []).append(one)
    for number in numbers:
        for each in by_scene[number]:
            old, new = (titles.get((each.endpoint, one), "") for one in (each.old_id, each.new_id))
            yield from plan_repair(scenes[number], each._replace(old_title=old, new_title=new), brought.get(number))
