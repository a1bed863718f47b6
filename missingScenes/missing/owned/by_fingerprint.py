"""Finds missing scenes whose file is in the library without a link, by equal fingerprints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from missing.files.store import find_rejected
from missing.owned.by_id import find_saved_files
from missing.owned.fingerprint_cache import ComparablePrint, Prints, cache_prints, find_cached_prints, select_comparable
from shared.file_matching.compare import has_same_length
from shared.endpoints import spell_endpoint
from shared.errors import ServiceError
from shared.paths import file_name
from shared.reply_shape import find_mistake
from shared.stash import StashClient
from shared.stash.library import split
from shared.stash.sql import query_rows
from shared.stash_box import StashBoxClient
from shared.stash_box.batches import BatchSize, run_in_batches
from shared.stash_box.configured import open_configured
from shared.stash_box.records.parse import read_fingerprints
from shared.stash_box.records.shapes import FINGERPRINTS

if TYPE_CHECKING:
    from shared.runtime.call import Call

SQL = """SELECT sf.scene_id, fp.type, fp.fingerprint FROM files_fingerprints fp
JOIN scenes_files sf ON sf.file_id = fp.file_id
WHERE ((fp.type = 'oshash' AND fp.fingerprint IN (%s)) OR (fp.type = 'phash' AND fp.fingerprint IN (%s)))
AND NOT EXISTS (SELECT 1 FROM scene_stash_ids ids WHERE ids.scene_id = sf.scene_id AND ids.endpoint IN (?, ?))"""
FIELDS = "title files { path duration }"
PRINT_FIELDS = "stash_ids { endpoint } files { fingerprints { type value } }"
SQL_AT_ONCE = 5000  # SQLite takes 32,766 values
FILTER_AT_ONCE = 40
OSHASHES_PER_SCENE = 4  # looked up in a Stash that refuses SQL
MOST_SCENES = 100
MOST_UNKNOWN = 200  # scenes the box is asked about while a page waits for a plan
Hits = dict[tuple[str, str], list[int]]


def find_probably_owned(call: Call, endpoint: str, scene_ids: Sequence[str]) -> dict[str, str]:
    """Return the local titles of missing scenes that are probably in the library, for a plan of adds.

    Saved matches come first, so only the other scenes are compared now. That is a hint: if the box fails, fewer are
    found.
    """
    saved = find_saved_files(call.stash, call.store, endpoint, scene_ids)
    titles = {scene_id: matches[0].title for scene_id, matches in saved.items()}
    others = [each for each in scene_ids if each not in titles]
    known = find_cached_prints(call.store, endpoint, others)
    unknown = [each for each in others if each not in known][:MOST_UNKNOWN]
    try:
        known.update(find_prints(call, endpoint, unknown))
    except ServiceError as error:
        call.log.debug(f"Not all scenes were compared with the files that are there: {error}")
    found, _ = find_matches(call, endpoint, known)
    return {**{scene_id: str(files[0]["title"]) for scene_id, files in found.items()}, **titles}


def find_matches(call: Call, endpoint: str, prints: Prints) -> tuple[dict[str, list[dict[str, Any]]], bool]:
    """Return for each missing scene the unlinked local scenes with one of its fingerprints, for the page and plans.

    Matches that a person rejected are left out. The second value is False if Stash refused SQL, so that only equal
    files were compared, and not all.
    """
    stash = call.stash
    quick = find_hits(stash, endpoint, [each for some in prints.values() for each in some])
    first_scenes = dict(islice(prints.items(), MOST_SCENES))  # each filter reads the whole library
    hits = find_hits_by_filter(stash, endpoint, choose_first_oshashes(first_scenes)) if quick is None else quick
    local_ids = sorted({local for locals_ in hits.values() for local in locals_})
    rows = stash.scenes.read(local_ids, FIELDS) if local_ids else {}
    rejected = find_rejected(call.store, endpoint, prints)
    matches = {scene_id: match_local_scenes(some, hits, rows) for scene_id, some in prints.items()}
    found = {
        scene_id: [each for each in some if (scene_id, int(each["scene_id"])) not in rejected]
        for scene_id, some in matches.items()
    }
    return {scene_id: some for scene_id, some in found.items() if some}, quick is not None


def find_prints(call: Call, endpoint: str, scene_ids: Sequence[str]) -> Prints:
    """Return the fingerprints of missing scenes: from the cache, the others from the box, which are cached then.

    Plans of adds and the marks on the page's list need them.
    """
    known = find_cached_prints(call.store, endpoint, scene_ids)
    unknown = [each for each in scene_ids if each not in known]
    if unknown:
        with open_configured(call, endpoint) as client:
            fresh = read_prints(client, unknown)
        cache_prints(call.store, endpoint, fresh)
        known.update(fresh)
    return {each: known[each] for each in scene_ids if each in known}


def read_prints(client: StashBoxClient, scene_ids: Sequence[str]) -> Prints:
    """Return the fingerprints that the box has of these scenes, many in one request; `find_prints` calls it."""
    channel = client.channel
    size = BatchSize(channel.memory, client.box.endpoint, "prints", channel.clock.now())
    prints: Prints = {}
    for piece, rows in run_in_batches(list(scene_ids), size, lambda some: ask_for_prints(client, some)):
        if isinstance(rows, ServiceError):
            raise rows
        for number, scene_id in enumerate(piece):
            row = rows.get(f"r{number}") or {}
            if find_mistake(row, {"fingerprints": FINGERPRINTS}):
                row = {}
            prints[scene_id] = select_comparable(read_fingerprints(row.get("fingerprints")))
    return prints


def ask_for_prints(client: StashBoxClient, scene_ids: Sequence[str]) -> dict[str, Any]:
    """Return the box's raw answer with the fingerprints of several scenes; one batch of `read_prints`."""
    variables = {f"i{number}": each for number, each in enumerate(scene_ids)}
    declared = ", ".join(f"${name}: ID!" for name in variables)
    fields = "{ fingerprints { hash algorithm duration } }"
    lookups = " ".join(f"r{number}: findScene(id: $i{number}) {fields}" for number in range(len(scene_ids)))
    return client.channel.ask(f"query Prints({declared}) {{ {lookups} }}", variables, "reading fingerprints")


