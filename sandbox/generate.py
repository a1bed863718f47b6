"""A large library in seconds: rows are computed from their number, so a small library is the start of a large one.

fill_library(LibraryFile(home / "stash-go.sqlite"), 100_000)
remote_id("scene", 17)        # the stash id of scene 17 on the first endpoint
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sandbox.stash.library import EPOCH, Database, LibraryFile

ENDPOINTS = ("https://box-one.example/graphql", "https://box-two.example/graphql")
KINDS = ("scene", "performer", "studio", "tag")
WORDS = (
    "amber", "birch", "cedar", "dune", "ember", "fern", "grove", "harbor", "iris", "juniper", "kelp", "lake", "meadow",
    "north", "oak", "pine", "quarry", "river",
)  # fmt: skip
PLACES = (
    "bay", "bridge", "field", "forest", "garden", "hill", "island", "lane", "marsh", "mill", "orchard", "park", "pass",
    "pond", "road", "shore", "valley", "wood",
)  # fmt: skip
TIME = "2024-05-01T12:00:00Z"
FOLDER_SIZE = 1000
STEP = 2_654_435_761  # a large prime: numbers next to each other get values far apart
Row = Sequence[Any]


class Counts(NamedTuple):
    """The number of objects of each kind in a library."""

    scenes: int
    performers: int
    studios: int
    tags: int

    @classmethod
    def for_scenes(cls, scenes: int) -> Counts:
        """Return counts in proportion to the number of scenes, for generated libraries."""
        return cls(scenes, max(scenes // 12, 12), max(scenes // 45, 10), min(max(scenes // 15, 60), 3000))


def remote_id(kind: str, number: int, endpoint: int = 0) -> str:
    """Return the id that an object of a generated library has on a box."""
    return f"{number:08x}-{endpoint:04x}-4000-8000-{KINDS.index(kind):012x}"


def fill_library(library: LibraryFile, scenes: int) -> Counts:
    """Fill an empty library for `python -m sandbox generate` and tests; return the number of objects of each kind."""
    counts = Counts.for_scenes(scenes)
    with library.write() as db:
        for table, rows in list_rows(counts):
            insert_rows(db, table, rows)
        db.run("ANALYZE")
    return counts


def insert_rows(db: Database, target: str, rows: Iterable[Row]) -> None:
    """Insert many rows; `target` names the table and its columns."""
    names = target[target.index("(") + 1 : -1].split(",")
    db.run_many(f"INSERT INTO {target} VALUES ({', '.join('?' * len(names))})", rows)


def list_rows(counts: Counts) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield every table of a generated library with its rows, referenced tables first; `fill_library` inserts them."""
    yield from list_people(counts)
    yield from list_files(counts)
    yield from list_scenes(counts)


def list_people(counts: Counts) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of a generated library's tags, studios and performers with their links; `list_rows` calls it."""
    columns = "id, name, created_at, updated_at, favorite"
    numbers = {"tags": counts.tags, "studios": counts.studios, "performers": counts.performers}
    for table, count in numbers.items():
        kind = table[:-1]
        yield f"{table} ({columns})", ((n, make_name(kind, n), TIME, TIME, int(n % 10 == 0)) for n in _numbers(count))
        links = ((n, ENDPOINTS[0], remote_id(kind, n), EPOCH) for n in _numbers(count) if n % 20)
        yield f"{kind}_stash_ids ({kind}_id, endpoint, stash_id, updated_at)", links


def list_files(counts: Counts) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of a generated library's files, one per scene, a thousand in each folder; `list_rows` calls it."""
    folders = _numbers(-(-counts.scenes // FOLDER_SIZE))
    stamps = "mod_time, created_at, updated_at"
    yield f"folders (id, path, {stamps})", ((n, f"/media/{n:04d}", TIME, TIME, TIME) for n in folders)
    files = (
        (n, f"clip {n:07d}.mp4", _folder(n), n % 997 * 1_000_000, TIME, TIME, TIME) for n in _numbers(counts.scenes)
    )
    yield f"files (id, basename, parent_folder_id, size, {stamps})", files
    video = "duration, video_codec, format, audio_codec, width, height, frame_rate, bit_rate"
    clips = ((n, 300 + n % 5000, "h264", "mp4", "aac", 1920, 1080, 30, 4_000_000) for n in _numbers(counts.scenes))
    yield f"video_files (file_id, {video})", clips
    prints = (
        row for n in _numbers(counts.scenes) for row in ((n, "oshash", f"{_hash(n):016x}"), (n, "phash", _hash(-n)))
    )
    yield "files_fingerprints (file_id, type, fingerprint)", prints


def list_scenes(counts: Counts) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the rows of a generated library's scenes and of everything that belongs to them; `list_rows` calls it."""
    every = _numbers(counts.scenes)
    columns = "id, title, date, studio_id, rating, organized, created_at, updated_at"
    yield (
        f"scenes ({columns})",
        ((n, make_name("scene", n), _day(n), _pick(n, 1, counts.studios), n % 100, n % 2, TIME, TIME) for n in every),
    )
    yield 'scenes_files (scene_id, file_id, "primary")', ((n, n, 1) for n in every)
    casts = ((n, performer) for n in every for performer in _several(n, 2 + n % 2, counts.performers))
    yield "performers_scenes (scene_id, performer_id)", casts
    tagged = ((n, tag) for n in every for tag in _several(n, 5 + n % 6, counts.tags))
    yield "scenes_tags (scene_id, tag_id)", tagged
    links = (
        (n, url, remote_id("scene", n, place), EPOCH)
        for n in every
        for place, url in enumerate(ENDPOINTS)
        if is_linked(n, place)
    )
    yield "scene_stash_ids (scene_id, endpoint, stash_id, updated_at)", links


def is_linked(number: int, endpoint: int) -> bool:
    """Return True for nine of ten generated scenes on the first box, and for one of five on the second."""
    return bool(number % 10) if endpoint == 0 else number % 5 == 0


def make_name(kind: str, number: int) -> str:
    """Return a harmless name that no other object of this kind has, for generated libraries."""
    word, place = WORDS[number % len(WORDS)], PLACES[number // len(WORDS) % len(PLACES)]
    return f"{word} {place} {kind} {number}".capitalize()


def _numbers(count: int) -> range:
    return range(1, count + 1)


def _folder(number: int) -> int:
    return (number - 1) // FOLDER_SIZE + 1


def _day(number: int) -> str:
    return f"{2008 + number % 18}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def _hash(number: int) -> int:
    return (abs(number) * STEP * (1 if number > 0 else 7)) % (1 << 62)


def _pick(number: int, salt: int, count: int) -> int:
    """Return an id from 1 to `count`; low ids come more often."""
    share = (number * STEP * salt) % 1_000_003 / 1_000_003
    return int(share * share * count) + 1


def _several(number: int, how_many: int, count: int) -> set[int]:
    return {_pick(number, salt + 2, count) for salt in range(how_many)}
