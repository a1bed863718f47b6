"""All resolvers of the double in one registry."""

from __future__ import annotations

from sandbox.stash.graph.execution import Registry
from sandbox.stash.objects import finds, people, plugins, scenes, system, tags
from sandbox.stash.write import system as changes


def build_registry() -> Registry:
    """Everything the double can answer."""
    registry = Registry()
    for part in (
        finds.FINDS,
        scenes.SCENES,
        people.PEOPLE,
        tags.TAGS,
        plugins.PLUGINS,
        system.SYSTEM,
        changes.SYSTEM,
    ):
        registry.merge(part)
    return registry


REGISTRY = build_registry()
