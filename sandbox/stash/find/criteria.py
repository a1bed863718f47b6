"""Criteria on plain columns, and their words: what EQUALS, INCLUDES or BETWEEN mean to Stash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Callable

from sandbox.stash.find.clauses import Clause, Filter, all_of, any_of
from sandbox.stash.graph.failures import StashFailure, StashPanic

Criterion = Callable[[Filter, Any], None]
Joiner = Callable[[Filter], None]
COMPARISONS = {"EQUALS": "=", "NOT_EQUALS": "!=", "LESS_THAN": "<", "GREATER_THAN": ">"}
RANGES = {"BETWEEN": "BETWEEN", "NOT_BETWEEN": "NOT BETWEEN"}
SMALLEST_SIDE = {
    "VERY_LOW": (144, 239), "LOW": (240, 359), "R360P": (360, 479), "STANDARD": (480, 539), "WEB_HD": (540, 719),
    "STANDARD_HD": (720, 1079), "FULL_HD": (1080, 1439), "QUAD_HD": (1440, 1919), "VR_HD": (1920, 2159),
    "FOUR_K": (1920, 2559), "FIVE_K": (2560, 2999), "SIX_K": (3000, 3583), "SEVEN_K": (3584, 3839),
    "EIGHT_K": (3840, 6143), "HUGE": (6144, 9999),
}  # fmt: skip


def no_join(_: Filter) -> None:
    """Join nothing: the column belongs to the table of the kind that is looked for.

    Criteria have it by default.
    """


def text(column: str, join: Joiner = no_join) -> Criterion:
    """Return the criterion for a StringCriterionInput on a column; `kinds.py` lists it in a kind's filter."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        join(target)
        target.conditions.append(compare_text(column, given["modifier"], given["value"]))

    return add


def compare_text(column: str, modifier: str, value: str) -> Clause:
    """Return the SQL condition for text and modifier; EQUALS is LIKE, INCLUDES takes any word.

    Criteria on text call it.
    """
    if modifier in ("INCLUDES", "EXCLUDES"):
        return search_words(column, value, is_negated=modifier == "EXCLUDES")
    if modifier == "EQUALS":
        return Clause(f"{column} LIKE ?", (value,))
    if modifier == "NOT_EQUALS":
        return Clause(f"{column} NOT LIKE ?", (value,))
    if modifier in ("MATCHES_REGEX", "NOT_MATCHES_REGEX"):
        return match_regex(column, modifier, value)
    return compare_blank(column, modifier)


def compare_blank(column: str, modifier: str) -> Clause:
    """Return the SQL condition for IS_NULL or NOT_NULL, where blank counts as null; other modifiers crash Stash."""
    if modifier == "IS_NULL":
        return Clause(f"({column} IS NULL OR TRIM({column}) = '')")
    if modifier == "NOT_NULL":
        return Clause(f"({column} IS NOT NULL AND TRIM({column}) != '')")
    raise StashPanic("unsupported string filter modifier")


def match_regex(column: str, modifier: str, value: str) -> Clause:
    """Return the SQL condition for a regular expression on text."""
    try:
        re.compile(value)
    except re.error as error:
        raise StashFailure(f"error parsing regexp: {error}") from error
    if modifier == "MATCHES_REGEX":
        return Clause(f"({column} IS NOT NULL AND {column} REGEXP ?)", (value,))
    return Clause(f"({column} IS NULL OR {column} NOT REGEXP ?)", (value,))


def split_words(value: str) -> list[str]:
    """Return the words of a text criterion's value; words in quotes are one phrase. `search_words` calls it."""
    trimmed = value.strip()
    phrase = trimmed.strip('"')
    return trimmed.split() or [""] if phrase == trimmed else [phrase]


def search_words(column: str, value: str, *, is_negated: bool) -> Clause:
    """Return the SQL condition that any of the words (or none of them) is somewhere in the text.

    `compare_text` calls it.
    """
    operator = "NOT LIKE" if is_negated else "LIKE"
    clauses = [Clause(f"{column} {operator} ?", (f"%{word}%",)) for word in split_words(value)]
    return all_of(clauses) if is_negated else any_of(clauses)


