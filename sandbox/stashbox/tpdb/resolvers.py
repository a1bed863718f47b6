"""TPDB's dialect: every field may be null, lists of scenes hold only nulls, dates carry a time of day."""

from __future__ import annotations

from typing import Any

from sandbox.gqlgen.endpoint import Resolvers
from sandbox.stashbox.fields import FIELDS
from sandbox.stashbox.resolvers import MUTATIONS, QUERIES, guard_root

PLAIN = (
    "me",
    "findScene",
    "findPerformer",
    "findStudio",
    "findTag",
    "findScenesBySceneFingerprints",
    "searchScene",
    "searchPerformer",
)


def format_date(text: str | None) -> str | None:
    """Return a date as ThePornDB shows it in GraphQL: a whole one with a time of day."""
    return f"{text} 00:00:00" if text and len(text) == 10 else text


def _query_scenes(_root: object, info: Any, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    """Return as many rows as asked for, all of them null, as TPDB does."""
    del info
    return {"scenes": [None] * min(input.get("per_page") or 25, 25)}


def _query_performers(_root: object, info: Any, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    """Return the first performers; filters are accepted and do nothing."""
    rows = list(info.context.world.performers.values())
    return {"performers": rows[: input.get("per_page") or 25]}


RESOLVERS: Resolvers = {
    "Query": {
        **{name: guard_root(QUERIES[name]) for name in PLAIN},
        "queryScenes": _query_scenes,
        "queryPerformers": _query_performers,
    },
    "Mutation": {"submitFingerprint": guard_root(MUTATIONS["submitFingerprint"])},
    "Scene": {**FIELDS["Scene"], "date": lambda scene, _info: format_date(scene.release_date)},
    "Performer": {**FIELDS["Performer"], "birth_date": lambda each, _info: format_date(each.birth_date)},
    "PerformerAppearance": FIELDS["PerformerAppearance"],
    "Studio": {name: FIELDS["Studio"][name] for name in ("urls", "parent")},
    "Image": FIELDS["Image"],
    "URL": {"type": FIELDS["URL"]["type"]},
    "User": {"email": FIELDS["User"]["email"]},
}
