"""The ways to ask a box for the tags of scenes: by fingerprints, and many ids at once for what is left.

A request by fingerprints costs a stash-box an eighth of the time that the same scenes cost it by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Callable, NamedTuple

from shared.errors import BadReply, GraphQLFailed, Refused, ServerFailed, ServiceError, WrongVersion
from shared.runtime.clock import is_recent
from shared.stash.library import split
from shared.stash_box import Fingerprint, LookupFound, Outcome, StashBoxClient, TaggedScene
from shared.stash_box.box import STASH_BOX
from shared.stash_box.capabilities import make_key
from shared.stash_box.fingerprints import make_group

AUTO, BY_IDS, BY_FINGERPRINTS = "auto", "ids", "fingerprints"
SCENES_PER_REQUEST = 40  # scenes in one request by fingerprints
LEAST_TRIED = 200
MOST_MISSED = 0.08  # every missed scene is asked for again, by its id
KEEP_COVERAGE = 30 * 86400.0
QUERY, UNKNOWN_FIELD = "findScenesBySceneFingerprints", "Cannot query field"

NOBODY: Mapping[str, Sequence[str]] = {}


class AnsweredScenes(NamedTuple):
    """The answers of one request by scene id.

    `candidates` are the ids of all scenes to which the box assigns the fingerprints of a file, by the id that the file
    is linked to; only of the scenes that were asked for by fingerprints.
    """

    outcomes: Mapping[str, Outcome[TaggedScene]]
    candidates: Mapping[str, Sequence[str]] = NOBODY


class SceneToAsk(NamedTuple):
    """A box's scene id to ask about, and the fingerprints of the library's files of that scene."""

    id: str
    fingerprints: tuple[Fingerprint, ...] = ()


def ask_by_ids(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[AnsweredScenes]:
    """Yield answers by scene id, 40 ids in one request, to the refresh; the strategy `ids`.

    The next request is on its way while an answer is handled.
    """
    yield from map(AnsweredScenes, client.look_up_scene_tags([each.id for each in wanted], ahead=True))


def ask_by_fingerprints(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[AnsweredScenes]:
    """Yield answers found by fingerprints to the refresh, then those by single ids; the strategy `fingerprints`.

    An answer counts only if it has the stored id. For boxes that refuse several ids in one request.
    """
    for piece in split(wanted, SCENES_PER_REQUEST):
        candidates = client.find_scene_tags_by_fingerprints([each.fingerprints for each in piece])
        answers = take_candidates(piece, [each for matches in candidates for each in matches])
        yield answers
        missed = [each.id for each in piece if each.id not in answers.outcomes]
        yield from map(AnsweredScenes, client.look_up_scene_tags(missed))


def ask_automatically(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[AnsweredScenes]:
    """Yield the answers to the refresh, most of them by fingerprints, the others by ids; the strategy `auto`.

    A box that knows too few of the fingerprints is asked by ids only. One that refuses many ids at once gets them one
    by one, after the fingerprints.
    """
    answered: set[str] = set()
    if asks_fingerprints_first(client):
        for found in find_known_prints(client, wanted):
            yield found
            answered.update(found.outcomes)
    yield from ask_by_ids_if_accepted(client, [each for each in wanted if each.id not in answered])


def ask_by_ids_if_accepted(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[AnsweredScenes]:
    """Yield answers by ids, from the first refusal on by fingerprints, for `ask_automatically`."""
    answered: set[str] = set()
    if wanted and not client.refuses_many_at_once():
        for found in ask_by_ids(client, wanted):
            yield found
            answered.update(found.outcomes)
            if client.refuses_many_at_once():
                break
    left = [each for each in wanted if each.id not in answered]
    if left:
        yield from ask_by_fingerprints(client, left)


def find_known_prints(client: StashBoxClient, wanted: Sequence[SceneToAsk]) -> Iterator[AnsweredScenes]:
    """Yield the answers of the scenes whose fingerprints the box has at the stored id; end if it has too few of them.

    A box that does not have such requests, or refuses them, is not asked so for a month. After one that failed, the
    rest is asked by ids.
    """
    coverage = PrintCoverage(client)
    if QUERY not in client.capabilities.queries:
        coverage.give_up()
        return
    usable = [each for each in wanted if make_group(each.fingerprints)]
    pieces = client.find_scene_tags_by_fingerprints([each.fingerprints for each in usable], ahead=True)
    place = 0
    try:
        for candidates in pieces:
            piece = usable[place : place + len(candidates)]
            place += len(candidates)
            answers = take_candidates(piece, candidates)
            yield answers
            coverage.note(len(piece), len(piece) - len(answers.outcomes))
            if coverage.is_poor:
                return
    except (Refused, WrongVersion):
        coverage.give_up()
    except (GraphQLFailed, BadReply, ServerFailed) as error:
        if lacks_query(error):
            coverage.give_up()
        # Else one scene may be the cause; the next refresh tries fingerprints again.


def lacks_query(error: ServiceError) -> bool:
    """Return True if a box says that it does not know the request by fingerprints, which is no momentary failure."""
    rows = error.errors if isinstance(error, GraphQLFailed) else ()
    texts = [str(row.get("message", "")) for row in rows]
    return any(QUERY in text and UNKNOWN_FIELD in text for text in texts)


def take_candidates(wanted: Sequence[SceneToAsk], candidates: Sequence[Sequence[TaggedScene]]) -> AnsweredScenes:
    """Return the answers about wanted scenes among those that the box found by their fingerprints. Pure."""
    picked = {each.id: pick_by_id(each.id, matches) for each, matches in zip(wanted, candidates)}
    found = {remote_id: LookupFound(remote_id, scene) for remote_id, scene in picked.items() if scene is not None}
    asked = ((each.id, matches) for each, matches in zip(wanted, candidates) if make_group(each.fingerprints))
    return AnsweredScenes(
        found, {remote_id: [one.id for one in matches if not one.deleted] for remote_id, matches in asked}
    )


def asks_fingerprints_first(client: StashBoxClient) -> bool:
    """Return True if the strategy `auto` begins with fingerprints at this box; the report of the refresh names it."""
    return client.box.kind == STASH_BOX and not client.refuses_many_at_once() and not PrintCoverage(client).is_poor


class PrintCoverage:
    """The share of linked scenes that a box does not find by their fingerprints, kept for a month."""

    def __init__(self, client: StashBoxClient) -> None:
        self._memory = client.channel.memory
        self._key = make_key("prints", client.box.endpoint)
        self._now = client.channel.clock.now()
        kept = self._memory.get(self._key, {"at": float, "tried?": int, "missed?": int})
        fresh = kept if kept and is_recent(kept["at"], self._now, KEEP_COVERAGE) else {}
        self._tried: int = fresh.get("tried", 0)
        self._missed: int = fresh.get("missed", 0)

    @property
    def is_poor(self) -> bool:
        """Return True if requests by fingerprints miss so many scenes that asking by ids alone makes fewer requests."""
        return self._tried >= LEAST_TRIED and self._missed > MOST_MISSED * self._tried

    def note(self, tried: int, missed: int) -> None:
        """Count the scenes that a request by fingerprints was about, and those that it did not find."""
        self._tried, self._missed = self._tried + tried, self._missed + missed
        self._memory.put(self._key, {"at": self._now, "tried": self._tried, "missed": self._missed})

    def give_up(self) -> None:
        """Remember for a month that this box cannot be asked by fingerprints."""
        self.note(LEAST_TRIED, LEAST_TRIED + self._tried)


STRATEGIES: dict[str, Callable[[StashBoxClient, Sequence[SceneToAsk]], Iterator[AnsweredScenes]]] = {
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
