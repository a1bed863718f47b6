"""Mutations of performers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure, StashPanic
from sandbox.stash.library import Database
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.write.common import anything_goes, bulk_list, destroy_rows, touch, update_many
from sandbox.stash.write.fields import Spec, Values, read_fields, read_ids, read_reference, same
from sandbox.stash.write.hooked import show_all
from sandbox.stash.write.images import read_image, set_image
from sandbox.stash.write.lists import (
    JoinTable,
    apply_strings,
    change_custom_fields,
    change_ids,
    read_strings,
    replace_aliases,
    replace_stash_ids,
    replace_urls,
)
from sandbox.stash.write.rules import (
    check_life_dates,
    check_name_given,
    check_performer_aliases,
    check_performer_name,
    drop_doubled_aliases,
)

PERFORMERS = Registry()
Given = Mapping[str, Any]
TEXTS = (
    "name disambiguation gender ethnicity country eye_color hair_color measurements fake_tits circumcised "
    "career_length career_start career_end tattoos piercings details"
)
SPEC = Spec(
    texts=same(TEXTS),
    numbers={"height_cm": "height", "weight": "weight", "penis_length": "penis_length", "rating100": "rating"},
    flags=same("favorite ignore_auto_tag"),
    dates=same("birthdate death_date"),
)
TAGS = JoinTable("performers_tags", "performer_id", "tag_id")
SITES = {"twitter": "https://twitter.com", "instagram": "https://instagram.com"}
LEGACY = ("url", "twitter", "instagram")


def create_performer(context: Context, args: Args) -> int:
    """Carry out the mutation `performerCreate` and return the performer's id."""
    given = args["input"]
    library = context.services.library
    values = _read(context, given)
    image = read_image(given.get("image"))
    tags = read_ids("tag ids", given.get("tag_ids"))
    with library.write() as db:
        name = check_name_given("performer", values["name"])
        check_performer_name(db, 0, name, values.get("disambiguation"))
        aliases = _check_aliases(context, name, apply_strings((), given.get("alias_list"), "SET"))
        check_life_dates(values)
        now = library.timestamp()
        performer_id = db.insert("performers", {**values, "created_at": now, "updated_at": now})
        replace_aliases(db, "performer", performer_id, aliases)
        replace_urls(db, "performer", performer_id, _first_urls(given))
        replace_stash_ids(library, db, "performer", performer_id, given.get("stash_ids"))
        change_ids(db, TAGS, performer_id, tags)
        change_custom_fields(db, "performer", performer_id, {"full": given.get("custom_fields")})
        if image:
            set_image(db, "performers", performer_id, image)
    context.fire("Performer.Create.Post", performer_id, show_all(context, "PerformerCreateInput", given))
    return performer_id


def update_performer(context: Context, args: Args) -> int:
    """Carry out the mutation `performerUpdate` and return the performer's id."""
    given = args["input"]
    performer_id = read_reference("id", given["id"]) or 0
    image = read_image(given.get("image"))
    with context.services.library.write() as db:
        apply_performer(context, db, performer_id, given)
        if "stash_ids" in given:
            replace_stash_ids(context.services.library, db, "performer", performer_id, given["stash_ids"])
        if "image" in given:
            set_image(db, "performers", performer_id, image)
    context.fire("Performer.Update.Post", performer_id, show_all(context, "PerformerUpdateInput", given), given)
    return performer_id


def update_performers(context: Context, args: Args) -> list[int] | None:
    """Carry out the mutation `bulkPerformerUpdate` and return the ids, None without any."""

    def apply(db: Database, performer_id: int, changes: Given) -> None:
        apply_performer(context, db, performer_id, changes)

    return update_many(context, "Performer.Update.Post", args["input"], apply)


def apply_performer(context: Context, db: Database, performer_id: int, given: Given) -> None:
    """Write one performer's changes inside a transaction; update, bulk update and merge call this."""
    values = _read(context, given)
    urls = _change_urls(db, performer_id, given)
    columns = "name, disambiguation, birthdate, birthdate_precision, death_date, death_date_precision"
    row = db.row(f"SELECT {columns} FROM performers WHERE id = ?", (performer_id,))
    if row is None:
        raise StashFailure(f"performer with id {performer_id} not found")
    after = {**dict(zip(columns.split(", "), row)), **values}
    if "name" in values or "disambiguation" in values:
        name = check_name_given("performer", after["name"])
        check_performer_name(db, performer_id, name, after["disambiguation"])
    aliases = bulk_list(given, "alias_list")
    if aliases or "name" in values:
        old = read_strings(db, "performer", "alias", performer_id)
        listed = _check_aliases(context, after["name"], apply_strings(old, *aliases) if aliases else old)
    check_life_dates(after)
    touch(context, db, "performers", performer_id, values)
    if aliases:
        replace_aliases(db, "performer", performer_id, listed)
    if urls is not None:
        replace_urls(db, "performer", performer_id, urls)
    tags = bulk_list(given, "tag_ids")
    if tags:
        change_ids(db, TAGS, performer_id, read_ids("tag ids", tags[0]), tags[1])
    change_custom_fields(db, "performer", performer_id, given.get("custom_fields"))


