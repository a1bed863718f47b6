"""Decides which fingerprints of a linked scene are offered to its box. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from shared.file_matching.compare import LocalPrint, SceneFiles, has_same_length, is_hash
from shared.journal import Entry, Finding, Item, add_member
from shared.stash_box import Box, BoxFingerprint, LookupFailed, LookupFound, Missing, Outcome, Scene

FIELD = "fingerprints"
REPAIR = "Repair the link of the scene first."
DOUBTED, RIGHT = "doubted", "right"  # what the Link doctor or a person says of a link
DOUBT = "The Link doctor doubts this link."


class GivingBox(NamedTuple):
    """A box that takes fingerprints, and whether it lets them be taken back."""

    box: Box
    can_undo: bool

    @property
    def field(self) -> str:
        """Return the field of its changes."""
        return make_field(self.box.endpoint)


class GivingScene(NamedTuple):
    """A scene of the library that is linked to a scene of a box, and the fingerprints of its files to ask about.

    `verdict` is DOUBTED or RIGHT, or empty if nothing is known against the link.
    """

    files: SceneFiles
    remote_id: str
    prints: tuple[LocalPrint, ...]
    verdict: str = ""

    @property
    def item(self) -> Item:
        """Return the scene as the plan names it."""
        return Item("scene", str(self.files.number), self.files.title)


def make_field(endpoint: str) -> str:
    """Return the journal's field for all fingerprints at a box; so a plan of several boxes can be selected by box."""
    return f"{FIELD} {endpoint}"


def read_endpoint(field: str) -> str:
    """Return the endpoint in a field of `make_field`, for the journal target that submits fingerprints."""
    return field[len(FIELD) + 1 :]


def name_print(kind: str, value: int) -> str:
    """Return a fingerprint as plans and notes have it, such as "oshash 00000000000000ab"."""
    return f"{kind} {value:016x}"


def make_member(remote_id: str, print_: str) -> dict[str, Any]:
    """Return a fingerprint of a scene of a box as the journal keeps it: a member of the box's field."""
    return {"scene_id": remote_id, "print": print_}


def list_present(record: Scene) -> set[str]:
    """Return the fingerprints of a box's scene that need not be submitted, as `name_print` names them.

    They are those that the user submitted, or all if the box does not say whose they are.
    """
    return {name_box_print(each) for each in record.fingerprints or () if is_hash(each.hash) and each.own in (1, None)}


def name_box_print(each: BoxFingerprint) -> str:
    """Return the name of a fingerprint of a box; `name_print` gives the same one to that of a local file."""
    return name_print(each.algorithm, int(each.hash, 16))


def plan_scene(
    giving: GivingBox, scene: GivingScene, outcome: Outcome[Scene], *, is_chosen: bool = False
) -> Iterator[Entry]:
    """Yield one scene's plan entries: each fingerprint that the box lacks from the user, or why it is left out.

    `outcome` is the box's answer about the linked record. `GivingSearch` calls this for a scope or for one scene.
    `is_chosen` is True for one scene that a person looks at: then files of another length are offered, with a warning.
    """
    if not isinstance(outcome, LookupFound):
        yield explain_gone(giving, scene, outcome)
        return
    record, told = outcome.record, set()
    present = list_present(record)
    reported = {name_box_print(each) for each in record.fingerprints or () if is_hash(each.hash) and each.own == -1}
    for each in scene.prints:
        name = name_print(each.kind, each.value)
        if name in present:
            continue
        is_sure = is_chosen or scene.verdict == RIGHT
        reason = explain_left_out(giving, each, record, name in reported, is_sure=is_sure)
        if scene.verdict == DOUBTED and not is_chosen:
            reason = f"{DOUBT} Repair it there, or call it right."
        if reason and reason not in told:
            told.add(reason)
            yield Finding(scene.item, "skipped", reason, giving.field, giving.box.endpoint)
        if not reason:
            length = describe_length(giving, each, record)
            why = f"{length} {DOUBT}" if scene.verdict == DOUBTED else length
            member = make_member(scene.remote_id, name)
            change = add_member(scene.item, giving.field, member, source=giving.box.endpoint, reason=why)
            yield change._replace(can_undo=giving.can_undo)


def explain_gone(giving: GivingBox, scene: GivingScene, outcome: Outcome[Scene]) -> Finding:
    """Return the finding about a scene whose record at the box could not be looked up or is gone there."""
    name, state = giving.box.name, "skipped"
    if isinstance(outcome, LookupFailed):
        message, state = str(outcome.error), "failed"
    elif isinstance(outcome, Missing):
        message = f"{name} does not have this scene ({scene.remote_id}). {REPAIR}"
    else:
        message = f"{name} deleted or merged this scene. {REPAIR}"
    return Finding(scene.item, state, message, giving.field, giving.box.endpoint)


def explain_left_out(giving: GivingBox, print_: LocalPrint, record: Scene, is_reported: bool, *, is_sure: bool) -> str:
    """Return why a fingerprint is not submitted, for the plan; empty if it is."""
    name = giving.box.name
    if is_reported:
        return f"You reported this fingerprint at {name} as wrong."
    if int(print_.duration) <= 0:
        return "Stash does not know the length of the file. Scan the file again."
    if not is_sure and is_other_length(print_, record):
        lengths = describe_length(giving, print_, record)
        return f"{lengths} If it is, submit the fingerprints from the scene's page; else repair its link."
    return ""


def is_other_length(print_: LocalPrint, record: Scene) -> bool:
    """Return True if the file is much longer or shorter than the scene, so that the link may be wrong."""
    return bool(record.duration) and not has_same_length(print_.duration, float(record.duration or 0))


def describe_length(giving: GivingBox, print_: LocalPrint, record: Scene) -> str:
    """Return the length of the file, and that of the scene if they differ, as the reason in a plan."""
    own = format_length(print_.duration)
    if not is_other_length(print_, record):
        return f"The file is {own} long."
    theirs = format_length(float(record.duration or 0))
    return f"The file is {own} long, but {giving.box.name} says {theirs}: is it the right scene?"


def format_length(seconds: float) -> str:
    """Return a length as 24:31 or 1:24:31."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
