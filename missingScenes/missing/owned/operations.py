"""The operations for scenes that are in the library without a link: find them, link one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from missing.files.store import SavedFileMatch
from missing.owned.by_fingerprint import MOST_SCENES, find_matches, find_prints
from missing.owned.by_id import find_saved_files
from missing.owned.target import FIELD, KIND, make_target
from shared.arguments import REQUIRED, ident, takes, text, texts
from shared.journal import Change, Item, add_member
from shared.page.run_view import apply_and_show
from shared.stash_box.configured import find_configured_box

if TYPE_CHECKING:
    from shared.runtime.call import Call

ONLY_OSHASH = (
    "This Stash does not let plugins look up perceptual hashes, so only equal files are recognised, and not all."
)


@takes(
    text("endpoint"),
    text("scene_id"),
    ident("local_id"),
    text("label", "", "the name of the local scene in the history"),
)
def link_scene(call: Call) -> dict[str, Any]:
    """Operation `link_scene`: link a local scene to the box's scene and return the run; raise if it was not linked."""
    box = find_configured_box(call.stash, call.args["endpoint"])
    local = str(call.args["local_id"])
    label = call.args["label"] or f"scene {local}"
    changes = list(plan_link(local, label, box.endpoint, call.args["scene_id"]))
    title = f'Linked "{label}" to {box.name}'
    return {"run": apply_and_show(call, make_target(call), kind=KIND, title=title, entries=changes)}


def plan_link(local: str, label: str, endpoint: str, stash_id: str) -> Iterator[Change]:
    """Yield the change that links the local scene with this id to a box's scene; `link_scene` applies it.

    The history shows the label.
    """
    link = {"endpoint": endpoint, "stash_id": stash_id}
    yield add_member(Item("scene", local, label), FIELD, link, source=endpoint, reason="same fingerprint")


@takes(text("endpoint"), texts("scene_ids", REQUIRED, most=MOST_SCENES))
def find_owned_files(call: Call) -> dict[str, Any]:
    """Operation `find_owned_files`: return for missing scenes the unlinked local scenes with equal fingerprints."""
    endpoint, scene_ids = call.args["endpoint"], call.args["scene_ids"]
    saved = find_saved_files(call.stash, call.store, endpoint, scene_ids)
    shown = {scene_id: [describe_file(each) for each in matches] for scene_id, matches in saved.items()}
    prints = find_prints(call, endpoint, [each for each in scene_ids if each not in saved])
    found, is_quick = find_matches(call, endpoint, prints)
    is_short = not is_quick and any(each.kind == "phash" for some in prints.values() for each in some)
    return {"found": {**found, **shown}, "notice": ONLY_OSHASH if is_short else None}


def describe_file(match: SavedFileMatch) -> dict[str, Any]:
    """Return the local scene of a saved match as the cards of a list show it."""
    place = {"path": match.path, "duration": round(match.duration)}
    return {"scene_id": str(match.local_id), "title": match.title, "by": match.evidence.by, **place}
