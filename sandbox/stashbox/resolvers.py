"""The root fields of a stash-box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sandbox.gqlgen.endpoint import Resolvers
from sandbox.stashbox.criteria import BoxFailure, check_arguments, parse_hash, parse_id, take_page
from sandbox.stashbox.entity_query import find_edits, find_performers, find_studios, find_tags
from sandbox.stashbox.fields import FIELDS
from sandbox.stashbox.model import Account, BoxEntity, Edit, Performer, Scene, Studio
from sandbox.stashbox.notifications import query_notifications
from sandbox.stashbox.quirks import Quirks
from sandbox.stashbox.scenes.scene_query import SceneQuery
from sandbox.stashbox.scenes.votes import submit_many, submit_one
from sandbox.stashbox.search import (
    DEFAULT_LIMIT,
    search_performers,
    search_scenes,
    search_studios,
    search_tags,
)
from sandbox.stashbox.world import World

MOST_GROUPS = 40
Found = dict[str, Any]


class BoxSession(NamedTuple):
    """The context of one request: the user, the world and the address of the box."""

    world: World
    scenes: SceneQuery
    quirks: Quirks
    account: Account | None
    origin: str

    @property
    def user(self) -> Account:
        """Return the account of a request to the box, for its resolvers; anonymous requests are not authorized."""
        if self.account is None:
            raise BoxFailure("not authorized")
        return self.account


Root = Callable[..., Any]


def guard_root(resolve: Root) -> Root:
    """Return a resolver that refuses every request without a valid key; all but `me` need the role READ.

    Any role implies READ, so only a user without roles lacks it. RESOLVERS holds such resolvers.
    """

    @check_arguments
    def resolve_guarded(_root: object, info: Any, **arguments: Any) -> Any:
        session: BoxSession = info.context
        if not session.user.roles and resolve is not _find_me:
            raise BoxFailure("not authorized")
        return resolve(session, session.user, **arguments)

    return resolve_guarded


def _find_by_id(table: str) -> Root:
    def find(session: BoxSession, _user: Account, id: str) -> BoxEntity | None:  # noqa: A002
        found: Mapping[str, BoxEntity] = getattr(session.world, table)
        return found.get(parse_id(id))

    return find


def _find_named(table: str) -> Root:
    """Return a resolver that finds by id, else by the exact name of a live entry, ignoring case."""

    def find(session: BoxSession, _user: Account, id: str | None = None, name: str | None = None) -> Any:  # noqa: A002
        found: Mapping[str, Any] = getattr(session.world, table)
        if id is not None:
            return found.get(parse_id(id))
        return next((each for each in found.values() if name and _is_named(each, name)), None)

    return find


def _is_named(entity: Any, name: str) -> bool:
    return not entity.deleted and entity.name.lower() == name.lower()


def _find_tag_or_alias(session: BoxSession, _user: Account, name: str) -> Any:
    live = [tag for tag in session.world.tags.values() if not tag.deleted]
    by_name = [tag for tag in live if tag.name.lower() == name.lower()]
    by_alias = [tag for tag in live if name.lower() in (alias.lower() for alias in tag.aliases)]
    return next(iter(by_name + by_alias), None)


def _query_scenes(session: BoxSession, user: Account, input: Found) -> Found:  # noqa: A002
    """Return the fields of a page; the box finds its count and its scenes separately, so each may fail."""
    shift = session.quirks.row_shift

    def count(_info: Any) -> int:
        number: int = max(input["page"], 1)
        return max(len(session.scenes.find_scenes(input, user)) + shift * (number - 1), 0)

    def find(_info: Any) -> list[Scene]:
        return take_page(session.scenes.find_scenes(input, user), input["page"], input["per_page"], shift)

    return {"count": count, "scenes": find}


def _page_of(name: str, rows: Sequence[Any], given: Found) -> Found:
    return {"count": len(rows), name: take_page(rows, given["page"], given["per_page"])}


def _query_performers(session: BoxSession, user: Account, input: Found) -> Found:  # noqa: A002
    return _page_of("performers", find_performers(session.world, input, user), input)


def _query_studios(session: BoxSession, user: Account, input: Found) -> Found:  # noqa: A002
    return _page_of("studios", find_studios(session.world, input, user), input)


def _query_tags(session: BoxSession, _user: Account, input: Found) -> Found:  # noqa: A002
    return _page_of("tags", find_tags(session.world, input), input)


def _query_edits(session: BoxSession, _user: Account, input: Found) -> Found:  # noqa: A002
    def find(_info: Any) -> list[Edit]:
        return take_page(find_edits(session.world, input), input["page"], input["per_page"])

    return {"count": lambda _info: len(find_edits(session.world, input)), "edits": find}


def _query_notifications(session: BoxSession, user: Account, input: Found) -> Found:  # noqa: A002
    del session
    return query_notifications(user, input)


def _query_categories(session: BoxSession, _user: Account) -> Found:
    rows = sorted(session.world.categories.values(), key=lambda each: each.name)
    return {"count": len(rows), "tag_categories": rows}


def _query_sites(session: BoxSession, _user: Account) -> Found:
    rows = sorted(session.world.sites.values(), key=lambda each: each.name)
    return {"count": len(rows), "sites": rows}


def _find_by_fingerprints(
    session: BoxSession, _user: Account, fingerprints: list[list[dict[str, str]]]
) -> list[list[Scene | None]]:
    if len(fingerprints) > MOST_GROUPS:
        raise BoxFailure("too many scenes")
    return [_match_group(session, group) for group in fingerprints]


def _match_group(session: BoxSession, group: list[dict[str, str]]) -> list[Scene | None]:
    found: dict[str, Scene | None] = {}
    for each in group:
        value = parse_hash(each["hash"])
        if each["algorithm"] != "MD5":
            near = session.quirks.phash_distance if each["algorithm"] == "PHASH" else 0
            found.update(_match_hash(session.world, value, near))
    return [*found.values(), *([None] if found and session.quirks.adds_null_rows else [])]


def _match_hash(world: World, value: int, distance: int) -> dict[str, Scene]:
    values = [value]
    if distance:
        values = [each for each in world.index.by_fingerprint if bin(each ^ value).count("1") <= distance]
    return {
        scene_id: world.scenes[scene_id] for each in values for scene_id in world.index.by_fingerprint.get(each, {})
    }


def _limited(search: Callable[[World, str], list[Any]]) -> Root:
    def find(session: BoxSession, _user: Account, term: str, limit: int | None = None) -> list[Any]:
        return search(session.world, term)[: limit or DEFAULT_LIMIT]

    return find


def _paged(name: str, rows: list[Any], given: Found) -> Found:
    size = given.get("per_page") or given.get("limit") or DEFAULT_LIMIT
    return {"count": len(rows), name: take_page(rows, given.get("page") or 1, size)}


def _search_scenes(session: BoxSession, _user: Account, term: str, **given: Any) -> Found:
    return _paged("scenes", search_scenes(session.world, term), given)


def _search_performers(session: BoxSession, _user: Account, term: str, **given: Any) -> Found:
    rows = search_performers(session.world, term, (given.get("filter") or {}).get("gender"))
    genders = sorted({each.gender for each in rows if each.gender})
    facets = [{"gender": name, "count": sum(each.gender == name for each in rows)} for name in genders]
    return {**_paged("performers", rows, given), "facets": {"genders": facets}}


def _favorite(kind: type[Performer] | type[Studio], liked: str) -> Root:
    def favorite(session: BoxSession, user: Account, id: str, favorite: bool) -> bool:  # noqa: A002
        entity = session.world.table_of(kind).get(parse_id(id))
        if entity is None:
            raise BoxFailure("performer not found" if kind is Performer else "no rows in result set")
        if entity.deleted:
            raise BoxFailure(f"{kind.__name__.lower()} is deleted, unable to make favorite")
        chosen: set[str] = getattr(user, liked)
        (chosen.add if favorite else chosen.discard)(entity.id)
        return True

    return favorite


def _submit_fingerprint(session: BoxSession, user: Account, input: Found) -> bool:  # noqa: A002
    return submit_one(session.world, user, input)


def _submit_fingerprints(session: BoxSession, user: Account, input: list[Found]) -> list[Found]:  # noqa: A002
    return submit_many(session.world, user, input)


def _find_me(session: BoxSession, user: Account) -> Found:
    del session
    return {"id": parse_id(f"{len(user.name):032x}"), "name": user.name, "roles": list(user.roles), "account": user}


def _find_version(session: BoxSession, _user: Account) -> Found:
    del session
    return {"hash": "0000000", "build_time": "2026-07-02 10:00:00", "build_type": "OFFICIAL", "version": "v0.10.0"}


def _get_config(_root: object, info: Any) -> Found:
    return {
        "host_url": info.context.origin,
        "require_invite": True,
        "require_activation": True,
        "voting_period": 345600,
        "vote_application_threshold": 3,
        "vote_cron_interval": "5m",
        "guidelines_url": "",
    }


QUERIES: dict[str, Root] = {
    "me": _find_me,
    "version": _find_version,
    "findScene": _find_by_id("scenes"),
    "findPerformer": _find_by_id("performers"),
    "findStudio": _find_named("studios"),
    "findTag": _find_named("tags"),
    "findTagOrAlias": _find_tag_or_alias,
    "findTagCategory": _find_by_id("categories"),
    "findSite": _find_by_id("sites"),
    "findEdit": _find_by_id("edits"),
    "findScenesBySceneFingerprints": _find_by_fingerprints,
    "queryScenes": _query_scenes,
    "queryPerformers": _query_performers,
    "queryStudios": _query_studios,
    "queryTags": _query_tags,
    "queryTagCategories": _query_categories,
    "querySites": _query_sites,
    "queryEdits": _query_edits,
    "queryNotifications": _query_notifications,
    "searchScene": _limited(search_scenes),
    "searchScenes": _search_scenes,
    "searchPerformer": _limited(search_performers),
    "searchPerformers": _search_performers,
    "searchStudio": _limited(search_studios),
    "searchTag": _limited(search_tags),
}
MUTATIONS: dict[str, Root] = {
    "favoritePerformer": _favorite(Performer, "performers"),
    "favoriteStudio": _favorite(Studio, "studios"),
    "submitFingerprint": _submit_fingerprint,
    "submitFingerprints": _submit_fingerprints,
}
RESOLVERS: Resolvers = {
    "Query": {**{name: guard_root(root) for name, root in QUERIES.items()}, "getConfig": _get_config},
    "Mutation": {name: guard_root(root) for name, root in MUTATIONS.items()},
    **FIELDS,
}
