"""Routes of metadata providers and agents, and of a person's Fix Match."""

from __future__ import annotations

from dataclasses import replace

from sandbox.messages import Response
from sandbox.plex.agents.asking import (
    ProviderFailed,
    ask_for_match,
    offer_images,
    read_manifest,
    refresh_from_provider,
)
from sandbox.plex.context import NotThere, PlexRequest
from sandbox.plex.elements import Attributes, Element, write_failure
from sandbox.plex.model import MetadataProvider, PlexMovie, ProviderGroup
from sandbox.plex.state import PlexState

FIRST_VERSION = (1, 43)


def require_providers(state: PlexState) -> None:
    """Raise NotThere in a Plex from before providers."""
    if tuple(int(part) for part in state.version.split(".")[:2]) < FIRST_VERSION:
        raise NotThere


def show_provider(provider: MetadataProvider) -> Element:
    """Return a registered provider as an element of Plex's answers."""
    attributes: Attributes = {"id": provider.id, "identifier": provider.identifier, "title": provider.title}
    return Element("MetadataAgentProvider", {**attributes, "uri": provider.uri})


def show_group(group: ProviderGroup) -> Element:
    """Return an agent made of providers as an element of Plex's answers."""
    attributes: Attributes = {"id": group.id, "title": group.title, "primaryIdentifier": group.primary}
    return Element("MetadataAgentProviderGroup", attributes)


def list_providers(asked: PlexRequest) -> Response:
    """GET /media/providers/metadata: the metadata providers that were added."""
    require_providers(asked.state)
    return asked.show([show_provider(each) for each in asked.state.providers.values()])


def add_provider(asked: PlexRequest) -> Response:
    """POST /media/providers/metadata?uri=: Plex reads the manifest there; 409 for a known identifier."""
    require_providers(asked.state)
    try:
        provider = read_manifest(asked.request.parameter("uri"))
    except ProviderFailed as error:
        asked.state.provider_errors.append(str(error))
        return write_failure(400, "Bad Request")
    if any(each.identifier == provider.identifier for each in asked.state.providers.values()):
        return write_failure(409, "Conflict")
    number = max(asked.state.providers, default=0) + 1
    asked.state.providers[number] = replace(provider, id=number)
    return asked.show([show_provider(asked.state.providers[number])])


def list_groups(asked: PlexRequest) -> Response:
    """GET /media/providers/metadata/group: the agents made of providers, which libraries can choose."""
    require_providers(asked.state)
    return asked.show([show_group(each) for each in asked.state.provider_groups.values()])


def add_group(asked: PlexRequest) -> Response:
    """POST /media/providers/metadata/group?title=&primaryIdentifier=: an agent that libraries can choose."""
    require_providers(asked.state)
    primary = asked.request.parameter("primaryIdentifier")
    if all(each.identifier != primary for each in asked.state.providers.values()):
        return write_failure(400, "Bad Request")
    number = max(asked.state.provider_groups, default=0) + 1
    asked.state.provider_groups[number] = ProviderGroup(number, asked.request.parameter("title"), primary)
    return asked.show([show_group(asked.state.provider_groups[number])])


def edit_section(asked: PlexRequest) -> Response:
    """PUT /library/sections/{id}?agent=&metadataAgentProviderGroupId=: choose the agent; 400 without `agent`."""
    require_providers(asked.state)
    section, agent = asked.section(), asked.request.parameter("agent")
    group = asked.state.provider_groups.get(int(asked.request.parameter("metadataAgentProviderGroupId", "0")))
    if not agent or (group and group.primary != agent):
        return write_failure(400, "Bad Request")
    section.agent = agent
    return asked.done()


def find_provider(state: PlexState, item: PlexMovie) -> MetadataProvider | None:
    """Return the provider of an item's library; None if the library has another agent.

    The routes for matches, images and scans of the Plex double ask.
    """
    agent = state.sections[item.section_id].agent
    return next((each for each in state.providers.values() if each.identifier == agent), None)


def refresh(state: PlexState, item: PlexMovie) -> None:
    """Refresh an item from its provider or other source; if a provider fails, only `provider_errors` changes."""
    provider = find_provider(state, item)
    if provider is None:
        state.refresh_item(item)
        return
    try:
        refresh_from_provider(state, provider, item)
    except ProviderFailed as error:
        state.provider_errors.append(str(error))


def ask_for_images(state: PlexState, item: PlexMovie) -> None:
    """Ask the provider of an item's library for images, when a person opens Plex's list of posters."""
    provider = find_provider(state, item)
    try:
        if provider is not None:
            offer_images(provider, item)
    except ProviderFailed as error:
        state.provider_errors.append(str(error))


def list_matches(asked: PlexRequest) -> Response:
    """GET /library/metadata/{id}/matches?manual=1&title=: what Fix Match shows."""
    item = asked.item()
    provider = find_provider(asked.state, item)
    if provider is None:
        raise NotThere
    is_manual, title = asked.request.parameter("manual") == "1", asked.request.parameter("title")
    try:
        found = ask_for_match(asked.state, provider, item, manual=is_manual, title=title)
    except ProviderFailed as error:
        asked.state.provider_errors.append(str(error))
        return write_failure(500, "Internal Server Error")
    names = ("guid", "title", "year", "score", "thumb")
    return asked.show([Element("SearchResult", {name: row[name] for name in names if name in row}) for row in found])


def choose_match(asked: PlexRequest) -> Response:
    """PUT /library/metadata/{id}/match?guid=&name=: match the item as a person chose in Fix Match, and refresh it."""
    item = asked.item()
    item.guid = asked.request.parameter("guid")
    refresh(asked.state, item)
    return asked.done()