def number(column: str, join: Joiner = no_join) -> Criterion:
    """Return the criterion for an IntCriterionInput or FloatCriterionInput on a column.

    `kinds.py` lists the criteria of each filter.
    """

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        join(target)
        target.conditions.append(compare_number(column, given))

    return add


def compare_number(column: str, given: Mapping[str, Any]) -> Clause:
    """Return the SQL condition for a number and its modifier.

    Criteria on numbers call it.
    """
    return compare_value(column, given, 0, "unsupported numeric modifier type " + given["modifier"])


def compare_value(column: str, given: Mapping[str, Any], upper: Any, panic: str) -> Clause:
    """Return the SQL condition for a comparison or a range; `upper` stands in for a missing second value."""
    modifier = given["modifier"]
    if modifier == "IS_NULL":
        return Clause(f"{column} IS NULL")
    if modifier == "NOT_NULL":
        return Clause(f"{column} IS NOT NULL")
    if modifier in COMPARISONS:
        return Clause(f"{column} {COMPARISONS[modifier]} ?", (given["value"],))
    if modifier in RANGES:
        second = given.get("value2")
        bounds = (given["value"], upper if second is None else second)
        return Clause(f"{column} {RANGES[modifier]} ? AND ?", bounds)
    raise StashPanic(panic)


def moment(column: str) -> Criterion:
    """Return the criterion for a TimestampCriterionInput, which Stash compares as text with what is stored."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        target.conditions.append(compare_value(column, given, tomorrow(), "unsupported date modifier type"))

    return add


def day(column: str) -> Criterion:
    """Return the criterion for a DateCriterionInput on a column; an empty date counts as null."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        if given["modifier"] == "IS_NULL":
            target.where(f"({column} IS NULL OR {column} = '')")
        elif given["modifier"] == "NOT_NULL":
            target.where(f"({column} IS NOT NULL AND {column} != '')")
        else:
            target.conditions.append(compare_value(column, given, tomorrow(), "unsupported date modifier type"))

    return add


