"""Path rules as the setting has them, `D:\\Media => /data | /new =>i /srv/new`, and as the editor sends them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plexsync.settings import RULE_ARROW
from shared.errors import SettingError, UsageError
from shared.plex.path_mapping import PathRule, find_lost_rules, find_overlaps

CASES: dict[str, bool | None] = {
    "i": True,
    "c": False,
}  # =>i ignores case, =>c does not; without a letter Windows paths ignore it


def parse_rules(text: str) -> list[PathRule]:
    """Return the path rules in the text of the setting, for matching and for the editor."""
    pieces = (piece.split(RULE_ARROW) for piece in text.split("|") if RULE_ARROW in piece)
    return [parse_rule(stash.strip(), plex) for stash, plex in pieces]


def parse_rule(stash: str, plex: str) -> PathRule:
    """Return one rule from its two sides in the setting; the Plex side may begin with a letter of `CASES`."""
    letter, space, rest = plex.partition(" ")
    if letter in CASES and space:
        return PathRule(stash, rest.strip(), CASES[letter])
    return PathRule(stash, plex.strip())


def require_known_folders(rules: Sequence[PathRule], folders: Sequence[str]) -> None:
    """Raise SettingError for a rule into a folder that no library of Plex has, before scenes are matched.

    Such a rule never finds anything; one error for the queue replaces one for each scene.
    """
    for sentence in describe_lost_rules(rules, folders):
        raise SettingError("path_rules", f"{sentence} Correct it on the tab Libraries and paths.")


def describe_lost_rules(rules: Sequence[PathRule], folders: Sequence[str]) -> list[str]:
    """Return a sentence for the user for each rule that leads into no library of Plex."""
    has = f"Plex has {', '.join(folders)}."
    return [
        f'The path rule "{rule.stash} {RULE_ARROW} {rule.plex}" leads into no library of Plex. {has}'
        for rule in find_lost_rules(rules, folders)
    ]


def describe_overlaps(rules: Sequence[PathRule]) -> list[str]:
    """Return a sentence for the editor for each pair of rules that fit the same files."""
    return [
        f'"{pair.first.stash}" and "{pair.second.stash}" '
        + ("contradict each other." if pair.same else "overlap; the longer one counts.")
        for pair in find_overlaps(rules)
    ]


def format_rules(rules: Iterable[PathRule]) -> str:
    """Return these rules as the text of the setting; the editor's rules are saved so."""
    letters = {value: letter for letter, value in CASES.items()}
    return " | ".join(f"{rule.stash} {RULE_ARROW}{letters.get(rule.ignore_case, '')} {rule.plex}" for rule in rules)


def parse_editor_rules(rows: Sequence[Mapping[str, Any]]) -> list[PathRule]:
    """Return the rules the editor sends as `[{stash, plex, ignore_case}]`; raises UsageError for an unusable one.

    `paths_measure` and `paths_save` call it.
    """
    return [parse_editor_rule(row) for row in rows]


def parse_editor_rule(row: Mapping[str, Any]) -> PathRule:
    """Return one rule that the editor sent; raises UsageError if a side is empty or has a separator in it.

    `parse_editor_rules` calls it.
    """
    sides = [row[name].strip() for name in ("stash", "plex")]
    if not all(sides) or any(mark in side for side in sides for mark in ("|", RULE_ARROW)):
        raise UsageError(f"A path rule needs a folder of Stash and one of Plex, without | and {RULE_ARROW}.")
    return PathRule(sides[0], sides[1], row["ignore_case"])


def show_rule(rule: PathRule) -> dict[str, Any]:
    """Return a path rule as the JSON of the rule editor, for `paths_show`, `paths_propose` and `paths_save`."""
    return dict(rule._asdict())
