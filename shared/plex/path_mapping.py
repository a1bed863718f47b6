"""Path rules: map the path of a Stash file to the path that Plex has for it (`shared/paths.py`: normal paths). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shared.paths import file_name, fold, is_windows, normal_path, starts_with


class PathRule(NamedTuple):
    """A prefix in Stash and the one in Plex; `ignore_case` None ignores case if one of them is a Windows path."""

    stash: str
    plex: str
    ignore_case: bool | None = None


class MappedPath(NamedTuple):
    """A path as Plex has it; `rule` is None if no rule applied and the path stayed as it was."""

    path: str
    ignore_case: bool
    rule: PathRule | None


class Overlap(NamedTuple):
    """Two rules for the same files: of nested prefixes the longer one wins; the `same` prefix twice is a mistake."""

    first: PathRule
    second: PathRule
    same: bool


class HitRate(NamedTuple):
    """The number of sample paths that the rules lead to a Plex file; `misses` are the others."""

    hits: int
    total: int
    misses: tuple[str, ...]


def map_path(path: str, rules: Sequence[PathRule]) -> MappedPath:
    """Return a Stash path as Plex has it, by the rule with the longest matching prefix; matching and scans call it."""
    normal = normal_path(path)
    fitting = [rule for rule in rules if starts_with(normal, normal_path(rule.stash), rule_ignores_case(rule))]
    if not fitting:
        return MappedPath(normal, is_windows(path), None)
    rule = max(fitting, key=lambda each: len(normal_path(each.stash)))
    rest = normal[len(normal_path(rule.stash).rstrip("/")) :]
    return MappedPath(normal_path(rule.plex).rstrip("/") + rest, rule_ignores_case(rule), rule)


def rule_ignores_case(rule: PathRule) -> bool:
    """Return True if a path rule compares the files under it without their case; the mapping of paths asks."""
    if rule.ignore_case is None:
        return is_windows(rule.stash) or is_windows(rule.plex)
    return rule.ignore_case


def same_path(mapped: MappedPath, plex_path: str) -> bool:
    """Return True if a mapped path and a path of Plex are one file; matching by path decides with it."""
    if mapped.ignore_case:
        return fold(mapped.path) == fold(plex_path)
    return mapped.path == normal_path(plex_path)


def find_overlaps(rules: Sequence[PathRule]) -> list[Overlap]:
    """Return the pairs of rules that apply to the same files of Stash; the settings warn about them."""
    found = []
    for position, first in enumerate(rules):
        for second in rules[position + 1 :]:
            one, two = normal_path(first.stash), normal_path(second.stash)
            loose = rule_ignores_case(first) or rule_ignores_case(second)
            if starts_with(one, two, loose) or starts_with(two, one, loose):
                found.append(Overlap(first, second, len(one) == len(two)))
    return found


def find_lost_rules(rules: Sequence[PathRule], folders: Sequence[str]) -> list[PathRule]:
    """Return the rules that lead into none of Plex's library folders, for a warning in the settings."""
    return [rule for rule in rules if folders and not any(leads_to(rule, folder) for folder in folders)]


def leads_to(rule: PathRule, folder: str) -> bool:
    """Return True if files under a rule can be in a Plex folder; `find_lost_rules` asks."""
    plex, place, loose = normal_path(rule.plex), normal_path(folder), rule_ignores_case(rule) or is_windows(folder)
    return starts_with(plex, place, loose) or starts_with(place, plex, loose)


def propose_rules(stash_paths: Iterable[str], plex_paths: Iterable[str]) -> list[tuple[PathRule, int]]:
    """Return rules that map files of a sample onto files of Plex, each with how many, most first; the Paths tab
    proposes them.
    """
    on_plex = unique_names(plex_paths)
    votes: Counter[PathRule] = Counter()
    for name, path in unique_names(stash_paths).items():
        if name in on_plex:
            votes[PathRule(*differing_prefixes(path, on_plex[name]))] += 1
    return [(rule, count) for rule, count in votes.most_common() if rule.stash != rule.plex]


def unique_names(paths: Iterable[str]) -> dict[str, str]:
    """Return for `propose_rules` the paths by folded file name, without names that occur twice."""
    found: dict[str, list[str]] = {}
    for path in {normal_path(path) for path in paths}:
        found.setdefault(fold(file_name(path)), []).append(path)
    return {name: hits[0] for name, hits in found.items() if len(hits) == 1}


def differing_prefixes(first: str, second: str) -> tuple[str, str]:
    """Return for `propose_rules` the prefixes of two paths: without the last parts that both share."""
    one, two = first.split("/"), second.split("/")
    alike = count_common_tail(one, two)
    return "/".join(one[: len(one) - alike]) or "/", "/".join(two[: len(two) - alike]) or "/"


def count_common_tail(one: Sequence[str], two: Sequence[str]) -> int:
    """Return the number of last parts that two split paths share, ignoring case.

    Matching and proposals of rules ask.
    """
    count = 0
    for left, right in zip(reversed(one), reversed(two)):
        if left.casefold() != right.casefold():
            break
        count += 1
    return count


def measure_rules(rules: Sequence[PathRule], stash_paths: Iterable[str], plex_paths: Iterable[str]) -> HitRate:
    """Return how many files of a sample the rules map onto a file of Plex; the Paths tab shows it."""
    known = [normal_path(path) for path in plex_paths]
    exact, folded = set(known), {fold(path) for path in known}
    sample = list(stash_paths)
    misses = tuple(path for path in sample if not is_hit(map_path(path, rules), exact, folded))
    return HitRate(len(sample) - len(misses), len(sample), misses)


def is_hit(mapped: MappedPath, exact: set[str], folded: set[str]) -> bool:
    """Return for `measure_rules` whether a mapped path is among the known paths of Plex."""
    return mapped.path in exact or (mapped.ignore_case and fold(mapped.path) in folded)
