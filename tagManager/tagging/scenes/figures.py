"""The figures of a sync plan, and how the log words them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tagging.scenes.plan import ScenePlanner
from tagging.scenes.refresh import SceneRefreshReport
from tagging.scenes.unmatched import UnmatchedRow

MAX_AMBIGUITIES = 50


def make_figures(planner: ScenePlanner, reports: Sequence[SceneRefreshReport], total: int) -> dict[str, Any]:
    """Return the figures that the task `sync_scene_tags` stores with its plan, so that the page shows them.

    `total` counts the selected scenes.
    """
    figures = planner.figures
    numbers = ("scenes", "additions", "blacklisted", "kept_off", "remote_deleted", "remote_merged", "not_found")
    return {
        **{name: getattr(figures, name) for name in numbers},
        "failed": figures.failed,
        "of": total,
        "tags": len({tag_id for tag_id, _ in figures.by_tag}),
        "unmatched_tags": len(planner.matcher.unmatched),
        "ambiguous": list_ambiguities(planner),
        "boxes": [report.to_json() for report in reports],
    }


def list_ambiguities(planner: ScenePlanner) -> list[dict[str, Any]]:
    """Return the box tags that fit several local tags, and which one was taken, for `make_figures`."""
    found = planner.matcher.list_ambiguities()[:MAX_AMBIGUITIES]
    return [
        {
            "remote": decision.name,
            "endpoint": ref.endpoint,
            "chosen": describe_tag(planner, decision.tag_id),
            "others": [describe_tag(planner, each) for each in decision.others],
        }
        for ref, decision in found
    ]


def describe_tag(planner: ScenePlanner, tag_id: int | None) -> dict[str, Any]:
    """Return a local tag as {id, name} for the list of ambiguities."""
    return {"id": tag_id, "name": planner.names.get(tag_id or 0, "")}


def describe_ambiguities(figures: Mapping[str, Any]) -> str:
    """Return the ambiguities as lines for the log of `sync_scene_tags`; empty if there are none."""
    return "\n".join(
        f'"{each["remote"]}" of the box fits several tags; taken: {describe_tags([each["chosen"]])}; '
        f"left: {describe_tags(each['others'])}."
        for each in figures["ambiguous"]
    )


def describe_tags(tags: Iterable[Mapping[str, Any]]) -> str:
    """Return tags as names with ids, which tell tags of the same name apart, for `describe_ambiguities`."""
    return ", ".join(f"{tag['name']} ({tag['id']})" for tag in tags)


def describe_rest(figures: Mapping[str, Any]) -> str:
    """Return the figures that a run's totals leave out, as text for the sync task's log."""
    words = {
        "unmatched_tags": "tags of the boxes without a tag here",
        "blacklisted": "blacklisted",
        "kept_off": "not added because the user had removed them",
        "remote_deleted": "scenes deleted at the box",
        "remote_merged": "scenes merged at the box",
        "not_found": "scenes unknown to the box",
        "unlinked": "chosen scenes without a link to a box",
    }
    return "; ".join(f"{text}: {figures[name]:,}" for name, text in words.items() if figures[name])


def list_unmatched(planner: ScenePlanner) -> Iterator[UnmatchedRow]:
    """Yield the box tags without a local tag, each with its number of scenes, to `save_unmatched`."""
    for ref, scenes in planner.matcher.unmatched.items():
        yield ref.endpoint, ref.id, planner.matcher.decide(ref).name, scenes
