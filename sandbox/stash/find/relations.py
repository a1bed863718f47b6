"""Criteria on related objects: performers of a scene, tags with their descendants, studios with their children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.stash.find.clauses import Filter
from sandbox.stash.find.criteria import Criterion, marks
from sandbox.stash.graph.failures import StashFailure

WANTING = ("INCLUDES", "INCLUDES_ALL", "EQUALS")
NULLS = {"IS_NULL": "IS NULL", "NOT_NULL": "IS NOT NULL"}


@dataclass(frozen=True)
class Tree:
    """A hierarchy: a table of parent and child, or a parent column; the same column twice has nothing below."""

    table: str
    parent: str
    child: str

    def descend(self, values: list[str], depth: int) -> str:
        """Return a SELECT of (root, item) pairs down to a depth; -1 is all the way. Ids come checked as numbers.

        Criteria with a depth call it.
        """
        pairs = ", ".join(f"({value}, {value}, 0)" for value in map(read_id, values))
        if depth == 0 or self.parent == self.child:
            return f"SELECT column1 AS root_id, column2 AS item_id FROM (VALUES {pairs})"
        limit = "" if depth == -1 else f" WHERE t.depth < {int(depth)}"
        step = (
            f"SELECT t.root_id, c.{self.child}, t.depth + 1 FROM {self.table} c JOIN t ON c.{self.parent} = t.item_id"
        )
        return (
            f"WITH RECURSIVE t(root_id, item_id, depth) AS (VALUES {pairs} UNION {step}{limit}) "
            "SELECT DISTINCT root_id, item_id FROM t"
        )


TAGS = Tree("tags_relations", "parent_id", "child_id")
STUDIOS = Tree("studios", "parent_id", "id")


def read_id(text: Any) -> int:
    """Return an id as a number; anything else is refused in Go's words. Queries and mutations call it."""
    try:
        return int(text)
    except ValueError as error:
        raise StashFailure(f'strconv.Atoi: parsing "{text}": invalid syntax') from error


def read_groups(given: Mapping[str, Any]) -> tuple[str, list[str], list[str]]:
    """Return the modifier, the wanted and the excluded ids; EXCLUDES turns wanted ids into excluded ones.

    Criteria on related objects call it.
    """
    modifier, wanted, excluded = given["modifier"], list(given.get("value") or ()), list(given.get("excludes") or ())
    if modifier == "EXCLUDES":
        return "INCLUDES_ALL", [], excluded + wanted
    return modifier, wanted, excluded


