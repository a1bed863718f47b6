"""The parts of a filter in SQL: joins, conditions, and how a sub-filter is combined with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Args = tuple[Any, ...]


class Clause(NamedTuple):
    """A piece of SQL and its arguments."""

    sql: str
    args: Args = ()


class Join(NamedTuple):
    """A joined table; two joins with the same alias are one."""

    kind: str
    table: str
    alias: str
    on: str
    args: Args = ()

    def text(self) -> str:
        """Return the join as SQL, for the find queries."""
        name = f"{self.table} AS {self.alias}" if self.alias != self.table else self.table
        return f"{self.kind} JOIN {name} ON {self.on}"


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Return one condition that holds if all of these hold, for filters and searches."""
    kept = list(clauses)
    args = tuple(arg for clause in kept for arg in clause.args)
    return Clause(" AND ".join(f"({clause.sql})" for clause in kept), args)


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Return one condition that holds if one of these holds, for searches of words."""
    kept = list(clauses)
    args = tuple(arg for clause in kept for arg in clause.args)
    return Clause(" OR ".join(f"({clause.sql})" for clause in kept), args)


@dataclass
class Filter:
    """The joins and conditions a filter adds to a query, and its sub-filter."""

    joins: dict[str, Join] = field(default_factory=dict)
    conditions: list[Clause] = field(default_factory=list)
    group_conditions: list[Clause] = field(default_factory=list)
    sub: Filter | None = None
    operator: str = "AND"

    def left_join(self, table: str, on: str, alias: str = "", args: Args = ()) -> None:
        """Join a table whose rows may be missing, for a criterion."""
        self.joins.setdefault(alias or table, Join("LEFT", table, alias or table, on, args))

    def inner_join(self, table: str, on: str, alias: str = "", args: Args = ()) -> None:
        """Join a table whose rows must be there, for a criterion."""
        self.joins.setdefault(alias or table, Join("INNER", table, alias or table, on, args))

    def where(self, sql: str, *args: Any) -> None:
        """Add a condition on rows, for a criterion."""
        self.conditions.append(Clause(sql, args))

    def having(self, sql: str, *args: Any) -> None:
        """Add a condition on the group of one object's rows, for a criterion."""
        self.group_conditions.append(Clause(sql, args))

    @property
    def is_empty(self) -> bool:
        """Return True if the filter adds nothing; `build_subquery` asks."""
        return not (self.joins or self.conditions or self.group_conditions or self.sub)

    def all_joins(self) -> dict[str, Join]:
        """Return the joins of this filter and of its sub-filters, for the query that is built from it."""
        return {**(self.sub.all_joins() if self.sub else {}), **self.joins}

    def row_condition(self) -> Clause:
        """Return all conditions on rows as one, sub-filters included.

        The find queries take it.
        """
        return self._combine(all_of(self.conditions), self.sub.row_condition() if self.sub else Clause(""))

    def group_condition(self) -> Clause:
        """Return all conditions on groups as one, sub-filters included.

        The find queries take it.
        """
        return self._combine(all_of(self.group_conditions), self.sub.group_condition() if self.sub else Clause(""))

    def _combine(self, own: Clause, sub: Clause) -> Clause:
        if not sub.sql:
            return own
        if own.sql:
            return Clause(f"({own.sql}) {self.operator} ({sub.sql})", own.args + sub.args)
        return Clause(f"NOT ({sub.sql})" if self.operator == "AND NOT" else f"({sub.sql})", sub.args)
