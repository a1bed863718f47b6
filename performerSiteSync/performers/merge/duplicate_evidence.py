"""Ranks pairs of library objects that may be duplicates, with the evidence. Pure.

Only objects that share a key (an id, a URL, a name) are compared, so the cost grows with the library, not its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from performers.library.normalize import normalize_name, normalize_url

WHOLE_DATE = 10
MOST_OF_ONE_KEY = 12  # a URL or name that more objects share is no evidence
BEST, LEAST = 100, 30
ID, LINK, NAME, BIRTHDATE, ALIAS = "id", "link", "name", "birthdate", "alias"
POINTS = {ID: 90, LINK: 35, NAME: 40, BIRTHDATE: 30, ALIAS: 20}
AGAINST = 60


class ComparedEntity(NamedTuple):
    """The values of one object that the search for duplicates compares."""

    number: int
    name: str
    disambiguation: str
    aliases: Sequence[str]
    urls: Sequence[str]
    birthdate: str
    gender: str
    links: Sequence[tuple[str, str]]


class DuplicatePair(NamedTuple):
    """Two objects that may be duplicates, with score and evidence; the first has the lower id."""

    first: int
    second: int
    score: int
    evidence: Sequence[str]


def find_pairs(entities: Iterable[ComparedEntity]) -> list[DuplicatePair]:
    """Return all pairs that are likely enough to show, the likeliest first; the duplicates scan calls this."""
    known = {each.number: each for each in entities}
    shared: dict[tuple[int, int], dict[str, str]] = {}
    for (what, key), members in group_keys(known.values()).items():
        for first, second in combinations(sorted(members), 2) if len(members) <= MOST_OF_ONE_KEY else ():
            shared.setdefault((first, second), {}).setdefault(what, key)
    pairs = [rate_pair(known[first], known[second], keys) for (first, second), keys in shared.items()]
    return sorted((each for each in pairs if each.score >= LEAST), key=lambda each: (-each.score, each[:2]))


def group_keys(entities: Iterable[ComparedEntity]) -> dict[tuple[str, str], set[int]]:
    """Return the ids of objects by shared key, so that only these are compared; `find_pairs` calls it."""
    groups: dict[tuple[str, str], set[int]] = {}
    for each in entities:
        for key in list_keys(each):
            groups.setdefault(key, set()).add(each.number)
    return {key: members for key, members in groups.items() if len(members) > 1}


def list_keys(entity: ComparedEntity) -> Iterator[tuple[str, str]]:
    """Yield the keys of an object: ids, URLs, names. Objects that share one are compared; `group_keys` calls it."""
    for endpoint, remote_id in entity.links:
        yield ID, f"{remote_id} at {endpoint}"
    for url in entity.urls:
        yield LINK, normalize_url(url)
    yield NAME, normalize_name(entity.name)
    for alias in entity.aliases:
        yield NAME, normalize_name(alias)


def rate_pair(one: ComparedEntity, other: ComparedEntity, keys: Mapping[str, str]) -> DuplicatePair:
    """Return the pair with its score from 0 to 100 and the evidence in sentences; `find_pairs` calls it."""
    score, sentences = 0, []
    if ID in keys:
        score += POINTS[ID]
        sentences.append(f"Both have the id {keys[ID]}.")
    if LINK in keys:
        score += POINTS[LINK]
        sentences.append(f"Both have the link {keys[LINK]}.")
    if NAME in keys:
        is_name = normalize_name(one.name) == normalize_name(other.name)
        score += POINTS[NAME if is_name else ALIAS]
        sentences.append("The same name." if is_name else f'Both are called "{keys[NAME]}", one of them as an alias.')
    for points, sentence in compare_facts(one, other):
        score += points
        sentences.append(sentence)
    return DuplicatePair(one.number, other.number, max(0, min(BEST, score)), sentences)


def compare_facts(one: ComparedEntity, other: ComparedEntity) -> Iterator[tuple[int, str]]:
    """Yield points and a sentence for each further fact for or against a pair; `rate_pair` calls it."""
    dates = (one.birthdate, other.birthdate)
    if all(dates) and dates[0] == dates[1] and len(dates[0]) == WHOLE_DATE:
        yield POINTS[BIRTHDATE], f"The same birth date, {dates[0]}."
    elif all(dates) and not dates[0].startswith(dates[1]) and not dates[1].startswith(dates[0]):
        yield -AGAINST, f"Against it: born {dates[0]} and {dates[1]}."
    if one.gender and other.gender and one.gender != other.gender:
        yield -AGAINST, f"Against it: {one.gender} and {other.gender}."
    words = [normalize_name(each.disambiguation) for each in (one, other)]
    if all(words) and words[0] != words[1]:
        yield -POINTS[ALIAS], f'Against it: told apart as "{one.disambiguation}" and "{other.disambiguation}".'
    elsewhere = dict(one.links)
    differing = [endpoint for endpoint, each in other.links if elsewhere.get(endpoint, each) != each]
    if differing:
        yield -POINTS[NAME], f"Against it: two ids at {differing[0]}."


def read_entity(row: Mapping[str, Any]) -> ComparedEntity:
    """Return the compared values of a row of Stash, for the duplicates scan."""
    words = [str(row.get(name) or "") for name in ("disambiguation", "birthdate", "gender")]
    aliases = row.get("alias_list") or row.get("aliases") or ()
    urls = row.get("urls") or ([row["url"]] if row.get("url") else [])
    links = [(link["endpoint"], link["stash_id"]) for link in row["stash_ids"]]
    return ComparedEntity(int(row["id"]), row["name"], words[0], aliases, urls, words[1], words[2], links)
