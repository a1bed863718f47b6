"""StashDB, FansDB, ThePornDB and other stash-boxes: what they know, and what they do not offer.

    boxes = boxes_from_configuration(call.stash.read_boxes())
    box = find_box(boxes, endpoint)                      # the exact spelling first
    client = open_client(call, box)                      # shares rate limit and memory with all processes

    for found in client.look_up_scene_tags(ids):         # pieces of up to 40, as few requests as the box takes
        for scene_id, outcome in found.items():          # Found, Merged, Deleted, Missing or Failed
            ...
    outcome = client.find_performer(performer_id)        # the same for one; what failed is raised
    scenes = client.list_scenes(SceneFilter(any_performers=[performer_id]))
    page = scenes.read_page(3)                           # for a cursor
    for page in scenes.pages(): ...                      # all of them, each scene once

* A stale id has no scenes at the box: look the entity up before believing an empty list.
* A list is complete or an error; pieces and pages handed out before an error stay valid.
* NotOffered (a WrongVersion) says that a box does not have something, TPDB above all: show it, it is no "none".
* With `follow=False` a merged record is `Deleted`, too; with `follow=True` it is `Merged` and brings its successor.
* Tests and the demo point at a stand-in of TPDB with the environment variable named in `boxes.STAND_INS`.
"""

from __future__ import annotations

from typing import Protocol

from shared.http import Limiter, RetryPolicy
from shared.http.rate_limit import Impatient, RateLimiter, find_rate
from shared.http.values import DEFAULT_RETRIES
from shared.runtime.clock import Clock
from shared.stash_box.capabilities import BoxCapabilities, NotOffered, SmallValues
from shared.stash_box.client import StashBoxClient, TagList
from shared.stash_box.configured import STASH_BOX, TPDB, Box, boxes_from_configuration, find_box, normalize_endpoint
from shared.stash_box.fingerprints import Fingerprint
from shared.stash_box.images import BoxPicture, recognize_picture
from shared.stash_box.queries.filters import SceneFilter
from shared.stash_box.queries.lists import ScenePage
from shared.stash_box.records.types import (
    Appearance,
    BodyMark,
    Category,
    Deleted,
    Image,
    LookupFailed,
    LookupFound,
    Merged,
    Missing,
    Outcome,
    Performer,
    Print,
    Ref,
    Scene,
    SiteLink,
    Studio,
    Tag,
    TaggedScene,
)


class Keeper(Protocol):
    """A store of small values; the part of a `Store` that clients use."""

    @property
    def kv(self) -> SmallValues: ...


class Asker(Protocol):
    """The part of a `Call` that opening a client needs."""

    @property
    def shared_dir(self) -> str: ...
    @property
    def store(self) -> Keeper: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def deadline(self) -> float | None: ...


LONGEST_NAP = 3.0  # somebody looks at a page: longer pauses come back as RateLimited, to be shown as waiting


def open_client(call: Asker, box: Box, nap: float = LONGEST_NAP) -> StashBoxClient:
    """A client within the user's rate limit, which all processes keep together; close it when done.

    In a task pauses are slept; in an operation a pause of more than `nap` seconds is RateLimited at once.
    """
    limiter: Limiter = RateLimiter(call.shared_dir, box.endpoint, find_rate(box.max_requests_per_minute), call.clock)
    retry = DEFAULT_RETRIES
    if call.deadline is not None:
        limiter, retry = Impatient(limiter, nap), RetryPolicy(attempts=2, longest_told=LONGEST_NAP)
    return StashBoxClient(
        box, memory=call.store.kv, limiter=limiter, clock=call.clock, deadline=call.deadline, retry=retry
    )


__all__ = [
    "LONGEST_NAP",
    "STASH_BOX",
    "TPDB",
    "Appearance",
    "BodyMark",
    "Box",
    "BoxCapabilities",
    "BoxPicture",
    "Category",
    "Deleted",
    "Fingerprint",
    "Image",
    "LookupFailed",
    "LookupFound",
    "Merged",
    "Missing",
    "NotOffered",
    "Outcome",
    "Performer",
    "Print",
    "Ref",
    "Scene",
    "SceneFilter",
    "ScenePage",
    "SiteLink",
    "SmallValues",
    "StashBoxClient",
    "Studio",
    "Tag",
    "TagList",
    "TaggedScene",
    "boxes_from_configuration",
    "find_box",
    "normalize_endpoint",
    "open_client",
    "recognize_picture",
]
