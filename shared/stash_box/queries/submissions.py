"""Submits fingerprints of files to a box, and takes them back; the client's methods use it.

A box keeps one vote per user, scene and hash. Submitting the same hash twice changes nothing, so requests may be
repeated. A current box takes many in one request and says what became of each; others take one per field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Callable, NamedTuple

from shared.errors import BadReply, BundleError, Refused, ServiceError
from shared.reply_shape import ID, TEXT
from shared.stash_box.batches import BatchSize, run_in_batches
from shared.stash_box.capabilities import BoxCapabilities, NotOffered
from shared.stash_box.channel import Channel
from shared.stash_box.fingerprints import HASH
from shared.stash_box.queries.kinds import OWN_PRINTS
from shared.stash_box.queries.lookups import RecordLookup
from shared.stash_box.records.types import BoxFingerprint, LookupFound

SUBMITTING, WITHDRAWING = "submitting fingerprints", "taking fingerprints back"
MANY, ONE = "submitFingerprints", "submitFingerprint"
SUBMIT_MANY = (
    "mutation Submit($prints: [FingerprintBatchSubmission!]!) { done: %s(input: $prints) { hash scene_id error } }"
)
MOST_AT_ONCE = 200  # a box refuses more than 1,000
MOST_FIELDS = 20
ROW = {"hash": TEXT, "scene_id": ID, "error": TEXT}
GONE = "invalid or deleted scene"
LINK_STEP = "The scene was merged or deleted there: repair its link first."


class PrintSubmission(NamedTuple):
    """A fingerprint of a file of the library, for a scene of a box; the length is in whole seconds."""

    scene_id: str
    algorithm: str
    hash: str
    duration: int


Outcomes = Iterator[tuple[PrintSubmission, "BundleError | None"]]
Answer = Mapping[PrintSubmission, "BundleError | None"]


def require_submissions(channel: Channel) -> None:
    """Raise NotOffered if the box takes no fingerprints from its users; the plan and the submission call it."""
    known = channel.capabilities.mutations
    if MANY not in known and ONE not in known:
        name = channel.box.name
        raise NotOffered(f"{name} takes no fingerprints from its users.", service=name, operation=SUBMITTING)


def tells_own_prints(known: BoxCapabilities) -> bool:
    """Return True if a box says which fingerprints the key's user submitted; `submit_prints` asks."""
    return "user_submitted" in known.fingerprint


def can_withdraw(channel: Channel) -> bool:
    """Return True if a box lets its users take a fingerprint back; plans of giving and the undo ask.

    What was found out by a version of the plugins that did not ask about this is asked for again.
    """
    known = channel.capabilities if channel.capabilities.submission else channel.probe()
    return ONE in known.mutations and bool(known.submission & {"vote", "unmatch"})


def submit_prints(channel: Channel, prints: Sequence[PrintSubmission]) -> Outcomes:
    """Submit fingerprints, and yield each with None if the box took it, else with the error; the client calls it.

    A box that takes one per field says yes, too, if it ignores one. So they are read back, if it says whose they
    are.
    """
    if MANY in channel.capabilities.mutations:
        yield from _send_all(channel, prints, "submissions", MOST_AT_ONCE, lambda some: _submit_many(channel, some))
        return
    require_submissions(channel)
    said = dict(_send_all(channel, prints, "votes", MOST_FIELDS, lambda some: _vote(channel, some, SUBMITTING, {})))
    if tells_own_prints(channel.capabilities):
        said = {**said, **_find_ignored(channel, [each for each, error in said.items() if error is None])}
    yield from said.items()


def _find_ignored(channel: Channel, taken: Sequence[PrintSubmission]) -> dict[PrintSubmission, BundleError | None]:
    """Return the fingerprints that the box does not have from the key's user, with the reason."""
    own: set[tuple[str, str, int]] = set()
    for found in RecordLookup(channel, OWN_PRINTS).look_up({each.scene_id for each in taken}, follow=False):
        for scene_id, outcome in found.items():
            prints = outcome.record.fingerprints if isinstance(outcome, LookupFound) else None
            own |= {(scene_id, each.algorithm.upper(), int(each.hash, 16)) for each in prints or () if is_own(each)}
    lost = [each for each in taken if (each.scene_id, each.algorithm, int(each.hash, 16)) not in own]
    return {each: make_refusal(channel, GONE) for each in lost}


