"""Criteria that exist for performers only, about their scenes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.stash.find import criteria as has
from sandbox.stash.find import relations as of
from sandbox.stash.find.clauses import Filter
from sandbox.stash.find.criteria import Criterion

IN_STUDIO = (
    "SELECT a.performer_id FROM performers_scenes a JOIN scenes s ON s.id = a.scene_id "
    "JOIN ({pairs}) d ON d.item_id = s.studio_id"
)


def count_in_scenes(dates: str) -> Criterion:
    """Return the criterion for how often all scenes of a performer were played or counted; `kinds.py` lists it."""
    linked = f"performers_scenes a JOIN {dates} d ON d.scene_id = a.scene_id"
    return has.number(f"(SELECT COUNT(*) FROM {linked} WHERE a.performer_id = performers.id)")


def studios(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a performer filter's criterion on their scenes' studios; other modifiers are passed over, as in Stash."""
    modifier, depth = given["modifier"], given.get("depth") or 0
    if modifier in of.NULLS:
        target.left_join("performers_scenes", "performers_scenes.performer_id = performers.id")
        target.left_join("scenes", "performers_scenes.scene_id = scenes.id")
        target.where(f"scenes.studio_id {of.NULLS[modifier]}")
        return
    operators = {"INCLUDES": "IN", "EXCLUDES": "NOT IN"}
    if modifier not in operators:
        return
    for values, operator in ((given.get("value"), operators[modifier]), (given.get("excludes"), "NOT IN")):
        if values:
            found = IN_STUDIO.format(pairs=of.STUDIOS.descend(values, depth))
            target.where(f"performers.id {operator} ({found})")


def partners(target: Filter, given: Mapping[str, Any]) -> None:
    """Apply a performer filter's criterion on other performers in the same scenes: one of them, or all.

    `kinds.py` lists it.
    """
    wanted = [of.read_id(each) for each in given["value"] or ()]
    listed = ", ".join(map(str, wanted))
    found = (
        "SELECT b.performer_id FROM performers_scenes a JOIN performers_scenes b ON a.scene_id = b.scene_id "
        f"WHERE a.performer_id IN ({listed}) AND b.performer_id != a.performer_id"
    )
    if given["modifier"] == "INCLUDES_ALL" and len(wanted) > 1:
        found += f" GROUP BY b.performer_id HAVING COUNT(DISTINCT a.performer_id) = {len(wanted)}"
    target.where(f"performers.id IN ({found})")