def _read(context: Context, given: Given) -> Values:
    return read_fields(SPEC, given, is_partial_date_known=context.services.profile.has("0.30"))


def _check_aliases(context: Context, name: str, aliases: list[str]) -> list[str]:
    if context.services.profile.has("0.31"):
        return drop_doubled_aliases(name, aliases)
    check_performer_aliases(name, aliases)
    return aliases


def _first_urls(given: Given) -> list[str]:
    urls = [given["url"].strip()] if given.get("url") is not None else []
    urls += [_make_url(given[site].strip(), base) for site, base in SITES.items() if given.get(site) is not None]
    return urls + apply_strings((), given.get("urls"), "SET")


def _make_url(handle: str, base: str) -> str:
    return handle if not handle or handle.startswith("http") else f"{base}/{handle}"


def _change_urls(db: Database, performer_id: int, given: Given) -> list[str] | None:
    legacy = [name for name in LEGACY if name in given]
    old = read_strings(db, "performer", "url", performer_id)
    change = bulk_list(given, "urls")
    if change and legacy:
        raise StashFailure(f"{legacy[0]} field must not be included if urls is included")
    if change:
        return apply_strings(old, *change)
    if legacy and not db.row("SELECT 1 FROM performers WHERE id = ?", (performer_id,)):
        raise StashPanic("runtime error: invalid memory address or nil pointer dereference")
    for name in legacy:
        old = _replace_site(old, name, given[name] or "")
    return old if legacy else None


def _replace_site(urls: list[str], name: str, value: str) -> list[str]:
    """Replace one address; `url` is the first that is neither Twitter nor Instagram."""
    new = _make_url(value.strip(), SITES[name]) if name in SITES else value.strip()
    place = next((i for i, url in enumerate(urls) if _find_site(url) == name), None)
    return [*urls, new] if place is None else [*urls[:place], new, *urls[place + 1 :]]


def _find_site(url: str) -> str:
    return next((name for name in SITES if f"{name}.com" in url), "url")


def merge_performers(context: Context, args: Args) -> int:
    """Carry out `performerMerge` and return the destination; scenes and tags move, sources go, no hook runs."""
    given = args["input"]
    sources = list(dict.fromkeys(read_ids("source ids", given["source"])))
    target = read_reference("destination id", given["destination"]) or 0
    if target in sources:
        raise StashFailure("destination performer cannot be in source list")
    values = given.get("values") or {}
    if any(name in values for name in LEGACY):
        raise StashFailure("Merging legacy performer URLs is not supported")
    with context.services.library.write() as db:
        for each in (target, *sources):
            if not db.row("SELECT 1 FROM performers WHERE id = ?", (each,)):
                raise StashFailure(f"performer with id {each} not found")
        apply_performer(context, db, target, {name: value for name, value in values.items() if name != "id"})
        if "stash_ids" in values:
            replace_stash_ids(context.services.library, db, "performer", target, values["stash_ids"])
        _move_to(db, target, sources)
        if values.get("image"):
            set_image(db, "performers", target, read_image(values["image"]))
    return target


MOVED = (
    ("performers_scenes", "scene_id"),
    ("performers_images", "image_id"),
    ("performers_galleries", "gallery_id"),
    ("performers_tags", "tag_id"),
)


def _move_to(db: Database, target: int, sources: Sequence[int]) -> None:
    for source in sources:
        for table, other in MOVED:
            sql = f"INSERT OR IGNORE INTO {table} (performer_id, {other}) SELECT ?, {other} FROM {table}"
            db.run(f"{sql} WHERE performer_id = ?", (target, source))
        db.run("DELETE FROM performers WHERE id = ?", (source,))


def destroy_performer(context: Context, args: Args) -> bool:
    """Carry out the mutation `performerDestroy` and return True."""
    return destroy_rows(context, "performer", [args["input"]["id"]], args["input"], anything_goes)


def destroy_performers(context: Context, args: Args) -> bool:
    """Carry out the mutation `performersDestroy` and return True."""
    return destroy_rows(context, "performer", args["ids"], list(args["ids"]), anything_goes)


RESOLVERS = {
    "performerCreate": create_performer,
    "performerUpdate": update_performer,
    "bulkPerformerUpdate": update_performers,
    "performerMerge": merge_performers,
    "performerDestroy": destroy_performer,
    "performersDestroy": destroy_performers,
}
PERFORMERS.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})
