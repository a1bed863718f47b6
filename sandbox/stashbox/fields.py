"""The fields of a box's types, where they are more than an attribute of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.gqlgen.endpoint import Resolvers
from sandbox.stashbox.criteria import check_arguments, parse_id, take_page
from sandbox.stashbox.entity_query import find_age, find_performers, find_studios
from sandbox.stashbox.model import DrawnImage, Edit, Performer, Scene, Site, SiteLink, Studio
from sandbox.stashbox.notifications import find_scene_of
from sandbox.stashbox.scenes.votes import PrintTally, list_tallies

NEWEST = 10
CHILD_DEFAULTS = {"page": 1, "per_page": 25, "direction": "ASC", "sort": "NAME"}


def pad_date(text: str | None) -> str | None:
    """Return a fuzzy date as deprecated fields of stash-box show it: always whole."""
    return text + "-01-01"[len(text) - 4 :] if text else None


def _date_of(scene: Scene, info: Any) -> str | None:
    """Return the date as `release_date` tells it; boxes that have no such field pad it."""
    return scene.release_date if "release_date" in info.parent_type.fields else pad_date(scene.release_date)


def _fuzzy_birthdate(performer: Performer, _info: Any) -> dict[str, str] | None:
    text = performer.birth_date
    if not text:
        return None
    return {"date": pad_date(text) or "", "accuracy": {4: "YEAR", 7: "MONTH"}.get(len(text), "DAY")}


def _measurements(performer: Performer, _info: Any) -> dict[str, Any]:
    return {
        "cup_size": performer.cup_size,
        "band_size": performer.band_size,
        "waist": performer.waist_size,
        "hip": performer.hip_size,
    }


@check_arguments
def _newest_scenes(performer: Performer, info: Any, input: dict[str, Any] | None = None) -> list[Scene]:  # noqa: A002
    """Return at most ten scenes, as the real box does, so this field cannot list all scenes of a performer."""
    given = input or {}
    wanted = {"value": [performer.id], "modifier": "INCLUDES"}
    if other := given.get("performed_with"):
        wanted = {"value": [performer.id, other], "modifier": "INCLUDES_ALL"}
    query: dict[str, Any] = {"performers": wanted, "tags": given.get("tags"), "sort": "DATE", "direction": "DESC"}
    if studio := given.get("studio_id"):
        query["studios"] = {"value": [studio], "modifier": "INCLUDES"}
    found: list[Scene] = info.context.scenes.find_scenes(query, info.context.user)
    return found[:NEWEST]


@check_arguments
def _studios_of(performer: Performer, info: Any, studio_id: str | None = None) -> list[dict[str, Any]]:
    world = info.context.world
    counts: dict[str, int] = {}
    for scene_id in world.index.credits.get(performer.id, {}):
        studio = world.scenes[scene_id].studio_id
        if studio and (not studio_id or studio == parse_id(studio_id)):
            counts[studio] = counts.get(studio, 0) + 1
    return [{"studio": world.studios[each], "scene_count": count} for each, count in counts.items()]


def _children_of(studio: Studio, info: Any) -> list[Studio]:
    studios = info.context.world.studios.values()
    return sorted((each for each in studios if each.parent_id == studio.id and not each.deleted), key=_read_name)


def _sub_studios(studio: Studio, info: Any, input: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: A002
    given = {**CHILD_DEFAULTS, **(input or {}), "parent": {"value": [studio.id], "modifier": "EQUALS"}}
    rows = find_studios(info.context.world, given, info.context.user)
    return {"count": len(rows), "studios": take_page(rows, given["page"], given["per_page"])}


def _studio_performers(studio: Studio, info: Any, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    given = {**input, "studio_id": studio.id}
    rows = find_performers(info.context.world, given, info.context.user)
    return {"count": len(rows), "performers": take_page(rows, given["page"], given["per_page"])}


def _fingerprints_of(scene: Scene, info: Any, is_submitted: bool = False) -> list[PrintTally]:
    return list_tallies(info.context.world, scene, info.context.user, is_own=is_submitted)


def _edits_of(entity: Any, info: Any) -> list[Edit]:
    """Return an entity's own edits; a merge is not listed at its sources."""
    return [edit for edit in info.context.world.edits.values() if edit.target_id == entity.id]


