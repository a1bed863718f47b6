"""The operations of the Shelves tab: list, try, save and remove shelves."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from plexsync.match.plex_web import PlexWebLinks
from plexsync.queue.constants import MACHINE_ID
from plexsync.schedule import has_approved_shelf
from plexsync.shelves.content import find_scenes, make_title, open_pictures
from plexsync.shelves.sources import KINDS, OBJECTS, ORGANIZED, check_title, list_sources
from plexsync.shelves.store import (
    ADDRESS_POSTER,
    NO_POSTER,
    OWN_POSTER,
    POSTERS,
    CollectionCard,
    Shelf,
    ShelfStore,
)
from plexsync.shelves.tasks import require_shelf
from plexsync.start.consent import is_started
from shared.arguments import Argument, choice, ident, takes, text, texts
from shared.errors import BundleError, UsageError
from shared.page.followed_task import queue_followed_task
from shared.page.heartbeat import DAY
from shared.page.paging import format_time
from shared.plex.collections import PROMOTIONS, RELEASE, SORTS
from shared.plex.images import LARGEST_UPLOAD, find_image_fault

if TYPE_CHECKING:
    from shared.runtime.call import Call

LONGEST_PICTURE = LARGEST_UPLOAD * 4 // 3 + 100  # as Base64
LONGEST_TITLE = 255
SOURCE: tuple[Argument, ...] = (
    choice("kind", KINDS, note="what decides which scenes belong to it"),
    ident("source_id", None, "the saved filter, studio, performer, tag or group"),
    text("title", "{name}", "a template with {name}, {parent} and {library}", LONGEST_TITLE),
)


@takes()
def list_shelves(call: Call) -> dict[str, Any]:
    """Operation `shelves_list`: return the shelves with their collections in Plex, and whether syncing was started."""
    store, machine_id = ShelfStore(call.store), call.store.kv.get(MACHINE_ID, str, "")
    cards, links = store.list_cards(machine_id), PlexWebLinks(call.settings, call.store)
    shelves = [show_shelf(shelf, machine_id, cards.get(shelf.id, []), links) for shelf in store.list_shelves()]
    updates = has_approved_shelf(call) and call.settings.shelf_interval != "never"
    organized_only = bool(call.settings.organized_only)
    return {
        "shelves": shelves,
        "started": is_started(call.store),
        "updates_alone": updates,
        "organized_only": organized_only,
    }


def show_shelf(shelf: Shelf, machine_id: str, cards: list[CollectionCard], links: PlexWebLinks) -> dict[str, Any]:
    """Return a shelf for its card and its dialog, with its collections on the server and their addresses."""
    named = ("id", "kind", "source_id", "name", "title", "sort", "poster", "scenes", "problem")
    collections = [
        {**card._asdict(), "changed": format_time(card.changed), "url": links.make_collection_url(card.rating_key)}
        for card in cards
        if card.rating_key
    ]
    address = shelf.picture if shelf.poster == ADDRESS_POSTER else ""
    return {
        **{name: getattr(shelf, name) for name in named},
        "places": list(shelf.places),
        "address": address,
        "approved": bool(shelf.approved) and shelf.approved == machine_id,
        "collections": collections,
    }


@takes(choice("kind", tuple(OBJECTS)), text("text", "", "only those whose name has it"))
def search_sources(call: Call) -> dict[str, Any]:
    """Operation `shelf_sources`: return the studios, performers, tags or groups that a shelf may follow, by name."""
    return list_sources(call.stash, call.args["kind"], call.args["text"])


@takes(*SOURCE)
def try_shelf(call: Call) -> dict[str, Any]:
    """Operation `shelf_try`: return the title that a template makes, and how many scenes a source has, also in Plex.

    What is wrong with the source or the title is in `problem`.
    """
    args = call.args
    try:
        shelf = read_shelf_arguments(call)
        found = find_scenes(call, args["kind"], shelf.source_id)
        title = make_title(shelf, found.source, "")
    except BundleError as error:
        if error.stops_run:
            raise
        return {"title": "", "scenes": 0, "in_plex": 0, "problem": str(error), "has_picture": False}
    in_plex = sum(len(items) for items in found.items.values())
    has_picture = bool(found.source.picture)
    return {"title": title, "scenes": found.total, "in_plex": in_plex, "problem": "", "has_picture": has_picture}


@takes(
    ident("shelf_id", None, "the shelf to change; without it, a new one is made"),
    *SOURCE,
    choice("sort", SORTS, RELEASE, "`custom`: as arranged in Plex"),
    texts("places", (), f"where Plex shows it: {', '.join(PROMOTIONS)}", len(PROMOTIONS)),
    choice("poster", POSTERS[1:], NO_POSTER, "without it, Plex makes a picture of the members"),
    text("address", "", "of the poster"),
    text("picture", "", "the poster itself, as Base64; without it, an own poster stays", LONGEST_PICTURE),
)
def save_shelf(call: Call) -> dict[str, Any]:
    """Operation `shelf_save`: save a shelf and return its id; nothing is written to Plex.

    A shelf with another source waits for a new preview.
    """
    store, args = ShelfStore(call.store), call.args
    before = require_shelf(store, args["shelf_id"]) if args["shelf_id"] else None
    shelf = read_shelf_arguments(call)
    found = find_scenes(call, shelf.kind, shelf.source_id)
    make_title(shelf, found.source, "library")
    if unknown := [place for place in args["places"] if place not in PROMOTIONS]:
        raise UsageError(f'"{unknown[0]}" is no place of Plex. There are: {", ".join(PROMOTIONS)}.')
    is_same = before is not None and (before.kind, before.source_id) == (shelf.kind, shelf.source_id)
    shelf = shelf._replace(
        id=before.id if before else 0,
        name=found.source.name,
        sort=args["sort"],
        places=tuple(place for place in PROMOTIONS if place in args["places"]),
        poster=args["poster"],
        picture=read_picture(call, before),
        approved=before.approved if before and is_same else "",
        scenes=found.total,
    )
    shelf_id = store.save_shelf(shelf)
    drop_unused_pictures(call, store)
    return {"id": shelf_id}


def drop_unused_pictures(call: Call, store: ShelfStore) -> None:
    """Delete the uploaded posters of no shelf; those of removed shelves stay, because an undo brings these back."""
    pictures, used = open_pictures(call.store), store.list_pictures()
    for name in list(pictures.list_names()):
        if name not in used:
            pictures.remove(name, call.clock.now() - DAY)


def read_shelf_arguments(call: Call) -> Shelf:
    """Return the shelf that the dialog sends as arguments, still without a poster, for `shelf_try` and `shelf_save`.

    Raise UsageError if source or title is missing.
    """
    args = call.args
    if fault := check_title(args["title"]):
        raise UsageError(fault)
    if args["kind"] != ORGANIZED and args["source_id"] is None:
        raise UsageError(f"Choose a {args['kind']} for the shelf.")
    source_id = 0 if args["kind"] == ORGANIZED else args["source_id"]
    return Shelf(0, args["kind"], source_id, "", args["title"].strip(), RELEASE, (), NO_POSTER, "")


def read_picture(call: Call, before: Shelf | None) -> str:
    """Return the poster that `shelf_save` gets: its address, or the hash of the uploaded one, which is saved."""
    poster, address, picture = (call.args[name] for name in ("poster", "address", "picture"))
    if poster == ADDRESS_POSTER:
        if not address.startswith(("http://", "https://")):
            raise UsageError("Enter the address of the poster. It begins with http:// or https://.")
        return str(address)
    if poster != OWN_POSTER:
        return ""
    if not picture:
        if before is None or before.poster != OWN_POSTER:
            raise UsageError("Choose a picture from your disk for the poster.")
        return before.picture
    try:
        data = base64.b64decode(picture, validate=True)
    except (binascii.Error, ValueError):
        raise UsageError("The picture did not arrive whole. Choose it again.") from None
    if fault := find_image_fault(data):
        raise UsageError(f"The picture cannot be used as a poster: {fault}.")
    return str(open_pictures(call.store).put(data)["$blob"])


@takes(ident("shelf_id"))
def start_removal(call: Call) -> dict[str, Any]:
    """Operation `shelf_remove`: remove a shelf; what it has made in Plex is taken back by a task of the page.

    Returns `{job_id, run_token}`, or `{removed: true}` if there is nothing in Plex.
    """
    store = ShelfStore(call.store)
    shelf = require_shelf(store, call.args["shelf_id"])
    if not store.list_records(shelf.id, call.store.kv.get(MACHINE_ID, str, "")):
        store.remove_shelf(shelf.id)
        return {"removed": True}
    return queue_followed_task(call, "remove_shelf", f"remove the {shelf.label}", {"shelf_id": shelf.id})
