"""Mutations of studios, and the few of groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.stash.context import Context
from sandbox.stash.graph.execution import Registry
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database
from sandbox.stash.objects.batches import Args, root
from sandbox.stash.write.common import anything_goes, bulk_list, destroy_rows, touch, update_many
from sandbox.stash.write.fields import Spec, read_fields, read_ids, read_reference, same
from sandbox.stash.write.hooked import show_all, show_sent
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
from sandbox.stash.write.rules import check_name_given, check_parent_studio, check_shared_name

STUDIOS = Registry()
Given = Mapping[str, Any]
SPEC = Spec(
    texts=same("name details"),
    numbers={"rating100": "rating"},
    flags=same("favorite ignore_auto_tag organized"),
    refs=same("parent_id"),
)
GROUP_SPEC = Spec(
    texts={**same("name aliases director"), "synopsis": "description"},
    numbers={"duration": "duration", "rating100": "rating"},
    dates=same("date"),
    refs=same("studio_id"),
)
TAGS = JoinTable("studios_tags", "studio_id", "tag_id")
GROUP_TAGS = JoinTable("groups_tags", "group_id", "tag_id")


def create_studio(context: Context, args: Args) -> int:
    """Carry out the mutation `studioCreate` and return the studio's id."""
    given = args["input"]
    library = context.services.library
    values = read_fields(SPEC, given)
    tags = read_ids("tag ids", given.get("tag_ids"))
    image = read_image(given.get("image"))
    with library.write() as db:
        check_shared_name(db, "studio", 0, check_name_given("studio", values["name"]))
        aliases = _check_aliases(db, 0, apply_strings((), given.get("aliases"), "SET"))
        now = library.timestamp()
        studio_id = db.insert("studios", {**values, "created_at": now, "updated_at": now})
        legacy = [given["url"].strip()] if given.get("url") is not None else []
        replace_urls(db, "studio", studio_id, legacy + apply_strings((), given.get("urls"), "SET"))
        replace_aliases(db, "studio", studio_id, aliases)
        replace_stash_ids(library, db, "studio", studio_id, given.get("stash_ids"))
        change_ids(db, TAGS, studio_id, tags)
        change_custom_fields(db, "studio", studio_id, {"full": given.get("custom_fields")})
        if image:
            set_image(db, "studios", studio_id, image)
    context.fire("Studio.Create.Post", studio_id, show_all(context, "StudioCreateInput", given))
    return studio_id


def update_studio(context: Context, args: Args) -> int:
    """Carry out the mutation `studioUpdate` and return the studio's id."""
    given = args["input"]
    studio_id = read_reference("id", given["id"]) or 0
    image = read_image(given.get("image"))
    with context.services.library.write() as db:
        apply_studio(context, db, studio_id, given)
        if "stash_ids" in given:
            replace_stash_ids(context.services.library, db, "studio", studio_id, given["stash_ids"])
        if "image" in given:
            set_image(db, "studios", studio_id, image)
    context.fire("Studio.Update.Post", studio_id, show_all(context, "StudioUpdateInput", given), given)
    return studio_id


def update_studios(context: Context, args: Args) -> list[int] | None:
    """Carry out the mutation `bulkStudioUpdate` and return the ids, None without any."""

    def apply(db: Database, studio_id: int, changes: Given) -> None:
        apply_studio(context, db, studio_id, changes)

    return update_many(context, "Studio.Update.Post", args["input"], apply)


def apply_studio(context: Context, db: Database, studio_id: int, given: Given) -> None:
    """Write one studio's changes inside a transaction; update and bulk update call this."""
    values = read_fields(SPEC, given)
    urls = _change_urls(db, studio_id, given)
    found = db.row("SELECT name FROM studios WHERE id = ?", (studio_id,))
    if found is None:
        raise StashFailure(f"studio with id {studio_id} not found")
    if values.get("parent_id") is not None:
        check_parent_studio(db, studio_id, values["parent_id"])
    aliases = bulk_list(given, "aliases")
    if aliases:
        listed = apply_strings(read_strings(db, "studio", "alias", studio_id), *aliases)
        _check_aliases(db, studio_id, listed)
    if "name" in values and values["name"] != found[0]:
        check_shared_name(db, "studio", studio_id, check_name_given("studio", values["name"]))
    touch(context, db, "studios", studio_id, values)
    if aliases:
        replace_aliases(db, "studio", studio_id, listed)
    if urls is not None:
        replace_urls(db, "studio", studio_id, urls)
    tags = bulk_list(given, "tag_ids")
    if tags:
        change_ids(db, TAGS, studio_id, read_ids("tag ids", tags[0]), tags[1])
    change_custom_fields(db, "studio", studio_id, given.get("custom_fields"))


def _check_aliases(db: Database, studio_id: int, aliases: list[str]) -> list[str]:
    for alias in aliases:
        if not alias:
            raise StashFailure("studio alias must not be an empty string")
        check_shared_name(db, "studio", studio_id, alias)
    return aliases


def _change_urls(db: Database, studio_id: int, given: Given) -> list[str] | None:
    change = bulk_list(given, "urls")
    if change and "url" in given:
        raise StashFailure("url field must not be included if urls is included")
    if change:
        return apply_strings(read_strings(db, "studio", "url", studio_id), *change)
    if "url" in given:
        return [given["url"]] if given["url"] is not None else []
    return None


def destroy_studio(context: Context, args: Args) -> bool:
    """Carry out the mutation `studioDestroy` and return True."""
    return destroy_rows(context, "studio", [args["input"]["id"]], args["input"], anything_goes)


def destroy_studios(context: Context, args: Args) -> bool:
    """Carry out the mutation `studiosDestroy` and return True."""
    return destroy_rows(context, "studio", args["ids"], list(args["ids"]), anything_goes)


def create_group(context: Context, args: Args) -> int:
    """Carry out the mutation `groupCreate` and return the group's id."""
    given = args["input"]
    library = context.services.library
    values = read_fields(GROUP_SPEC, given, is_partial_date_known=context.services.profile.has("0.30"))
    with library.write() as db:
        check_name_given("group", values["name"])
        now = library.timestamp()
        group_id = db.insert("groups", {**values, "created_at": now, "updated_at": now})
        replace_urls(db, "group", group_id, apply_strings((), given.get("urls"), "SET"))
        change_ids(db, GROUP_TAGS, group_id, read_ids("tag ids", given.get("tag_ids")))
    for kind in ("Group", "Movie"):
        context.fire(f"{kind}.Create.Post", group_id, show_sent(given))
    return group_id


RESOLVERS = {
    "studioCreate": create_studio,
    "studioUpdate": update_studio,
    "bulkStudioUpdate": update_studios,
    "studioDestroy": destroy_studio,
    "studiosDestroy": destroy_studios,
    "groupCreate": create_group,
}
STUDIOS.resolvers.update({("Mutation", name): root(function) for name, function in RESOLVERS.items()})
