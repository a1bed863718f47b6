"""Reads what the records behind a scene's links say: that of a wrong link, and those of the right ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.conversion import SourceOffer
from performers.boxes.links import Pair, find_links
from performers.boxes.record_cache import CachedRecord
from performers.scenes.cast import CastIndex, ResolvedOffer
from performers.scenes.record import fit_date
from performers.scenes.record_store import SceneRecords
from performers.scenes.refresh import refresh_records
from performers.wrong_links.plan import LinkedOffers, WrongLink
from shared.errors import BundleError
from shared.stash_box import Box, normalize_endpoint

if TYPE_CHECKING:
    from shared.runtime.call import Call

ANY_AGE = 0.0  # a stored answer of any age says which values came from a record


class LinkedRecords:
    """The boxes' records of some scenes, as the library would have them."""

    def __init__(self, call: Call, boxes: Sequence[Box], links: Sequence[WrongLink]) -> None:
        self._call = call
        self._boxes = boxes
        self._links = links
        self._cast = CastIndex(call.stash)
        self._has_partial_dates = call.stash.capabilities().has_partial_dates
        self._answers: dict[str, Mapping[str, CachedRecord]] = {}

    def prepare(self, present: Mapping[int, Mapping[str, Any]]) -> None:
        """Read the records of all links of these scenes, for a plan that takes back wrong values.

        A box is asked only about right records that no sync has read. Raise if it does not answer: without the right
        record, it is unknown which values are wrong.
        """
        for box in self._boxes:
            right = [each for link in self._links for each in list_right_ids(link, present[link.scene], box)]
            if box.has_key and right:
                report = refresh_records(self._call, box, right, ANY_AGE, lambda _: None)
                if report.problem or report.failed:
                    problem = report.problem or f"{box.name} gave no usable answer. The log says why."
                    raise BundleError(f"{problem} Nothing is taken back before it says what the right scene has.")
            wrong = [link.remote_id for link in self._links if is_at(link, box)]
            self._answers[box.endpoint] = SceneRecords(self._call.store, box.endpoint).read([*right, *wrong])

    def read(self, link: WrongLink, present: Mapping[str, Any]) -> LinkedOffers:
        """Return what the records of a wrong link and of the right links of its scene offer.

        `list_entries` calls it for the plan that takes back values; `present` is the scene as Stash has it.
        """
        wrong = [each for box in self._boxes if is_at(link, box) for each in self._resolve(box, [link.remote_id])]
        right = [each for box in self._boxes for each in self._resolve(box, list_right_ids(link, present, box))]
        labels = {name: label for each in (*right, *wrong) for name, label in each.labels.items()}
        return LinkedOffers(wrong[0].offer if wrong else None, [each.offer for each in right], labels)

    def _resolve(self, box: Box, ids: Sequence[str]) -> Iterator[ResolvedOffer]:
        for remote_id in ids:
            answer = self._answers[box.endpoint].get(remote_id)
            if answer is not None:
                values, before = (
                    fit_date(each, has_partial_dates=self._has_partial_dates)
                    for each in (answer.values, answer.before or {})
                )
                yield self._cast.resolve(SourceOffer(box.endpoint, box.name, values, before))


def is_at(link: WrongLink, box: Box) -> bool:
    """Return True if a wrong link leads to this box; the reading of its records asks."""
    return normalize_endpoint(link.endpoint) == normalize_endpoint(box.endpoint)


def list_right_ids(link: WrongLink, present: Mapping[str, Any], box: Box) -> list[str]:
    """Return the ids at a box to which a scene is rightly linked, also that which replaces the wrong one.

    The reading of their records calls it.
    """
    links: Sequence[Pair] = present["stash_ids"]
    ids = [pair[1] for pair in find_links(links, box)]
    if is_at(link, box):
        ids = [each for each in (*ids, link.new_id) if each and each != link.remote_id]
    return list(dict.fromkeys(ids))
