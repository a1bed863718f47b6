"""The new scenes that were found, and the messages about them.

A scene waits for a message, belongs to one, or is only shown on the page. A message is stored before it is sent. If the
process is killed in between, or if it is not known whether the message arrived, it is not sent again: the page still
shows its scenes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from shared.state.json_column import JsonColumn
from shared.state.store import Store

WAITING, PAGE_ONLY = 0, -1  # in place of the number of a message
SENDING, SENT, FAILED, UNSURE = "sending", "sent", "failed", "unsure"
SINCE = "news.since"
KEPT_SECONDS = 90 * 86_400.0
SHOWN_SECONDS = 30 * 86_400.0
CARD = JsonColumn("news", "card", {"id": str, "performers": list})


class NewsScene(NamedTuple):
    """A scene of a favorite that the box added since the last look.

    `source` is the name of the box if the scene came by its own notices, whose favorites are those at the box; only
    then it has a card, as JSON.
    """

    endpoint: str
    scene_id: str
    title: str
    date: str
    people: str
    source: str = ""
    card: str = "{}"


class NoticedScene(NamedTuple):
    """A scene that the notices of a box brought, with the name of the box and the card of the scene."""

    endpoint: str
    scene_id: str
    source: str
    card: dict[str, Any]


class Look(NamedTuple):
    """When the plugin first looked at a box, and since when the next look must read; seconds since 1970."""

    began: float
    since: float


def read_looks(store: Store) -> dict[str, Look]:
    """Return by endpoint the last looks at the boxes, for the task Look for New Scenes and the schedule."""
    return {endpoint: Look(*saved) for endpoint, saved in store.kv.get(SINCE, {str: [float, float]}, {}).items()}


def save_look(store: Store, endpoint: str, look: Look) -> None:
    """Save since when the next look at a box must read, for the task Look for New Scenes."""
    with store.write():
        store.kv.put(SINCE, {**store.kv.get(SINCE, {str: [float, float]}, {}), endpoint: list(look)})


def save_found(store: Store, scenes: Iterable[NewsScene], *, is_told: bool) -> int:
    """Save new scenes, delete old ones, and return how many are new; without `is_told` only the page shows them.

    The tasks that look for scenes call it.
    """
    now, state = store.clock.now(), WAITING if is_told else PAGE_ONLY
    with store.write() as db:
        db.execute("DELETE FROM news WHERE found < ?", (now - KEPT_SECONDS,))
        before = db.total_changes
        rows = [(*scene, now, state) for scene in scenes]
        names = (*NewsScene._fields, "found", "message")
        marks = ", ".join("?" * len(names))
        db.executemany(f"INSERT OR IGNORE INTO news ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608
        return db.total_changes - before


def begin_message(store: Store) -> tuple[int, list[NewsScene]]:
    """Take all waiting scenes into a message that is about to be sent; return its number, 0 if nothing waits.

    `tell_news` calls it.
    """
    with store.write() as db:
        query = """SELECT endpoint, scene_id, title, date, people, source FROM news WHERE message = ?
            ORDER BY found, date DESC"""
        scenes = [NewsScene(*row) for row in db.execute(query, (WAITING,))]
        if not scenes:
            return 0, []
        values = (store.clock.now(), SENDING, len(scenes), "")
        added = db.execute("INSERT INTO news_messages (made, state, count, error) VALUES (?, ?, ?, ?)", values)
        number = int(added.lastrowid or 0)
        db.execute("UPDATE news SET message = ? WHERE message = ?", (number, WAITING))
    return number, scenes


def end_message(store: Store, number: int, state: str, error: str = "") -> None:
    """Save what became of a message; the scenes of a failed one wait for the next. `tell_news` calls it."""
    with store.write() as db:
        db.execute("UPDATE news_messages SET state = ?, error = ? WHERE id = ?", (state, error, number))
        if state == FAILED:
            db.execute("UPDATE news SET message = ? WHERE message = ?", (WAITING, number))


def settle_messages(store: Store) -> int:
    """Mark the messages of a killed process as unsure, and return how many there were; `look_around` begins so."""
    with store.write() as db:
        text = "The plugin was stopped while it sent this message."
        found = db.execute("UPDATE news_messages SET state = ?, error = ? WHERE state = ?", (UNSURE, text, SENDING))
        return int(found.rowcount)


def read_last_message(store: Store) -> dict[str, Any] | None:
    """Return state, count and error of the last message, for the notice of the page; None if there was none."""
    row = store.first("SELECT state, count, error FROM news_messages ORDER BY id DESC LIMIT 1")
    return dict(row) if row else None


def count_since(store: Store, moment: float) -> dict[str, int]:
    """Return by source how many scenes were found since a moment and are not ignored; the page's notice shows it."""
    query = """SELECT source, count(*) AS number FROM news WHERE found > ? AND NOT EXISTS (SELECT 1 FROM marks
        WHERE list = 'ignored' AND is_on AND marks.endpoint = news.endpoint AND marks.scene_id = news.scene_id)
        GROUP BY source"""
    return {row["source"]: row["number"] for row in store.read(query, (moment,))}


def list_noticed(store: Store, most: int) -> list[NoticedScene]:
    """Return the scenes that the notices of boxes brought in the last 30 days, the newest first, for Following."""
    query = """SELECT endpoint, scene_id, source, card FROM news WHERE source != '' AND found > ?
        ORDER BY found DESC, date DESC, scene_id LIMIT ?"""
    rows = store.read(query, (store.clock.now() - SHOWN_SECONDS, most))
    return [NoticedScene(row["endpoint"], row["scene_id"], row["source"], CARD.read(row["card"])) for row in rows]


def make_new_scenes(endpoint: str, cards: Sequence[dict[str, Any]]) -> list[NewsScene]:
    """Return the new scenes of the cards of a list, to save them.

    The look, the check and the boxes' notices call it.
    """
    return [
        NewsScene(
            endpoint,
            card["id"],
            card["title"] or card["code"] or card["id"],
            card["date"] or "",
            ", ".join(each["as"] or each["name"] for each in card["performers"]),
        )
        for card in cards
    ]
