"""Checks what must hold after each day: sound state, true totals, nothing lost, nothing doubled, no process left.

Each check compares whole sets in one pass, so a day of a large library costs seconds.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.soak.figures import Sample, open_state
from benchmarks.soak.life import PLUGINS, Life
from tests.harness.forks import FORK_SERVERS

SETTLED = 8  # days until all daily copies of the state are there
MOST_GROWTH = 2.0  # of the state since then, and of a process's memory; tables that keep a history of weeks may grow
MORE_FILES = 20
SHOWN = 5
SQL = "mutation($sql: String!) { querySQL(sql: $sql) { rows } }"
TITLES = """
SELECT scenes.title, folders.path || '/' || files.basename FROM scenes
JOIN scenes_files ON scenes_files.scene_id = scenes.id JOIN files ON files.id = scenes_files.file_id
JOIN folders ON folders.id = files.parent_folder_id WHERE scenes.title <> ''
"""
DOUBLED = "SELECT name FROM {table} GROUP BY lower(name) HAVING count(*) > 1"


def list_broken(life: Life) -> list[str]:
    """Return what is wrong after a day; the soak fails if there is something."""
    broken = [f"{pid} still runs" for pid in FORK_SERVERS.list_running()]
    for plugin in PLUGINS:
        with open_state(life.state_dir / plugin) as db:
            broken += [f"{plugin}: {problem}" for problem in check_state(db)]
    return [*broken, *check_programs(life)]


def check_programs(life: Life) -> Iterator[str]:
    """Yield what the plugins have lost or doubled in Stash and Plex."""
    items = [item for item in life.plex.items.values() if item.type == "movie"]
    wanted = {path: title for title, path in life.town.ask(SQL, sql=TITLES)["querySQL"]["rows"]}
    yield from find_lost(wanted, {path: item.title for item in items for path in item.files})
    for kind in ("posters", "arts"):
        twice = [item.title for item in items if len(item.pictures.get(kind, ())) > 1]
        yield from _describe(f"{kind} were sent twice", twice)
    for table in ("tags", "studios"):
        rows = life.town.ask(SQL, sql=DOUBLED.format(table=table))["querySQL"]["rows"]
        yield from _describe(f"{table} are there twice", [name for (name,) in rows])


def find_lost(wanted: Mapping[str, str], present: Mapping[str, str]) -> Iterator[str]:
    """Yield the titles of Stash that Plex does not have, by file; both maps are titles by path. Pure."""
    lost = [title for path, title in wanted.items() if path in present and present[path] != title]
    yield from _describe("titles are not in Plex", lost)


def _describe(claim: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{len(names)} {claim}: {', '.join(sorted(names)[:SHOWN])}"


def check_state(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong in a state file: damage, runs that never ended, wrong totals, a miscounted queue."""
    sound = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if sound != "ok":
        yield f"damaged: {sound}"
    running = db.execute("SELECT count(*) FROM journal_runs WHERE state = 'running'").fetchone()[0]
    if running > 1:  # a killed one may wait for the next run of its kind
        yield f"{running} runs never ended"
    sql = "SELECT owner, sum(n) FROM journal_totals WHERE unit = 'items' GROUP BY owner"
    totals = dict(db.execute(sql).fetchall())
    items = dict(db.execute("SELECT run, count(*) FROM journal_items WHERE outcome <> '' GROUP BY run").fetchall())
    for run, plan in db.execute("SELECT id, plan FROM journal_runs WHERE state = 'finished'").fetchall():
        if items.get(run, 0) > totals.get(f"run:{run}", 0):
            yield f"run {run} of plan {plan} has {items[run]} items, its totals {totals.get(f'run:{run}', 0)}"
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox_counts'").fetchone():
        sql = "SELECT state, sum(n) FROM outbox_counts WHERE state <> 'done' GROUP BY state HAVING sum(n) > 0"
        counted = dict(db.execute(sql).fetchall())
        present = Counter(state for (state,) in db.execute("SELECT state FROM outbox"))
        if counted != dict(present):
            yield f"the queue has {dict(present)}, its counts say {counted}"


def check_bounds(samples: Sequence[Sample], before: Mapping[str, float], after: Mapping[str, float]) -> Iterator[str]:
    """Yield what is not bounded: state and open files since the day when all copies were there, memory of a process.

    `before` and `after` are the MiB of each plugin's process at the begin and at the end. Pure.
    """
    for plugin, size in after.items():
        if size > before[plugin] * MOST_GROWTH:
            yield f"{plugin} took {before[plugin]:.0f} MiB at the begin, {size:.0f} MiB at the end"
    if len(samples) <= 2 * SETTLED:
        return
    settled, last = samples[SETTLED], samples[-1]
    for name, size in last.sizes.items():
        largest = max(each.sizes[name] for each in samples[: SETTLED + 1])  # caches are emptied and filled again
        if size > largest * MOST_GROWTH:
            yield f"the state of {name} grew from at most {largest:,} bytes until day {settled.day} to {size:,}"
    if last.open_files > settled.open_files + MORE_FILES:
        yield f"{settled.open_files} files were open on day {settled.day}, {last.open_files} at the end"
