"""The lists that keep tags from being scraped: Stash's excluded patterns, and the blacklist of this plugin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from shared.journal import Entry, Finding, Item, add_member
from shared.tag_matching import Blacklist, PatternSet, fold
from tagging.wordlists.blacklist import read_blacklist_entries, save_blacklist_entries

if TYPE_CHECKING:
    from shared.runtime.call import Call

EXCLUSIONS, PATTERNS = "exclusions", "patterns"
IN_STASH, ON_BLACKLIST, NOWHERE = "stash", "blacklist", "none"
LABELS = {IN_STASH: "Stash's excluded tag patterns", ON_BLACKLIST: "Blacklist"}
SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")
CASED_ESCAPE = re.compile(r"\\[A-Z]")


def read_exclusions(call: Call, place: str) -> list[str]:
    """Return the entries of Stash's excluded tag patterns or of the page's blacklist, as `place` says.

    The plan of unwanted tags and its journal target call it.
    """
    return call.stash.read_excluded_tag_patterns() if place == IN_STASH else read_blacklist_entries(call.store)


def write_exclusions(call: Call, place: str, added: Sequence[str], removed: Collection[str]) -> None:
    """Add entries to the list `place` and remove others, for the journal target; the rest of the list stays."""
    entries = [each for each in read_exclusions(call, place) if each not in removed]
    entries += [each for each in added if each not in entries]
    if place == IN_STASH:
        call.stash.write_excluded_tag_patterns(entries)
    else:
        save_blacklist_entries(call.store, entries)


def plan_exclusions(place: str, present: Sequence[str], names: Iterable[str], patterns: Iterable[str]) -> list[Entry]:
    """Return the plan entries that put names and patterns onto a list; what the list has already is left out."""
    if place == NOWHERE:
        return []
    item = Item(EXCLUSIONS, place, LABELS[place])
    known = PatternSet.read_excluded(present) if place == IN_STASH else Blacklist(present)
    wanted = list({fold(name): name for name in names if not known.matches(name)}.values())
    entries = [*wanted, *patterns] if place == ON_BLACKLIST else [make_pattern(name) for name in wanted]
    found: list[Entry] = [add_member(item, PATTERNS, each, source="user") for each in entries if each not in present]
    return found if place == ON_BLACKLIST else [*found, *plan_patterns(item, present, patterns)]


def plan_patterns(item: Item, present: Sequence[str], patterns: Iterable[str]) -> Iterator[Entry]:
    """Yield the plan entries of a person's patterns for Stash's excluded tag patterns; `plan_exclusions` calls it.

    Stash compares in lower case, pattern included, and so turns \\S into \\s. Such a pattern becomes a conflict.
    """
    for each in patterns:
        body = each[1:-1]
        if CASED_ESCAPE.search(body):
            message = f"{each} has an escape in upper case, which Stash would read in lower case. Use the blacklist."
            yield Finding(item, "conflict", message, PATTERNS, "user")
        elif body not in present:
            yield add_member(item, PATTERNS, body, source="user")


def make_pattern(name: str) -> str:
    """Return the pattern by which Stash excludes exactly this name, in upper or lower case."""
    return f"^{SPECIAL.sub(lambda found: chr(92) + found[1], name.lower())}$"
