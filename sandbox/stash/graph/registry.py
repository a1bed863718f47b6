"""All resolvers of the double in one registry."""

from __future__ import annotations

from sandbox.stash.graph.execution import Registry
from sandbox.stash.objects import boxes, finds, people, plugins, saved_filters, scenes, system, tags
from sandbox.stash.write import activity, packages, performers, pictures, studios
from sandbox.stash.write import scenes as scene_changes
from sandbox.stash.write import system as system_changes
from sandbox.stash.write import tags as tag_changes


def build_registry() -> Registry:
    """Return one registry with the resolvers of all modules, which the GraphQL endpoint runs."""
    registry = Registry()
    reading = (
        finds.FINDS,
        scenes.SCENES,
        people.PEOPLE,
        tags.TAGS,
        saved_filters.SAVED_FILTERS,
        plugins.PLUGINS,
        system.SYSTEM,
        boxes.BOXES,
    )
    writing = (
        scene_changes.SCENES,
        performers.PERFORMERS,
        studios.STUDIOS,
        tag_changes.TAGS,
        activity.ACTIVITY,
        pictures.PICTURES,
        packages.PACKAGES,
        system_changes.SYSTEM,
    )
    for part in (*reading, *writing):
        registry.merge(part)
    return registry


REGISTRY = build_registry()
