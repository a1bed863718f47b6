"""Plans posters and backgrounds: downloaded from Stash when they may have changed, uploaded when the bytes are new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plexsync.write.change_rows import LOCK_OF, PICTURES, find_sha1
from plexsync.write.content import POSTER
from plexsync.write.cover_prefetch import Prefetcher
from plexsync.write.store import WriteRecord
from shared.errors import BadReply, NotFound, Refused, ServerFailed, ServiceError
from shared.journal import Change, Item, set_field
from shared.plex.client import Plex
from shared.plex.diff import LOCKED
from shared.plex.images import find_image_fault, hash_image, make_upload_key
from shared.plex.model import PlexItem
from shared.runtime.clock import SYSTEM_CLOCK, Clock
from shared.stash import StashClient

KEPT_PICTURES = 4  # as many as one scene has; more would fill the memory during a drain
CHOSEN = "chosen by a person"  # shown to the user as the reason why a picture stays
SAVE_TIME = re.compile(r"[?&]t=(\d+)")  # Stash's picture addresses hold the second of the save
SAME_SECOND = 2.0
DRAWING_TYPE = "image/svg+xml"  # also Stash's placeholder for a scene without a cover
DRAWING = "Stash sent an SVG drawing, which Plex cannot show (Stash also sends one if a scene has no cover)"
UNUSABLE = (NotFound, BadReply, Refused, ServerFailed)


class PicturePlan(NamedTuple):
    """The plan for one picture of an item.

    `change` is the row to write, with the `data` to upload, which are empty if Plex has the picture already; `known` is
    what the write record keeps; `kept` says why Plex's picture stays, `note` why Stash's cannot be sent.
    """

    change: Change | None = None
    data: bytes = b""
    known: dict[str, str] | None = None
    kept: str = ""
    note: str = ""


class PicturePlanner:
    """Plans the pictures of items; the pictures of the current scene are cached, so each is downloaded once."""

    def __init__(self, stash: StashClient, plex: Plex, clock: Clock = SYSTEM_CLOCK) -> None:
        self._clock = clock
        self._stash = stash
        self._plex = plex
        self._fetched: dict[str, tuple[bytes, str]] = {}
        self._prefetcher = Prefetcher(self._download)

    def prefetch_pictures(self, pictures: Iterable[tuple[Sequence[str], str, WriteRecord]]) -> None:
        """Announce the next (sources, picture, record), so that they are downloaded while Plex works."""
        self._prefetcher.schedule(
            sources[0] for sources, picture, record in pictures if not is_known_origin(sources, picture, record)
        )

    def plan_picture(
        self,
        reference: Item,
        item: PlexItem,
        record: WriteRecord,
        picture: str,
        sources: Sequence[str],
        only_fill: bool,
    ) -> PicturePlan:
        """Return the plan for one picture, compared with the last write and with what the item shows."""
        last = record.pictures.get(picture, {})
        if is_known_origin(sources, picture, record):
            return PicturePlan()
        origin = make_origin(sources)
        data, fault = self._fetch(sources)
        if fault:
            return PicturePlan(note=f"{picture} not sent: {fault}")
        known = {"sha1": hash_image(data), "origin": origin if self._is_settled(origin) else ""}
        if known["sha1"] == last.get("sha1"):
            return PicturePlan(known=known)
        after = make_upload_key(PICTURES[picture], known["sha1"])
        shown, is_stored = self._look_for(after, item, picture, record)
        if shown == after:
            return PicturePlan(known={**known, "shown": find_picture_path(item, picture)})
        if reason := find_reason_to_keep(item, record, picture, shown, only_fill):
            return PicturePlan(kept=reason)
        source = f"Stash scene {record.scene_id}"
        change = set_field(reference, picture, shown or None, after, source=source)
        return PicturePlan(change, b"" if is_stored else data, known)

    def _look_for(self, key: str, item: PlexItem, picture: str, record: WriteRecord) -> tuple[str, bool]:
        """Return the key of the picture an item shows, and whether Plex has the one with this key.

        Plex is asked only if the item shows a picture that is not the one of the last write, or if the wanted one was
        sent earlier.
        """
        path, last = find_picture_path(item, picture), record.pictures.get(picture, {})
        is_new = find_sha1(picture, key) not in last.get("former", "").split()
        if is_new and not path:
            return "", False
        if is_new and last.get("sha1") and last.get("shown") == path:
            return make_upload_key(PICTURES[picture], last["sha1"]), False
        images = self._plex.list_images(item.rating_key, PICTURES[picture])
        shown = next((image.key for image in images if image.selected), "")
        return shown, any(image.key == key for image in images)

    def _is_settled(self, origin: str) -> bool:
        """Return True if these addresses will keep leading to the same bytes.

        They name the second of the save, and the cover may be saved again within that second.
        """
        return all(self._clock.now() - int(second) >= SAME_SECOND for second in SAVE_TIME.findall(origin))

    def _fetch(self, sources: Sequence[str]) -> tuple[bytes, str]:
        """Return the first usable picture and no fault, or no bytes and why none is usable."""
        fault = ""
        for url in sources:
            if url not in self._fetched:
                if len(self._fetched) >= KEPT_PICTURES:
                    self._fetched.clear()
                self._fetched[url] = self._prefetcher.fetch(url)
            data, fault = self._fetched[url]
            if not fault:
                return data, ""
        return b"", fault

    def _download(self, url: str) -> tuple[bytes, str]:
        try:
            picture = self._stash.download_picture(url)
        except UNUSABLE as error:
            return b"", describe_fetch_error(error)
        if picture.content_type == DRAWING_TYPE:
            return b"", DRAWING
        return picture.data, find_image_fault(picture.data)


def find_picture_path(item: PlexItem, picture: str) -> str:
    """Return the path at which Plex shows an item's picture; empty if it shows none.

    Plex gives another path to another picture, so that plans know without a list which one it is.
    """
    return item.thumb if picture == POSTER else item.art


def find_shown_key(plex: Plex, item: PlexItem, picture: str) -> str:
    """Return the key of the picture an item shows in Plex, for the journal's target; empty if none was chosen."""
    images = plex.list_images(item.rating_key, PICTURES[picture]) if find_picture_path(item, picture) else ()
    return next((image.key for image in images if image.selected), "")


def make_origin(sources: Sequence[str]) -> str:
    """Return the addresses of a picture as one text, for comparing with the write record."""
    return " ".join(sources)


def is_known_origin(sources: Sequence[str], picture: str, record: WriteRecord) -> bool:
    """Return True if these addresses were downloaded for the last write: nothing has to be downloaded."""
    return record.pictures.get(picture, {}).get("origin") == make_origin(sources)


def describe_fetch_error(error: ServiceError) -> str:
    """Return in a few words why Stash gave no picture; `PicturePlanner` notes it in the plan of an item."""
    return "Stash has none" if isinstance(error, NotFound) else str(error)


def find_reason_to_keep(item: PlexItem, record: WriteRecord, picture: str, shown: str, only_fill: bool) -> str:
    """Return why Plex's picture stays although Stash has another one; empty if it may be replaced.

    `PicturePlanner` asks, for syncs and previews. `picture` is poster or background, `shown` is Plex's key of it.
    """
    is_locked = LOCK_OF[picture] in item.locks
    if last_sha1 := record.pictures.get(picture, {}).get("sha1", ""):
        return CHOSEN if shown and is_locked and not shown.endswith(last_sha1) else ""
    if is_locked and LOCK_OF[picture] not in record.locks:
        return LOCKED
    return CHOSEN if only_fill and shown else ""
