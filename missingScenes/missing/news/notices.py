"""The notices of the heartbeat about new scenes, and the note with which looking begins."""

from __future__ import annotations

from shared.counted_words import count_things

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from missing.follow.store import list_follows
from missing.listing.operations import SAVED_VISIT, VISIT
from missing.news.message import name_source
from missing.news.store import FAILED, UNSURE, Look, count_since, read_last_message, read_looks, save_look
from shared.notify.targets import OFF, SERVICE
from shared.page.heartbeat import Notice
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call


def begin_looks(call: Call) -> None:
    """At a heartbeat, note the time of a first look at each box if the setting is on; the next look is a day later."""
    if call.settings.lookForNews and not read_looks(call.store):
        for box in filter(lambda each: each.has_key, read_boxes(call.stash)):
            save_look(call.store, box.endpoint, Look(call.clock.now(), call.clock.now()))


def name_tabs(sources: Collection[str], has_follows: bool) -> str:
    """Return the names of the tabs that show new scenes of these sources, for the page's notice."""
    names = ["Browse"] * ("" in sources) + ["Following"] * (has_follows or any(sources))
    return f"{names[0]} tab" if len(names) == 1 else f"tabs {' and '.join(names)}"


def describe_news(call: Call) -> Iterator[Notice]:
    """Yield the notices about new scenes since the last visit and about a message that could not be sent.

    The heartbeat calls this.
    """
    visit = call.store.kv.get(VISIT, SAVED_VISIT, {})
    counts = count_since(call.store, float(visit.get("seen") or 0.0))
    if counts:
        number, has_follows = sum(counts.values()), bool(list_follows(call.store))
        what = count_things(number, "new scene")
        source = name_source(has_follows=has_follows, sources=counts)
        yield Notice(
            "news", "info", f"{what} of {source} since your last visit. See the {name_tabs(counts, has_follows)}."
        )
    last = read_last_message(call.store)
    if last and last["state"] == FAILED and call.settings.values[SERVICE] != OFF:
        yield Notice("messages", "warning", f"The message about new scenes waits: {last['error']}")
    if last and last["state"] == UNSURE:
        news = count_things(last["count"], "new scene")
        told = f"A message about {news} may not have arrived, and is not sent again. {last['error']}"
        yield Notice("messages", "warning", told)
