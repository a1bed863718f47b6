"""Routes of the server and its libraries."""

from __future__ import annotations

from sandbox.messages import Response
from sandbox.plex.agents.routes import find_provider, refresh
from sandbox.plex.context import PlexRequest
from sandbox.plex.elements import Element
from sandbox.plex.filters import ListSlice, kind_of, list_page, read_page
from sandbox.plex.meta import show_meta
from sandbox.plex.model import TAG_ELEMENTS, PlexMovie
from sandbox.plex.rendering import show_item, show_section, show_server


def answer_root(asked: PlexRequest) -> Response:
    """GET /: who this is and what it can do."""
    return asked.show([], **show_server(asked.state, asked.is_admin))


def answer_identity(asked: PlexRequest) -> Response:
    """GET /identity: who this is, for everybody."""
    return asked.show([], claimed=True, machineIdentifier=asked.state.machine_id, version=asked.state.version)


def answer_prefs(asked: PlexRequest) -> Response:
    """GET /:/prefs: the settings a client may want to know."""
    values = {"ButlerStartHour": 2, "ButlerEndHour": 5, "FSEventLibraryUpdatesEnabled": False}
    rows = [
        Element("Setting", {"id": name, "label": name, "type": "bool" if value is False else "int", "value": value})
        for name, value in values.items()
    ]
    return asked.show(rows)


def answer_activities(asked: PlexRequest) -> Response:
    """GET /activities: scans under way."""
    running = [section for section in asked.state.sections.values() if asked.state.is_scanning(section.id)]
    rows = [
        Element(
            "Activity", {"uuid": section.uuid, "type": "library.update.section", "title": f"Scanning {section.title}"}
        )
        for section in running
    ]
    return asked.show(rows)


def answer_library(asked: PlexRequest) -> Response:
    """GET /library."""
    return asked.show([], identifier="com.plexapp.plugins.library", title1="Plex Library")


def list_sections(asked: PlexRequest) -> Response:
    """GET /library/sections."""
    rows = [show_section(asked.state, section, asked.is_admin) for section in asked.state.sections.values()]
    return asked.show(rows, allowSync=asked.is_admin, title1="Plex Library")


def answer_section(asked: PlexRequest) -> Response:
    """GET /library/sections/{id}."""
    section = asked.section()
    return asked.show([show_meta(section, section.type)], librarySectionID=section.id, title1=section.title)


def list_section_items(asked: PlexRequest) -> Response:
    """GET /library/sections/{id}/all and /collections: filtered, sorted, paged, with short tag lists."""
    section, query = asked.section(), asked.request.query
    kind = "collection" if asked.match["list"] == "collections" else kind_of(query, "movie")
    page = ListSlice(0, None) if asked.state.options.ignores_paging else read_page(asked.request)
    shown, total = list_page(asked.state, section.id, kind, query, page)
    rows = [show_item(asked.state, item, in_full=False, account=asked.account) for item in shown]
    meta = [show_meta(section, kind)] if query.get("includeMeta") == ["1"] else []
    return asked.show(
        [*meta, *rows],
        size=len(rows),
        totalSize=total,
        offset=page.start,
        allowSync=asked.is_admin,
        librarySectionID=section.id,
        librarySectionTitle=section.title,
        librarySectionUUID=section.uuid,
    )


def list_choices(asked: PlexRequest) -> Response:
    """GET /library/sections/{id}/{kind}: the tags in use, with the ids that filters take."""
    section, kind = asked.section(), asked.match["kind"]
    items = list(asked.state.list_items(section.id))
    names = sorted(
        {name for item in items for name in (item.tag_names(kind) if kind in TAG_ELEMENTS else texts(item, kind))}
    )
    rows = []
    for name in names:
        key = str(asked.state.tag_id(kind, name)) if kind in TAG_ELEMENTS else name
        address = f"/library/sections/{section.id}/all?{kind}={key}"
        rows.append(Element("Directory", {"fastKey": address, "key": key, "title": name, "type": kind}))
    return asked.show(rows)


def texts(item: PlexMovie, field: str) -> list[str]:
    """Return the value of a text field as a list of one, or nothing, for `list_choices`."""
    value = item.fields.get(field, "")
    return [value] if value else []


def scan_section(asked: PlexRequest) -> Response:
    """GET or POST /library/sections/{id}/refresh: scan, or with force=1 ask the metadata source again."""
    section, is_forced = asked.section(), asked.request.parameter("force") == "1"
    known = {item.rating_key for item in asked.state.list_items(section.id)}
    asked.state.scan(section.id, asked.request.parameter("path"), is_forced)
    for item in list(asked.state.list_items(section.id)):
        if is_forced or (item.rating_key not in known and find_provider(asked.state, item)):
            refresh(asked.state, item)
    return asked.done()


def scan_everything(asked: PlexRequest) -> Response:
    """GET /library/sections/all/refresh."""
    for number in asked.state.sections:
        asked.state.scan(number)
    return asked.done()


def stop_scan(asked: PlexRequest) -> Response:
    """DELETE /library/sections/{id}/refresh."""
    section = asked.section()
    for file in asked.state.disk:
        if file.section_id == section.id:
            file.due = None
    return asked.done()


def empty_trash(asked: PlexRequest) -> Response:
    """PUT /library/sections/{id}/emptyTrash."""
    asked.state.empty_trash(asked.section().id)
    return asked.done()