def is_own(print_: BoxFingerprint) -> bool:
    """Return True if the key's user submitted this fingerprint; `submit_prints` asks. False if its text is no hash."""
    return print_.own == 1 and HASH.fullmatch(print_.hash) is not None


def withdraw_prints(channel: Channel, prints: Sequence[PrintSubmission]) -> Outcomes:
    """Remove the user's votes on fingerprints, and yield each with None if the box did it, else with the error.

    The client calls it.
    """
    if not can_withdraw(channel):
        name = channel.box.name
        raise NotOffered(f"{name} does not offer {WITHDRAWING}.", service=name, operation=WITHDRAWING)
    has_votes = "vote" in channel.capabilities.submission
    removal: dict[str, Any] = {"vote": "REMOVE"} if has_votes else {"unmatch": True}
    yield from _send_all(channel, prints, "votes", MOST_FIELDS, lambda some: _vote(channel, some, WITHDRAWING, removal))


def _send_all(
    channel: Channel,
    prints: Sequence[PrintSubmission],
    sort: str,
    most: int,
    send: Callable[[Sequence[PrintSubmission]], Answer],
) -> Outcomes:
    size = BatchSize(channel.memory, channel.box.endpoint, sort, channel.clock.now(), most)
    for piece, answer in run_in_batches(prints, size, send):
        yield from ((each, answer if isinstance(answer, ServiceError) else answer[each]) for each in piece)


def _submit_many(channel: Channel, prints: Sequence[PrintSubmission]) -> Answer:
    given = [
        {"scene_id": each.scene_id, "hash": each.hash, "algorithm": each.algorithm, "duration": each.duration}
        for each in prints
    ]
    data = channel.ask(SUBMIT_MANY % MANY, {"prints": given}, SUBMITTING, repeatable=True)
    rows = channel.require_shape(data.get("done"), [ROW], SUBMITTING) or []
    # The box leaves out what it ignores, so a row is found by scene and hash, not by its place.
    said = {
        (str(row["scene_id"]).lower(), int(row["hash"], 16)): row.get("error")
        for row in rows
        if row and HASH.fullmatch(row.get("hash") or "")
    }
    return {each: _read_row(channel, each, said) for each in prints}


def _read_row(channel: Channel, each: PrintSubmission, said: Mapping[tuple[str, int], Any]) -> BundleError | None:
    name, key = channel.box.name, (each.scene_id.lower(), int(each.hash, 16))
    if key not in said:
        message = f"{name} did not say what became of this fingerprint. Submit it again."
        return BadReply(message, service=name, operation=SUBMITTING, status=200)
    reason = said[key]
    return make_refusal(channel, str(reason)) if reason else None


def make_refusal(channel: Channel, reason: str) -> Refused:
    """Return the error that a box did not take a fingerprint, with its reason and the next step.

    Submissions yield it.
    """
    name = channel.box.name
    step = LINK_STEP if reason == GONE else "Look at the scene at the box."
    return Refused(
        f"{name} did not take this fingerprint: {reason}. {step}", service=name, operation=SUBMITTING, status=200
    )


def _vote(channel: Channel, prints: Sequence[PrintSubmission], operation: str, more: Mapping[str, Any]) -> Answer:
    variables = {
        f"i{number}": {
            "scene_id": each.scene_id,
            "fingerprint": {"hash": each.hash, "algorithm": each.algorithm, "duration": each.duration},
            **more,
        }
        for number, each in enumerate(prints)
    }
    declared = ", ".join(f"${name}: FingerprintSubmission!" for name in variables)
    fields = " ".join(f"r{number}: {ONE}(input: $i{number})" for number in range(len(prints)))
    data = channel.ask(f"mutation Vote({declared}) {{ {fields} }}", variables, operation, repeatable=True)
    done = (data.get(f"r{number}") is True for number in range(len(prints)))
    return {each: None if is_done else make_refusal(channel, "it said no") for each, is_done in zip(prints, done)}