def tomorrow() -> str:
    """Return the moment 24 hours from now, which Stash takes if a range of dates or times has no upper bound."""
    return (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def year(column: str) -> Criterion:
    """Return the criterion for the year of a date column as a number."""
    return number(f"CAST(strftime('%Y', {column}) AS INT)")


def flag(column: str, join: Joiner = no_join) -> Criterion:
    """Return the criterion for a Boolean on a column."""

    def add(target: Filter, given: bool) -> None:
        join(target)
        target.where(f"{column} = {int(given)}")

    return add


def choice(column: str, single: str = "value", several: str = "value_list") -> Criterion:
    """Return the criterion for an enum column that may be given as one value or several.

    `kinds.py` lists the criteria of each filter.
    """

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        modifier = given["modifier"]
        values = given.get(several) or ([given[single]] if given.get(single) else [])
        if modifier not in ("INCLUDES", "EQUALS", "EXCLUDES", "NOT_EQUALS"):
            target.conditions.append(compare_blank(column, modifier))
        elif values:
            negation = " NOT" if modifier in ("EXCLUDES", "NOT_EQUALS") else ""
            target.where(f"({column}{negation} IN ({marks(values)}))", *values)

    return add


def marks(values: Any) -> str:
    """Return as many question marks for SQL's IN as there are values, for criteria."""
    return ", ".join("?" * len(values))


def count_rows(table: str, key: str, owner: str) -> Criterion:
    """Return the criterion for the number of rows of another table that belong to the object."""
    return number(f"(SELECT COUNT(*) FROM {table} s WHERE s.{key} = {owner}.id)")


def count_joined(table: str, on: str, counted: str, alias: str = "") -> Criterion:
    """Return the same criterion as `count_rows`, but over a join, as Stash does it for tags and studios."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        target.left_join(table, on, alias)
        clause = compare_number(f"COUNT(DISTINCT {counted})", given)
        target.group_conditions.append(clause)

    return add


def text_list(table: str, column: str, key: str, owner: str) -> Criterion:
    """Return the criterion for a StringCriterionInput on aliases or URLs."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        if given["modifier"] == "EXCLUDES":
            found = f"SELECT {table}.{key} FROM {table} WHERE {table}.{column} LIKE ?"
            target.where(f"{owner}.id NOT IN ({found})", f"%{given['value']}%")
            return
        target.left_join(table, f"{table}.{key} = {owner}.id")
        target.conditions.append(compare_text(f"{table}.{column}", given["modifier"], given["value"]))

    return add


def stash_id(table: str, key: str, owner: str) -> Criterion:
    """Return the criterion for a StashIDCriterionInput: text rules on the id, the endpoint unchecked in the join."""

    def add(target: Filter, given: Mapping[str, Any]) -> None:
        on = f"{table}.{key} = {owner}.id"
        if given.get("endpoint"):
            on += f" AND {table}.endpoint = '{given['endpoint']}'"
        target.left_join(table, on)
        target.conditions.append(compare_text(f"{table}.stash_id", given["modifier"], given.get("stash_id") or ""))

    return add


def missing(table: str, cases: Mapping[str, Criterion]) -> Criterion:
    """Return the `is_missing` criterion: special cases, else a column of that name (which may not exist)."""

    def add(target: Filter, given: str) -> None:
        if given in cases:
            cases[given](target, given)
        elif given:
            target.where(f"({table}.{given} IS NULL OR TRIM({table}.{given}) = '')")

    return add


def no_row(table: str, key: str, owner: str, alias: str = "") -> Criterion:
    """Return the criterion that holds if no row of another table belongs to the object, for `is_missing`."""

    def add(target: Filter, _: str) -> None:
        target.left_join(table, f"{alias or table}.{key} = {owner}.id", alias)
        target.where(f"{alias or table}.{key} IS NULL")

    return add


def condition(sql: str) -> Criterion:
    """Return a criterion that adds one fixed condition, whatever its value.

    `kinds.py` lists the criteria of each filter.
    """

    def add(target: Filter, _: Any) -> None:
        target.where(sql)

    return add


def custom_fields(table: str, key: str, owner: str, *, are_texts: bool = False) -> Criterion:
    """Return the criterion for a list of CustomFieldCriterionInput, for the filters of performers and studios.

    With `are_texts` numbers are compared as texts: Stash 0.31 does so for all kinds but performers.
    """

    def add(target: Filter, given: list[Mapping[str, Any]]) -> None:
        for place, each in enumerate(given):
            alias = f"custom_fields_{place}"
            on = f"{owner}.id = {alias}.{key} AND {alias}.field = ?"
            is_optional = each["modifier"] in ("IS_NULL", "EXCLUDES", "NOT_MATCHES_REGEX")
            join = target.left_join if is_optional else target.inner_join
            join(table, on, alias, (each["field"],))
            values = [str(one) if are_texts else one for one in each.get("value") or []]
            target.conditions.append(_compare_custom(f"{alias}.value", each["modifier"], values))

    return add


def _compare_custom(column: str, modifier: str, values: list[Any]) -> Clause:
    if modifier in ("EQUALS", "NOT_EQUALS"):
        return Clause(f"{column} {'NOT ' if modifier == 'NOT_EQUALS' else ''}IN ({marks(values)})", tuple(values))
    if modifier in ("INCLUDES", "EXCLUDES"):
        operator = "NOT LIKE" if modifier == "EXCLUDES" else "LIKE"
        return all_of(Clause(f"{column} {operator} ?", (f"%{value}%",)) for value in values)
    if modifier == "NOT_NULL":
        return Clause(f"TRIM({column}) != ''")
    if modifier == "IS_NULL":
        return compare_blank(column, modifier)
    if modifier in ("MATCHES_REGEX", "NOT_MATCHES_REGEX"):
        return all_of(match_regex(column, modifier, value) for value in values)
    if modifier in RANGES and len(values) == 2:
        return Clause(f"{column} {RANGES[modifier]} ? AND ?", tuple(values))
    if modifier in COMPARISONS and len(values) == 1:
        return Clause(f"{column} {COMPARISONS[modifier]} ?", tuple(values))
    raise StashFailure(f"unsupported custom field criterion modifier: {modifier}")
