"""Proposals by similarity, for a person to accept: trigrams find candidates, edit distance ranks the best of them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

CANDIDATES = 60
LONGEST_NAME = 100
LOWEST_THRESHOLD = 30  # below it everything resembles everything
OTHER_ORDER = 99  # the score of the same words in another order


class Guess(NamedTuple):
    """A proposal: whose name resembles the text, which of its names, and how much (0 to 100)."""

    id: object
    name: str
    score: int


class SimplifiedName(NamedTuple):
    """A name, and as it is compared."""

    owner: object
    name: str
    text: str


class Guesser:
    """An index over names; several names may belong to one id, which is proposed once."""

    def __init__(self, names: Mapping[object, Sequence[str]]) -> None:
        self._entries: list[SimplifiedName] = []
        self._by_words: dict[str, list[int]] = {}
        self._by_trigram: dict[tuple[str, int], list[int]] = {}  # and by length of the name
        for owner, texts in names.items():
            for name in texts:
                self._add(owner, name, simplify(name))

    def propose(self, text: str, *, threshold: int = 80, limit: int = 5) -> list[Guess]:
        """The most similar names with at least this score, best first; ties by name."""
        wanted = simplify(text)
        ruler = Ruler(wanted)
        scores = dict.fromkeys(self._by_words.get(sort_words(wanted), ()), OTHER_ORDER)
        for place in self._find_candidates(wanted, max(threshold, LOWEST_THRESHOLD)):
            scores[place] = max(ruler.measure(self._entries[place].text), scores.get(place, 0))
        best: dict[object, Guess] = {}
        for place, score in scores.items():
            owner, name, _ = self._entries[place]
            if score >= threshold and (owner not in best or score > best[owner].score):
                best[owner] = Guess(owner, name, score)
        return sorted(best.values(), key=lambda guess: (-guess.score, guess.name, str(guess.id)))[:limit]

    def _add(self, owner: object, name: str, text: str) -> None:
        if not text:
            return
        place = len(self._entries)
        self._entries.append(SimplifiedName(owner, name, text))
        self._by_words.setdefault(sort_words(text), []).append(place)
        for trigram in split_trigrams(text):
            self._by_trigram.setdefault((trigram, len(text)), []).append(place)

    def _find_candidates(self, wanted: str, threshold: int) -> list[int]:
        """Names of a length that can reach the threshold and share enough trigrams, those that share most."""
        trigrams = split_trigrams(wanted)
        shared: Counter[int] = Counter()
        for length in range(-(-len(wanted) * threshold // 100), len(wanted) * 100 // threshold + 1):
            # An edit spoils three trigrams at most; so many must be shared that the most frequent need no look.
            least = max(1, len(trigrams) - 3 * (max(length, len(wanted)) * (100 - threshold) // 100))
            found = sorted((self._by_trigram.get((trigram, length), []) for trigram in trigrams), key=len)
            for places in found[: len(found) - least + 1]:
                shared.update(places)
        return heapq.nlargest(CANDIDATES, shared, key=shared.__getitem__)


class Ruler:
    """Measures how far texts are from one text; all its letters are compared at once, as bits of a number."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._masks: dict[str, int] = {}
        for place, letter in enumerate(text):
            self._masks[letter] = self._masks.get(letter, 0) | 1 << place

    def measure(self, other: str) -> int:
        """100 for an equal text, less for every letter that has to be changed."""
        longest = max(self._length, len(other))
        return round(100 * (longest - self.count_edits(other)) / longest) if longest else 100

    def count_edits(self, other: str) -> int:
        """Return the edit distance of two words (Myers' algorithm: rows as differences of one)."""
        full = (1 << self._length) - 1
        last = 1 << self._length >> 1
        more, less, edits = full, 0, self._length
        for letter in other:
            same = self._masks.get(letter, 0)
            across = ((same & more) + more ^ more) | same
            rises = less | ~(across | more)
            falls = more & across
            edits += bool(rises & last) - bool(falls & last)
            rises = rises << 1 | 1
            more = (falls << 1 | ~(same | less | rises)) & full
            less = rises & (same | less) & full
        return edits if self._length else len(other)


def simplify(text: str) -> str:
    """Lower case, one space between words: proposals may be more generous than Stash's rules."""
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())[:LONGEST_NAME]


def sort_words(plain: str) -> str:
    """The words in alphabetical order."""
    return " ".join(sorted(plain.split()))


def split_trigrams(plain: str) -> set[str]:
    """All runs of three letters, with the edges marked."""
    padded = f"  {plain} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
