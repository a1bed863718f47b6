"""Finds tags of the library that may be the same tag: pairs, with what speaks for it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.endpoints import normalize_endpoint
from shared.folding import fold_text
from shared.tag_matching import LocalTag, SimilarityIndex, Synonyms

BOX_TAG, BOX_ALIAS, SPELLING, PLURAL, WORD_ORDER, ALIAS, SYNONYM, SIMILAR = RULES = (
    "box_tag",
    "box_alias",
    "spelling",
    "plural",
    "word_order",
    "alias",
    "synonym",
    "similar",
)
SCORES = {
    BOX_TAG: 100,
    BOX_ALIAS: 97,
    SPELLING: 99,
    PLURAL: 95,
    WORD_ORDER: 96,
    ALIAS: 98,
    SYNONYM: 90,
}
MOST_OF_A_GROUP = 20  # more tags with one key are no look-alikes of each other but, for example, all in another script
MOST_SIMILAR = 10
LEAST_SIMILAR = 85
NO_LETTERS = re.compile(r"[\W_]+")


class LookAlike(NamedTuple):
    """Two tags that may be the same, the lower id first: by which rule, through which words, how sure (0 to 100)."""

    one: int
    other: int
    rule: str
    matched: str
    score: int


class BoxNames(NamedTuple):
    """The name and the aliases of a box tag to which a tag of the library is linked."""

    tag_id: int
    names: Sequence[str]


def find_look_alikes(
    tags: Sequence[LocalTag],
    box_names: Iterable[BoxNames] = (),
    synonyms: Synonyms | None = None,
    threshold: int = LEAST_SIMILAR,
    note: Callable[[float], None] = lambda _: None,
) -> list[LookAlike]:
    """Return all pairs of look-alikes for the task `lookalikes_find`, each once with its surest rule, the surest first.

    `note` gets the progress, from 0 to 1.
    """
    best: dict[tuple[int, int], LookAlike] = {}
    for found in (
        *find_same_links(tags),
        *find_same_keys(tags, SPELLING, spell),
        *find_aliases(tags),
        *find_box_aliases(tags, box_names),
        *find_same_keys(tags, WORD_ORDER, order_words),
        *find_same_keys(tags, PLURAL, drop_plural),
        *(find_synonyms(tags, synonyms) if synonyms else ()),
        *find_similar(tags, threshold, note),
    ):
        pair = (found.one, found.other)
        if pair not in best or best[pair].score < found.score:
            best[pair] = found
    return sorted(best.values(), key=lambda each: (-each.score, each.one, each.other))


def make_pair(one: int, other: int, rule: str, matched: str, score: int | None = None) -> LookAlike:
    """Return a pair with the lower id first."""
    first, second = sorted((one, other))
    return LookAlike(first, second, rule, matched, SCORES[rule] if score is None else score)


def pair_up(ids: Iterable[int], rule: str, matched: str) -> Iterator[LookAlike]:
    """Yield all pairs of a group, unless it is so large that its key says nothing."""
    members = sorted(set(ids))
    if len(members) > MOST_OF_A_GROUP:
        return
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            yield make_pair(one, other, rule, matched)


def find_same_links(tags: Iterable[LocalTag]) -> Iterator[LookAlike]:
    """Yield the pairs that are linked to the same tag of a box."""
    groups: dict[tuple[str, str], list[int]] = {}
    for tag in tags:
        for endpoint, remote_id in tag.links:
            groups.setdefault((normalize_endpoint(endpoint), remote_id), []).append(tag.id)
    for (_, remote_id), ids in groups.items():
        yield from pair_up(ids, BOX_TAG, remote_id)


def find_same_keys(tags: Iterable[LocalTag], rule: str, make_key: Callable[[str], str]) -> Iterator[LookAlike]:
    """Yield the pairs whose names have the same key, such as the name without accents."""
    groups: dict[str, list[int]] = {}
    for tag in tags:
        key = make_key(tag.name)
        if key:
            groups.setdefault(key, []).append(tag.id)
    for key, ids in groups.items():
        yield from pair_up(ids, rule, key)


def find_aliases(tags: Sequence[LocalTag]) -> Iterator[LookAlike]:
    """Yield the pairs of which one has the name or an alias of the other as an alias, in another spelling."""
    holders: dict[str, set[int]] = {}
    for tag in tags:
        for name in (tag.name, *tag.aliases):
            holders.setdefault(spell(name), set()).add(tag.id)
    for tag in tags:
        for alias in tag.aliases:
            key = spell(alias)
            for other in holders.get(key, set()) - {tag.id} if key else ():
                if len(holders[key]) <= MOST_OF_A_GROUP:
                    yield make_pair(tag.id, other, ALIAS, alias)


def find_box_aliases(tags: Sequence[LocalTag], box_names: Iterable[BoxNames]) -> Iterator[LookAlike]:
    """Yield the pairs of which one is linked to a box tag that has the name of the other."""
    by_name: dict[str, list[int]] = {}
    for tag in tags:
        by_name.setdefault(spell(tag.name), []).append(tag.id)
    for linked in box_names:
        for name in linked.names:
            for other in by_name.get(spell(name), ()) if spell(name) else ():
                if other != linked.tag_id:
                    yield make_pair(linked.tag_id, other, BOX_ALIAS, name)


def find_synonyms(tags: Sequence[LocalTag], synonyms: Synonyms) -> Iterator[LookAlike]:
    """Yield the pairs whose names are in one of the user's groups of synonyms."""
    by_name: dict[str, list[int]] = {}
    for tag in tags:
        by_name.setdefault(fold_text(tag.name), []).append(tag.id)
    for tag in tags:
        for name in synonyms.find_others(tag.name):
            for other in by_name.get(fold_text(name), ()):
                if other != tag.id:
                    yield make_pair(tag.id, other, SYNONYM, name)


