"""Makes performers and sites that Stash does not have from what a box says about them, and takes them away again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from performers.answers import PERFORMER, Answers
from performers.library import find_shelf, list_fields, read_shape
from performers.mapping import fit_shape
from performers.past import remember_written
from performers.rules import ALIASES
from performers.target import clean_aliases
from shared.errors import Conflict, GraphQLFailed, Refused
from shared.journal import Item, set_field

if TYPE_CHECKING:
    from shared.call import Call

DESTROY = "mutation Destroy($id: ID!) {{ done: {kind}Destroy(input: {{id: $id}}) }}"


def make_entity(call: Call, kind: str, endpoint: str, remote_id: str, *, is_favorite: bool) -> None:
    """With all the data the box has, and its link; what we wrote is remembered as ours."""
    answer = Answers(call.store, kind).read(endpoint, [remote_id]).get(remote_id)
    if answer is None or not answer.values:
        raise Conflict("What the box says about it is no longer known. Run the task again.")
    values = choose_values(call, kind, endpoint, dict(answer.values))
    links = [{"endpoint": endpoint, "stash_id": remote_id}]
    marks = {"favorite": True} if is_favorite else {}
    try:
        row = find_shelf(call.stash, kind).create({**values, **marks, "stash_ids": links})
    except GraphQLFailed as error:
        raise Conflict(f"It could not be created: {error}") from error
    item = Item(kind, str(row["id"]))
    plain = [name for name in values if not isinstance(values[name], list)]
    remember_written(call.store, item, [set_field(item, name, None, values[name], source=endpoint) for name in plain])


def choose_values(call: Call, kind: str, endpoint: str, given: dict[str, Any]) -> dict[str, Any]:
    """What this Stash has fields for; a network that is there already is named, and names are not their own aliases."""
    parent = given.pop("parent", None)
    fields = list_fields(call.stash, kind)
    fitted = fit_shape(given, read_shape(call.stash, kind))
    values = {name: value for name, value in fitted.items() if name in fields}
    for name in set(values) & set(ALIASES):
        values[name] = clean_aliases(values["name"], values[name])
    if parent is not None and kind != PERFORMER:
        owners = find_shelf(call.stash, kind).find_linked(endpoint, [parent[0]]).get(parent[0], ())
        values.update({"parent_id": str(owners[0]["id"])} if len(owners) == 1 else {})
    return values


def unmake_entity(call: Call, kind: str, endpoint: str, remote_id: str) -> None:
    """Take away what was made, unless it is in use by now."""
    uses = "scene_count" if kind == PERFORMER else "scene_count child_studios { id }"
    rows = find_shelf(call.stash, kind).find_linked(endpoint, [remote_id], uses)
    for row in rows.get(remote_id, ()):
        operation = f"deleting {kind} {row['id']}"
        used = [(row["scene_count"], "scenes"), (len(row.get("child_studios") or ()), "sites below it")]
        told = [f"{number} {what}" for number, what in used if number]
        if told:
            message = f"It has {' and '.join(told)} by now, so it stays."
            raise Refused(message, service="Stash", operation=operation)
        call.stash.ask(DESTROY.format(kind=kind), {"id": row["id"]}, operation)
