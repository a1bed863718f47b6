"""The operations of the tab Link doctor: list the doubted links, and call one right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.arguments import choice, flag, ident, paging, takes, text
from shared.file_matching.cards import show_card
from shared.page.paging import format_time, read_page
from shared.stash.links import find_ids
from shared.stash_box import Box, find_box
from shared.stash_box.addresses import make_page_url
from shared.stash_box.configured import read_boxes
from tagging.cleaning.added_tags import read_added
from tagging.scene_links.cards import find_cards, read_noted
from tagging.scene_links.evidence import GROUPS, LEAST_SCORE, Candidate, DoubtReason, LinkFinding, is_other_video
from tagging.scene_links.findings import (
    CHECKED,
    CHECKED_KEY,
    SavedFinding,
    count_findings,
    list_findings,
    set_gone,
)
from tagging.scene_links.linked_files import LinkKey, find_holders

if TYPE_CHECKING:
    from shared.runtime.call import Call

LOCAL_FIELDS = (
    "title paths { screenshot } stash_ids { endpoint stash_id } files { path duration fingerprints { type value } }"
)
MOST_HOLDERS = 3
NO_CHECK: dict[str, Any] = {"at": None, "problems": {}, "links": 0, "asked": 0}


@takes(
    choice("kind", tuple(GROUPS), "", "only links doubted for this"),
    flag("right", False, "the links that a person called right, instead of the open ones"),
    text("endpoint", "", "only links to this box"),
    text("text", "", "searches the titles of the scenes"),
    ident("scene_id", None, "only links of this scene"),
    *paging(20),
)
def list_doubts(call: Call) -> dict[str, Any]:
    """Operation `doctor_list`: return a page of doubted links with both scenes of each.

    The answer also counts the doubted links of each kind, and has the time and the problems of the last check.
    """
    args, page = call.args, read_page(call.args)
    given = {name: args[name] for name in ("kind", "right", "endpoint", "text")}
    given["scene"] = args["scene_id"]
    found = list_findings(call.store, given, page.size, page.offset)
    boxes = read_boxes(call.stash)
    problems: dict[str, str] = {}
    rows = show_findings(call, boxes, found, problems)
    checked = call.store.kv.get(CHECKED_KEY, CHECKED) or NO_CHECK
    counts = {kind: count_findings(call.store, {**given, "kind": kind}) for kind in GROUPS}
    return {
        "rows": rows,
        "count": count_findings(call.store, given),
        "counts": {"": count_findings(call.store, {**given, "kind": ""}), **counts},
        "checked_at": format_time(checked["at"]),
        "links": checked["links"],
        "unsubscribed": checked.get("unsubscribed", []),
        "problems": {**checked["problems"], **problems},
    }


@takes(ident("scene_id"))
def show_scene_doubts(call: Call) -> dict[str, Any]:
    """Operation `doctor_scene`: return what the last check found doubtful about one scene's links, for its page.

    No box is asked. Links that are gone from the scene, and those only worth a look, are left out.
    """
    given = {"kind": "", "right": False, "endpoint": "", "text": "", "scene": call.args["scene_id"]}
    found = [each for each in list_findings(call.store, given) if each.finding.score >= LEAST_SCORE]
    row = call.stash.scenes.get(call.args["scene_id"], "stash_ids { endpoint stash_id }") if found else None
    links = row["stash_ids"] if row else ()
    boxes = read_boxes(call.stash) if links else []
    doubts = [
        show_doubt(call, box, each.key, each.finding)
        for each in found
        for box in [find_box(boxes, each.key.endpoint)]
        if box is not None and each.key.id in find_ids(links, each.key.endpoint)
    ]
    return {"is_shown": bool(doubts), "doubts": doubts}


def show_doubt(call: Call, box: Box, key: LinkKey, finding: LinkFinding) -> dict[str, Any]:
    """Return a doubted link as a scene's page shows it: without the cards of the box's scenes."""
    shown = {
        "endpoint": box.endpoint,
        "box": box.name,
        "remote_id": key.id,
        "title": read_noted(call, box, key.id).get("title") or "",
        "url": make_page_url(box, "scene", key.id),
    }
    return {**shown, "score": finding.score, "reasons": [show_reason(each) for each in finding.reasons]}


def show_findings(
    call: Call, boxes: Sequence[Box], found: Sequence[SavedFinding], problems: dict[str, str]
) -> list[dict[str, Any]]:
    """Return doubted links as the page shows them; those that a person changed meanwhile are not listed again."""
    scenes = call.stash.scenes.read({each.key.scene for each in found}, LOCAL_FIELDS) if found else {}
    cards: dict[tuple[str, str], Mapping[str, Any]] = {}
    for endpoint in dict.fromkeys(each.key.endpoint for each in found):
        box = find_box(boxes, endpoint)
        some = [each for each in found if each.key.endpoint == endpoint]
        ids = list(dict.fromkeys(each for one in some for each in list_ids_to_show(one)))
        if box is not None:
            cards.update({(endpoint, each): card for each, card in find_cards(call, box, ids, problems).items()})
    shown = [show_finding(call, find_box(boxes, each.key.endpoint), each, scenes, cards) for each in found]
    set_gone(call.store, [one.key for one, row in zip(found, shown) if row["state"] != "open"], True)
    return shown


def list_ids_to_show(saved: SavedFinding) -> list[str]:
    """Return the ids of the records for which the page needs a card, as the finding keeps none of them."""
    kept = {each.id for each in list_candidates(saved)}
    return [saved.key.id, *(each for each in (saved.finding.target,) if each and each not in kept)]


def list_candidates(saved: SavedFinding) -> Sequence[Candidate]:
    """Return the other records to which the box assigns the scene's fingerprints; the linked one is not among them."""
    return saved.finding.check.elsewhere if saved.finding.check else ()


