"""Journal target for local tags: fields, aliases, links and parents; tags created, merged, deleted again.

Three kinds of items: `tag` (fields of a tag), `tag_merge` ("<source>><destination>"), `new_tag` ("<endpoint>|<id>").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import Conflict, NotFound, Refused
from shared.journal import Change, Item, Json, Work, Written, write_each
from shared.stash.links import Link, echo_links
from tagging.scenes.unmatched import forget_unmatched
from tagging.tags import created_tags
from tagging.tags.local_tags import Row, choose_tag_fields

if TYPE_CHECKING:
    from shared.runtime.call import Call

KIND = "tags"
TAG, MERGE, NEW = "tag", "tag_merge", "new_tag"
NAME, DESCRIPTION, ALIASES, LINKS, PARENTS = "name", "description", "aliases", "links", "parents"
MERGED, CREATED = "merged", "tag"

LIST_FIELDS = (ALIASES, LINKS, PARENTS)


class TagTarget:
    """Journal target of the kind `tags`: reads and writes the fields of tags, merges tags, creates tags."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._stash = call.stash
        self._created: dict[str, Json] = {}

    def read(self, items: Sequence[Item], fields: Collection[str]) -> Mapping[Item, Mapping[str, Json]]:  # noqa: ARG002
        """Return the present values of the items' fields; the journal compares them with a plan before it writes."""
        numbers = {int(part) for item in items for part in list_tag_ids(item)}
        rows = self._read_rows(numbers)
        self._created = created_tags.read_created(self._call, [item.id for item in items if item.kind == NEW])
        found: dict[Item, Mapping[str, Json]] = {}
        for item in items:
            if item.kind == NEW:
                found[item] = {CREATED: self._created[item.id]}
            elif item.kind == MERGE:
                found[item] = read_merge(item, rows)
            elif int(item.id) in rows:
                found[item] = make_field_values(rows[int(item.id)], created_tags.read_parent_tokens(self._call.store))
        return found

    def write(self, work: Work) -> Written:
        """Write the items one by one, in the order of the plan; return what the journal records for each."""
        return write_each(work, self._write_item)

    def _write_item(self, item: Item, changes: Sequence[Change]) -> None:
        if item.kind == NEW:
            (change,) = changes
            created_tags.create_or_delete(self._call, item, change.after, self._created.get(item.id))
        elif item.kind == MERGE:
            self._merge(item, changes)
        else:
            self._update(int(item.id), changes)

    def _merge(self, item: Item, changes: Sequence[Change]) -> None:
        """Merge two tags, then give the one that stays the chosen names and parents instead of Stash's union."""
        merge = next((change for change in changes if change.field == MERGED), None)
        if merge is None:
            raise Conflict("Without the merge, its names and parents are not changed.")
        if merge.after is not True:
            message = "Stash cannot take a merge apart."
            raise Refused(message, service="Stash", operation="undoing a merge of tags")
        source, destination = list_tag_ids(item)
        self._stash.merge_tags_into(destination, [source])
        chosen = [change for change in changes if change is not merge]
        if chosen:
            row = self._read_rows([destination])[destination]
            self._stash.tags.update(destination, make_update(row, chosen))

    def _update(self, number: int, changes: Sequence[Change]) -> None:
        row = self._read_rows([number]).get(number)
        if row is None:
            raise NotFound("Stash has no such tag any more.", service="Stash", operation=f"updating tag {number}")
        tokens = created_tags.read_parent_tokens(self._call.store)
        self._stash.tags.update(number, make_update(row, [resolve_parent(change, tokens) for change in changes]))
        links = [change.after for change in changes if change.field == LINKS and change.action == "add"]
        if links:
            forget_unmatched(self._call.store, links)

    def _read_rows(self, numbers: Collection[int]) -> dict[int, Row]:
        if not numbers:
            return {}
        return self._stash.tags.read(sorted(numbers), choose_tag_fields(self._stash, "description parents { id }"))


