"""Finds names similar to a text, to propose them to a person: trigrams find candidates, edit distance scores them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.folding import compose

MAX_CANDIDATES = 60
MAX_NAME_LENGTH = 100
MIN_THRESHOLD = 30  # below it everything resembles everything
SAME_WORDS_SCORE = 99  # the score of the same words in another order


class SimilarName(NamedTuple):
    """A name that resembles the text, the id it belongs to, and its score from 0 to 100."""

    id: object
    name: str
    score: int


class IndexedName(NamedTuple):
    """A name in the index, the id it belongs to, and its simplified text for comparing."""

    id: object
    name: str
    text: str


class SimilarityIndex:
    """An index over names; several names may belong to one id, which is found once."""

    def __init__(self, names: Mapping[object, Sequence[str]]) -> None:
        self._entries: list[IndexedName] = []
        self._by_words: dict[str, list[int]] = {}
        self._by_trigram: dict[tuple[str, int], list[int]] = {}  # and by length of the name
        for owner, texts in names.items():
            for name in texts:
                self._add(owner, name, simplify(name))

    def find_similar(self, text: str, *, threshold: int = 80, limit: int = 5) -> list[SimilarName]:
        """Return the best name of each id with at least this score, best first; proposals and look-alikes ask."""
        wanted = simplify(text)
        distance = EditDistance(wanted)
        scores = dict.fromkeys(self._by_words.get(sort_words(wanted), ()), SAME_WORDS_SCORE)
        for place in self._find_candidates(wanted, max(threshold, MIN_THRESHOLD)):
            scores[place] = max(distance.score(self._entries[place].text), scores.get(place, 0))
        best: dict[object, SimilarName] = {}
        for place, score in scores.items():
            owner, name, _ = self._entries[place]
            if score >= threshold and (owner not in best or score > best[owner].score):
                best[owner] = SimilarName(owner, name, score)
        return sorted(best.values(), key=lambda each: (-each.score, each.name, str(each.id)))[:limit]

    def _add(self, owner: object, name: str, text: str) -> None:
        if not text:
            return
        place = len(self._entries)
        self._entries.append(IndexedName(owner, name, text))
        self._by_words.setdefault(sort_words(text), []).append(place)
        for trigram in split_trigrams(text):
            self._by_trigram.setdefault((trigram, len(text)), []).append(place)

    def _find_candidates(self, wanted: str, threshold: int) -> list[int]:
        """Return the names that share most trigrams with the text, of those that can reach the threshold."""
        trigrams = split_trigrams(wanted)
        shared: Counter[int] = Counter()
        for length in range(-(-len(wanted) * threshold // 100), len(wanted) * 100 // threshold + 1):
            # One edit changes at most three trigrams, so a name must share the others; the most frequent trigrams need
            # not be looked up.
            least = max(1, len(trigrams) - 3 * (max(length, len(wanted)) * (100 - threshold) // 100))
            found = sorted((self._by_trigram.get((trigram, length), []) for trigram in trigrams), key=len)
            for places in found[: len(found) - least + 1]:
                shared.update(places)
        return heapq.nlargest(MAX_CANDIDATES, shared, key=shared.__getitem__)


class EditDistance:
    """Compares other texts with one text; its letters are bits of one number, so that all are compared at once."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._masks: dict[str, int] = {}
        for place, letter in enumerate(text):
            self._masks[letter] = self._masks.get(letter, 0) | 1 << place

    def score(self, other: str) -> int:
        """Return 100 for an equal text, less for every letter that differs; `find_similar` sorts by it."""
        longest = max(self._length, len(other))
        return round(100 * (longest - self.count_edits(other)) / longest) if longest else 100

    def count_edits(self, other: str) -> int:
        """Return the edit distance (Levenshtein) to another text, by Myers' bit-vector algorithm; `score` calls it."""
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
    """Return the text composed, in lower case, with one space between words; hyphens and underscores are spaces.

    `SimilarityIndex` compares names so.
    """
    return " ".join(compose(text).lower().replace("-", " ").replace("_", " ").split())[:MAX_NAME_LENGTH]


def sort_words(plain: str) -> str:
    """Return the words of a simplified text in alphabetical order, so that their order makes no difference.

    `SimilarityIndex` compares names so.
    """
    return " ".join(sorted(plain.split()))


def split_trigrams(plain: str) -> set[str]:
    """Return all runs of three letters of a simplified text; padding marks its beginning and end.

    `SimilarityIndex` finds candidates by them.
    """
    padded = f"  {plain} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
