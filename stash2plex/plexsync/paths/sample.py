"""Samples of file paths of both sides, on which path rules are proposed and measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plexsync.match.item_index import ItemIndex
from plexsync.server.connection import ConnectedServer, connect_server
from shared.plex.path_mapping import HitRate, PathRule, measure_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call

SAMPLE = 500
PLEX_SAMPLE = 100_000


def measure_hit_rate(call: Call, rules: Sequence[PathRule]) -> HitRate:
    """Return how many files of a sample of Stash the rules lead to a file of Plex; the setup test calls it."""
    return measure_rules(rules, sample_stash(call), sample_plex(call))


def sample_stash(call: Call) -> list[str]:
    """Return the paths of about 500 scenes from all over Stash's library, the same ones each time, to try rules."""
    page = call.stash.scenes.page("files { path }", per_page=SAMPLE, sort="random_20240229")
    return [file["path"] for row in page.rows for file in row["files"]]


def sample_plex(call: Call) -> list[str]:
    """Return paths of files in Plex's chosen libraries; rules are proposed from them and measured on them."""
    return read_indexed_paths(call, connect_server(call))


def read_indexed_paths(call: Call, server: ConnectedServer) -> list[str]:
    """Return paths of files in a connected server's chosen libraries, for the path rule operations.

    The index is built first if it is not.
    """
    index = ItemIndex(call.store)
    if not index.is_built(server.sections):
        index.refresh(server.plex, server.sections)
    return index.sample_paths(PLEX_SAMPLE)
