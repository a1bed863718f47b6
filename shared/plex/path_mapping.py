"""Path rules: the path of a Stash file as Plex sees it, over Windows, UNC and POSIX paths. Pure.

A "normal path" is NFC, uses "/" and has no trailing or doubled separator. Two normal paths are compared as they are or,
where the file system ignores case, by their `fold`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

DRIVE = re.compile(r"[A-Za-z]:(?=[\\/]|$)")


class PathRule(NamedTuple):
    """One prefix as Stash sees it and as Plex sees it; `ignore_case` None means: as Windows paths do, else exact."""

    stash: str
    plex: str
    ignore_case: bool | None = None


class Mapped(NamedTuple):
    """A path on the Plex side; `rule` is None when no rule applied and the path was kept."""

    path: str
    ignore_case: bool
    rule: PathRule | None


class Overlap(NamedTuple):
    """Two rules for the same files: `same` prefixes contradict each other, nested ones are decided by length."""

    first: PathRule
    second: PathRule
    same: bool


class HitRate(NamedTuple):
    """The number of sample paths that the rules lead to a Plex file; `misses` are the others."""

    hits: int
    total: int
    misses: tuple[str, ...]


def is_windows(path: str) -> bool:
    """True if a path has a drive letter or is a share (UNC)."""
    return bool(DRIVE.match(path)) or path.startswith(("\\\\", "//"))


def normal_path(path: str) -> str:
    """Return the one spelling of a path; Windows paths take both separators and an upper-case drive."""
    text = unicodedata.normalize("NFC", path.strip())
    if not is_windows(text):
        return re.sub("/{2,}", "/", text).rstrip("/") or text[:1]
    text = text.replace("\\", "/")
    start = "//" if text.startswith("//") else ""
    text = start + re.sub("/{2,}", "/", text.lstrip("/") if start else text).rstrip("/")
    return text[0].upper() + text[1:] if text[1:2] == ":" else text


def fold(path: str) -> str:
    """A normal path with its case taken away."""
    return unicodedata.normalize("NFC", normal_path(path).casefold())


def file_name(path: str) -> str:
    """The last part of a path."""
    return normal_path(path).rpartition("/")[2]


def folder_of(path: str) -> str:
    """Everything before the last part of a path, as it was written (a scan wants Plex's own spelling)."""
    cut = max(path.rfind("/"), path.rfind("\\") if is_windows(path) else -1)
    is_root = cut == 0 or path[:cut].endswith(":")
    return path[: cut + 1] if is_root else path[: max(cut, 0)]


def native_path(path: str) -> str:
    """Return a normal path as its own system writes it, as a scan of a Plex on Windows needs it."""
    return path.replace("/", "\\") if is_windows(path) else path


def lies_in(path: str, folder: str) -> bool:
    """True if a path is a library folder or below it; case counts as on that system."""
    return starts_with(normal_path(path), normal_path(folder), is_windows(folder))


def map_path(path: str, rules: Sequence[PathRule]) -> Mapped:
    """The path as Plex sees it by the rule with the longest matching prefix."""
    normal = normal_path(path)
    fitting = [rule for rule in rules if starts_with(normal, normal_path(rule.stash), rule_ignores_case(rule))]
    if not fitting:
        return Mapped(normal, is_windows(path), None)
    rule = max(fitting, key=lambda each: len(normal_path(each.stash)))
    rest = normal[len(normal_path(rule.stash).rstrip("/")) :]
    return Mapped(normal_path(rule.plex).rstrip("/") + rest, rule_ignores_case(rule), rule)


def rule_ignores_case(rule: PathRule) -> bool:
    """True if the files under a rule are compared without their case."""
    if rule.ignore_case is None:
        return is_windows(rule.stash) or is_windows(rule.plex)
    return rule.ignore_case


def starts_with(path: str, prefix: str, ignore_case: bool) -> bool:
    """True if a normal path is the prefix or below it."""
    if ignore_case:
        path, prefix = path.lower(), prefix.lower()
    return path == prefix or path.startswith(prefix.rstrip("/") + "/")


def same_path(mapped: Mapped, plex_path: str) -> bool:
    """True if a mapped path and a Plex path are one file."""
    if mapped.ignore_case:
        return fold(mapped.path) == fold(plex_path)
    return mapped.path == normal_path(plex_path)


def find_overlaps(rules: Sequence[PathRule]) -> list[Overlap]:
    """Pairs of rules that claim the same files of Stash."""
    found = []
    for position, first in enumerate(rules):
        for second in rules[position + 1 :]:
            one, two = normal_path(first.stash), normal_path(second.stash)
            loose = rule_ignores_case(first) or rule_ignores_case(second)
            if starts_with(one, two, loose) or starts_with(two, one, loose):
                found.append(Overlap(first, second, len(one) == len(two)))
    return found


def find_lost_rules(rules: Sequence[PathRule], folders: Sequence[str]) -> list[PathRule]:
    """Rules that lead into none of the libraries' folders; without known folders nothing can be said."""
    return [rule for rule in rules if folders and not any(leads_to(rule, folder) for folder in folders)]


def leads_to(rule: PathRule, folder: str) -> bool:
    """True if files of a rule can be in a Plex folder."""
    plex, place, loose = normal_path(rule.plex), normal_path(folder), rule_ignores_case(rule) or is_windows(folder)
    return starts_with(plex, place, loose) or starts_with(place, plex, loose)


def propose_rules(stash_paths: Iterable[str], plex_paths: Iterable[str]) -> list[tuple[PathRule, int]]:
    """Prefix rules that explain a sample, best first, each with the number of files it explains."""
    on_plex = unique_names(plex_paths)
    votes: Counter[PathRule] = Counter()
    for name, path in unique_names(stash_paths).items():
        if name in on_plex:
            votes[PathRule(*differing_prefixes(path, on_plex[name]))] += 1
    return [(rule, count) for rule, count in votes.most_common() if rule.stash != rule.plex]


def unique_names(paths: Iterable[str]) -> dict[str, str]:
    """Normal paths by folded file name, without the names that occur twice."""
    found: dict[str, list[str]] = {}
    for path in {normal_path(path) for path in paths}:
        found.setdefault(fold(file_name(path)), []).append(path)
    return {name: hits[0] for name, hits in found.items() if len(hits) == 1}


def differing_prefixes(first: str, second: str) -> tuple[str, str]:
    """Return two paths without the folders in which they end alike."""
    one, two = first.split("/"), second.split("/")
    alike = count_common_tail(one, two)
    return "/".join(one[: len(one) - alike]) or "/", "/".join(two[: len(two) - alike]) or "/"


def count_common_tail(one: Sequence[str], two: Sequence[str]) -> int:
    """Return the number of last parts that two split paths share, ignoring case."""
    count = 0
    for left, right in zip(reversed(one), reversed(two)):
        if left.casefold() != right.casefold():
            break
        count += 1
    return count


def measure_rules(rules: Sequence[PathRule], stash_paths: Iterable[str], plex_paths: Iterable[str]) -> HitRate:
    """Tries the rules on a sample."""
    known = [normal_path(path) for path in plex_paths]
    exact, folded = set(known), {fold(path) for path in known}
    sample = list(stash_paths)
    misses = tuple(path for path in sample if not is_hit(map_path(path, rules), exact, folded))
    return HitRate(len(sample) - len(misses), len(sample), misses)


def is_hit(mapped: Mapped, exact: set[str], folded: set[str]) -> bool:
    """True if a mapped path is among the known ones."""
    return mapped.path in exact or (mapped.ignore_case and fold(mapped.path) in folded)
