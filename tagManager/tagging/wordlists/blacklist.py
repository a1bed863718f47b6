"""The blacklist of box tags: the entries of the setting and of the page, and Stash's own excluded patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shared.tag_matching import Blacklist, PatternSet

if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.state.store import Store

BLACKLIST_KEY = "blacklist"


class TagBlacklist:
    """All blacklists together; says which names of box tags must not be added, proposed or imported."""

    def __init__(self, setting: Blacklist, entries: Sequence[str], excluded_patterns: Sequence[str]) -> None:
        self.entries = list(entries)  # that the user made on the page
        self.excluded_patterns = list(excluded_patterns)  # Stash's own
        self._blacklists = [setting, Blacklist(self.entries)]
        self._excluded = PatternSet.read_excluded(self.excluded_patterns)

    def matches(self, name: str) -> bool:
        """Return True if a box tag of this name must not be added, proposed or imported; plans and lists ask it."""
        return self._excluded.matches(name) or any(each.matches(name) for each in self._blacklists)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Return the patterns that cannot be used, each once, with the reason; overview and Setup tab show them."""
        sources: list[Blacklist | PatternSet] = [*self._blacklists, self._excluded]
        found = (problem for each in sources for problem in each.problems)
        return [{"text": problem.pattern, "message": problem.reason} for problem in dict.fromkeys(found)]


def read_tag_blacklist(call: Call) -> TagBlacklist:
    """Return the blacklist of setting, page and Stash together, for everything that adds, proposes or imports tags."""
    setting = Blacklist.read(",".join(call.settings.tagBlacklist))
    return TagBlacklist(setting, read_blacklist_entries(call.store), call.stash.read_excluded_tag_patterns())


def read_blacklist_entries(store: Store) -> list[str]:
    """Return the entries that the user made on the page, for the Words tab and the checks of plans."""
    return list(store.kv.get(BLACKLIST_KEY, [str], ()))


def save_blacklist_entries(store: Store, entries: list[str]) -> None:
    """Replace the page's entries, for the Words tab, imports of a file and the sync's plan; blanks are left out."""
    store.kv.put(BLACKLIST_KEY, list(dict.fromkeys(each.strip() for each in entries if each.strip())))


def find_blacklisted(store: Store, names: Mapping[int, Sequence[str]]) -> set[int]:
    """Return the tags of a sync plan whose every name at the boxes is on the page's blacklist; `names` by tag id."""
    blacklist = Blacklist(read_blacklist_entries(store))
    return {tag for tag, given in names.items() if all(map(blacklist.matches, given))}
