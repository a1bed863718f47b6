"""First half of a sync: asks the boxes about scenes whose answers are no longer fresh, and caches the answers.

A cached answer holds until the box changes the scene, or until the next full pass (`shared/stash_box/scene_passes.py`).
"""

from __future__ import annotations

from shared.counted_words import count_things

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import ServiceError
from shared.stash.library import split
from shared.stash.links import find_ids
from shared.stash_box import Box, LookupFailed, LookupFound, Outcome, StashBoxClient, TaggedScene
from shared.stash_box.configured import open_client, open_scene_answers
from shared.stash_box.scene_answers import SceneAnswers
from shared.stash_box.scene_passes import CLOCK_MARGIN, PassTimes, find_changed_scenes
from tagging.links.box_tags import find_vanished_tags
from tagging.scene_links.facts import digest_prints, find_without_facts, save_facts
from tagging.scenes.answer_cache import DELETED, FOUND, BoxAnswers, CachedAnswer, Freshness
from tagging.scenes.box_query import (
    BY_FINGERPRINTS,
    BY_IDS,
    STRATEGIES,
    AnsweredScenes,
    SceneToAsk,
    asks_fingerprints_first,
    read_fingerprints,
)

if TYPE_CHECKING:
    from shared.runtime.call import Call

ROWS_PER_READ = 1000
SCENES_PER_ROUND = 2000  # a multiple of what a box takes at once, so that no request goes out half full
MIN_PAGES = 5
MAX_REASONS = 3
NO_DIGESTS: Mapping[str, str] = {}
EARLIER_ANSWERS = "Earlier answers are used where there are some; run it again to ask again."


class RefreshOptions(NamedTuple):
    """The strategy of a refresh, if it asks about all scenes again, and if it covers the whole library.

    With `needs_facts` it also asks about scenes of which only the tags are known; the link doctor sets it.
    """

    strategy: str
    is_full: bool | None  # None: when it is due
    covers_everything: bool
    needs_facts: bool = False


class SceneRefreshReport(NamedTuple):
    """The result of a refresh at one box."""

    box: Box
    scenes: int
    requested: int = 0
    strategy: str = BY_IDS
    problem: str = ""
    is_left: bool = False  # the box failed as a whole, so it was not asked to the end

    def to_json(self) -> dict[str, Any]:
        """Return the report of one box for the figures that the sync task stores with its plan."""
        named = {"endpoint": self.box.endpoint, "name": self.box.name, "problem": self.problem or None}
        return {**named, "scenes": self.scenes, "requested": self.requested, "strategy": self.strategy}


