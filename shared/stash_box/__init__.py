"""The client for StashDB, FansDB, ThePornDB and other stash-boxes.

    box = find_configured_box(call.stash, endpoint)      # shared/stash_box/configured.py
    client = open_client(call, box)                      # shares rate limit and memory with all processes

    for found in client.look_up_scene_tags(ids):         # pieces of up to 40 ids, in as few requests as the box allows
        for scene_id, outcome in found.items():          # LookupFound, Merged, Deleted, Missing or LookupFailed
            ...
    outcome = client.find_performer(performer_id)        # the same for one id; a failure is raised
    scenes = client.list_scenes(SceneFilter(any_performers=[performer_id]))
    page = scenes.read_page(3)                           # page.has_more: go on with the next number

* A stale id has no scenes at the box: look the entity up before believing an empty list.
* A list is complete or raises; pieces and pages yielded before an error stay valid.
* NotOffered (a WrongVersion) says that a box, mostly ThePornDB, lacks a query or list: show it, it is no empty result.
* With `follow=False` a merged record is Deleted, too; with `follow=True` it is Merged and comes with its successor.
* Tests and the demo name a stand-in of ThePornDB in the environment variable `box.STAND_INS`.
"""

from __future__ import annotations

from shared.endpoints import normalize_endpoint
from shared.stash_box.box import STASH_BOX, TPDB, Box, find_box
from shared.stash_box.capabilities import BoxCapabilities, NotOffered, SmallValues
from shared.stash_box.client import StashBoxClient, TagList
from shared.stash_box.fingerprints import Fingerprint
from shared.stash_box.images import BoxPicture, recognize_picture
from shared.stash_box.queries.filters import SceneFilter
from shared.stash_box.queries.lists import ScenePage
from shared.stash_box.queries.submissions import PrintSubmission
from shared.stash_box.records.types import (
    Appearance,
    BodyMark,
    BoxFingerprint,
    Category,
    Deleted,
    Image,
    LookupFailed,
    LookupFound,
    Merged,
    Missing,
    Outcome,
    Performer,
    Ref,
    Scene,
    SiteLink,
    Studio,
    Tag,
    TaggedScene,
)

__all__ = [
    "STASH_BOX",
    "TPDB",
    "Appearance",
    "BodyMark",
    "Box",
    "BoxCapabilities",
    "BoxFingerprint",
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
    "PrintSubmission",
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
    "find_box",
    "normalize_endpoint",
    "recognize_picture",
]
