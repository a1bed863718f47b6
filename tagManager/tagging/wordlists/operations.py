"""Synonyms and blacklist: kept in our store, edited on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.page.arguments import read_object, read_texts
from shared.tag_matching import Blacklist, Patterns
from tagging.scenes.unmatched import forget_unmatched_names
from tagging.wordlists.blacklist import read_blacklist_entries, save_blacklist_entries
from tagging.wordlists.synonyms import SYNONYMS, check_synonyms, read_synonyms

if TYPE_CHECKING:
    from shared.runtime.call import Call


def list_words(call: Call) -> dict[str, Any]:
    """All lists, and what is wrong with them."""
    setting, excluded = list(call.settings.tagBlacklist), call.stash.read_excluded_tag_patterns()
    entries = read_blacklist_entries(call.store)
    lists = (Blacklist.read(",".join(setting)), Blacklist(entries), Patterns.read_excluded(excluded))
    problems = [problem for each in lists for problem in each.problems]
    return {
        "synonyms": read_synonyms(call.store),
        "blacklist": entries,
        "blacklist_setting": setting,
        "excluded_patterns": excluded,
        "problems": [{"text": problem.pattern, "message": problem.why} for problem in problems],
    }


def save_synonyms(call: Call) -> dict[str, Any]:
    """Replace the groups."""
    call.store.kv.put(SYNONYMS, check_synonyms(read_object(call.args, "synonyms")))
    return list_words(call)


def change_synonyms(call: Call) -> dict[str, Any]:
    """Put some groups in place of those of the same name, or take groups away; all others stay."""
    put, gone = check_synonyms(read_object(call.args, "put")), set(read_texts(call.args, "remove") or ())
    with call.store.write():
        kept = {name: others for name, others in read_synonyms(call.store).items() if name not in gone}
        call.store.kv.put(SYNONYMS, {**kept, **put})
    return list_words(call)


def save_blacklist(call: Call) -> dict[str, Any]:
    """Replace the entries made on the page."""
    save_blacklist_entries(call.store, read_texts(call.args, "entries") or [])
    return list_words(call)


def remove_from_blacklist(call: Call) -> dict[str, Any]:
    """These entries do not count any more; what others have added meanwhile stays."""
    gone = set(read_texts(call.args, "names") or ())
    with call.store.write():
        save_blacklist_entries(call.store, [each for each in read_blacklist_entries(call.store) if each not in gone])
    return list_words(call)


def add_to_blacklist(call: Call) -> dict[str, Any]:
    """Never add, offer or import these; they leave the list of unmatched tags at once."""
    names = read_texts(call.args, "names") or []
    with call.store.write():
        save_blacklist_entries(call.store, [*read_blacklist_entries(call.store), *names])
        forget_unmatched_names(call.store, names)
    return list_words(call)
