"""Finds the performers or studios with certain names or aliases, many names in one request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from performers.library.kinds import PERFORMER, STUDIO
from shared.stash.library import split

if TYPE_CHECKING:
    from shared.stash import StashClient

AT_ONCE = 20  # names in one request
WHERE = '{%s: {value: $n%d, modifier: EQUALS}}, filter: {per_page: -1, sort: "id", direction: ASC}'
FIND = {
    PERFORMER: f"findPerformers(performer_filter: {WHERE}) {{ found: performers",
    STUDIO: f"findStudios(studio_filter: {WHERE}) {{ found: studios",
}


def find_named(stash: StashClient, kind: str, names: Iterable[str], fields: str) -> list[dict[str, Any]]:
    """Return the performers or studios with one of these names as name or alias, each once, the oldest first.

    Stash compares with wildcards, so there may be others among them: the caller compares the names again.
    """
    found: dict[int, dict[str, Any]] = {}
    for piece in split(dict.fromkeys(names), AT_ONCE):
        declared = ", ".join(f"$n{number}: String!" for number in range(len(piece)))
        parts = [
            f"{criterion}{number}: {FIND[kind] % (criterion, number)} {{ id {fields} }} }}"
            for number in range(len(piece))
            for criterion in ("name", "aliases")
        ]
        variables = {f"n{number}": name for number, name in enumerate(piece)}
        operation = f"looking for {kind}s by their names"
        answer = stash.ask(f"query Named({declared}) {{ {' '.join(parts)} }}", variables, operation)
        found.update({int(row["id"]): row for part in answer.values() for row in part["found"]})
    return [found[number] for number in sorted(found)]
