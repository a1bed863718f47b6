"""Judges if a record of a box is a performer or studio of the library, from both their values. Pure.

A link is made only if more than the name speaks for exactly one record, or if the settings trust names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Union

from performers.boxes.conversion import BoxRecord
from performers.identity.conflict_kinds import ALIAS, NAME, URL
from performers.library.entities import list_aliases
from performers.library.normalize import normalize_name, normalize_url

WHOLE_DATE = 10


class LibraryRecord(NamedTuple):
    """The values of a library object; `parents` are its parent studio's ids at the box."""

    kind: str
    number: int
    name: str
    disambiguation: str = ""
    aliases: Sequence[str] = ()
    urls: Sequence[str] = ()
    birthdate: str = ""
    gender: str = ""
    parents: Collection[str] = ()


class IdentityMatch(NamedTuple):
    """The record that an object is linked to, with the reason; `is_chosen` if a person decided it."""

    remote_id: str
    reason: str
    is_chosen: bool = False


class IdentityDoubt(NamedTuple):
    """A match that a person must decide: candidates with the evidence for and against each."""

    what: str
    message: str
    candidates: Sequence[tuple[BoxRecord, Sequence[str]]]
    rivals: Sequence[int] = ()


MatchResult = Union[IdentityMatch, IdentityDoubt, None]


def match_record(local: LibraryRecord, candidates: Iterable[BoxRecord], trusts_names: bool) -> MatchResult:
    """Return the one record that matches, doubtful candidates for a person, or None; the matcher calls this."""
    found = list({each.remote_id: each for each in candidates}.values())
    return match_by_urls(local, found) or match_by_name(local, found, trusts_names) or match_by_alias(local, found)


def match_by_urls(local: LibraryRecord, candidates: Sequence[BoxRecord]) -> MatchResult:
    """Return the record that shares a URL with the object, or a doubt if several do or other facts differ.

    The first rule of `match_record`.
    """
    sharing = [(each, find_shared(local, each)) for each in candidates if find_shared(local, each)]
    if not sharing:
        return None
    named = [(each, urls) for each, urls in sharing if has_name(local, each)]
    chosen = sharing if len(sharing) == 1 else named
    born = [(each, urls) for each, urls in named if has_birthdate(local, each)]
    also = ""
    if len(chosen) > 1 and len(born) == 1:
        chosen, also = born, " and the birth date, which no other record with it has"
    if len(chosen) == 1 and not has_contradiction(local, chosen[0][0]):
        return IdentityMatch(chosen[0][0].remote_id, f"Both have the link {chosen[0][1][0]}{also}.")
    what = (
        "The links are the same, but the birth date or gender differs."
        if len(sharing) == 1
        else "Several records have these links."
    )
    return IdentityDoubt(URL, what, [(each, describe_evidence(local, each)) for each, _ in sharing])


def match_by_name(local: LibraryRecord, candidates: Sequence[BoxRecord], trusts_names: bool) -> MatchResult:
    """Return the record with the same name and further evidence, or a doubt if only the name is the same.

    The second rule of `match_record`.
    """
    named = [each for each in candidates if has_name(local, each)]
    proofs = (
        (has_birthdate, f"The same name and birth date, {local.birthdate}."),
        (has_disambiguation, f'The same name and disambiguation, "{local.disambiguation}".'),
        (has_parent, "The same name below the same parent site."),
    )
    for is_proven, reason in proofs:
        proven = [each for each in named if is_proven(local, each) and not has_contradiction(local, each)]
        if len(proven) == 1:
            return IdentityMatch(proven[0].remote_id, reason)
    if not named:
        return None
    is_plain = len(named) == 1 and not has_contradiction(local, named[0])
    if is_plain and trusts_names and is_distinctive(local):
        return IdentityMatch(named[0].remote_id, "The only record of this name, and Name Search is on.")
    return IdentityDoubt(NAME, explain_doubt(local, named), [(each, describe_evidence(local, each)) for each in named])