class SceneRefresh:
    """One pass over the scenes of one box; the sync task makes one for each box."""

    def __init__(self, call: Call, box: Box, scene_ids: Sequence[int], options: RefreshOptions) -> None:
        self._call = call
        self._box = box
        self._scene_ids = scene_ids
        self._options = options
        self._answers = BoxAnswers(call.store, box.endpoint)
        self._times = PassTimes(call.store, box.endpoint)
        self._requested = 0
        self._has_prints = False
        self._failures: dict[str, str] = {}  # why there is no new answer about a scene, by its id at the box
        self._progress = 0.0  # the share of the scenes that was looked at

    def run(self, show_progress: Callable[[float], None]) -> SceneRefreshReport:
        """Ask the box what has to be asked, cache the answers, and return the report; `show_progress` gets 0 to 1.

        If the box fails as a whole, the answers so far stay and the report names the problem.
        """
        answers = self._open_shared_answers()
        client = open_client(self._call, self._box, answers=answers)
        problem, is_left = "", False
        try:
            self._ask(client, show_progress)
            problem = self._describe_failures()
        except ServiceError as error:
            problem, is_left = f"{error} {EARLIER_ANSWERS}", True
        finally:
            client.close()
        strategy = self._name_strategy(client)
        report = SceneRefreshReport(self._box, len(self._scene_ids), self._requested, strategy, problem, is_left)
        self._log(report)
        return report

    def _open_shared_answers(self) -> SceneAnswers | None:
        """Return the answers that plugins hand to each other; the link doctor needs more than these have."""
        if self._options.needs_facts:
            return None
        return open_scene_answers(self._call, self._box, is_pass=self._options.covers_everything)

    def _ask(self, client: StashBoxClient, show_progress: Callable[[float], None]) -> None:
        since = self._times.begin(self._call.clock.now(), is_kept=self._options.covers_everything)
        freshness = self._choose_freshness(client, since)
        ask = STRATEGIES[self._options.strategy]
        deleted: list[str] = []
        failed: list[str] = []
        is_whole = client.answers is None or not client.answers.has_other_readers
        for scenes in split(self._find_wanted(freshness, show_progress), SCENES_PER_ROUND):
            wanted = self._take_kept(client, scenes, freshness, since)
            self._requested += len(wanted)
            digests = {each.id: digest_prints(each.fingerprints) for each in wanted}
            for found in ask(client, wanted):
                self._save(found, digests, is_whole=is_whole)
                self._call.stash.keep_alive()
                show_progress(self._progress)
            answers = self._answers.read_answers(each.id for each in wanted)
            deleted += [remote_id for remote_id, known in answers.items() if known.state == DELETED]
            failed += [remote_id for remote_id, known in answers.items() if known.fetched == 0]
        for ids, follow in ((failed, False), (deleted, True)):  # failed ones again; then the successors of deleted ones
            for outcomes in client.look_up_scene_tags(ids, follow=follow):
                self._save(AnsweredScenes(outcomes), is_whole=is_whole)
        if self._options.covers_everything:
            oldest = client.answers.oldest if client.answers else None
            self._times.end(since, is_full=freshness.since > 0, oldest=oldest)

    def _take_kept(
        self, client: StashBoxClient, wanted: Sequence[SceneToAsk], freshness: Freshness, begun: float
    ) -> list[SceneToAsk]:
        """Save what another plugin was told about these scenes, and return those that the box must be asked.

        A pass may take answers from before its begin: the next one asks for changes since the oldest of them.
        """
        is_pass = self._options.covers_everything and not self._options.is_full
        since = 0.0 if is_pass else begun
        kept = client.take_kept_scene_tags([each.id for each in wanted], since, freshness.changed)
        usable = {remote_id: each for remote_id, each in kept.items() if not self._has_vanished(each, freshness)}
        self._save(AnsweredScenes(usable), is_whole=False)
        return [each for each in wanted if each.id not in usable]

    @staticmethod
    def _has_vanished(outcome: Outcome[TaggedScene], freshness: Freshness) -> bool:
        """Return True if the box no longer has a tag of an answer, so that the answer is from before."""
        tags = outcome.record.tags if isinstance(outcome, LookupFound) else ()
        return any(tag.id in freshness.vanished_tags for tag in tags)

    def _save(self, found: AnsweredScenes, digests: Mapping[str, str] = NO_DIGESTS, *, is_whole: bool) -> None:
        """Cache the answers; those that another plugin shares are not whole, as they lack fingerprints."""
        self._answers.save(found.outcomes, self._call.clock.now())
        save_facts(self._call.store, self._box.endpoint, found.outcomes, found.candidates, digests, is_whole=is_whole)
        for remote_id, outcome in found.outcomes.items():
            if isinstance(outcome, LookupFailed):
                self._failures[remote_id] = str(outcome.error)
            else:
                self._failures.pop(remote_id, None)

    def _describe_failures(self) -> str:
        """Return why the box did not answer about some scenes, with the number of scenes; empty if it did."""
        counted = Counter(self._failures.values()).most_common(MAX_REASONS)
        reasons = [f"{count_things(number, 'scene')}: {reason}" for reason, number in counted]
        return " ".join([*reasons, EARLIER_ANSWERS]) if reasons else ""

    def _find_wanted(self, freshness: Freshness, show_progress: Callable[[float], None]) -> Iterator[SceneToAsk]:
        """Yield the scenes whose cached answers are not fresh."""
        fields = "stash_ids { endpoint stash_id }"
        if self._options.strategy != BY_IDS:
            fields += " files { fingerprints { type value } }"
        done = 0
        for rows in self._call.stash.scenes.stream(self._scene_ids, fields, size=ROWS_PER_READ):
            linked = [(each, row) for row in rows for each in find_ids(row["stash_ids"], self._box.endpoint)]
            known = self._answers.read_answers(remote_id for remote_id, _ in linked)
            lacking = self._find_lacking(known)
            for remote_id, row in dict(linked).items():
                if remote_id in lacking or not freshness.is_fresh(remote_id, known.get(remote_id)):
                    prints = read_fingerprints(row)
                    self._has_prints = self._has_prints or bool(prints)
                    yield SceneToAsk(remote_id, prints)
            done += len(rows)
            self._progress = done / max(len(self._scene_ids), 1)
            show_progress(self._progress)

    def _find_lacking(self, known: Mapping[str, CachedAnswer]) -> AbstractSet[str]:
        """Return the scenes whose tags are known from a version that noted nothing else, if all is needed."""
        if not self._options.needs_facts:
            return frozenset()
        found = [remote_id for remote_id, answer in known.items() if answer.state == FOUND]
        return find_without_facts(self._call.store, self._box.endpoint, found)

    def _choose_freshness(self, client: StashBoxClient, since: float) -> Freshness:
        """Return which cached answers are fresh: those of this pass if a full one is due, else all unchanged ones."""
        last = self._times.last
        is_due = self._options.is_full or self._times.is_full_due(since)
        if not self._options.covers_everything or (is_due and self._options.is_full is not False):
            return Freshness(since)
        page_limit = max(MIN_PAGES, len(self._scene_ids) // 80)
        changed = find_changed_scenes(client, last["since"] - CLOCK_MARGIN, page_limit) if last else None
        if changed is None:
            return Freshness(since)
        return Freshness(0.0, changed, find_vanished_tags(self._call.store, self._box.endpoint))

    def _name_strategy(self, client: StashBoxClient) -> str:
        if self._options.strategy in (BY_IDS, BY_FINGERPRINTS):
            return self._options.strategy
        by_prints = client.refuses_many_at_once() or (self._has_prints and asks_fingerprints_first(client))
        return BY_FINGERPRINTS if by_prints else BY_IDS

    def _log(self, report: SceneRefreshReport) -> None:
        if report.problem:
            self._call.log.error(f"{report.box.name} could not be asked to the end: {report.problem}")
            return
        text = f"{report.box.name}: {count_things(report.scenes, 'linked scene')}, {report.requested} asked about"
        self._call.log.info(f"{text} by {report.strategy}.")
