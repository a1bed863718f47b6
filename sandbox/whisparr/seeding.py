"""The demo's Whisparr: it knows the stash-box's scenes and has some of them, one in every state a card can show.

know_box(whisparr.state, catalogue.scenes, catalogue.studios)
seed_states(whisparr.state, [scene.id for scene in scenes_the_library_lacks])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandbox.stashbox.model import Scene, Studio
from sandbox.whisparr.model import GIGABYTE, MetadataScene, Movie
from sandbox.whisparr.state import WhisparrState


def know_box(state: WhisparrState, scenes: Iterable[Scene], studios: Iterable[Studio] = ()) -> None:
    """Let the metadata service mirror a stash-box, for the demo: from now on only its scenes exist."""
    names = {studio.id: studio.name for studio in studios}
    state.know(
        MetadataScene(
            foreign_id=scene.id,
            title=scene.title or scene.code or scene.id,
            studio_id=scene.studio_id or "",
            studio=names.get(scene.studio_id or "", ""),
            performer_ids=tuple(each.performer_id for each in scene.performers),
            tag_ids=tuple(scene.tag_ids),
            date=f"{scene.release_date or 2024}-01-01"[:10],  # "2024" and "2024-03" are dates, too
        )
        for scene in scenes
    )


def seed_states(state: WhisparrState, foreign_ids: Sequence[str]) -> list[Movie]:
    """Add the first eight of these scenes, each in another state, for the demo and tests; return them.

    The ninth is excluded.
    """
    known = [found for each in foreign_ids[:9] if (found := state.find_known(each))]
    movies = [state.add_movie(each) for each in known[:8]]
    for movie, seed in zip(movies, STATES):
        seed(state, movie)
    for excluded in known[8:]:
        state.exclude(excluded.foreign_id, excluded.title)
    return movies


def seed_import(state: WhisparrState, movie: Movie) -> None:
    """Import a file for the scene, for `seed_states`."""
    del state
    movie.size_on_disk = 2 * GIGABYTE


def seed_upgrade(state: WhisparrState, movie: Movie) -> None:
    """Import a file and start the download of a better one, for `seed_states`."""
    movie.size_on_disk = GIGABYTE
    state.put_record(movie.id)


def seed_download(state: WhisparrState, movie: Movie) -> None:
    """Start a download that goes on by itself, for `seed_states`."""
    state.search(movie)


def seed_queued(state: WhisparrState, movie: Movie) -> None:
    """Start a download that waits for its turn, for `seed_states`."""
    state.put_record(movie.id, status="delay", state=None, health=None, seconds_left=3600.0)


def seed_stalled(state: WhisparrState, movie: Movie) -> None:
    """Start a download that no peer offers, for `seed_states`."""
    state.put_record(movie.id, status="warning", error="The download is stalled with no connections", seconds_left=None)


def seed_blocked_import(state: WhisparrState, movie: Movie) -> None:
    """Finish a download that cannot be imported, for `seed_states`."""
    lines = [("Some.Release", ["No files found are eligible for import"])]
    state.put_record(movie.id, status="completed", state="importBlocked", left=0, seconds_left=None, messages=lines)


def seed_vain_search(state: WhisparrState, movie: Movie) -> None:
    """Search for the scene without a result, for `seed_states`."""
    movie.last_search = state.now() - 3600


def seed_unmonitored(state: WhisparrState, movie: Movie) -> None:
    """Add the scene without monitoring it, for `seed_states`."""
    del state
    movie.monitored = False


STATES = (
    seed_import,
    seed_upgrade,
    seed_download,
    seed_queued,
    seed_stalled,
    seed_blocked_import,
    seed_vain_search,
    seed_unmonitored,
)
