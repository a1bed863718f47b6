"""Lists of scenes at ThePornDB over REST, because its GraphQL has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import BadReply
from shared.http import Request
from shared.stash_box.capabilities import NotOffered
from shared.stash_box.channel import Channel
from shared.stash_box.queries.filters import SceneFilter
from shared.stash_box.queries.kinds import RecordKind
from shared.stash_box.queries.lists import PER_PAGE, ScenePage
from shared.stash_box.queries.rows import read_rows
from shared.stash_box.queries.selections import select_scene
from shared.stash_box.records import shapes
from shared.stash_box.records.parse import read_date, read_ref
from shared.stash_box.records.types import Appearance, Image, Ref, Scene, SiteLink

SORTS = {
    "DATE": "date",
    "TITLE": "title",
    "CREATED_AT": "created_at",
    "UPDATED_AT": "updated_at",
    "TRENDING": "trending",
}


class RestSceneList:
    """The scenes of one performer or one site; the counterpart of `SceneList` for ThePornDB."""

    def __init__(
        self,
        channel: Channel,
        wanted: SceneFilter,
        *,
        sort: str = "DATE",
        direction: str = "DESC",
        per_page: int = PER_PAGE,
    ) -> None:
        self._channel = channel
        self._sort = {"sort": SORTS.get(sort, "date"), "sort_order": direction.lower(), "limit": str(per_page)}
        self._per_page = per_page
        self._wanted = wanted
        self._place: tuple[str, dict[str, str]] | None = None
        _require_one(channel, wanted)

    def read_page(self, page: int = 1, *, wants_total: bool | None = None) -> ScenePage:
        """Return one page of a list of scenes, for lists, counts and follows; every reply carries the total."""
        del wants_total
        path, params = self._find_place()
        reply = self._get(path, {**params, **self._sort, "page": str(page)}, "listing scenes")
        rows, meta = reply.get("data"), reply.get("meta")
        if not isinstance(rows, list) or not isinstance(meta, dict):
            raise self._make_bad_reply("sent a list without rows", "listing scenes")
        found = read_rows(self._channel, REST_SCENE, rows)
        last = meta.get("last_page")
        has_more = isinstance(last, int) and page < last
        return ScenePage(tuple(found.records), page, meta.get("total"), has_more, 0, tuple(found.unreadable))

    def _find_place(self) -> tuple[str, dict[str, str]]:
        if self._place is None:
            self._place = self._look_up_place()
        return self._place

    def _look_up_place(self) -> tuple[str, dict[str, str]]:
        """Return path and parameters of the list: below a performer, or by the number of a site, which is looked up."""
        performers = self._wanted.any_performers or self._wanted.all_performers
        if performers:
            return f"performers/{next(iter(performers))}/scenes", {}
        site = next(iter(self._wanted.any_studios or ()), self._wanted.network)
        found = self._get(f"sites/{site}", {}, "looking up a site").get("data")
        if not isinstance(found, dict) or not found.get("id"):
            raise self._make_bad_reply("sent a site without its number", "looking up a site")
        return "scenes", {"site_id": str(found["id"])}

    def _get(self, path: str, params: Mapping[str, str], operation: str) -> Mapping[str, Any]:
        box = self._channel.box
        http = self._channel.open_http(box.rest_url, {"Authorization": f"Bearer {box.api_key}"})
        data = http.send(Request("GET", path, params=dict(params), operation=operation, records=self._per_page)).data
        if not isinstance(data, dict):
            raise self._make_bad_reply("sent something else than was asked for", operation)
        return data

    def _make_bad_reply(self, what: str, operation: str) -> BadReply:
        name = self._channel.box.name
        return BadReply(f"{name} {what} while {operation}.", service=name, operation=operation, status=200)


def read_scene(row: Mapping[str, Any]) -> Scene:
    """Return a scene from the JSON of ThePornDB's REST interface, for its lists."""
    site = row.get("site") or {}
    return Scene(
        id=str(row["id"]),
        title=row.get("title") or None,
        code=row.get("sku") or None,
        details=row.get("description") or None,
        director=next((each.get("name") for each in row.get("directors") or ()), None),
        date=read_date(row.get("date")),
        duration=row.get("duration") or None,
        studio=Ref(str(site["uuid"]), site.get("name") or "") if site.get("uuid") else None,
        performers=tuple(filter(None, map(_read_appearance, row.get("performers") or ()))),
        tags=tuple(
            Ref(str(each["uuid"]), each.get("name") or "") for each in row.get("tags") or () if each.get("uuid")
        ),
        links=(SiteLink(row["url"]),) if row.get("url") else (),
        images=_read_posters(row.get("posters")),
    )


def _read_appearance(row: Mapping[str, Any]) -> Appearance | None:
    """Return the performer of a scene; sites have records of their own for performers, whose parent is the person."""
    person = row.get("parent") or row
    performer = read_ref(person)
    gender = str((person.get("extras") or {}).get("gender") or "").upper().replace(" ", "_") or None
    return Appearance(performer, row.get("as") or None, gender) if performer else None


def _read_posters(posters: Any) -> tuple[Image, ...]:
    """Return the pictures, which are a list of pictures or a map of URLs by size."""
    if isinstance(posters, dict):
        return tuple(Image(url, url) for url in list(posters.values())[:1] if isinstance(url, str) and url)
    rows = [each for each in posters if isinstance(each, dict)] if isinstance(posters, list) else []
    return tuple(
        Image(str(each.get("id") or each["url"]), each["url"], each.get("width"), each.get("height"))
        for each in rows
        if isinstance(each.get("url"), str) and each["url"]
    )


REST_SCENE: RecordKind[Scene] = RecordKind("scene", "Scene", "scene", select_scene, read_scene, shapes.REST_SCENE)


def _require_one(channel: Channel, wanted: SceneFilter) -> None:
    """Raise NotOffered unless the filter names one performer or one site: ThePornDB has no other lists."""
    asked = {name: value for name, value in wanted._asdict().items() if value}
    places = ("any_performers", "all_performers", "any_studios", "network")
    is_one = len(asked) == 1 and all(name in places for name in asked)
    if not is_one or any(not isinstance(value, str) and len(value) != 1 for value in asked.values()):
        message = f"{channel.box.name} lists the scenes of one performer or one site, and nothing else."
        raise NotOffered(message, service=channel.box.name, operation="listing scenes")
