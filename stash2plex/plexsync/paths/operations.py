"""The editor of path rules: proposes rules from a sample of both sides, and proves them on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.match.item_index import Index
from plexsync.page.health import describe_overlaps
from plexsync.paths.rules import describe_lost, read_rules, show_rule, take_rules, write_rules
from plexsync.queue.operations import look_again
from plexsync.server.connection import Server, connect
from shared.errors import Busy
from shared.plex.paths import HitRate, Rule, measure_rules, propose_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call

SAMPLE = 500
PLEX_SAMPLE = 100_000
PROPOSALS, MISSES = 10, 20


def show_rules(call: Call) -> dict[str, Any]:
    """The rules, what is wrong with them, and the folders of both sides to choose from."""
    rules = read_rules(call.settings.path_rules)
    server = connect(call)
    return {
        "rules": [show_rule(rule) for rule in rules],
        "overlaps": describe_faults(rules, server),
        "stash_folders": [library.path for library in call.stash.read_libraries() if library.has_videos],
        "plex_folders": [place.path for section in server.sections for place in section.locations],
    }


def propose(call: Call) -> dict[str, Any]:
    """Rules that explain files of the same name on both sides, best first."""
    try:
        stash, plex = sample_stash(call), sample_plex(call)
    except Busy as busy:
        return {"reading": str(busy)}
    rules = propose_rules(stash, plex)[:PROPOSALS]
    return {
        "proposals": [{**show_rule(rule), "explains": count} for rule, count in rules],
        "stash_sample": len(stash),
        "plex_sample": len(plex),
    }


def measure_given(call: Call) -> dict[str, Any]:
    """How many files of a sample some rules lead to a file of Plex."""
    raw = call.args.get("rules")
    rules = read_rules(call.settings.path_rules) if raw is None else take_rules(raw)
    server = connect(call)
    try:
        found = measure_rules(rules, sample_stash(call), read_index(call, server))
    except Busy as busy:
        return {"reading": str(busy)}
    return {**show_rate(found), "overlaps": describe_faults(rules, server)}


def describe_faults(rules: Sequence[Rule], server: Server) -> list[str]:
    """What is wrong with rules, in words."""
    return [*describe_lost(rules, server.folders), *describe_overlaps(rules)]


def measure(call: Call, rules: Sequence[Rule]) -> HitRate:
    """The hit rate of some rules on a sample of Stash."""
    return measure_rules(rules, sample_stash(call), sample_plex(call))


def show_rate(found: HitRate) -> dict[str, Any]:
    """A hit rate for the page."""
    rate = found.hits / found.total if found.total else None
    return {"hits": found.hits, "total": found.total, "rate": rate, "misses": list(found.misses[:MISSES])}


def save(call: Call) -> dict[str, Any]:
    """Keep the rules; every scene that was not found may be found now."""
    rules = take_rules(call.args.get("rules"))
    call.stash.write_plugin_settings(call.plugin.id, {"path_rules": write_rules(rules) or None})
    look_again(call)
    return {"rules": [show_rule(rule) for rule in rules], "overlaps": describe_overlaps(rules)}


def sample_stash(call: Call) -> list[str]:
    """Files of scenes from all over the library."""
    page = call.stash.scenes.page("files { path }", per_page=SAMPLE, sort="random_20240229")
    return [file["path"] for row in page.rows for file in row["files"]]


def sample_plex(call: Call) -> list[str]:
    """Files of the chosen libraries."""
    return read_index(call, connect(call))


def read_index(call: Call, server: Server) -> list[str]:
    """Files of the chosen libraries of a server; the index is built first when it is not there."""
    index = Index(call.store)
    if not index.is_built(server.sections):
        index.refresh(server.plex, server.sections)
    return index.sample_paths(PLEX_SAMPLE)
