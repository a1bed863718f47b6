"""Operations of the Words tab: read and change synonyms and blacklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import ListOf, Text, mapping, takes, texts
from shared.tag_matching import Blacklist, PatternSet
from tagging.scenes.unmatched import forget_unmatched_names
from tagging.wordlists.blacklist import read_blacklist_entries, save_blacklist_entries
from tagging.wordlists.synonyms import SYNONYMS_KEY, check_synonyms, read_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call

GROUP = ListOf(Text(), "texts")  # of synonyms


@takes()
def list_words(call: Call) -> dict[str, Any]:
    """Operation `words_get`: return synonyms, blacklists, and the patterns that cannot be used, for the Words tab."""
    setting, excluded = list(call.settings.tagBlacklist), call.stash.read_excluded_tag_patterns()
    entries = read_blacklist_entries(call.store)
    lists = (Blacklist.read(",".join(setting)), Blacklist(entries), PatternSet.read_excluded(excluded))
    problems = [problem for each in lists for problem in each.problems]
    return {
        "synonyms": read_synonyms(call.store),
        "blacklist": entries,
        "blacklist_setting": setting,
        "excluded_patterns": excluded,
        "problems": [{"text": problem.pattern, "message": problem.reason} for problem in problems],
    }


@takes(mapping("synonyms", GROUP, {}))
def save_synonyms(call: Call) -> dict[str, Any]:
    """Operation `synonyms_save`: replace all groups of synonyms; return all word lists."""
    call.store.kv.put(SYNONYMS_KEY, check_synonyms(call.args["synonyms"]))
    return list_words(call)


@takes(mapping("put", GROUP, {}, "groups to add or replace"), texts("remove", (), "names of groups"))
def change_synonyms(call: Call) -> dict[str, Any]:
    """Operation `synonyms_change`: replace or add the groups `put`, delete the groups `remove`; return all lists."""
    put, removed = check_synonyms(call.args["put"]), set(call.args["remove"])
    with call.store.write():
        kept = {name: others for name, others in read_synonyms(call.store).items() if name not in removed}
        call.store.kv.put(SYNONYMS_KEY, {**kept, **put})
    return list_words(call)


@takes(texts("entries", (), "names, or patterns between slashes"))
def save_blacklist(call: Call) -> dict[str, Any]:
    """Operation `blacklist_save`: replace the entries made on the page; return all word lists."""
    save_blacklist_entries(call.store, call.args["entries"])
    return list_words(call)


@takes(texts("names", ()))
def remove_from_blacklist(call: Call) -> dict[str, Any]:
    """Operation `blacklist_remove`: remove these entries, keep what others added meanwhile; return all lists."""
    removed = set(call.args["names"])
    with call.store.write():
        save_blacklist_entries(call.store, [each for each in read_blacklist_entries(call.store) if each not in removed])
    return list_words(call)


@takes(texts("names", ()))
def add_to_blacklist(call: Call) -> dict[str, Any]:
    """Operation `blacklist_add`: add these entries, drop them from the unmatched tags; return all word lists."""
    names = call.args["names"]
    with call.store.write():
        save_blacklist_entries(call.store, [*read_blacklist_entries(call.store), *names])
        forget_unmatched_names(call.store, names)
    return list_words(call)
