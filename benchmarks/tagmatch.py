"""Tag matching: 3,000 tags of a box against 10,000 of the library, proposals included."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from benchmarks import Row
from shared.tag_matching import Blacklist, LocalTag, LocalTags, SimilarityIndex

REMOTE, LOCAL = 3_000, 10_000
SYLLABLES = ("ba", "cor", "dan", "el", "fi", "gor", "ha", "lin", "mo", "nu", "pra", "qui", "ro", "sta", "ti", "ven")


def measure() -> Iterator[Row]:
    """Yield CPU seconds for all that the linking page must know about a whole box, for `./dev bench tagmatch`."""
    local, remote = make_names(LOCAL, 1), make_names(REMOTE, 2)
    started = time.process_time()
    found = match_all(local, remote)
    seconds = time.process_time() - started
    yield Row(f"tag matching, {REMOTE:,} × {LOCAL:,}, fuzzy included", seconds, 10, "s CPU", f"{found:,} proposals")


def make_names(count: int, seed: int) -> list[str]:
    """Return invented names of one to three words."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(count // 4)]
    return [" ".join(chance.sample(words, chance.randint(1, 3))) for _ in range(count)]


def match_all(local: list[str], remote: list[str]) -> int:
    """Match each remote tag as the sync does, and look for proposals where that finds nothing."""
    tags = LocalTags(LocalTag(number, name, (name + " too",)) for number, name in enumerate(local))
    similar = SimilarityIndex({number: (name, name + " too") for number, name in enumerate(local)})
    blacklist = Blacklist(["ban", "/^(a|a)*$/", "/ro+sta/"])
    wanted = [name for name in remote if not blacklist.matches(name)]
    unmatched = [name for name in wanted if tags.match("box", name, name) is None]
    return sum(len(similar.find_similar(name, threshold=70)) for name in unmatched)