def read_merge(item: Item, rows: Mapping[int, Row]) -> dict[str, Json]:
    """Return if a merge is done, and the values of the tag that stays, for the target; `rows` are the present tags."""
    source, destination = list_tag_ids(item)
    values = make_field_values(rows[destination]) if destination in rows else {}
    return {**values, MERGED: True if source not in rows and destination in rows else None}


def list_tag_ids(item: Item) -> list[int]:
    """Return the ids of the local tags that an item concerns, for the target: one, two of a merge, none if new."""
    if item.kind == NEW:
        return []
    return [int(part) for part in item.id.split(">")]


def make_field_values(row: Row, tokens: Mapping[str, int] | None = None) -> dict[str, Json]:
    """Return a tag's fields as plans have them, for the target: a link as [endpoint, id], a parent as its id.

    A parent that stands for a category is listed by its token as well, as a plan may name it so.
    """
    links = [[link["endpoint"], link["stash_id"]] for link in row.get("stash_ids") or ()]
    parents: list[Json] = [int(parent["id"]) for parent in row["parents"]]
    parents += [token for token, number in (tokens or {}).items() if number in parents]
    aliases, description = list(row["aliases"]), row["description"] or ""
    return {NAME: row["name"], DESCRIPTION: description, ALIASES: aliases, LINKS: links, PARENTS: parents}


def resolve_parent(change: Change, tokens: Mapping[str, int]) -> Change:
    """Return the change with the tag's id in place of a category's token; Conflict if that tag was not created.

    TagTarget calls it before it updates a tag.
    """
    if change.field != PARENTS:
        return change
    before: Json = tokens.get(change.before, change.before)
    after: Json = tokens.get(change.after, change.after)
    if isinstance(after, str):
        raise Conflict("The parent tag for the category could not be made.")
    return change._replace(before=before, after=after)


def make_update(row: Row, changes: Sequence[Change]) -> dict[str, Any]:
    """Return the input for Stash's tag update, for the target: changed fields only, lists made from present ones."""
    values_after = make_field_values(row)
    for change in changes:
        if change.action == "set":
            values_after[change.field] = change.after
        elif change.action == "add":
            values_after[change.field] = [*values_after[change.field], change.after]
        else:
            values_after[change.field] = [each for each in values_after[change.field] if each != change.before]
    touched = {change.field for change in changes}
    values: dict[str, Any] = {name: values_after[name] for name in (NAME, DESCRIPTION) if name in touched}
    if touched & {NAME, ALIASES}:
        values["aliases"] = clean_aliases(values_after[NAME], values_after[ALIASES])
    if LINKS in touched:
        values["stash_ids"] = make_links(row.get("stash_ids"), values_after[LINKS])
    if PARENTS in touched:
        values["parent_ids"] = [str(each) for each in values_after[PARENTS]]
    return values


def make_links(present: Sequence[Link] | None, wanted: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return the whole `stash_ids` list for `make_update`; a link that stays keeps its time."""
    known = {(link["endpoint"], link["stash_id"]): link for link in echo_links(present)}
    pairs = dict.fromkeys((each[0], each[1]) for each in wanted)
    return [known.get(pair, {"endpoint": pair[0], "stash_id": pair[1]}) for pair in pairs]


def clean_aliases(name: str, aliases: Sequence[str]) -> list[str]:
    """Return aliases without blanks, doubles in other case and the tag's own name, which Stash's form refuses."""
    kept = {each.strip().lower(): each.strip() for each in reversed(aliases) if each.strip()}
    kept.pop(name.strip().lower(), None)
    return list(reversed(list(kept.values())))


def make_new_tag_id(endpoint: str, remote_id: str) -> str:
    """Return the id of the journal item for a box tag to be created; imports and merges plan with it."""
    return f"{endpoint}|{remote_id}"


def make_target(call: Call) -> TagTarget:
    """Return the target for plans of the kind `tags`; the entry table names this function."""
    return TagTarget(call)


def make_tag_item(row: Mapping[str, Any]) -> Item:
    """Return the journal item for a local tag, from its row, for every plan of tag changes."""
    return Item(TAG, str(row["id"]), row["name"])
