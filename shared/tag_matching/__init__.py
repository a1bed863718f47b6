"""Tag matching: the sync matches tags by Stash's own rules; similar names and synonyms are only proposed. Pure.

index = LocalTags(rows)                            # rows: LocalTag(id, name, sort_name, aliases, links)
index.match(endpoint, remote_id, remote_name)      # LocalMatch(tag_id, by, others) or None
excluded = PatternSet.read_excluded(["^actor", ...])  # Stash's excluded patterns; excluded.problems are for the user
blacklist = Blacklist.read("foo, /bar$/")          # a setting: literals and /regex/; blacklist.problems as above
similar = SimilarityIndex({tag_id: [names...]})    # trigrams; similar.find_similar("rain walk", threshold=80)
synonyms = Synonyms.read({"hiking": ["trekking"]}) # synonyms.find_others("hiking")
"""

from __future__ import annotations

from shared.tag_matching.folding import fold
from shared.tag_matching.local import LocalMatch, LocalTag, LocalTags
from shared.tag_matching.patterns import Blacklist, PatternSet
from shared.tag_matching.similarity import SimilarityIndex, SimilarName
from shared.tag_matching.synonyms import Synonyms

__all__ = [
    "Blacklist",
    "LocalMatch",
    "LocalTag",
    "LocalTags",
    "PatternSet",
    "SimilarName",
    "SimilarityIndex",
    "Synonyms",
    "fold",
]
