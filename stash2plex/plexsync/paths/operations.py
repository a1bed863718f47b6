"""Operations of the path rule editor: propose rules from a sample of both sides, measure them, save them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plexsync.paths.rule_syntax import (
    describe_lost_rules,
    describe_overlaps,
    format_rules,
    parse_editor_rules,
    parse_rules,
    show_rule,
)
from plexsync.paths.sample import read_indexed_paths, sample_plex, sample_stash
from plexsync.queue.operations import retry_unmatched
from plexsync.server.connection import ConnectedServer, connect_server
from shared.arguments import flag, records, takes, text
from shared.errors import Busy
from shared.plex.path_mapping import HitRate, PathRule, measure_rules, propose_rules
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call

PROPOSALS, MISSES, MOST_RULES = 10, 20, 1000
RULE = (text("stash", ""), text("plex", ""), flag("ignore_case", None, "the default: only for Windows paths"))


@takes()
def show_path_rules(call: Call) -> dict[str, Any]:
    """Operation `paths_show`: return the saved rules, their faults, and the folders of both sides to choose from."""
    rules = parse_rules(call.settings.path_rules)
    server = connect_server(call)
    return {
        "rules": [show_rule(rule) for rule in rules],
        "overlaps": describe_rule_faults(rules, server),
        "stash_folders": [library.path for library in call.stash.read_library_folders() if library.has_videos],
        "plex_folders": [place.path for section in server.sections for place in section.locations],
    }


@takes()
def propose_path_rules(call: Call) -> dict[str, Any]:
    """Operation `paths_propose`: return rules that explain files with the same name on both sides, best first.

    While a large library is still being read, the answer has `reading` only, and the page asks again.
    """
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


@takes(records("rules", RULE, MOST_RULES, None, "the default is the saved rules", is_open=True))
def measure_path_rules(call: Call) -> dict[str, Any]:
    """Operation `paths_measure`: return how many files of a sample the rules lead to a file of Plex.

    Without `rules` in the arguments the saved ones are measured.
    """
    raw = call.args["rules"]
    rules = parse_rules(call.settings.path_rules) if raw is None else parse_editor_rules(raw)
    server = connect_server(call)
    try:
        found = measure_rules(rules, sample_stash(call), read_indexed_paths(call, server))
    except Busy as busy:
        return {"reading": str(busy)}
    return {**show_hit_rate(found), "overlaps": describe_rule_faults(rules, server)}


def describe_rule_faults(rules: Sequence[PathRule], server: ConnectedServer) -> list[str]:
    """Return a sentence for the editor for each rule into no library and for each overlap."""
    return [*describe_lost_rules(rules, server.folders), *describe_overlaps(rules)]


def show_hit_rate(found: HitRate) -> dict[str, Any]:
    """Return a hit rate as the path rule editor shows it, with some paths that were not found."""
    rate = found.hits / found.total if found.total else None
    return {"hits": found.hits, "total": found.total, "rate": rate, "misses": list(found.misses[:MISSES])}


@takes(records("rules", RULE, MOST_RULES, is_open=True))
def save_path_rules(call: Call) -> dict[str, Any]:
    """Operation `paths_save`: save the editor's rules in the setting, and retry the scenes that were not found."""
    rules = parse_editor_rules(call.args["rules"])
    call.stash.write_plugin_settings(call.plugin.id, {"path_rules": format_rules(rules) or None})
    retry_unmatched(call)
    is_paused = Outbox(call.store).pause.is_by_person()
    return {"rules": [show_rule(rule) for rule in rules], "overlaps": describe_overlaps(rules), "is_paused": is_paused}
