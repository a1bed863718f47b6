"""The search box: words that must appear, `OR` sets, `-` for words that must not, quotes for phrases."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.stash.find.clauses import Clause, all_of, any_of


@dataclass
class SearchTerms:
    """The words of a search text: required, alternative and excluded ones."""

    all: list[str] = field(default_factory=list)
    any: list[list[str]] = field(default_factory=list)
    none: list[str] = field(default_factory=list)


def parse_search(text: str) -> SearchTerms:
    """Return the words of the search box as required, alternative and excluded ones; `search_columns` calls it."""
    wanted = SearchTerms()
    words = take_alternatives(join_phrases(text.strip().split(" ")), wanted) if text.strip() else []
    for word in words:
        if len(word) > 1 and word.startswith("-"):
            wanted.none += [strip_quotes(word[1:])]
        else:
            wanted.all += [strip_quotes(word)]
    wanted.all = [word for word in wanted.all if word]
    wanted.none = [word for word in wanted.none if word]
    return wanted


def join_phrases(words: list[str]) -> list[str]:
    """Return the words of a search with each phrase in quotes as one; `parse_search` calls it."""
    joined: list[str] = []
    start: int | None = None
    for place, word in enumerate(words):
        bare = word[1:] if word.startswith("-") else word
        if start is None and bare.startswith('"') and (len(bare) < 2 or not bare.endswith('"')):
            start = place
        elif start is None:
            joined.append(word)
        elif word.endswith('"'):
            joined.append(" ".join(words[start : place + 1]))
            start = None
    return joined if start is None else joined + words[start:]


def take_alternatives(words: list[str], wanted: SearchTerms) -> list[str]:
    """Move `a OR b` from the words to the alternatives, and return the words that are left."""
    place = next((i for i in range(1, len(words) - 1) if is_or(words[i])), None)
    if place is None:
        return words
    last = place + 1
    while last + 2 < len(words) and is_or(words[last + 1]):
        last += 2
    chosen = [strip_quotes(word) for word in words[place - 1 : last + 1 : 2]]
    wanted.any.append([word for word in chosen if word])
    return take_alternatives(words[: place - 1] + words[last + 1 :], wanted)


def is_or(word: str) -> bool:
    """Return True if this word joins alternatives; `take_alternatives` asks."""
    return word.upper() == "OR" or word == "|"


def strip_quotes(word: str) -> str:
    """Return a phrase without its quotes, for `parse_search`."""
    return word[1:-1] if len(word) > 1 and word.startswith('"') and word.endswith('"') else word


def search_columns(text: str, columns: list[str]) -> list[Clause]:
    """Return the conditions of the search box's text over some columns; the find queries add them."""
    wanted = parse_search(text)
    found = [any_of(_contains(column, word) for column in columns) for word in wanted.all]
    found += [any_of(_contains(column, word) for column in columns for word in words) for words in wanted.any if words]
    for word in wanted.none:
        found.append(all_of(Clause(f"COALESCE({column}, '') NOT LIKE ?", (f"%{word}%",)) for column in columns))
    return found


def _contains(column: str, word: str) -> Clause:
    return Clause(f"{column} LIKE ?", (f"%{word}%",))
