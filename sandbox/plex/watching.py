"""Plays, positions and stars of each account, and the routes that read and write them."""

from __future__ import annotations

from sandbox.messages import Response
from sandbox.plex.context import NotThere, PlexRequest
from sandbox.plex.edits import BadEdit, check_value
from sandbox.plex.elements import Attributes, Element, write_failure
from sandbox.plex.filters import read_page
from sandbox.plex.model import OWNER, Play, PlexMovie, WatchState
from sandbox.plex.state import PlexState

LIBRARY = "com.plexapp.plugins.library"
HISTORY_FILTERS = frozenset({"accountID", "librarySectionID", "metadataItemID", "viewedAt>", "viewedAt<", "sort"})


def watch_of(item: PlexMovie, account: int) -> WatchState:
    """Return what an account has watched of an item; routes and tests change it."""
    return item.watched.setdefault(account, WatchState())


def play_item(state: PlexState, item: PlexMovie, at: int, account: int = OWNER) -> None:
    """Let an account watch an item to its end at this time; tests call it."""
    with state.lock:
        watch = watch_of(item, account)
        watch.view_count, watch.last_viewed_at, watch.view_offset = watch.view_count + 1, at, 0
        state.plays.append(Play(state.keys.take("play"), account, item.rating_key, item.section_id, item.title, at))
        if state.options.play_moves_time:
            item.updated_at = max(at, item.updated_at + 1)


def stop_item(state: PlexState, item: PlexMovie, at: int, seconds: float, account: int = OWNER) -> None:
    """Let an account stop an item at this position; tests call it."""
    with state.lock:
        watch = watch_of(item, account)
        watch.view_offset, watch.last_viewed_at = int(seconds * 1000), at


def rate(state: PlexState, item: PlexMovie, stars: str, at: int, account: int = OWNER) -> None:
    """Let an account rate an item, or take its stars back with an empty text; routes and tests call it."""
    with state.lock:
        watch = watch_of(item, account)
        watch.last_rated_at = at
        if account != OWNER:
            watch.stars = stars
        elif stars:
            item.fields["userRating"] = stars
        else:
            item.fields.pop("userRating", None)


def find_named(asked: PlexRequest) -> PlexMovie:
    """Return the item that a request about plays or stars names by `identifier` and `key`."""
    key = asked.request.parameter("key").rpartition("/")[2]
    if asked.request.parameter("identifier") != LIBRARY:
        raise BadEdit(400, "no identifier")
    item = asked.state.find_item(int(key)) if key.isdigit() else None
    if item is None:
        raise NotThere
    return item


def rate_item(asked: PlexRequest) -> Response:
    """PUT or GET /:/rate: stars of the one who asks; -1 takes them back."""
    key, text = asked.request.parameter("key"), asked.request.parameter("rating")
    item = asked.state.find_item(int(key)) if key.isdigit() else None
    if item is None:
        raise NotThere
    try:
        is_reset = float(text) < 0
        stars = "" if is_reset else check_value("userRating", text)
    except (ValueError, BadEdit):
        raise BadEdit(400, "bad rating") from None
    rate(asked.state, item, stars, int(asked.state.now()), asked.account)
    item.updated_at = max(int(asked.state.now()), item.updated_at + 1)
    return asked.done()


def mark_played(asked: PlexRequest) -> Response:
    """PUT or GET /:/scrobble: one play more, now, without a row of the history."""
    watch = watch_of(find_named(asked), asked.account)
    watch.view_count, watch.last_viewed_at, watch.view_offset = watch.view_count + 1, int(asked.state.now()), 0
    return asked.done()


def mark_unplayed(asked: PlexRequest) -> Response:
    """PUT or GET /:/unscrobble: no play, no date and no position any more."""
    watch = watch_of(find_named(asked), asked.account)
    watch.view_count = watch.last_viewed_at = watch.view_offset = 0
    return asked.done()


def save_progress(asked: PlexRequest) -> Response:
    """GET /:/progress: the position; the time 0 does nothing."""
    item, time = find_named(asked), int(asked.request.parameter("time") or 0)
    if time:
        watch = watch_of(item, asked.account)
        watch.view_offset, watch.last_viewed_at = time, int(asked.state.now())
    return asked.done()


def list_accounts(asked: PlexRequest) -> Response:
    """GET /accounts: the accounts this server knows; the owner has the number 1."""
    return asked.show([Element("Account", {"id": key, "name": name}) for key, name in asked.state.accounts.items()])


def list_history(asked: PlexRequest) -> Response:
    """GET /status/sessions/history/all: the plays of all accounts, for administrators only."""
    if not asked.is_admin:
        return write_failure(401, "Unauthorized")
    query = {name: values[-1] for name, values in asked.request.query.items() if not name.startswith("X-Plex-")}
    if unknown := query.keys() - HISTORY_FILTERS:
        raise BadEdit(400, f"unknown filter {unknown}")
    rows = [play for play in asked.state.plays if is_asked(play, query)]
    rows.sort(key=lambda play: (play.at, play.id), reverse=not query.get("sort", "").endswith(":asc"))
    page = read_page(asked.request)
    shown = rows[page.start : None if page.size is None else page.start + page.size]
    return asked.show([show_play(asked.state, play) for play in shown], totalSize=len(rows), offset=page.start)


def is_asked(play: Play, query: dict[str, str]) -> bool:
    """Return True if a play meets the filters of a request for the history; `list_history` asks."""
    equal = {"accountID": play.account, "librarySectionID": play.section_id, "metadataItemID": play.rating_key}
    return (
        all(str(value) == query[name] for name, value in equal.items() if name in query)
        and play.at >= int(query.get("viewedAt>", 0))
        and play.at <= int(query.get("viewedAt<", play.at))
    )


def show_play(state: PlexState, play: Play) -> Element:
    """Return a row of Plex's history, for `list_history`; the key of an item that is gone is left out."""
    attributes: Attributes = {
        "historyKey": f"/status/sessions/history/{play.id}",
        "librarySectionID": str(play.section_id),
        "title": play.title,
        "type": "movie",
        "viewedAt": play.at,
        "accountID": play.account,
        "deviceID": 1,
    }
    if state.find_item(play.rating_key):
        key = str(play.rating_key)
        attributes = {**attributes, "key": f"/library/metadata/{key}", "ratingKey": key}
    return Element("Video", attributes, [], "Metadata")
