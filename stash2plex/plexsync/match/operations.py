"""Operations of the Matches tab and of a scene's dialog: the match map, and links made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plexsync.match.item_index import IndexedItem, ItemIndex
from plexsync.match.plex_web import PlexWebLinks
from plexsync.match.store import LINKED, MANUAL, UNLINKED, WAITING, MatchStore, SavedMatch
from plexsync.page.badge import choose_badge
from plexsync.queue.constants import make_scene_key
from plexsync.queue.watches import is_save_unseen
from plexsync.write.store import WriteRecordStore
from shared.arguments import REQUIRED, flag, ident, idents, paging, takes, text, time
from shared.errors import NotFound
from shared.page.paging import format_time, read_page
from shared.plex.matching import ItemMatch, PlexFile
from shared.queue.outbox import Outbox
from shared.queue.start import start_drain_if_due
from shared.queue.view import QueuePage

if TYPE_CHECKING:
    from plexsync.write.stash_scenes import StashScene
    from shared.runtime.call import Call

SCENES_AT_ONCE = 100


@takes(text("how", "", "only matches with this `how`"), text("text", ""), *paging())
def list_matches(call: Call) -> dict[str, Any]:
    """Operation `match_list`: return a page of the match map, filtered by the way of matching (`how`) and a text."""
    page, matches = read_page(call.args), MatchStore(call.store)
    how, wanted = call.args["how"], call.args["text"]
    count, rows = matches.list_page(how, wanted, page.offset, page.size)
    titles = ItemIndex(call.store).find_items({each.rating_key for row in rows for each in row.items})
    links = make_links(call)
    return {
        "count": count,
        "matches": [show_match(row, titles, links) for row in rows],
        "by_how": matches.count_by_how(),
    }


@takes(ident("scene_id"), time("saved_at", None, "the time of the scene's last save in Stash"))
def show_scene_match(call: Call) -> dict[str, Any]:
    """Operation `match_scene`: return a scene's match, last sync, queue entry and badge, for its dialog.

    `saved_at` is the time of its last save, as for the badge on its page.
    """
    return describe_scene_match(call, call.args["scene_id"], call.args["saved_at"])


def describe_scene_match(call: Call, scene_id: int, saved_at: float | None = None) -> dict[str, Any]:
    """Return what `match_scene` answers; the operations that link and unlink a scene answer the same."""
    settings = call.known_settings() or call.settings
    saved = MatchStore(call.store).find_match(scene_id)
    titles = ItemIndex(call.store).find_items({each.rating_key for each in saved.items}) if saved else {}
    queued = QueuePage(call.store).find_entry(make_scene_key(scene_id))
    last = WriteRecordStore(call.store).find_last_sync(scene_id)
    is_behind = is_save_unseen(call.store, settings, scene_id, saved_at)
    return {
        "match": show_match(saved, titles, make_links(call)) if saved else None,
        **last.to_json(),
        "queued": show_queue_row(queued) if queued else None,
        "badge": choose_badge(saved, queued, last, is_behind=is_behind),
    }


def show_queue_row(row: Any) -> dict[str, Any]:
    """Return a scene's entry in the queue as the scene's dialog shows it."""
    named = {name: row[name] for name in ("state", "reason", "message", "attempts")}
    return {**named, "due": format_time(row["due"])}


def make_links(call: Call) -> PlexWebLinks:
    """Return the maker of links to Plex's web page, by the plugin's settings as last read from Stash.

    The operations of this module that show matches and items call it.
    """
    return PlexWebLinks(call.known_settings() or call.settings, call.store)


def show_match(saved: SavedMatch, titles: Mapping[str, IndexedItem], links: PlexWebLinks) -> dict[str, Any]:
    """Return a row of the match map as the Matches tab shows it."""
    named = {
        name: getattr(saved, name) for name in ("scene_id", "label", "file", "how", "evidence", "state", "message")
    }
    items = [
        {
            "rating_key": each.rating_key,
            "section_id": each.section_id,
            "path": each.path,
            "title": titles[each.rating_key].title if each.rating_key in titles else "",
            "url": links.make_item_url(each.rating_key),
        }
        for each in saved.items
    ]
    return {**named, "items": items, "is_manual": saved.is_manual, "changed": format_time(saved.changed)}


@takes(text("text", ""), *paging())
def list_unmatched(call: Call) -> dict[str, Any]:
    """Operation `plex_unmatched`: return a page of the indexed items that no scene is linked to."""
    page = read_page(call.args)
    return show_items(call, *ItemIndex(call.store).list_unlinked(call.args["text"], page.offset, page.size))


@takes(text("text", ""), *paging())
def search_items(call: Call) -> dict[str, Any]:
    """Operation `plex_search`: return a page of the indexed items whose title or path has a text."""
    page = read_page(call.args)
    return show_items(call, *ItemIndex(call.store).search_items(call.args["text"], page.offset, page.size))


def show_items(call: Call, count: int, items: Sequence[IndexedItem]) -> dict[str, Any]:
    """Return a page of indexed items for `plex_unmatched` and `plex_search`; `count` is the number on all pages."""
    links = make_links(call)
    return {"count": count, "items": [show_item(item, links) for item in items]}


def show_item(item: IndexedItem, links: PlexWebLinks) -> dict[str, Any]:
    """Return an indexed item as the Matches tab shows it."""
    named = {"rating_key": item.rating_key, "section_id": item.section_id, "title": item.title}
    return {**named, "files": list(item.files), "url": links.make_item_url(item.rating_key)}


@takes(ident("scene_id"), text("rating_key"))
def link_scene(call: Call) -> dict[str, Any]:
    """Operation `match_link`: link a scene to an item by hand, whatever their files are called; return its match."""
    scene = read_linked_scene(call)
    keys = [call.args["rating_key"]]
    found = ItemIndex(call.store).find_items(keys)
    if not found:
        raise NotFound(f"Plex has no item {keys[0]} in the chosen libraries.", service="Plex")
    items = tuple(make_candidate(item) for item in found.values())
    save_manual_match(call, scene, ItemMatch(MANUAL, items, "linked by hand"), LINKED)
    start_drain_if_due(call)
    return describe_scene_match(call, scene.id)


@takes(idents("scene_ids", REQUIRED, most=SCENES_AT_ONCE), flag("forget", False, "matches them by their files again"))
def unlink_scenes(call: Call) -> dict[str, Any]:
    """Operation `matches_unlink`: unlink scenes by hand, or match them by their files again; return how many."""
    from plexsync.write.stash_scenes import read_scenes  # late: listing the map asks Stash nothing

    scenes = read_scenes(call.stash, call.args["scene_ids"])
    for scene in scenes.values():
        save_unlinked(call, scene, is_forgotten=call.args["forget"])
    start_drain_if_due(call)
    return {"count": len(scenes)}


@takes(ident("scene_id"), flag("forget", False, "matches the scene by its files again"))
def unlink_scene(call: Call) -> dict[str, Any]:
    """Operation `match_unlink`: unlink a scene by hand, so that it is never synced; return its match.

    With `forget` the scene is matched by its files again.
    """
    scene = read_linked_scene(call)
    save_unlinked(call, scene, is_forgotten=call.args["forget"])
    start_drain_if_due(call)
    return describe_scene_match(call, scene.id)


def save_unlinked(call: Call, scene: StashScene, *, is_forgotten: bool) -> None:
    """Save that a scene is never synced or, if `is_forgotten`, that it is matched by its files again."""
    if not is_forgotten:
        save_manual_match(call, scene, ItemMatch(UNLINKED, (), "unlinked by hand"), WAITING)
        return
    with call.store.write():
        save_manual_match(call, scene, ItemMatch(UNLINKED), WAITING)
        MatchStore(call.store).forget_match(scene.id)


def read_linked_scene(call: Call) -> StashScene:
    """Return the scene that `match_link` or `match_unlink` names, read from Stash; raise NotFound."""
    from plexsync.write.stash_scenes import read_scenes  # late: listing the map asks Stash nothing

    scene_id = call.args["scene_id"]
    found = read_scenes(call.stash, [scene_id])
    if scene_id not in found:
        raise NotFound(f"Stash has no scene {scene_id} any more.", service="Stash")
    return found[scene_id]


def save_manual_match(call: Call, scene: StashScene, match: ItemMatch, state: str) -> None:
    """Save a link or unlink by hand, and queue the scene and those that claim the same items."""
    matches, outbox = MatchStore(call.store), Outbox(call.store)
    with call.store.write():
        before = matches.find_match(scene.id)
        keys = {each.rating_key for each in (*match.items, *(before.items if before else ()))}
        matches.save_match(scene, match, state=state)
        for scene_id in {scene.id, *matches.list_claiming_scenes(keys)}:
            other = matches.find_match(scene_id)
            if scene_id != scene.id and match.how == MANUAL and other is not None and other.how == MANUAL:
                matches.forget_match(scene_id)  # the last link by hand wins
            outbox.put(make_scene_key(scene_id))


def make_candidate(item: IndexedItem) -> PlexFile:
    """Return an indexed item in the form of a match, which a link by hand saves."""
    files: Sequence[str] = item.files or ("",)
    return PlexFile(item.rating_key, item.section_id, files[0])
