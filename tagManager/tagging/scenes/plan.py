"""Second half of a sync: decides from the boxes' answers which tags each scene gets. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.journal import Entry, Finding, Item, add_member
from tagging.scenes.answer_cache import DELETED, FAILED, FOUND, MERGED, MISSING, CachedAnswer
from tagging.scenes.tag_match import RULES, RemoteRef, TagMatcher
from tagging.scenes.tag_writer import TAGS_FIELD

MAX_NAMED = 30


class BoxAnswer(NamedTuple):
    """The answer of one box about a scene; `known` is None when the box could not be asked."""

    endpoint: str
    box: str
    remote_id: str
    known: CachedAnswer | None


class LocalScene(NamedTuple):
    """A scene of the library: its tags, what the boxes said, and the tags it had after earlier syncs."""

    item: Item
    tags: frozenset[int]
    answers: Sequence[BoxAnswer]
    earlier_tags: frozenset[int] = frozenset()


@dataclass
class PlanFigures:
    """Counters of a scene tag sync, which `ScenePlanner` fills scene by scene."""

    scenes: int = 0
    additions: int = 0
    blacklisted: int = 0
    kept_off: int = 0
    remote_deleted: int = 0
    remote_merged: int = 0
    not_found: int = 0
    failed: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    by_tag: Counter[tuple[int, RemoteRef]] = field(default_factory=Counter)


class ScenePlanner:
    """Plans scene after scene and counts along; `names` are the local tags' names."""

    def __init__(self, matcher: TagMatcher, names: Mapping[int, str], *, includes_removed: bool = False) -> None:
        self.matcher = matcher
        self.figures = PlanFigures()
        self.names = names
        self._includes_removed = includes_removed

    def plan(self, scene: LocalScene) -> tuple[list[Entry], frozenset[int]]:
        """Return the plan entries of a scene, and which of its present tags the boxes have as well, to the sync task.

        The task records the latter: if the user removes one later, no sync adds it again.
        """
        self.figures.scenes += 1
        findings = list(self._find_link_problems(scene))
        wanted = self._collect_wanted(scene)
        additions = {tag_id: ref for tag_id, ref in wanted.items() if self._is_addition(tag_id, scene)}
        entries: list[Entry] = [self._add(scene.item, tag_id, ref) for tag_id, ref in additions.items()]
        self._count(scene, additions, findings)
        return [*entries, *findings], scene.tags & wanted.keys()

    def _collect_wanted(self, scene: LocalScene) -> dict[int, RemoteRef]:
        """Return the local tags that all boxes together have for a scene, each with the box tag that brought it."""
        wanted: dict[int, RemoteRef] = {}
        found = (each for each in scene.answers if each.known and each.known.state == FOUND)
        for ref in (RemoteRef(each.endpoint, tag) for each in found for tag in (each.known.tags if each.known else ())):
            decision = self.matcher.decide(ref)
            if decision.tag_id is not None:
                wanted.setdefault(decision.tag_id, ref)
            elif decision.is_blacklisted:
                self.figures.blacklisted += 1
            else:
                self.matcher.unmatched[ref] += 1
        return wanted

    def _is_addition(self, tag_id: int, scene: LocalScene) -> bool:
        """Return False for a tag the scene has, and for one that the user took off after an earlier sync."""
        if tag_id in scene.tags:
            return False
        if tag_id in scene.earlier_tags and not self._includes_removed:
            self.figures.kept_off += 1
            return False
        return True

    def _add(self, item: Item, tag_id: int, ref: RemoteRef) -> Entry:
        decision = self.matcher.decide(ref)
        name = self.names.get(tag_id, f"tag {tag_id}")
        other = "" if decision.name == name else f' "{decision.name}"'
        return add_member(item, TAGS_FIELD, tag_id, source=ref.endpoint, reason=f"{name}: {RULES[decision.by]}{other}")

    def _find_link_problems(self, scene: LocalScene) -> Iterator[Finding]:
        for answer in scene.answers:
            finding = find_link_problem(scene.item, answer)
            if finding is not None:
                yield finding

    def _count(self, scene: LocalScene, additions: Mapping[int, RemoteRef], findings: Sequence[Finding]) -> None:
        figures = self.figures
        figures.additions += len(additions)
        figures.by_tag.update(additions.items())
        states = [each.known.state if each.known else FAILED for each in scene.answers]
        figures.remote_deleted += DELETED in states
        figures.remote_merged += MERGED in states
        figures.not_found += MISSING in states
        figures.failed += FAILED in states
        if not additions and not findings:
            # All its answers led to nothing new, or its links were removed during the run.
            unasked = any(each.known is None for each in scene.answers)
            figures.counted["failed" if unasked else "unchanged"] += 1


def find_link_problem(item: Item, answer: BoxAnswer) -> Finding | None:
    """Return the planner's finding if a scene's link is dead, merged, unknown or could not be read; else None."""
    if answer.known is None or answer.known.state == FOUND:
        return None
    box, remote_id = answer.box, answer.remote_id
    messages = {
        DELETED: f"{box} has deleted this scene ({remote_id}); its tags are not taken over.",
        MERGED: f"{box} has merged this scene into {answer.known.note}; link it anew to get that one's tags.",
        MISSING: f"{box} does not know the id {remote_id}.",
        FAILED: f"{box} could not say: {answer.known.note}",
    }
    outcome = "failed" if answer.known.state == FAILED else "skipped"
    return Finding(item, outcome, messages[answer.known.state], TAGS_FIELD, answer.endpoint)


def describe_additions(names: Mapping[int, str], by_tag: Mapping[tuple[int, RemoteRef], int]) -> str:
    """Return the tags that most scenes get, as text for the log of a dry run."""
    counted: Counter[int] = Counter()
    for (tag_id, _), scenes in by_tag.items():
        counted[tag_id] += scenes
    most = [f"{names.get(tag_id, tag_id)} ({scenes})" for tag_id, scenes in counted.most_common(MAX_NAMED)]
    more = len(counted) - len(most)
    return ", ".join(most) + (f" and {more} more" if more > 0 else "")
