"""Proposals by similarity, for a person to accept: trigrams find candidates, edit distance ranks the best of them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

CANDIDATES = 30
LONGEST_NAME = 100


class Guess(NamedTuple):
    """A proposal: whose name resembles the text, which of its names, and how much (0 to 100)."""

    id: object
    name: str
    score: int


class Guesser:
    """An index over names; several names may belong to one id, which is proposed once."""

    def __init__(self, names: Mapping[object, Sequence[str]]) -> None:
        self._names: list[tuple[object, str, str]] = []
        self._sizes: list[int] = []
        self._by_trigram: dict[str, list[int]] = {}
        for owner, texts in names.items():
            for text in texts:
                self._add(owner, text)

    def propose(self, text: str, *, threshold: int = 80, limit: int = 5) -> list[Guess]:
        """The most similar names with at least this score, best first; ties by name."""
        plain = simplify(text)
        best: dict[object, Guess] = {}
        for position in self._find_candidates(plain, threshold):
            owner, name, other = self._names[position]
            score = measure_similarity(plain, other, threshold)
            if score >= threshold and (owner not in best or score > best[owner].score):
                best[owner] = Guess(owner, name, score)
        return sorted(best.values(), key=lambda guess: (-guess.score, guess.name, str(guess.id)))[:limit]

    def _add(self, owner: object, text: str) -> None:
        plain = simplify(text)
        if not plain:
            return
        position = len(self._names)
        trigrams = split_trigrams(plain)
        self._names.append((owner, text, plain))
        self._sizes.append(len(trigrams))
        for trigram in trigrams:
            self._by_trigram.setdefault(trigram, []).append(position)

    def _find_candidates(self, plain: str, threshold: int) -> list[int]:
        trigrams = split_trigrams(plain)
        shared: Counter[int] = Counter()
        for trigram in trigrams:
            shared.update(self._by_trigram.get(trigram, ()))
        # Every edit spoils up to three trigrams, seldom all three; names that share hardly any are not worth ranking.
        least = max(1, len(trigrams) * threshold // 250)
        ranked = [
            (-2 * common / (len(trigrams) + self._sizes[position]), position)
            for position, common in shared.items()
            if common >= least
        ]
        return [position for _, position in heapq.nsmallest(CANDIDATES, ranked)]


def simplify(text: str) -> str:
    """Lower case, one space between words: proposals may be more generous than Stash's rules."""
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())[:LONGEST_NAME]


def split_trigrams(plain: str) -> set[str]:
    """All runs of three letters, with the edges marked."""
    padded = f"  {plain} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def measure_similarity(left: str, right: str, threshold: int = 0) -> int:
    """100 for equal texts, less for every letter that has to be changed; 0 as soon as the threshold is out of reach."""
    longest = max(len(left), len(right))
    if longest == 0:
        return 100
    allowed = longest * (100 - threshold) // 100
    distance = count_edits(left, right, allowed)
    return 0 if distance > allowed else round(100 * (longest - distance) / longest)


def count_edits(left: str, right: str, allowed: int) -> int:
    """How many letters to insert, delete or replace; any number above `allowed` when it is more than that."""
    if abs(len(left) - len(right)) > allowed:
        return allowed + 1
    row = list(range(len(right) + 1))
    for line, letter in enumerate(left, 1):
        diagonal, row[0] = row[0], line
        for column, other in enumerate(right, 1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (letter != other))
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
