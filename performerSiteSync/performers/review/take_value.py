"""Takes a source's value for one field over the present one, at once and with undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.boxes.conversion import SourceOffer, fit_fields
from performers.boxes.links import find_links
from performers.boxes.record_cache import RecordCache
from performers.boxes.sources import read_usable_sources
from performers.library.covers import find_coverless
from performers.library.entities import (
    ALIASES,
    HAS_PICTURE,
    LISTS,
    describe_row,
    read_picture_url,
    read_supported_fields,
    select_fields,
    select_objects,
)
from performers.library.kinds import SCENE, SYNCED_KIND
from performers.library.normalize import normalize_name, normalize_url
from performers.library.scenes import CAST, find_stranger
from performers.scenes.cast import CastIndex
from performers.scenes.found_records import FoundRecords
from performers.scenes.record import fit_date
from performers.scenes.record_store import SceneRecords
from performers.sync.pictures import PictureFetcher
from performers.sync.provenance import set_lock
from performers.sync.rules import REPLACING, read_rules
from shared.arguments import ident, takes, text
from shared.errors import BundleError, UsageError
from shared.journal import Change, Entry, Finding, Item, Journal, add_member, set_field
from shared.page.plans import make_target
from shared.page.run_view import apply_and_show
from shared.stash_box import Box

if TYPE_CHECKING:
    from shared.runtime.call import Call

NOT_TAKEN = ("parent_id", "parent", "stash_ids", "favorite")


@takes(SYNCED_KIND, ident("id"), text("field"), text("endpoint"))
def take_value(call: Call) -> dict[str, Any]:
    """Operation `take_value`: write a source's value for a field regardless of the rules.

    A field that syncs replace gets locked.
    """
    kind, number, field = call.args["kind"], call.args["id"], call.args["field"]
    (box,) = read_usable_sources(call, call.args["endpoint"])[:1]
    row = select_objects(call.stash, kind).get(number, select_fields(call.stash, kind))
    if row is None:
        raise UsageError(f"Stash has no {kind} {number} any more.")
    present = describe_present(call, kind, row)
    wanted = read_cached_values(call, kind, box, (number, present)).get(field)
    if not wanted or field in NOT_TAKEN:
        raise UsageError(f'{box.name} says nothing about "{field}" that could be taken. Make a new preview.')
    item = Item(kind, str(number), present["name"])
    changes = [
        store_present_picture(call, each, read_picture_url(row, kind))
        for each in plan_value_taken(item, field, present, wanted, box)
    ]
    if not changes:
        return {"message": f"It is what {box.name} says already.", "run": None}
    run_kind, title = f"one_{kind}", f"Took a value of {box.name} for {present['name']}"
    entries = list(fetch_picture(call, changes, box))
    run = apply_and_show(call, make_target(call, run_kind), kind=run_kind, title=title, entries=entries)
    if read_rules(call.settings).policy_of(field) in REPLACING:
        set_lock(call.store, kind, number, field, True)
    return {"message": f"Taken from {box.name}.", "run": run}


def read_cached_values(call: Call, kind: str, box: Box, about: tuple[int, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the box's cached values of an object, given by id and present values, in this Stash's fields.

    `take_value` calls it. For a scene without a link to the box, they are those of the record that was found by
    fingerprints.
    """
    number, present = about
    ids = [pair[1] for pair in find_links(present["stash_ids"], box)]
    if kind == SCENE:
        found = FoundRecords(call.store, box).read([number])
        return read_scene_values(call, box, ids or [match.remote_id for match in found.values()])
    answers = RecordCache(call.store, kind).read(box.endpoint, ids)
    said = [answers[each].values for each in ids if each in answers and answers[each].values]
    return fit_fields(said[0], read_supported_fields(call.stash, kind)) if said else {}


def describe_present(call: Call, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object's present values, for `take_value`; for a scene Stash must be asked if it has a cover."""
    present = describe_row(row, kind)
    if kind == SCENE and not find_coverless(call.stash, [int(row["id"])]):
        present["image"] = HAS_PICTURE
    return present


def read_scene_values(call: Call, box: Box, ids: Sequence[str]) -> dict[str, Any]:
    """Return the box's stored values of a scene, with the performers and the studio that the library has.

    `take_value` reads them so.
    """
    answers = SceneRecords(call.store, box.endpoint).read(ids)
    found = [answers[each].values for each in ids if each in answers and answers[each].values]
    if not found:
        return {}
    values = fit_date(found[0], has_partial_dates=call.stash.capabilities().has_partial_dates)
    resolved = CastIndex(call.stash).resolve(SourceOffer(box.endpoint, box.name, values)).offer.values
    here = {field: value for field, value in resolved.items() if field != CAST and not find_stranger(str(value))}
    return {**here, CAST: [each for each in resolved.get(CAST, ()) if not find_stranger(each)]}


def plan_value_taken(item: Item, field: str, present: Mapping[str, Any], wanted: Any, box: Box) -> Iterator[Change]:
    """Yield the changes of "Take this": a value is replaced, a list gains members, a replaced name becomes an alias."""
    origin = {"source": box.endpoint, "reason": f"You took it from {box.name}."}
    if field in LISTS:
        identify = normalize_url if field == "urls" else normalize_name
        known = {identify(each) for each in [*(present[field] or ()), *([present["name"]] if field in ALIASES else ())]}
        for member in wanted:
            if identify(member) not in known:
                known.add(identify(member))
                yield add_member(item, field, member, **origin)
    elif field in present and present[field] != wanted:
        yield set_field(item, field, present[field], wanted, **origin)
        if field == "name":
            aliases = next(name for name in ALIASES if name in present)
            yield add_member(item, aliases, present["name"], **origin)


def store_present_picture(call: Call, change: Change, url: str) -> Change:
    """Return a planned change of a picture with Stash's present picture stored for an undo; other changes as they are.

    `take_value` calls it before it applies the change. `url` is the address of the present picture.
    """
    if change.field != "image" or not change.before:
        return change
    picture = call.stash.download_picture(url)
    return change._replace(before=Journal(call.store).blobs.put(picture.data, picture.content_type))


def fetch_picture(call: Call, changes: list[Change], box: Box) -> Iterator[Entry]:
    """Yield the changes of "Take this" with the downloaded picture; raise if the picture cannot be downloaded."""
    fetcher = PictureFetcher(call, [box])
    try:
        for entry in fetcher.fetch(changes):
            if isinstance(entry, Finding):
                raise BundleError(entry.message)
            yield entry
    finally:
        fetcher.close()