def show_finding(
    call: Call,
    box: Box | None,
    saved: SavedFinding,
    scenes: Mapping[int, Mapping[str, Any]],
    cards: Mapping[tuple[str, str], Mapping[str, Any]],
) -> dict[str, Any]:
    """Return one doubted link as `doctor_list` answers it."""
    key, finding = saved.key, saved.finding
    row = scenes.get(key.scene)
    candidates = [show_candidate(box, each) for each in list_candidates(saved)]
    target = next((each for each in candidates if each["id"] == finding.target), None)
    if finding.target and target is None:
        target = show_card(box, finding.target, cards.get((key.endpoint, finding.target), {}))
    others = [each for each in find_holders(call.store, key.endpoint, finding.target) if each != key.scene]
    added = [each for each in read_added(call.store, [key.scene]) if each.endpoint == key.endpoint]
    here = finding.check.here if finding.check else None
    is_linked = row is not None and key.id in find_ids(row["stash_ids"], key.endpoint)
    return {
        "endpoint": key.endpoint,
        "box": box.name if box else key.endpoint,
        "scene": show_local(key.scene, saved.title, row),
        "remote": {
            **show_card(box, key.id, cards.get((key.endpoint, key.id), {})),
            "match": show_candidate(box, here)["match"] if here else None,
        },
        "score": finding.score,
        "reasons": [show_reason(each) for each in finding.reasons],
        "target": target,
        "candidates": candidates,
        "holders": others[:MOST_HOLDERS] if finding.target else [],
        "added_tags": len(added) if is_other_video(finding) else 0,
        "is_right": saved.is_right,
        "state": "open" if is_linked else "gone" if row is None else "changed",
    }


def show_candidate(box: Box | None, found: Candidate) -> dict[str, Any]:
    """Return for the page a record that has a fingerprint near to one of the file's, with both fingerprints."""
    names = ("by", "distance", "local_hash", "box_hash", "box_length", "votes", "doubt")
    match = {name: getattr(found, name) for name in names}
    return {**show_card(box, found.id, found.card), "match": match}


def show_reason(reason: DoubtReason) -> dict[str, Any]:
    """Return a reason for the page: its code, its weight, and the values of its text."""
    return {"code": reason.code, "weight": reason.weight, **reason.values}


def show_local(number: int, title: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a scene of the library for `doctor_list`; if Stash has deleted it, only number and title."""
    files = row["files"] if row else []
    prints = {each["type"]: each["value"] for file in files[:1] for each in file["fingerprints"]}
    return {
        "id": number,
        "title": title,
        "path": files[0]["path"] if files else "",
        "image": row["paths"]["screenshot"] if row else None,
        "lengths": [round(file["duration"] or 0) for file in files],
        "hashes": {name: prints[name] for name in ("oshash", "phash") if name in prints},
    }
