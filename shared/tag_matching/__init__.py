"""Tag matching: the sync's rules are exactly Stash's; fuzzy search and synonyms only propose to a person. Pure.

index = LocalTags(rows)                            # rows: LocalTag(id, name, sort_name, aliases, links)
index.match(endpoint, remote_id, remote_name)      # Match(tag_id, by, others) or None
excluded = Patterns.read_excluded(["^actor", ...]) # Stash's excluded patterns; excluded.problems are for the user
blacklist = Blacklist.read("foo, /bar$/")          # a setting: literals and /regex/; blacklist.problems as above
guesser = Guesser({tag_id: [names...]})            # trigrams; guesser.propose("rain walk", threshold=80)
synonyms = Synonyms.read({"hiking": ["trekking"]})
"""

from __future__ import annotations

from shared.tag_matching.folding import fold
from shared.tag_matching.local import LocalMatch, LocalTag, LocalTags
from shared.tag_matching.patterns import Blacklist, Patterns
from shared.tag_matching.similarity import Guess, Guesser
from shared.tag_matching.synonyms import Synonyms

__all__ = ["Blacklist", "Guess", "Guesser", "LocalMatch", "LocalTag", "LocalTags", "Patterns", "Synonyms", "fold"]
