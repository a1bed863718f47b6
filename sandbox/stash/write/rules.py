"""Checks that refuse a change as Stash does: names in use, doubled aliases, circles in hierarchies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database


def check_shared_name(db: Database, kind: str, own_id: int, name: str, *, is_literal: bool = False) -> None:
    """Refuse a name that a tag (or studio) has as name or alias; LIKE compares, so wildcards in the name count.

    Later releases compare tags literally, but for the case of ASCII letters.
    """
    table, order = f"{kind}s", "COALESCE(sort_name, name)" if kind == "tag" else "name"
    like = "= ? COLLATE NOCASE" if is_literal else "LIKE ?"
    found = db.row(f"SELECT id FROM {table} WHERE name {like} ORDER BY natural_key({order})", (name,))
    if found and found[0] != own_id:
        raise StashFailure(f"{kind} with name '{name}' already exists")
    found = db.row(
        f"SELECT t.id, t.name FROM {kind}_aliases a JOIN {table} t ON t.id = a.{kind}_id WHERE a.alias {like} "
        "ORDER BY natural_key(t.name)",
        (name,),
    )
    if found and found[0] != own_id:
        raise StashFailure(f"name '{name}' is used as alias for '{found[1]}'")


def check_name_given(kind: str, name: str | None) -> str:
    """Return the name that a create needs; one that is missing or empty raises.

    The mutations that name an object call it.
    """
    if not name:
        raise StashFailure(f"{kind} name must not be blank")
    return name


def check_performer_name(db: Database, own_id: int, name: str, disambiguation: str | None) -> None:
    """Refuse a name and disambiguation that another performer has, compared with LIKE.

    The performer mutations call it.
    """
    condition = "disambiguation LIKE ?" if disambiguation else "(disambiguation IS NULL OR TRIM(disambiguation) = '')"
    args = (name, disambiguation, own_id) if disambiguation else (name, own_id)
    if db.row(f"SELECT 1 FROM performers WHERE name LIKE ? AND {condition} AND id != ?", args):
        also = f" and disambiguation '{disambiguation}'" if disambiguation else ""
        raise StashFailure(f"performer with name '{name}'{also} already exists")


def check_performer_aliases(name: str, aliases: Sequence[str]) -> None:
    """Refuse an alias given twice or equal to the name, whatever the case.

    The performer mutations before Stash 0.31 call it.
    """
    seen = {name.lower()}
    for alias in aliases:
        if alias.lower() in seen:
            raise StashFailure(f"performer contains duplicate alias '{alias}'")
        seen.add(alias.lower())


def drop_doubled_aliases(name: str, aliases: Sequence[str]) -> list[str]:
    """Return the aliases without doubles, which performers of Stash from 0.31 on drop instead of refusing."""
    kept = {alias.lower(): alias for alias in reversed(aliases) if alias.lower() != name.lower()}
    return [alias for alias in aliases if kept.get(alias.lower()) == alias]


def check_life_dates(values: Mapping[str, Any]) -> None:
    """Refuse a death date before the birthdate.

    The performer mutations call it.
    """
    birth, death = values.get("birthdate"), values.get("death_date")
    if birth and death and birth > death:
        shown = [values[name][: 10 - 3 * (values[f"{name}_precision"] or 0)] for name in ("death_date", "birthdate")]
        raise StashFailure(f"death date {shown[0]} should be after birthdate {shown[1]}")


def check_parent_studio(db: Database, studio_id: int, parent_id: int) -> None:
    """Refuse a parent that does not exist, or that would make a studio its own ancestor.

    The studio mutations call it.
    """
    above: int | None = parent_id
    while above is not None:
        if above == studio_id:
            raise StashFailure("studio cannot be an ancestor of itself")
        found = db.row("SELECT parent_id FROM studios WHERE id = ?", (above,))
        if found is None:
            raise StashFailure(f"studio with id {above} not found")
        above = found[0]


def find_paths(db: Database, tag_id: int, here: str, there: str) -> dict[int, str]:
    """Return all tags above (or below) a tag with the names on the way; the checks of hierarchies call it."""
    name = db.value("SELECT name FROM tags WHERE id = ?", (tag_id,))
    found = {tag_id: str(name)}
    waiting = [tag_id]
    while waiting:
        current = waiting.pop(0)
        sql = f"SELECT t.id, t.name FROM tags_relations r JOIN tags t ON t.id = r.{there} WHERE r.{here} = ?"
        for other, label in db.rows(sql, (current,)):
            if other not in found:
                path = f"{found[current]}->{label}" if there == "child_id" else f"{label}->{found[current]}"
                found[other] = path
                waiting.append(other)
    return found


def check_new_hierarchy(db: Database, parents: Sequence[int], children: Sequence[int]) -> None:
    """Refuse a new tag whose parents are below its children; `tagCreate` calls it."""
    above = [each for parent in parents for each in find_paths(db, parent, "child_id", "parent_id")]
    below = [each for child in children for each in find_paths(db, child, "parent_id", "child_id")]
    for parent in parents:
        if parent in below:
            raise _refuse(db, parent, "parent", "a descendant")
    for child in children:
        if child in above:
            raise _refuse(db, child, "child", "an ancestor")


def check_hierarchy(db: Database, tag_id: int, parents: Sequence[int], children: Sequence[int]) -> None:
    """Refuse new parents that are below the tag, and new children that are above it.

    Updates of tags call it.
    """
    below = find_paths(db, tag_id, "parent_id", "child_id")
    above = find_paths(db, tag_id, "child_id", "parent_id")
    for parent in parents:
        if parent in below:
            raise _refuse(db, parent, "parent", "a descendant", tag_id, below[parent])
    for child in children:
        if child in above:
            raise _refuse(db, child, "child", "an ancestor", tag_id, above[child])


def _refuse(db: Database, other: int, role: str, relation: str, tag_id: int = 0, path: str = "") -> StashFailure:
    names: dict[int, str] = dict(db.rows("SELECT id, name FROM tags WHERE id IN (?, ?)", (other, tag_id)))
    beginning = f'cannot apply tag "{names[other]}" as a {role} of'
    if not tag_id:
        return StashFailure(f"{beginning} tag as it is already {relation}")
    return StashFailure(f'{beginning} "{names[tag_id]}" as it is already {relation} ({path})')
