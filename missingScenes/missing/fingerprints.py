"""Missing scenes whose file is there all the same: equal fingerprints, only the link is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from missing.boxes import named_client
from missing.ownership import LOOK_UP, spell_endpoint
from shared.errors import ServiceError, UsageError
from shared.stash import StashClient
from shared.stashbox import StashBoxClient
from shared.stashbox.batches import MOST, BatchSize, run_in_batches

if TYPE_CHECKING:
    from shared.call import Call

SQL = """SELECT sf.scene_id, fp.type, fp.fingerprint FROM files_fingerprints fp
JOIN scenes_files sf ON sf.file_id = fp.file_id
WHERE ((fp.type = 'oshash' AND fp.fingerprint IN (%s)) OR (fp.type = 'phash' AND fp.fingerprint IN (%s)))
AND NOT EXISTS (SELECT 1 FROM scene_stash_ids ids WHERE ids.scene_id = sf.scene_id AND ids.endpoint IN (?, ?))"""
FIELDS = "title files { path duration }"
LARGEST_SIGNED = 1 << 63
SLACK_SECONDS = 5.0  # a perceptual hash alone also fits trailers and cuts
SLACK_SHARE = 0.02


class Print(NamedTuple):
    """A fingerprint: what it is, its number, and how long the file was."""

    kind: str
    value: int
    duration: int

    @property
    def stored(self) -> str:
        """As Stash keeps it: an oshash as text, a perceptual hash as signed number."""
        if self.kind == "oshash":
            return f"{self.value:016x}"
        return str(self.value - (1 << 64) if self.value >= LARGEST_SIGNED else self.value)


Prints = dict[str, list[Print]]


def find_owned_files(call: Call) -> dict[str, Any]:
    """For each of some missing scenes the local scenes with the same fingerprints that are not linked to the box."""
    wanted = call.arg("scene_ids")
    if not isinstance(wanted, list) or len(wanted) > MOST:
        raise UsageError(f'"scene_ids" must be a list of at most {MOST} ids.')
    with named_client(call) as client:
        prints = read_prints(client, [str(each) for each in wanted])
        endpoint = client.box.endpoint
    hits = find_hits(call.stash, endpoint, [each for some in prints.values() for each in some])
    local_ids = sorted({local for locals_ in hits.values() for local in locals_})
    rows = call.stash.scenes.read(local_ids, FIELDS) if local_ids else {}
    found = {scene_id: list(match(some, hits, rows)) for scene_id, some in prints.items()}
    return {"found": {scene_id: matches for scene_id, matches in found.items() if matches}}


def read_prints(client: StashBoxClient, scene_ids: Sequence[str]) -> Prints:
    """The fingerprints the box knows of these scenes."""
    channel = client.channel
    size = BatchSize(channel.memory, client.box.endpoint, "prints", channel.clock.now())
    prints: Prints = {}
    for piece, rows in run_in_batches(list(scene_ids), size, lambda some: ask_for_prints(client, some)):
        if isinstance(rows, ServiceError):
            raise rows
        for number, scene_id in enumerate(piece):
            row = rows.get(f"r{number}") or {}
            prints[scene_id] = [each for each in map(read_print, row.get("fingerprints") or ()) if each]
    return prints


def ask_for_prints(client: StashBoxClient, scene_ids: Sequence[str]) -> dict[str, Any]:
    """One request for several scenes."""
    variables = {f"i{number}": each for number, each in enumerate(scene_ids)}
    declared = ", ".join(f"${name}: ID!" for name in variables)
    fields = "{ fingerprints { hash algorithm duration } }"
    lookups = " ".join(f"r{number}: findScene(id: $i{number}) {fields}" for number in range(len(scene_ids)))
    return client.channel.ask(f"query Prints({declared}) {{ {lookups} }}", variables, "reading fingerprints")


def read_print(row: Mapping[str, Any]) -> Print | None:
    """A fingerprint we can compare; others are left out."""
    kind = str(row.get("algorithm") or "").lower()
    try:
        value = int(str(row.get("hash")), 16)
    except ValueError:
        return None
    is_usable = kind in ("oshash", "phash") and 0 < value < 1 << 64
    return Print(kind, value, int(row.get("duration") or 0)) if is_usable else None


def find_hits(stash: StashClient, endpoint: str, prints: Sequence[Print]) -> dict[tuple[str, str], list[int]]:
    """The unlinked local scenes by fingerprint: one look-up in Stash's index, whatever the size of the library."""
    if not prints:
        return {}
    texts = list(dict.fromkeys(each.stored for each in prints if each.kind == "oshash"))
    numbers = list(dict.fromkeys(each.stored for each in prints if each.kind == "phash"))
    sql = SQL % (", ".join("?" * len(texts)), ", ".join(numbers))
    variables = {"sql": sql, "args": [*texts, *spell_endpoint(endpoint)]}
    rows = stash.ask(LOOK_UP, variables, "comparing fingerprints")["querySQL"]["rows"]
    hits: dict[tuple[str, str], list[int]] = {}
    for scene_id, kind, value in rows:
        hits.setdefault((kind, str(value)), []).append(int(scene_id))
    return hits


def match(
    prints: Sequence[Print], hits: Mapping[tuple[str, str], Sequence[int]], rows: Mapping[int, Any]
) -> Iterator[dict[str, Any]]:
    """The local scenes that are this one; each once, by its best evidence."""
    told: set[int] = set()
    for each in sorted(prints, key=lambda one: one.kind != "oshash"):
        for local in hits.get((each.kind, each.stored), ()):
            file = next(iter(rows.get(local, {}).get("files") or ()), None)
            if local in told or file is None or not is_as_long(each, file["duration"]):
                continue
            told.add(local)
            title = rows[local]["title"] or file["path"].rpartition("/")[2]
            place = {"path": file["path"], "duration": round(file["duration"])}
            yield {"scene_id": str(local), "title": title, "by": each.kind, **place}


def is_as_long(found: Print, duration: float) -> bool:
    """Whether the file can be the one: an oshash is proof enough, a perceptual hash needs the same length."""
    if found.kind == "oshash" or not found.duration:
        return found.kind == "oshash"
    return abs(found.duration - duration) <= max(SLACK_SECONDS, duration * SLACK_SHARE)
