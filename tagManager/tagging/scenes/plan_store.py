"""The figures and the tags of a stored sync plan, kept on disk for the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from shared.state.store import Store
from tagging.scenes.plan import ScenePlanner

FIGURES_KEY = "plan_figures"
MAX_PLANS = 20

_SAVE_TAG = "INSERT OR REPLACE INTO plan_tags VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_FIND_TAGS = """
    SELECT tag, local, sum(scenes) AS scenes FROM plan_tags
    WHERE plan = :plan AND (:text = '' OR instr(lower(local), lower(:text)) > 0) GROUP BY tag, local
"""


def read_plan_tags(store: Store, plan_id: int, text: str) -> list[sqlite3.Row]:
    """Return the tags of a plan whose names contain the text, with numbers of scenes, for `sync_tags`."""
    return store.read(_FIND_TAGS, {"plan": plan_id, "text": text})


def read_tag_names(store: Store, plan_id: int) -> dict[int, str]:
    """Return the names that a plan's tags had when the plan was made, by tag id, for `sync_scenes`."""
    rows = store.read("SELECT DISTINCT tag, local FROM plan_tags WHERE plan = ?", (plan_id,))
    return {row["tag"]: row["local"] for row in rows}


def read_box_names(store: Store, plan_id: int) -> dict[int, list[str]]:
    """Return the boxes' names for each tag of a plan, by tag id, for the comparison with the blacklist."""
    names: dict[int, list[str]] = {}
    for row in store.read("SELECT tag, name FROM plan_tags WHERE plan = ?", (plan_id,)):
        names.setdefault(row["tag"], []).append(row["name"])
    return names


def list_sources(store: Store, plan_id: int, tag_id: int) -> list[dict[str, Any]]:
    """Return the box tags that brought a tag into a plan, as the page shows them."""
    rows = store.read("SELECT * FROM plan_tags WHERE plan = ? AND tag = ?", (plan_id, tag_id))
    return [{"endpoint": row["endpoint"], "id": row["id"], "name": row["name"], "by": row["rule"]} for row in rows]


def save_figures(store: Store, plan_id: int, figures: Mapping[str, Any], planner: ScenePlanner) -> None:
    """Store a new plan's figures and tags for the page; the sync task calls it. Old plans' figures are deleted."""
    with store.write() as db:
        for (tag_id, ref), scenes in planner.figures.by_tag.items():
            decision = planner.matcher.decide(ref)
            local = planner.names.get(tag_id, "")
            db.execute(_SAVE_TAG, (plan_id, tag_id, ref.endpoint, ref.id, decision.name, local, decision.by, scenes))
        by_plan = {**store.kv.get(FIGURES_KEY, {str: dict}, {}), str(plan_id): figures}
        store.kv.put(FIGURES_KEY, dict(list(by_plan.items())[-MAX_PLANS:]))
        oldest = min(map(int, list(by_plan)[-MAX_PLANS:]))
        db.execute("DELETE FROM plan_tags WHERE plan < ?", (oldest,))


def read_figures(store: Store, plan_id: int) -> dict[str, Any] | None:
    """Return the figures of a plan for the operation `sync_plan`; None if newer plans have replaced them."""
    found: dict[str, Any] | None = store.kv.get(FIGURES_KEY, {str: dict}, {}).get(str(plan_id))
    return found
