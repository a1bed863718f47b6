"""The figures and the tags of a stored sync plan, kept on disk for the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from shared.state.store import Store
from tagging.scenes.plan import ScenePlanner

KEPT = "plan_figures"
KEPT_PLANS = 20

_TAG = "INSERT OR REPLACE INTO plan_tags VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_TAGS = """
    SELECT tag, local, sum(scenes) AS scenes FROM plan_tags
    WHERE plan = :plan AND (:text = '' OR instr(lower(local), lower(:text)) > 0) GROUP BY tag, local
"""


def read_plan_tags(store: Store, plan_id: int, text: str) -> list[sqlite3.Row]:
    """Return the tags of a plan whose names contain the text, each with its number of scenes."""
    return store.read(_TAGS, {"plan": plan_id, "text": text})


def read_tag_names(store: Store, plan_id: int) -> dict[int, str]:
    """The names of a plan's tags, as they were when it was made."""
    rows = store.read("SELECT DISTINCT tag, local FROM plan_tags WHERE plan = ?", (plan_id,))
    return {row["tag"]: row["local"] for row in rows}


def read_box_names(store: Store, plan_id: int) -> dict[int, list[str]]:
    """Return the boxes' names for each tag of a plan."""
    names: dict[int, list[str]] = {}
    for row in store.read("SELECT tag, name FROM plan_tags WHERE plan = ?", (plan_id,)):
        names.setdefault(row["tag"], []).append(row["name"])
    return names


def list_sources(store: Store, plan_id: int, tag_id: int) -> list[dict[str, Any]]:
    """Return the tags of boxes that brought a tag into a plan."""
    rows = store.read("SELECT * FROM plan_tags WHERE plan = ? AND tag = ?", (plan_id, tag_id))
    return [{"endpoint": row["endpoint"], "id": row["id"], "name": row["name"], "by": row["rule"]} for row in rows]


def save_figures(store: Store, plan_id: int, figures: Mapping[str, Any], planner: ScenePlanner) -> None:
    """Keep what the page asks for later: tags of the plan and figures."""
    with store.write() as db:
        for (tag_id, ref), scenes in planner.figures.by_tag.items():
            decision = planner.matcher.decide(ref)
            local = planner.names.get(tag_id, "")
            db.execute(_TAG, (plan_id, tag_id, ref.endpoint, ref.id, decision.name, local, decision.by, scenes))
        kept = {**(store.kv.get(KEPT) or {}), str(plan_id): figures}
        store.kv.put(KEPT, dict(list(kept.items())[-KEPT_PLANS:]))
        oldest = min(map(int, list(kept)[-KEPT_PLANS:]))
        db.execute("DELETE FROM plan_tags WHERE plan < ?", (oldest,))


def read_figures(store: Store, plan_id: int) -> dict[str, Any] | None:
    """The figures of a plan."""
    found: dict[str, Any] | None = (store.kv.get(KEPT) or {}).get(str(plan_id))
    return found