def find_similar(tags: Sequence[LocalTag], threshold: int, note: Callable[[float], None]) -> Iterator[LookAlike]:
    """Yield the pairs whose names differ in a few letters; names that differ in a number are not similar.

    The threshold is the least similarity in percent, at least LEAST_SIMILAR; above 100 there are no pairs. `note`
    gets the progress, from 0 to 1.
    """
    least = max(threshold, LEAST_SIMILAR)
    if least > 100:  # the search for similar names is switched off
        return
    names = {tag.id: tag.name for tag in tags}
    index = SimilarityIndex({number: [name] for number, name in names.items()})
    for place, tag in enumerate(tags):
        for found in index.find_similar(tag.name, threshold=least, limit=MOST_SIMILAR):
            other = int(str(found.id))
            if other > tag.id and list_numbers(names[other]) == list_numbers(tag.name):
                yield make_pair(tag.id, other, SIMILAR, found.name, min(found.score, SCORES[SYNONYM] - 1))
        if place % 500 == 0:
            note(place / len(tags))


def list_numbers(name: str) -> list[str]:
    """Return the numbers in a name: "Part 1" and "Part 2" are not the same."""
    return re.findall(r"\d+", name)


def spell(name: str) -> str:
    """Return a name without case, accents, blanks and punctuation; a name of punctuation only has no spelling."""
    plain = unicodedata.normalize("NFKD", fold_text(name))
    return NO_LETTERS.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def list_words(name: str) -> list[str]:
    """Return the words of a name, each spelled as by `spell`."""
    return [word for word in (spell(part) for part in NO_LETTERS.split(fold_text(name))) if word]


def order_words(name: str) -> str:
    """Return the words of a name in alphabetical order; empty for a single word."""
    words = list_words(name)
    return " ".join(sorted(words)) if len(words) > 1 else ""


def drop_plural(name: str) -> str:
    """Return a name with each word in the singular, as far as English endings tell it."""
    return " ".join(map(make_singular, list_words(name)))


def make_singular(word: str) -> str:
    """Return a word without its plural ending; short words and those in -ss, -us, -is stay."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def is_destination(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Return True if the first tag of a pair should stay: linked before not linked, then by uses, then the older.

    The page preselects it for the merge.
    """
    return (one["links"] > 0, one["uses"], -one["id"]) >= (other["links"] > 0, other["uses"], -other["id"])
