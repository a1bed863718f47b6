"""The ways to ask a box for the tags of scenes: many ids at once, or fingerprints where a box refuses that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Callable, NamedTuple

from shared.stash.library import split
from shared.stash_box import Fingerprint, LookupFound, Outcome, StashBoxClient, TaggedScene

AUTO, BY_IDS, BY_FINGERPRINTS = "auto", "ids", "fingerprints"
SCENES_PER_REQUEST = 40  # scenes in one request by fingerprints

SceneOutcomes = Mapping[str, Outcome[TaggedScene]]


class SceneToAsk(NamedTuple):
    """A box's scene id to ask about, and the fingerprints of the library's files of that scene."""

    id: str
    fingerprints: tuple[Fingerprint, ...] = ()


def ask_by_ids(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[SceneOutcomes]:
    """Yield answers by scene id, 40 ids in one request, to the refresh; the strategy `ids`.

    The next request is on its way while an answer is handled.
    """
    yield from client.look_up_scene_tags([each.id for each in wanted], ahead=True)


def ask_by_fingerprints(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[SceneOutcomes]:
    """Yield answers found by fingerprints to the refresh, then those by single ids; the strategy `fingerprints`.

    An answer counts only if it has the stored id. For boxes that refuse several ids in one request.
    """
    for piece in split(wanted, SCENES_PER_REQUEST):
        candidates = client.find_scene_tags_by_fingerprints([each.fingerprints for each in piece])
        rows = (each for matches in candidates for each in matches)
        found = {each.id: pick_by_id(each.id, matches) for each, matches in zip(piece, rows)}
        yield {remote_id: LookupFound(remote_id, scene) for remote_id, scene in found.items() if scene is not None}
        yield from client.look_up_scene_tags([remote_id for remote_id, scene in found.items() if scene is None])


def ask_automatically(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[SceneOutcomes]:
    """Yield answers by ids to the refresh, from the first refusal on by fingerprints; the strategy `auto`."""
    answered: set[str] = set()
    if not client.refuses_many_at_once():
        for found in ask_by_ids(client, wanted):
            yield found
            answered.update(found)
            if client.refuses_many_at_once():
                break
    left = [each for each in wanted if each.id not in answered]
    if left:
        yield from ask_by_fingerprints(client, left)


STRATEGIES: dict[str, Callable[[StashBoxClient, Sequence[SceneToAsk]], Iterator[SceneOutcomes]]] = {
    AUTO: ask_automatically,
    BY_IDS: ask_by_ids,
    BY_FINGERPRINTS: ask_by_fingerprints,
}


def pick_by_id(remote_id: str, candidates: Iterable[TaggedScene]) -> TaggedScene | None:
    """Return the candidate with the stored id, or None, for `ask_by_fingerprints`: scenes may share fingerprints."""
    return next((each for each in candidates if each.id == remote_id and not each.deleted), None)


def read_fingerprints(row: Mapping[str, Any]) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of a scene's files for the refresh; empty if the query did not read them."""
    prints = (each for file in row.get("files") or () for each in file["fingerprints"])
    return tuple(Fingerprint(each["type"], each["value"]) for each in prints)
