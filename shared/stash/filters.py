"""Filters for Stash's find queries: pure, and with Stash's surprises built in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from stashapi.stash_types import CriterionModifier  # type: ignore[import-untyped]

Filter = dict[str, Any]

# Stash compares times as text in the server's own offset: a day more is safe, the rest is sorted out by `parse_time`.
TIME_MARGIN = timedelta(days=1)
FRACTION = re.compile(r"\.(\d+)")


def linked_to(endpoint: str) -> Filter:
    """Items with an id at this box (exact spelling of the endpoint)."""
    return {"stash_id_endpoint": {"endpoint": endpoint, "modifier": CriterionModifier.NOT_NULL.value}}


def not_linked_to(endpoint: str) -> Filter:
    """Items without an id at this box."""
    return {"stash_id_endpoint": {"endpoint": endpoint, "modifier": CriterionModifier.IS_NULL.value}}


def with_stash_ids(endpoint: str, stash_ids: Iterable[str]) -> Filter:
    """Items with one of these ids at this box; Stash scans all links for it, so ask for many at once and rarely."""
    wanted = {"endpoint": endpoint, "stash_id": " ".join(stash_ids), "modifier": CriterionModifier.INCLUDES.value}
    return {"stash_id_endpoint": wanted}


def with_members(field: str, ids: Iterable[int], modifier: str = "INCLUDES") -> Filter:
    """Items with any of these (or INCLUDES_ALL, EXCLUDES) in a list field such as `performers`, `tags`, `studios`."""
    return {field: {"value": [str(number) for number in ids], "modifier": modifier}}


def updated_since(moment: datetime, field: str = "updated_at") -> Filter:
    """Items changed since then, and a day's worth before: compare `parse_time(item[field])` afterwards."""
    since = (moment - TIME_MARGIN).astimezone(timezone.utc)
    return {field: {"value": since.strftime("%Y-%m-%dT%H:%M:%SZ"), "modifier": CriterionModifier.GREATER_THAN.value}}


def both(first: Filter, second: Filter) -> Filter:
    """Items that fit both filters. Stash answers wrongly when two ask about links: it joins the table only once."""
    if asks_about_links(first) and asks_about_links(second):
        raise ValueError("one filter about stash ids per query: ask twice and compare the ids")
    if not first.keys() & second.keys():
        return {**first, **second}
    if "AND" in first:
        return {**first, "AND": both(first["AND"], second)}
    return {**first, "AND": second}


def asks_about_links(where: Filter) -> bool:
    """True when some level of the filter is about stash ids."""
    below = [where[name] for name in ("AND", "OR", "NOT") if name in where]
    return "stash_id_endpoint" in where or any(map(asks_about_links, below))


def parse_time(text: str) -> datetime:
    """A time as Stash writes it (any offset, any number of digits) that can be compared."""
    whole = FRACTION.sub(lambda match: f".{match.group(1)[:6]:0<6}", text.strip().replace("Z", "+00:00"))
    moment = datetime.fromisoformat(whole)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
