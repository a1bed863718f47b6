"""Makes filters for Stash's find queries, which avoid known traps of Stash. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from stashapi.stash_types import CriterionModifier  # type: ignore[import-untyped]

Filter = dict[str, Any]

# Stash compares times as text with the server's offset, so filters ask for one day more.
TIME_MARGIN = timedelta(days=1)
FRACTION = re.compile(r"\.(\d+)")


def linked_to(endpoint: str) -> Filter:
    """Return the filter for objects with an id at this box, in the exact spelling of its endpoint.

    Queries of Stash's library use it; `LibraryObjects.linked_ids` and its neighbors know other spellings.
    """
    return {"stash_id_endpoint": {"endpoint": endpoint, "modifier": CriterionModifier.NOT_NULL.value}}


def not_linked_to(endpoint: str) -> Filter:
    """Return the filter for objects without an id at this box; lists of unlinked objects use it."""
    return {"stash_id_endpoint": {"endpoint": endpoint, "modifier": CriterionModifier.IS_NULL.value}}


def with_stash_ids(endpoint: str, stash_ids: Iterable[str]) -> Filter:
    """Return the filter for objects with any of these ids at this box, or at any box without an endpoint.

    Searches for linked objects use it. Stash scans all links for each request.
    """
    at_box = {"endpoint": endpoint} if endpoint else {}
    wanted = {**at_box, "stash_id": " ".join(stash_ids), "modifier": CriterionModifier.INCLUDES.value}
    return {"stash_id_endpoint": wanted}


def with_members(field: str, ids: Iterable[int], modifier: str = "INCLUDES") -> Filter:
    """Return the filter for objects with any of these performers, tags or studios (or all, or none, by `modifier`).

    Scopes and plans of scenes use it.
    """
    return {field: {"value": [str(number) for number in ids], "modifier": modifier}}


def updated_since(moment: datetime, field: str = "updated_at") -> Filter:
    """Return the filter for objects changed since then or up to a day before; compare `parse_time(row[field])`.

    Stash2Plex's comparison of lately changed scenes uses it.
    """
    since = (moment - TIME_MARGIN).astimezone(timezone.utc)
    return {field: {"value": since.strftime("%Y-%m-%dT%H:%M:%SZ"), "modifier": CriterionModifier.GREATER_THAN.value}}


def both(first: Filter, second: Filter) -> Filter:
    """Return the filter for objects that fit both, for queries of Stash's library.

    Raise ValueError if both are about links: Stash joins the table of links only once, so its reply to such a
    filter is wrong.
    """
    if asks_about_links(first) and asks_about_links(second):
        raise ValueError("one filter about stash ids per query: ask twice and compare the ids")
    if not first.keys() & second.keys():
        return {**first, **second}
    if "AND" in first:
        return {**first, "AND": both(first["AND"], second)}
    return {**first, "AND": second}


def asks_about_links(where: Filter) -> bool:
    """Return True if some level of the filter is about stash ids, so that no second such filter may be added.

    `both` and the scopes ask.
    """
    below = [where[name] for name in ("AND", "OR", "NOT") if name in where]
    return "stash_id_endpoint" in where or any(map(asks_about_links, below))


def parse_time(text: str) -> datetime:
    """Return the time that Stash writes as text, for comparing; any offset and number of digits.

    Whoever compares `updated_at` or `created_at` calls it.
    """
    whole = FRACTION.sub(lambda match: f".{match.group(1)[:6]:0<6}", text.strip().replace("Z", "+00:00"))
    moment = datetime.fromisoformat(whole)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