def _find_target(kind: str, entity_id: str, info: Any) -> Any:
    tables = {"PERFORMER": "performers", "SCENE": "scenes", "STUDIO": "studios", "TAG": "tags"}
    return getattr(info.context.world, tables[kind]).get(entity_id)


def _sources_of(edit: Edit, info: Any) -> list[Any]:
    found: Iterable[Any] = (_find_target(edit.target_type, each, info) for each in edit.source_ids)
    return sorted((each for each in found if each is not None), key=_read_name)


def _read_name(entity: Any) -> str:
    return entity.title or "" if isinstance(entity, Scene) else entity.name


def _rank_landscape(picture: DrawnImage) -> tuple[float, int]:
    """Rank pictures of scenes: the widest for its height first, of equal ones the largest."""
    return -picture.width / picture.height, -picture.width


def _rank_portrait(picture: DrawnImage) -> tuple[float, int]:
    """Rank pictures of performers: a width of two thirds of the height first, of equal ones the largest."""
    return abs(picture.width / picture.height - 2 / 3), -picture.height


def _picture_url(picture: DrawnImage, info: Any) -> str:
    return f"{info.context.origin}/images/{picture.id}"


def _site_of(link: SiteLink, info: Any) -> Site:
    site: Site = info.context.world.sites[link.site_id]
    return site


def _always(value: object) -> Callable[[object, object], object]:
    return lambda _parent, _info: value


FIELDS: Resolvers = {
    "Scene": {
        "date": _date_of,
        "images": lambda scene, _info: sorted(scene.images, key=_rank_landscape),
        "urls": lambda scene, _info: scene.links,
        "studio": lambda scene, info: info.context.world.studios.get(scene.studio_id),
        "tags": lambda scene, info: [info.context.world.tags[each] for each in scene.tag_ids],
        "fingerprints": _fingerprints_of,
        "edits": _edits_of,
    },
    "PerformerAppearance": {
        "performer": lambda each, info: info.context.world.performers[each.performer_id],
        "as": lambda each, _info: each.alias,
    },
    "Performer": {
        "urls": lambda performer, _info: performer.links,
        "images": lambda performer, _info: sorted(performer.images, key=_rank_portrait),
        "birthdate": _fuzzy_birthdate,
        "age": lambda performer, _info: find_age(performer),
        "measurements": _measurements,
        "scene_count": lambda performer, info: info.context.world.index.count_scenes(performer.id),
        "scenes": _newest_scenes,
        "studios": _studios_of,
        "is_favorite": lambda performer, info: performer.id in info.context.user.performers,
        "edits": _edits_of,
    },
    "Studio": {
        "urls": lambda studio, _info: studio.links,
        "parent": lambda studio, info: info.context.world.studios.get(studio.parent_id),
        "child_studios": _children_of,
        "sub_studios": _sub_studios,
        "performers": _studio_performers,
        "is_favorite": lambda studio, info: studio.id in info.context.user.studios,
        "edits": _edits_of,
    },
    "Tag": {
        "category": lambda tag, info: info.context.world.categories.get(tag.category_id),
        "edits": _edits_of,
    },
    "Edit": {
        "user": _always(None),
        "bot": _always(False),
        "closed": lambda edit, _info: edit.created,
        "target": lambda edit, info: _find_target(edit.target_type, edit.target_id, info),
        "merge_sources": _sources_of,
    },
    "Image": {"url": _picture_url},
    "URL": {"type": lambda link, info: _site_of(link, info).name.upper(), "site": _site_of},
    "Site": {
        "description": _always(None),
        "regex": _always(None),
        "valid_types": _always(["PERFORMER", "SCENE", "STUDIO"]),
        "icon": lambda site, info: f"{info.context.origin}/images/site/{site.id}",
        "category": _always(None),
        "highlighted": _always(False),
    },
    "User": {
        "email": lambda user, _info: f"{user['name']}@example.invalid",
        "api_key": lambda user, _info: user["account"].key,
        "api_calls": _always(0),
        "notification_subscriptions": lambda user, _info: user["account"].subscriptions,
    },
    "FavoritePerformerScene": {"scene": lambda notice, info: find_scene_of(notice.scene_id, info)},
    "FavoriteStudioScene": {"scene": lambda notice, info: find_scene_of(notice.scene_id, info)},
    "FingerprintMovedScene": {
        "source_scene": lambda notice, info: find_scene_of(notice.source_id, info),
        "target_scene": lambda notice, info: find_scene_of(notice.target_id, info),
    },
}