def many(table: str, key: str, other: str, owner: str, alias: str) -> Criterion:
    """Return the criterion for a MultiCriterionInput over a table that links two objects."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        modifier, wanted, excluded = read_groups(given)
        if modifier in NULLS or wanted:
            target.left_join(table, f"{alias}.{key} = {owner}.id", alias)
        if modifier in NULLS:
            target.where(f"{alias}.{other} {NULLS[modifier]}")
            return
        if wanted:
            _want(target, modifier, wanted)
        if excluded:
            found = f"SELECT {table}.{key} FROM {table} WHERE {table}.{other} IN ({marks(excluded)})"
            target.where(f"{owner}.id NOT IN ({found})", *excluded)

    def _want(target: Filter, modifier: str, wanted: list[str]) -> None:
        if modifier not in WANTING:
            raise StashFailure("not equals modifier is not supported for multi criterion input")
        target.where(f"{alias}.{other} IN ({marks(wanted)})", *wanted)
        if modifier == "EQUALS":
            target.where(f"(SELECT COUNT(*) FROM {table} s WHERE s.{key} = {owner}.id) = {len(wanted)}")
        if modifier != "INCLUDES":
            target.having(f"COUNT(DISTINCT {alias}.{other}) IS {len(wanted)}")

    return add


@dataclass(frozen=True)
class Nested:
    """A HierarchicalMultiCriterionInput over a table that links two objects."""

    tree: Tree
    table: str
    key: str
    other: str
    owner: str
    alias: str

    def __call__(self, target: Filter, given: Mapping[str, Any]) -> None:
        """Add the criterion to a filter."""
        modifier, wanted, excluded = read_groups(given)
        depth = given.get("depth") or 0
        if modifier == "EQUALS" and depth:
            raise StashFailure("depth is not supported for equals modifier in hierarchical multi criterion input")
        if modifier in NULLS:
            target.left_join(self.table, f"{self.alias}.{self.key} = {self.owner}.id", self.alias)
            target.where(f"{self.alias}.{self.other} {NULLS[modifier]}")
            return
        if wanted:
            self._join(target, wanted, depth, self.alias)
            self._want(target, modifier, len(wanted))
        if excluded:
            self._join(target, excluded, depth, f"{self.alias}2")
            target.where(f"{self.alias}2.root_id IS NULL")

    def _join(self, target: Filter, values: list[str], depth: int, name: str) -> None:
        pairs = self.tree.descend(values, depth)
        columns = f"SELECT j.{self.key} AS owner_id, d.root_id FROM {self.table} j"
        linked = f"({columns} JOIN ({pairs}) d ON j.{self.other} = d.item_id)"
        target.left_join(linked, f"{name}.owner_id = {self.owner}.id", name)

    def _want(self, target: Filter, modifier: str, number: int) -> None:
        if modifier not in WANTING:
            raise StashFailure("not equals modifier is not supported for hierarchical multi criterion input")
        target.where(f"{self.alias}.root_id IS NOT NULL")
        if modifier == "EQUALS":
            rows = f"(SELECT COUNT(*) FROM {self.table} s WHERE s.{self.key} = {self.owner}.id)"
            target.where(f"{rows} = {number}")
        if modifier != "INCLUDES":
            target.having(f"COUNT(DISTINCT {self.alias}.root_id) IS {number}")


def studio_of(owner: str) -> Criterion:
    """Return the criterion for the studio of an object, with the studio's children down to a depth."""
    column = f"{owner}.studio_id"

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        modifier, wanted, excluded = read_groups({**given, "modifier": _soften(given["modifier"])})
        depth = given.get("depth") or 0
        if modifier in NULLS:
            target.where(f"{column} {NULLS[modifier]}")
            return
        if wanted:
            target.where(f"{column} IN (SELECT item_id FROM ({STUDIOS.descend(wanted, depth)}))")
            if modifier == "INCLUDES_ALL":
                target.having(f"COUNT(DISTINCT {column}) IS {len(wanted)}")
        if excluded:
            found = f"SELECT item_id FROM ({STUDIOS.descend(excluded, depth)})"
            target.where(f"{column} NOT IN ({found}) OR {column} IS NULL")

    return add


def _soften(modifier: str) -> str:
    return {"EQUALS": "INCLUDES_ALL", "NOT_EQUALS": "EXCLUDES"}.get(modifier, modifier)


def parent_studio() -> Criterion:
    """Return the criterion for the parent of a studio."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        modifier, wanted = given["modifier"], list(given.get("value") or ())
        if modifier in NULLS:
            target.where(f"studios.parent_id {NULLS[modifier]}")
        elif wanted and modifier == "EXCLUDES":
            target.where(f"NOT (studios.parent_id IS NOT NULL AND studios.parent_id IN ({marks(wanted)}))", *wanted)
        elif wanted:
            target.where(f"studios.parent_id IN ({marks(wanted)})", *wanted)

    return add


def relatives_of_tag(kind: str) -> Criterion:
    """Return the criterion for parents or children of a tag, down to a depth; `kinds.py` lists it."""
    here, there = ("child_id", "parent_id") if kind == "parents" else ("parent_id", "child_id")
    tree = Tree("tags_relations", there, here)

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        modifier, wanted, excluded = read_groups(given)
        if modifier not in ("INCLUDES", "INCLUDES_ALL", *NULLS):
            raise StashFailure(f"invalid modifier {modifier}")
        if modifier in NULLS:
            target.left_join("tags_relations", f"tags.id = tags_{kind}.{here}", f"tags_{kind}")
            target.where(f"tags_{kind}.{here} {NULLS[modifier]}")
            return
        depth = given.get("depth") or 0
        if wanted:
            name = f"tags_{kind}"
            target.left_join(_below(wanted, depth), f"{name}.item_id = tags.id", name)
            target.where(f"{name}.root_id IS NOT NULL")
            if modifier == "INCLUDES_ALL":
                target.having(f"COUNT(DISTINCT {name}.root_id) IS {len(wanted)}")
        if excluded:
            name = f"tags_{kind}2"
            target.left_join(_below(excluded, depth), f"{name}.item_id = tags.id", name)
            target.where(f"{name}.root_id IS NULL")

    def _below(values: list[str], depth: int) -> str:
        deeper = -1 if depth == -1 else depth + 1
        return f"(SELECT * FROM ({tree.descend(values, deeper)}) WHERE root_id != item_id)"

    return add
