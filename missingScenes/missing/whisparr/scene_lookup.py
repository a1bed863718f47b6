"""Statuses of a list without performer or studio, whose scenes are looked up in Whisparr one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from missing.whisparr.number_cache import find_known_numbers, save_number
from shared.state.store import Store
from shared.whisparr.client import Whisparr
from shared.whisparr.page_status import refresh_statuses
from shared.whisparr.status import NONE, Status, find_status, unknown_status

MOST_AT_ONCE = 20
NOT_ASKED = "not asked yet"


class StatusAnswer(NamedTuple):
    """Statuses by scene, Whisparr's numbers, and how many scenes were not asked about yet."""

    statuses: Mapping[str, Status]
    movie_ids: Mapping[str, int]
    pending: int


def find_movie_ids(
    store: Store, whisparr: Whisparr, wanted: Sequence[str], given: Mapping[str, int], key: str
) -> dict[str, int]:
    """Return Whisparr's numbers of those scenes that it has, for a search.

    `given` are numbers that the page knows; scenes without a known number are looked up one by one.
    """
    cached = {each: number for each, number in find_known_numbers(store, wanted, key).items() if number}
    known = {**cached, **{each: number for each, number in given.items() if number and each in wanted}}
    for each in wanted:
        if each not in known and (scene := whisparr.find_scene(each)):
            known[each] = scene.id
            save_number(store, each, scene.id, key)
    return known


def read_by_lookup(store: Store, whisparr: Whisparr, wanted: Sequence[str], key: str) -> StatusAnswer:
    """Return statuses of scenes that no performer or studio groups, for `whisparr_status`.

    It takes at most twenty look-ups and two requests for the rest; the page calls again for the pending ones.
    """
    known = find_known_numbers(store, wanted, key)
    unknown = [each for each in wanted if each not in known]
    for each in unknown[:MOST_AT_ONCE]:
        scene = whisparr.find_scene(each)
        known[each] = scene.id if scene else 0
        save_number(store, each, known[each], key)
    present = {each: number for each, number in known.items() if number}
    statuses = refresh_statuses(whisparr, present) if present else {}
    for each, status in statuses.items():
        if status.kind == NONE:  # it was removed in Whisparr
            save_number(store, each, 0, key)
    absent = {each: find_status(None) for each in known if each not in present}
    pending = unknown[MOST_AT_ONCE:]
    unasked = dict.fromkeys(pending, unknown_status(NOT_ASKED))
    return StatusAnswer({**unasked, **absent, **statuses}, present, len(pending))
