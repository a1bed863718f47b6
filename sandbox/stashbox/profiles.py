"""The boxes the double can play: a current stash-box, an older one, or ThePornDB, which only looks like one."""

from __future__ import annotations

import functools
from pathlib import Path

from graphql import DocumentNode, GraphQLSchema, build_ast_schema

from sandbox.schema.sdl import drop_names, read_sdl

HERE = Path(__file__).parent
LATEST = "current"
NOT_IN_OLD = frozenset(
    {
        "Scene.release_date",
        "Scene.production_date",
        "Studio.sub_studios",
        "Query.searchScenes",
        "Query.searchPerformers",
        "SceneQueryInput.code",
        "SceneQueryInput.production_date",
        "PerformerSearchFilter",
        "FingerprintSubmissionType",
        "FingerprintSubmission.vote",
        "FingerprintBatchSubmission",
        "FingerprintSubmissionResult",
        "Mutation.submitFingerprints",
        "Query.queryNotifications",
        "User.notification_subscriptions",
        "QueryNotificationsInput",
        "QueryNotificationsResult",
        "Notification",
        "NotificationData",
        "NotificationEnum",
        "NotificationLevel",
        "FavoritePerformerScene",
        "FavoriteStudioScene",
        "FingerprintMovedScene",
    }
)
PROFILES = ("current", "old", "tpdb")
COMPARED = (LATEST,)  # the others are older or another program: a checkout of stash-box has neither schema


@functools.cache
def build_schema(name: str) -> GraphQLSchema:
    """Return the schema of a profile; all its boxes share it and the resolvers attached to it."""
    return build_ast_schema(_read_document(name))


def _read_document(name: str) -> DocumentNode:
    if name not in PROFILES:
        raise ValueError(f"no stash-box profile {name!r}; known: {', '.join(PROFILES)}")
    if name == "tpdb":
        return read_sdl(HERE / "tpdb")
    document = read_sdl(HERE / "sdl")
    return drop_names(document, NOT_IN_OLD) if name == "old" else document
