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
    """Let the metadata service mirror a stash-box: from now on only its scenes exist."""
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
    """Add the first nine of these scenes, each in another state; the ninth is excluded instead."""
    known = [found for each in foreign_ids[:9] if (found := state.find_known(each))]
    movies = [state.add_movie(each) for each in known[:8]]
    for movie, seed in zip(movies, STATES):
        seed(state, movie)
    for excluded in known[8:]:
        state.exclude(excluded.foreign_id, excluded.title)
    return movies


def import_file(state: WhisparrState, movie: Movie) -> None:
    """Import a file for the scene."""
    del state
    movie.size_on_disk = 2 * GIGABYTE


def upgrade(state: WhisparrState, movie: Movie) -> None:
    """Import a file and start the download of a better one."""
    movie.size_on_disk = GIGABYTE
    state.put_record(movie.id)


def load(state: WhisparrState, movie: Movie) -> None:
    """Start a download that goes on by itself."""
    state.search(movie)


def queue(state: WhisparrState, movie: Movie) -> None:
    """Start a download that waits for its turn."""
    state.put_record(movie.id, status="delay", state=None, health=None, seconds_left=3600.0)


def stall(state: WhisparrState, movie: Movie) -> None:
    """Start a download that no peer offers."""
    state.put_record(movie.id, status="warning", error="The download is stalled with no connections", seconds_left=None)


def block_import(state: WhisparrState, movie: Movie) -> None:
    """Finish a download that cannot be imported."""
    lines = [("Some.Release", ["No files found are eligible for import"])]
    state.put_record(movie.id, status="completed", state="importBlocked", left=0, seconds_left=None, messages=lines)


def search_in_vain(state: WhisparrState, movie: Movie) -> None:
    """Search for the scene without a result."""
    movie.last_search = state.now() - 3600


def unmonitor(state: WhisparrState, movie: Movie) -> None:
    """Add the scene without monitoring it."""
    del state
    movie.monitored = False


STATES = (import_file, upgrade, load, queue, stall, block_import, search_in_vain, unmonitor)