def explain_doubt(local: LibraryRecord, named: Sequence[BoxRecord]) -> str:
    """Return the sentence why the same name is not enough for a link; `match_by_name` gives it to the conflict."""
    if len(named) > 1:
        return f"{len(named)} records have this name."
    if has_contradiction(local, named[0]):
        return "The name is the same, but the birth date or gender differs."
    return "Only the name speaks for it." if is_distinctive(local) else "A single word is not enough to tell."


def match_by_alias(local: LibraryRecord, candidates: Sequence[BoxRecord]) -> MatchResult:
    """Return a doubt with the records found under an alias, or None; the last rule of `match_record`."""
    found = [each for each in candidates if has_alias(local, each)]
    if not found:
        return None
    return IdentityDoubt(
        ALIAS, "It is only found under an alias.", [(each, describe_evidence(local, each)) for each in found]
    )


def has_name(local: LibraryRecord, candidate: BoxRecord) -> bool:
    """Return True if both have the same name; the rules of matching call it."""
    return normalize_name(local.name) == normalize_name(candidate.name)


def has_alias(local: LibraryRecord, candidate: BoxRecord) -> bool:
    """Return True if the name of one is an alias of the other, which alone is never enough for a link.

    The rule for aliases and the sentences of the evidence use it.
    """
    remote = {normalize_name(each) for each in list_aliases(candidate.values)}
    return normalize_name(local.name) in remote or normalize_name(candidate.name) in set(
        map(normalize_name, local.aliases)
    )


def find_shared(local: LibraryRecord, candidate: BoxRecord) -> list[str]:
    """Return the URLs of a candidate that the library object has, too; the rule for URLs and the evidence use them."""
    own = set(map(normalize_url, local.urls))
    return [url for url in candidate.values.get("urls", ()) if normalize_url(url) in own]


def has_birthdate(local: LibraryRecord, candidate: BoxRecord) -> bool:
    """Return True if both have the same full birth date; the rules of matching call it."""
    return len(local.birthdate) == WHOLE_DATE and candidate.values.get("birthdate") == local.birthdate


def has_disambiguation(local: LibraryRecord, candidate: BoxRecord) -> bool:
    """Return True if both have the same disambiguation; `match_by_name` calls it."""
    remote = str(candidate.values.get("disambiguation") or "")
    return bool(local.disambiguation) and normalize_name(remote) == normalize_name(local.disambiguation)


def has_parent(local: LibraryRecord, candidate: BoxRecord) -> bool:
    """Return True if both have the same parent studio; `match_by_name` calls it."""
    parent = candidate.values.get("parent") or [""]
    return parent[0] in local.parents


def has_contradiction(local: LibraryRecord, candidate: BoxRecord) -> bool:
    """Return True if birth date or gender are known on both sides and differ; the rules of matching call it."""
    own, remote = local.birthdate, str(candidate.values.get("birthdate") or "")
    length = min(len(own), len(remote))
    gender = candidate.values.get("gender")
    return own[:length] != remote[:length] or bool(local.gender and gender and gender != local.gender)


def is_distinctive(local: LibraryRecord) -> bool:
    """Return True if Name Search may trust this name alone: studio names, and performer names of more than one word.

    `match_by_name` and `explain_doubt` ask.
    """
    return local.kind != "performer" or len(local.name.split()) > 1


def label_code(code: str) -> str:
    """Return a value such as TRANSGENDER_FEMALE in words, for `describe_evidence`."""
    return code.replace("_", " ").lower()


def describe_evidence(local: LibraryRecord, candidate: BoxRecord) -> list[str]:
    """Return sentences for and against a candidate; matching stores them, the Conflicts tab shows them."""
    sentences = ["Same name."] if has_name(local, candidate) else []
    sentences += [f"Both have the link {url}." for url in find_shared(local, candidate)]
    sentences += ["One's name is an alias of the other."] if has_alias(local, candidate) else []
    birthdate = candidate.values.get("birthdate")
    if local.birthdate and birthdate:
        is_same = local.birthdate == birthdate
        sentences.append(
            "Same birth date." if is_same else f"Birth date differs: {birthdate}, yours {local.birthdate}."
        )
    gender = candidate.values.get("gender")
    sentences += (
        [f"Gender differs: {label_code(gender)}, yours {label_code(local.gender)}."]
        if local.gender and gender and gender != local.gender
        else []
    )
    return sentences
