"""The match map: pages of it, one scene in detail, links made and taken by hand, what has no partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from plexsync.match.item_index import Found, Index
from plexsync.match.store import LINKED, MANUAL, UNLINKED, WAITING, Kept, Matches
from plexsync.page.badge import choose_badge, find_queued
from plexsync.queue.constants import MACHINE
from plexsync.write.store import Records
from shared.errors import NotFound
from shared.page.paging import format_time, read_number, read_page
from shared.plex.matching import Candidate, Match
from shared.queue.outbox import Outbox

if TYPE_CHECKING:
    from plexsync.write.stash_scenes import Scene
    from shared.runtime.call import Call

_UNMATCHED = (
    "FROM plex_items i WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.rating_key = i.rating_key) "
    "AND (:text = '' OR instr(lower(i.title), lower(:text)))"
)
_SEARCH = (
    "FROM plex_items i WHERE instr(lower(i.title), lower(:text)) OR EXISTS "
    "(SELECT 1 FROM plex_files f WHERE f.rating_key = i.rating_key AND instr(lower(f.path), lower(:text)))"
)


def list_matches(call: Call) -> dict[str, Any]:
    """One page of the map, all of it or one way of matching."""
    page, matches = read_page(call.args), Matches(call.store)
    how, text = str(call.args.get("how") or ""), str(call.args.get("text") or "")
    count, rows = matches.page(how, text, page.offset, page.size)
    titles = Index(call.store).find({each.rating_key for row in rows for each in row.items})
    links = Links(call)
    return {
        "count": count,
        "matches": [show_match(row, titles, links) for row in rows],
        "by_how": matches.count_by_how(),
    }


def show_scene(call: Call) -> dict[str, Any]:
    """What the scene's page shows: its match, when it was synced, what waits."""
    scene_id = read_number(call.args, "scene_id")
    kept = Matches(call.store).get(scene_id)
    titles = Index(call.store).find({each.rating_key for each in kept.items}) if kept else {}
    queued = find_queued(call, scene_id)
    synced = Records(call.store).last_synced(scene_id)
    return {
        "match": show_match(kept, titles, Links(call)) if kept else None,
        "synced": format_time(synced),
        "queued": show_queued(queued) if queued else None,
        "badge": choose_badge(kept, queued, synced),
    }


def show_queued(row: Any) -> dict[str, Any]:
    """What waits for a scene."""
    named = {name: row[name] for name in ("state", "reason", "message", "attempts")}
    return {**named, "due": format_time(row["due"])}


class Links:
    """Addresses of items in Plex's own page."""

    def __init__(self, call: Call) -> None:
        settings = call.known_settings() or call.settings
        self._url = settings.plex_url
        self._machine = call.store.kv.get(MACHINE) or ""

    def to(self, rating_key: str) -> str:
        """The item's page; empty when the server is not known yet."""
        if not self._url or not self._machine:
            return ""
        key = quote(f"/library/metadata/{rating_key}", safe="")
        return f"{self._url}/web/index.html#!/server/{self._machine}/details?key={key}"


def show_match(kept: Kept, titles: Mapping[str, Found], links: Links) -> dict[str, Any]:
    """A row of the map for the page."""
    named = {name: getattr(kept, name) for name in ("scene_id", "label", "file", "how", "evidence", "state", "message")}
    items = [
        {
            "rating_key": each.rating_key,
            "section_id": each.section_id,
            "path": each.path,
            "title": titles[each.rating_key].title if each.rating_key in titles else "",
            "url": links.to(each.rating_key),
        }
        for each in kept.items
    ]
    return {**named, "items": items, "is_manual": kept.is_manual, "changed": format_time(kept.changed)}


def list_unmatched(call: Call) -> dict[str, Any]:
    """One page of the items of Plex that no scene is known for."""
    return list_items(call, _UNMATCHED)


def search_items(call: Call) -> dict[str, Any]:
    """Items of Plex by title or file, to link one by hand."""
    return list_items(call, _SEARCH)


def list_items(call: Call, source: str) -> dict[str, Any]:
    """One page of items."""
    page = read_page(call.args)
    params = {"text": str(call.args.get("text") or ""), "size": page.size, "offset": page.offset}
    count = call.store.first(f"SELECT count(*) {source}", params)[0]
    query = f"SELECT i.rating_key {source} ORDER BY i.title, i.rating_key LIMIT :size OFFSET :offset"
    keys = [row[0] for row in call.store.read(query, params)]
    found, links = Index(call.store).find(keys), Links(call)
    return {"count": count, "items": [show_item(found[key], links) for key in keys if key in found]}


def show_item(item: Found, links: Links) -> dict[str, Any]:
    """An item of the index for the page."""
    named = {"rating_key": item.rating_key, "section_id": item.section_id, "title": item.title}
    return {**named, "files": list(item.files), "url": links.to(item.rating_key)}


def link(call: Call) -> dict[str, Any]:
    """This scene is this item, whatever their files are called."""
    scene = read_one(call)
    keys = [str(call.arg("rating_key"))]
    found = Index(call.store).find(keys)
    if not found:
        raise NotFound(f"Plex has no item {keys[0]} in the chosen libraries.", service="Plex")
    items = tuple(make_candidate(item) for item in found.values())
    keep_by_hand(call, scene, Match(MANUAL, items, "linked by hand"), LINKED)
    return show_scene(call)


def unlink(call: Call) -> dict[str, Any]:
    """This scene is no item of Plex; with `forget` it is matched by its files again."""
    scene = read_one(call)
    if call.args.get("forget"):
        with call.store.write():
            keep_by_hand(call, scene, Match(UNLINKED), WAITING)
            Matches(call.store).forget(scene.id)
    else:
        keep_by_hand(call, scene, Match(UNLINKED, (), "unlinked by hand"), WAITING)
    return show_scene(call)


def read_one(call: Call) -> Scene:
    """The scene an operation is about."""
    from plexsync.write.stash_scenes import read_scenes  # late: showing the map asks Stash nothing

    scene_id = read_number(call.args, "scene_id")
    found = read_scenes(call.stash, [scene_id])
    if scene_id not in found:
        raise NotFound(f"Stash has no scene {scene_id} any more.", service="Stash")
    return found[scene_id]


def keep_by_hand(call: Call, scene: Scene, match: Match, state: str) -> None:
    """Keep a person's choice and act on it, also for the scenes that claim or want the same items."""
    matches, outbox = Matches(call.store), Outbox(call.store)
    with call.store.write():
        before = matches.get(scene.id)
        keys = {each.rating_key for each in (*match.items, *(before.items if before else ()))}
        matches.keep(scene, match, state=state)
        for scene_id in {scene.id, *matches.list_claims(keys)}:
            other = matches.get(scene_id)
            if scene_id != scene.id and match.how == MANUAL and other is not None and other.how == MANUAL:
                matches.forget(scene_id)  # the choice made last counts
            outbox.put(f"scene:{scene_id}")


def make_candidate(item: Found) -> Candidate:
    """An item as matching has it."""
    files: Sequence[str] = item.files or ("",)
    return Candidate(item.rating_key, item.section_id, files[0])
