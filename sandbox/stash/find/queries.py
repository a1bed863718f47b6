"""Whole find queries: filter, search box, sorting and paging put together and run."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sandbox.stash.find.clauses import Clause, Filter
from sandbox.stash.find.kinds import GALLERY, IMAGE, MARKER, PERFORMER, SCENE, STUDIO, TAG, Kind, build_filter
from sandbox.stash.find.relations import read_id
from sandbox.stash.find.scene_criteria import join_files
from sandbox.stash.find.search import search_columns
from sandbox.stash.find.sorting import SORTS, Sorting
from sandbox.stash.graph.failures import StashFailure
from sandbox.stash.library import Database

Given = Mapping[str, Any]
PAGE_SIZE = 25
TITLED = (MARKER, IMAGE, GALLERY)  # the others have a name
ALIASES = {PERFORMER.name: "performer", STUDIO.name: "studio", TAG.name: "tag"}


class FindQuery(NamedTuple):
    """A query ready to run."""

    kind: Kind
    body: str
    args: tuple[Any, ...]
    order: str
    order_joins: str
    grouping: str


def find_objects(kind: Kind, given: Given | None, paging: Given | None) -> FindQuery:
    """Return the query of a find field such as `findScenes`; nothing is read yet."""
    made = build_filter(kind, given or {})
    paging = paging or {}
    searches = _search(kind, made, paging.get("q") or "")
    sorting = choose_sorting(kind, paging)
    rows, groups = made.row_condition(), made.group_condition()
    conditions = [clause for clause in (*searches, rows) if clause.sql]
    joins = made.all_joins()
    body = f"FROM {kind.table} " + " ".join(join.text() for join in joins.values())
    if conditions:
        body += " WHERE " + " AND ".join(f"({clause.sql})" for clause in conditions)
    args = tuple(arg for join in joins.values() for arg in join.args)
    args += tuple(arg for clause in (*conditions, groups) for arg in clause.args)
    grouping = f" GROUP BY {kind.table}.id HAVING {groups.sql}" if groups.sql else ""
    extra = [join for alias, join in sorting.joins.items() if alias not in joins]
    return FindQuery(kind, body, args, sorting.order, " ".join(join.text() for join in extra), grouping)


def _search(kind: Kind, made: Filter, text: str) -> list[Clause]:
    if not text.strip():
        return []
    if kind is SCENE:
        return search_columns(text, _join_searched(made))
    columns = [f"{kind.table}.name"]
    if kind.name in ALIASES:
        name = ALIASES[kind.name]
        made.left_join(f"{name}_aliases", f"{name}_aliases.{name}_id = {kind.table}.id")
        columns.append(f"{name}_aliases.alias")
    if kind is TAG:
        columns.append("tags.sort_name")
    return search_columns(text, [f"{kind.table}.title"] if kind in TITLED else columns)


def _join_searched(made: Filter) -> list[str]:
    join_files(made)
    made.left_join("files_fingerprints", "files_fingerprints.file_id = scenes_files.file_id")
    made.left_join("scene_markers", "scene_markers.scene_id = scenes.id")
    path = "join_path(folders.path, files.basename)"
    return ["scenes.title", "scenes.details", path, "files_fingerprints.fingerprint", "scene_markers.title"]


def choose_sorting(kind: Kind, paging: Given) -> Sorting:
    """Return the ORDER BY for what the request asks; scenes without `sort` have none."""
    name = paging.get("sort")
    if kind is SCENE and not name:
        return Sorting("", {})
    name = ("title" if kind in TITLED else "name") if name is None else name
    direction = paging.get("direction") or "ASC"
    if name.startswith("random_") and not name[7:].isdigit():
        raise StashFailure(f"invalid random seed: {name[7:]}")
    if name.startswith("random"):
        seed = int(name[7:] or random.getrandbits(32)) % 10**8
        return Sorting(_shuffle(kind.table, seed, direction), {})
    make = SORTS[kind.name].get(name)
    if make is None:
        raise StashFailure(f"invalid sort: {name}")
    return make(direction)


def _shuffle(table: str, seed: int, direction: str) -> str:
    number = f"({table}.id + {seed})"
    return f"ORDER BY ({number} * {number} % 2147483647 * 52959209 + {number} * 1047483763) % 2147483647 {direction}"


def find_ids(db: Database, found: FindQuery, paging: Given | None) -> list[int]:
    """Return the ids of one page of a query, for the find fields."""
    columns = f"SELECT DISTINCT {found.kind.table}.id "
    where = found.body.find(" WHERE ")
    split = len(found.body) if where < 0 else where
    body = f"{found.body[:split]} {found.order_joins}{found.body[split:]}"
    sql = f"{columns}{body}{found.grouping} {found.order} {_limit(paging or {})}"
    return [int(row[0]) for row in run_query(db, sql, found.args)]


def _limit(paging: Given) -> str:
    size = paging.get("per_page")
    size = PAGE_SIZE if size is None else size
    page = max(paging.get("page") or 1, 1)
    return "" if size < 0 else f"LIMIT {size} OFFSET {(page - 1) * size}"


def count_ids(db: Database, found: FindQuery) -> int:
    """Return the number of objects that pass a find query of Stash, whatever the page, for `count`."""
    inner = f"SELECT DISTINCT {found.kind.table}.id {found.body}{found.grouping}"
    return int(run_query(db, f"SELECT COUNT(*) AS count FROM ({inner}) AS temp", found.args)[0][0])


def sum_files(db: Database, found: FindQuery, column: str) -> float:
    """Return the total of a file property over all scenes that pass, for `duration` and `filesize`."""
    inner = f"SELECT DISTINCT scenes.id {found.body}{found.grouping}"
    table = "video_files v ON v.file_id = sf.file_id" if column == "duration" else "files v ON v.id = sf.file_id"
    pairs = f"SELECT DISTINCT sf.scene_id, v.{column} AS amount FROM scenes_files sf JOIN {table}"
    sql = f"SELECT COALESCE(SUM(amount), 0) FROM ({pairs} WHERE sf.scene_id IN ({inner}))"
    return float(run_query(db, sql, found.args)[0][0])


def sum_ids(db: Database, ids: Sequence[int], column: str) -> float:
    """Return the total of a file property over these scenes, for `duration` and `filesize`."""
    table = "video_files v ON v.file_id = sf.file_id" if column == "duration" else "files v ON v.id = sf.file_id"
    rows = db.rows_for(
        f'SELECT v.{column} FROM scenes_files sf JOIN {table} WHERE sf."primary" = 1 AND sf.scene_id IN (:ids)', ids
    )
    return float(sum(row[0] for row in rows))


def run_query(db: Database, sql: str, args: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a query; SQL that fails is quoted in the message, as Stash does."""
    try:
        return db.rows(sql, args)
    except sqlite3.Error as error:
        raise StashFailure(f"error executing `{sql}` [{list(args)}]: {error}") from error


def check_ids(db: Database, kind: Kind, ids: Sequence[Any]) -> list[int]:
    """Return the ids that a request names as numbers; one that repeats or does not exist refuses the request.

    Find queries by ids call it.
    """
    numbers = [read_id(each) for each in ids]
    seen: set[int] = set()
    for number in numbers:
        if number in seen:
            raise StashFailure(f"validating ids: duplicate id found: {number}")
        seen.add(number)
    present = {row[0] for row in db.rows_for(f"SELECT id FROM {kind.table} WHERE id IN (:ids)", numbers)}
    for number in numbers:
        if number not in present:
            raise StashFailure(f"{kind.name} with id {number} not found")
    return numbers
