"""Divides an edit of one item into parts that fit into a request line each. Pure.

Every part states the locks of what it writes. So an edit that ends half-way leaves no value without its lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shared.plex.edits import ItemEdit, TagEdit, query_edit, query_tags
from shared.plex.model import PlexTag
from shared.plex.truncation import encoded_length, truncate_encoded

LONGEST_QUERY = 48_000  # bytes; a request line much longer than this is refused by servers and proxies on the way
SHORTEST_QUERY = 2_000  # a server that refuses even this does not refuse the length
FALLBACK_SUMMARY = 2_000  # characters, after Plex refused a longer summary
FRAME = 200  # bytes of type, id and locks beside the tags of a part
LARGEST_INDEX = 9999
MOST_NAME_BYTES = 120  # of the names of a tag's three parameters
MOST_CHARACTER_BYTES = 12  # of a character of four bytes


def split_edit(edit: ItemEdit) -> list[ItemEdit]:
    """Return the edit as two, removals first, because some servers cannot add and remove tags in one request.

    `apply_edit` sends them if the one request failed.
    """
    removals = {kind: TagEdit((), change.removed) for kind, change in edit.tags.items() if change.removed}
    additions = {kind: TagEdit(change.wanted) for kind, change in edit.tags.items() if change.wanted}
    locks = {kind: edit.locks[kind] for kind in removals if kind in edit.locks}
    parts = [ItemEdit({}, removals, locks), edit._replace(tags=additions)]
    return [part for part in parts if part.fields or part.tags or part.locks]


def divide_edit(rating_key: str, edit: ItemEdit, room: int, *, merges: bool) -> list[ItemEdit]:
    """Return the parts of an edit whose query is longer than `room`: the fields, then kind after kind; `send_edit`
    sends them in this order.

    A list of tags that needs several parts is only right on a server that `merges`; another one gets its beginning.
    """
    if len(query_edit(rating_key, edit)) <= room:
        return [edit]
    other_locks = {name: is_locked for name, is_locked in edit.locks.items() if name not in edit.tags}
    parts = [ItemEdit(edit.fields, {}, other_locks)]
    for kind, change in edit.tags.items():
        locks = {kind: edit.locks[kind]} if kind in edit.locks else {}
        parts += [ItemEdit({}, {kind: each}, locks) for each in divide_tags(kind, change, room, merges=merges)]
    return [part for part in parts if not part.is_empty]


def divide_tags(kind: str, change: TagEdit, room: int, *, merges: bool) -> list[TagEdit]:
    """Return the parts of one kind of tag for `divide_edit`: removals first, if they do not fit into one."""
    if count_bytes(query_tags(kind, change)) <= room - FRAME:
        return [change]
    removed = [TagEdit((), tuple(names)) for names in divide_names(change.removed, room - FRAME)]
    wanted = divide_wanted(kind, change.wanted, room)
    return [*removed, *(TagEdit(tags) for tags in (wanted if merges else wanted[:1]))]


def divide_wanted(kind: str, tags: Iterable[PlexTag], room: int) -> list[tuple[PlexTag, ...]]:
    """Return the tags to set in groups that fit into one request each; `divide_tags` calls it."""
    groups: list[list[PlexTag]] = []
    left = 0
    for tag in tags:
        size = measure_tag(kind, tag)
        if size > left or not groups:
            groups.append([])
            left = room - FRAME
        groups[-1].append(tag)
        left -= size
    return [tuple(group) for group in groups]


def divide_names(names: Iterable[str], room: int) -> Iterator[list[str]]:
    """Yield the names of tags to remove in groups that fit into one request each; `divide_tags` calls it."""
    group: list[str] = []
    left = room
    for name in names:
        size = count_bytes([("", name)]) * 3  # a name is encoded twice
        if group and size > left:
            yield group
            group, left = [], room
        group.append(name)
        left -= size
    if group:
        yield group


def measure_tag(kind: str, tag: PlexTag) -> int:
    """Return the bytes that a tag takes in a query at most, whatever its place in the list; edits are divided by it."""
    pairs = query_tags(f"{kind}{LARGEST_INDEX}", TagEdit((tag,)))
    return count_bytes(pairs)


def count_bytes(pairs: Sequence[tuple[str, str]]) -> int:
    """Return the length of the query string of these parameters; edits are divided by it."""
    return sum(encoded_length(name) + encoded_length(value) + 2 for name, value in pairs)


def find_long_kinds(edit: ItemEdit, room: int) -> list[str]:
    """Return the kinds of tags whose list does not fit into one request of this length; `apply_edit` asks."""
    return [kind for kind, change in edit.tags.items() if len(divide_wanted(kind, change.wanted, room)) > 1]


def limit_tags(kind: str, tags: Sequence[PlexTag], others: Iterable[PlexTag], room: int) -> tuple[PlexTag, ...]:
    """Return the beginning of a list of tags that fits into one request together with the others of the item.

    A server that replaces lists takes no more; the plan of an item is limited by it.
    """
    present = tuple(others)
    if estimate_bytes([*tags, *present]) <= room - FRAME:  # nearly every scene; measuring each name takes its time
        return tuple(tags)
    left = room - FRAME - sum(measure_tag(kind, tag) for tag in present)
    fitting = []
    for tag in tags:
        left -= measure_tag(kind, tag)
        if left < 0:
            break
        fitting.append(tag)
    return tuple(fitting)


def estimate_bytes(tags: Iterable[PlexTag]) -> int:
    """Return more bytes than these tags can take in a query, without encoding them; `limit_tags` asks first."""
    return sum(MOST_NAME_BYTES + MOST_CHARACTER_BYTES * len(tag.name + tag.role + tag.thumb) for tag in tags)


def fit_edit(rating_key: str, edit: ItemEdit, room: int) -> tuple[ItemEdit, str]:
    """Return the edit with a summary short enough for a request line, and a note about it; `send_edit` calls it."""
    summary = edit.fields.get("summary", "")
    without = len(query_edit(rating_key, edit._replace(fields={**edit.fields, "summary": ""})))
    short = truncate_encoded(summary, max(room - without, 0)) if summary else ""
    if short == summary:
        return edit, ""
    note = f"summary shortened from {len(summary):,} to {len(short):,} characters"
    return edit._replace(fields={**edit.fields, "summary": short}), note
