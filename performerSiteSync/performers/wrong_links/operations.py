"""The operations that take back values from wrong links: make the plan at once or as a task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from performers.library.covers import find_coverless
from performers.library.entities import HAS_PICTURE, describe_row, select_fields
from performers.library.kinds import SCENE
from performers.sync.pictures import PictureFetcher
from performers.sync.plan import PICTURE
from performers.sync.provenance import read_locked_fields, read_written_values
from performers.wrong_links.offers import LinkedRecords
from performers.wrong_links.plan import BroughtValues, WrongLink, plan_take_back
from performers.wrong_links.target import KIND
from shared.arguments import MOST, ident, records, takes, text
from shared.journal import Change, Entry, Item, Journal
from shared.journal.run_details import tell_done
from shared.journal.undo import list_standing_changes
from shared.page.followed_task import queue_followed_task
from shared.stash.library import split
from shared.stash_box.configured import read_boxes

if TYPE_CHECKING:
    from shared.runtime.call import Call

TITLE = "Values from wrong links"
PIECE = 200
LINKS = records(
    "links",
    (ident("scene_id"), text("endpoint"), text("remote_id"), text("new_id", "")),
    MOST,
    note="the wrong links, before or after they are repaired; `new_id` is the record that replaces the wrong one",
)


@takes(LINKS)
def plan_wrong_links(call: Call) -> dict[str, Any]:
    """Operation and task `wrong_links_plan`: store a plan that takes back what syncs wrote from these records.

    A box is asked only about right records that no sync has read yet.
    """
    links = [WrongLink(row["scene_id"], row["endpoint"], row["remote_id"], row["new_id"]) for row in call.args["links"]]
    journal = Journal(call.store)
    details = tell_done("Took back {changes value} of {items scene}")
    plan_id = journal.save_plan(list_entries(call, links), kind=KIND, title=TITLE, details=details)
    items = journal.find_plan(plan_id)["items"]
    return {"plan_id": plan_id if items else None, "items": items}


@takes(LINKS)
def start_wrong_links(call: Call) -> dict[str, Any]:
    """Operation `wrong_links_start`: queue the task `wrong_links_plan` for many links; return its job and run token."""
    return queue_followed_task(call, "wrong_links_plan", "looking for values from wrong links", call.args)


def list_entries(call: Call, links: Sequence[WrongLink]) -> Iterator[Entry]:
    """Yield the plan's entries for all links, those of one scene together; `plan_wrong_links` saves them."""
    boxes = read_boxes(call.stash)
    pictures = PictureFetcher(call, boxes)
    done = 0
    for piece in split(sorted(links), PIECE):
        written = read_written_values(call.store, SCENE, [link.scene for link in piece])
        present = read_scenes(call, [link.scene for link in piece if link.scene in written])
        some = [link for link in piece if link.scene in present]
        linked = LinkedRecords(call, boxes, some)
        linked.prepare(present)
        locked = read_locked_fields(call.store, SCENE, list(present))
        for link in some:
            item = Item(SCENE, str(link.scene), present[link.scene]["name"])
            scene = BroughtValues(
                item,
                present[link.scene],
                written[link.scene],
                locked.get(link.scene, ()),
                list_standing_changes(Journal(call.store), item),
                linked.read(link, present[link.scene]),
                call.stash.capabilities().can_remove_covers,
            )
            yield from (each for each in plan_take_back(scene) if is_as_written(each, pictures))
        done += len(piece)
        call.progress(done / len(links))


def is_as_written(entry: Entry, pictures: PictureFetcher) -> bool:
    """Return False for a cover that a person has replaced since a sync wrote it; `list_entries` asks.

    Other values were compared when they were planned.
    """
    is_cover = isinstance(entry, Change) and entry.field == PICTURE
    return not is_cover or (isinstance(entry, Change) and pictures.is_as_left(entry))


def read_scenes(call: Call, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Return the present values of these scenes as plans compare them; deleted scenes are missing.

    `list_entries` calls it.
    """
    rows = call.stash.scenes.read(numbers, select_fields(call.stash, SCENE)) if numbers else {}
    coverless = find_coverless(call.stash, list(rows)) if rows else set()
    images = {number: None if number in coverless else HAS_PICTURE for number in rows}
    return {number: {**describe_row(row, SCENE), "image": images[number]} for number, row in rows.items()}
