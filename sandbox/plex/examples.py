"""Libraries that are hard on clients: equal names, two parts, other separators, odd letters, great numbers."""

from __future__ import annotations

from typing import NamedTuple

from sandbox.plex.model import Media, MovieFile, PlexMovie
from sandbox.plex.state import PlexState

NFC_NAME = "/data/caf\u00e9.mp4"
NFD_NAME = "/data/re\u0301gate.mp4"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


class Tricky(NamedTuple):
    """The items of `add_tricky_items`."""

    twins: tuple[PlexMovie, PlexMovie]
    two_parts: PlexMovie
    two_versions: PlexMovie
    shared: tuple[PlexMovie, PlexMovie]
    windows: PlexMovie
    composed: PlexMovie
    decomposed: PlexMovie
    emoji: PlexMovie


def add_tricky_items(state: PlexState) -> Tricky:
    """Add libraries for tests of clients and return their items: two with one title, one with Windows paths."""
    first = state.add_section("Videos", "/data", section_id=3).id
    second = state.add_section("Videos", "/more", "/data/shared", section_id=5).id
    windows = state.add_section("Clips", "O:\\Media\\Clips", section_id=7).id
    versions = state.add_item(first, "/data/day.mp4", size=500, duration=60_000)
    state.add_version(versions, "/data/day.4k.mp4", size=900, duration=60_000)
    return Tricky(
        twins=(
            state.add_item(first, "/data/A/same.mp4", size=100, duration=60_000),
            state.add_item(first, "/data/B/same.mp4", size=200, duration=90_000),
        ),
        two_parts=state.add_item(first, "/data/long.cd1.mp4", "/data/long.cd2.mp4"),
        two_versions=versions,
        shared=(
            state.add_item(first, "/data/shared/both.mp4"),
            state.add_item(second, "/data/shared/both.mp4"),
        ),
        windows=state.add_item(windows, "O:\\Media\\Clips\\lake.mp4"),
        composed=state.add_item(first, NFC_NAME),
        decomposed=state.add_item(first, NFD_NAME),
        emoji=state.add_item(first, f"/data/{FAMILY} trip.mp4", title=f"{FAMILY} trip"),
    )


def make_clip(position: int, rating_key: int, section_id: int = 3) -> PlexMovie:
    """Return one item of a large generated library; tests hand it to `PlexState.add_generated`."""
    part = MovieFile(
        1_000_000 + rating_key, f"/data/{position // 500:03}/clip {position:06}.mp4", 10_000 + position, 60_000
    )
    item = PlexMovie(
        rating_key, section_id, guid=f"local://{rating_key}", media=[Media(2_000_000 + rating_key, [part])]
    )
    item.fields["title"] = f"clip {position:06}"
    item.added_at = item.updated_at = 1_700_000_000 + position
    return item