def find_hits(stash: StashClient, endpoint: str, prints: Sequence[ComparablePrint]) -> Hits | None:
    """Return unlinked local scenes by fingerprint from Stash's database, for `find_matches`.

    None means that Stash refuses SQL.
    """
    hits: Hits = {}
    for piece in split(dict.fromkeys((each.kind, each.stored) for each in prints), SQL_AT_ONCE):
        texts = [stored for kind, stored in piece if kind == "oshash"]
        numbers = [stored for kind, stored in piece if kind == "phash"]
        sql = SQL % (", ".join("?" * len(texts)), ", ".join(numbers))
        rows = query_rows(stash, sql, [*texts, *spell_endpoint(endpoint)], "comparing fingerprints")
        if rows is None:
            return None
        for scene_id, kind, value in rows:
            hits.setdefault((kind, str(value)), []).append(int(scene_id))
    return hits


def choose_first_oshashes(prints: Prints) -> list[ComparablePrint]:
    """Return the first few oshashes of each scene, for a Stash that refuses SQL; `find_matches` calls it."""
    exact = ([each for each in some if each.kind == "oshash"] for some in prints.values())
    return [each for some in exact for each in some[:OSHASHES_PER_SCENE]]


def find_hits_by_filter(stash: StashClient, endpoint: str, prints: Sequence[ComparablePrint]) -> Hits:
    """Return unlinked local scenes by fingerprint for equal files only, for a Stash that refuses SQL.

    It asks through Stash's filter; a filter on perceptual hashes would read the whole library once for each.
    """
    hits: Hits = {}
    spellings = spell_endpoint(endpoint)
    for piece in split(dict.fromkeys(each.stored for each in prints), FILTER_AT_ONCE):
        # Not MATCHES_REGEX: Stash's own function for it fails at the first scene without a file.
        where = {"oshash": {"value": " ".join(piece), "modifier": "INCLUDES"}}
        for row in stash.scenes.page(PRINT_FIELDS, where, per_page=-1).rows:
            if not any(link["endpoint"] in spellings for link in row["stash_ids"]):
                found = [each for file in row["files"] for each in file["fingerprints"] if each["value"] in piece]
                for each in found:
                    hits.setdefault((each["type"], each["value"]), []).append(int(row["id"]))
    return hits


def match_local_scenes(
    prints: Sequence[ComparablePrint], hits: Mapping[tuple[str, str], Sequence[int]], rows: Mapping[int, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the local scenes that are this missing scene, as the page shows them, each with its best evidence.

    `find_matches` calls it.
    """
    seen: set[int] = set()
    for each in sorted(prints, key=lambda one: one.kind != "oshash"):
        for local in hits.get((each.kind, each.stored), ()):
            file = next(iter(rows.get(local, {}).get("files") or ()), None)
            if local in seen or file is None or not fits_file(each, file["duration"]):
                continue
            seen.add(local)
            title = rows[local]["title"] or file_name(file["path"])
            place = {"path": file["path"], "duration": round(file["duration"])}
            yield {"scene_id": str(local), "title": title, "by": each.kind, **place}


def fits_file(found: ComparablePrint, duration: float) -> bool:
    """Return True if a file can be the scene, for `match_local_scenes`.

    An oshash is proof; a perceptual hash also needs the same length.
    """
    if found.kind == "oshash" or not found.duration:
        return found.kind == "oshash"
    return has_same_length(duration, found.duration)
