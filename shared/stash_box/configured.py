"""The stash-boxes configured in the Stash of a call, and clients for them; every plugin finds its boxes here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from shared.errors import UsageError
from shared.http import Limiter, RetryPolicy
from shared.http.rate_limit import FailFastLimiter, RateLimiter, find_rate
from shared.http.retry import DEFAULT_RETRIES
from shared.runtime.clock import Clock
from shared.stash_box.box import WHERE_BOXES_ARE_SET, Box, find_box, make_boxes
from shared.stash_box.capabilities import SmallValues
from shared.stash_box.client import StashBoxClient
from shared.stash_box.scene_answers import SceneAnswers

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.runtime.log import Log
    from shared.stash import StashClient

ADD_BOX = f"Add one with its API key under {WHERE_BOXES_ARE_SET}."
NO_BOX = f"No stash-box is set up in Stash. {ADD_BOX}"
NO_USABLE_BOX = f"No stash-box has an API key. Enter one under {WHERE_BOXES_ARE_SET}."
NO_KEY = f"It has no API key. Enter it under {WHERE_BOXES_ARE_SET}."
LONGEST_NAP = 3.0  # a page waits for an operation, so a longer pause is reported to it as RateLimited


class SmallValuesOwner(Protocol):
    """The part of a `Store` that clients use."""

    @property
    def kv(self) -> SmallValues:
        """Return the small values of the state file, for the client of a box."""


class ClientContext(Protocol):
    """The part of a `Call` that opening a client needs."""

    @property
    def shared_dir(self) -> str:
        """Return the folder of files that all plugins share, for the client of a box."""

    @property
    def store(self) -> SmallValuesOwner:
        """Return the state file, for the client of a box."""

    @property
    def log(self) -> Log:
        """Return the log, for the client of a box."""

    @property
    def clock(self) -> Clock:
        """Return the clock, for the client of a box."""

    @property
    def deadline(self) -> float | None:
        """Return the deadline of the call, for the client of a box; None in a task."""

    @property
    def service_deadline(self) -> float | None:
        """Return the deadline of programs other than Stash, for the client of a box; None in a task."""


def read_boxes(stash: StashClient) -> list[Box]:
    """Return all boxes that Stash has now, in the user's order, for operations and tasks.

    Boxes without an API key are among them.
    """
    return make_boxes(stash.read_boxes())


def find_configured_box(stash: StashClient, endpoint: str) -> Box:
    """Return the box that an operation or task names by its endpoint; raise UsageError if Stash does not have it."""
    return require_box(read_boxes(stash), endpoint)


def require_box(boxes: Sequence[Box], endpoint: str) -> Box:
    """Return the box with this endpoint; raise UsageError with the next step if it is not among these.

    Operations and tasks that name a box call it.
    """
    found = find_box(boxes, endpoint)
    if found is None:
        raise UsageError(f"Stash has no stash-box {endpoint}. Reload the page, or add it under {WHERE_BOXES_ARE_SET}.")
    return found


def pick_box(boxes: Sequence[Box], endpoint: str = "") -> Box:
    """Return the box a page works on: the one with this endpoint, else the first with an API key, else the first.
    Raise UsageError if there is no such box.
    """
    if not boxes:
        raise UsageError(NO_BOX)
    return require_box(boxes, endpoint) if endpoint else next((box for box in boxes if box.has_key), boxes[0])


def select_usable(boxes: Sequence[Box], log: Log) -> list[Box]:
    """Return the boxes that have an API key; a task logs a warning for each box that it leaves out."""
    for box in boxes:
        if not box.has_key:
            log.warning(f"{box.name} is left out: it has no API key under {WHERE_BOXES_ARE_SET}.")
    return [box for box in boxes if box.has_key]


def open_client(
    call: ClientContext,
    box: Box,
    nap: float = LONGEST_NAP,
    *,
    local_pictures: bool = False,
    answers: SceneAnswers | None = None,
) -> StashBoxClient:
    """Return a client within the user's rate limit, which all processes keep together; the caller closes it.

    Operations and tasks call it. In a task pauses are slept; in an operation a pause of more than `nap` seconds is
    RateLimited at once. `local_pictures` allows pictures from private networks; with `answers`, lookups of scenes
    are shared with other plugins.
    """
    limiter: Limiter = RateLimiter(call.shared_dir, box.endpoint, find_rate(box.max_requests_per_minute), call.clock)
    retry = DEFAULT_RETRIES
    if call.deadline is not None:
        limiter, retry = FailFastLimiter(limiter, nap), RetryPolicy(attempts=2, longest_told=LONGEST_NAP)
    return StashBoxClient(
        box,
        memory=call.store.kv,
        limiter=limiter,
        clock=call.clock,
        deadline=call.service_deadline,
        retry=retry,
        local_pictures=local_pictures,
        log=call.log,
        answers=answers,
    )


def open_scene_answers(call: Call, box: Box, *, is_pass: bool) -> SceneAnswers:
    """Return the answers about scenes that plugins share for a box; `is_pass` notes that this plugin needs them.

    The syncs of scenes begin with it.
    """
    answers = SceneAnswers(call.shared_dir, box.endpoint, call.plugin.id, call.clock)
    answers.find_readers(is_pass=is_pass)
    return answers


@contextlib.contextmanager
def open_configured(call: Call, endpoint: str) -> Iterator[StashBoxClient]:
    """Open a client for the box that an operation names by its endpoint, and close it after the block."""
    with contextlib.closing(open_client(call, find_configured_box(call.stash, endpoint))) as client:
        yield client
