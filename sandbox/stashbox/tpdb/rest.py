"""TPDB's REST interface, as far as the plugins use it: performers, sites and their scenes, page by page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from sandbox.messages import HttpRequest, Response, json_response
from sandbox.stashbox.criteria import sort_rows
from sandbox.stashbox.identity import format_uuid
from sandbox.stashbox.model import Credit, Performer, Scene, Studio
from sandbox.stashbox.search import search_performers, search_scenes, search_studios
from sandbox.stashbox.world import World

MOST = 100
DEFAULT = 20
SORTS = {"date": "release_date", "title": "title", "created_at": "created", "updated_at": "updated", "trending": "id"}


class RestTwin:
    """Answers below the REST address; keys come as `Authorization: Bearer`."""

    def __init__(self, world: World, image_origin: Callable[[], str]) -> None:
        self.world = world
        self._image_origin = image_origin
        self.routes: list[tuple[str, Callable[[HttpRequest, str], Response]]] = [
            (r"/auth/user", self._show_user),
            (r"/favourites", self._serve_favorites),
            (r"/performers", self._list_performers),
            (r"/performers/([^/]+)", self._show_performer),
            (r"/performers/([^/]+)/scenes", self._list_performer_scenes),
            (r"/sites", self._list_sites),
            (r"/sites/([^/]+)", self._show_site),
            (r"/scenes", self._list_scenes),
            (r"/scenes/([^/]+)", self._show_scene),
        ]

    def answer(self, request: HttpRequest) -> Response:
        """Return the answer to a REST request; the twin's server calls this."""
        key = request.header("authorization").partition("Bearer ")[2]
        if key not in self.world.accounts:
            return json_response({"message": "Unauthenticated."}, 401)
        with self.world.lock:
            for pattern, route in self.routes:
                if found := re.fullmatch(pattern, request.path.rstrip("/")):
                    return route(request, found[1] if found.groups() else "")
        return json_response({"message": "Not Found"}, 404)

    def number_of(self, entity_id: str) -> int:
        """Return the integer id that ThePornDB keeps beside the UUID, for its REST answers."""
        return zlib.crc32(entity_id.encode()) & 0x7FFFFFFF

    def _show_user(self, request: HttpRequest, _id: str) -> Response:
        key = request.header("authorization").partition("Bearer ")[2]
        return json_response({"data": {"name": self.world.accounts[key].name}})

    def _serve_favorites(self, request: HttpRequest, _id: str) -> Response:
        """GET lists the favorites of one type, POST takes the integer id and toggles the favorite."""
        account = self.world.accounts[request.header("authorization").partition("Bearer ")[2]]
        kinds: dict[str, tuple[Any, set[str], Callable[[Any], Any]]] = {
            "performer": (self.world.performers, account.performers, self._describe_performer),
            "site": (self.world.studios, account.studios, self._describe_site),
        }
        if request.parameter("type") not in kinds or (request.method == "GET" and "value" in request.query):
            return json_response({"message": "The given data was invalid."}, 422)
        table, liked, describe = kinds[request.parameter("type")]
        if request.method == "GET":
            return self._send_page(request, [each for key, each in table.items() if key in liked], describe)
        chosen = {key for key in table if str(self.number_of(key)) == request.parameter("value")}
        if not chosen:
            return _say_not_found()
        liked.symmetric_difference_update(chosen)
        return json_response({"message": "OK"})

    def _list_performers(self, request: HttpRequest, _id: str) -> Response:
        term = request.parameter("q")
        rows = search_performers(self.world, term) if term else list(self.world.performers.values())
        return self._send_page(request, rows, self._describe_performer)

    def _show_performer(self, _request: HttpRequest, performer_id: str) -> Response:
        found = self.world.performers.get(performer_id)
        return json_response({"data": self._describe_performer(found)}) if found else _say_not_found()

    def _list_performer_scenes(self, request: HttpRequest, performer_id: str) -> Response:
        if performer_id not in self.world.performers:
            return _say_not_found()
        return self._send_scenes(request, list(self.world.index.by_performer.get(performer_id, {})))

    def _list_sites(self, request: HttpRequest, _id: str) -> Response:
        term = request.parameter("q")
        rows = search_studios(self.world, term) if term else list(self.world.studios.values())
        return self._send_page(request, rows, self._describe_site)

    def _show_site(self, _request: HttpRequest, studio_id: str) -> Response:
        found = self.world.studios.get(studio_id)
        return json_response({"data": self._describe_site(found)}) if found else _say_not_found()

    def _list_scenes(self, request: HttpRequest, _id: str) -> Response:
        index = self.world.index
        chosen = set(index.live)
        if term := request.parameter("q"):
            chosen &= {scene.id for scene in search_scenes(self.world, term)}
        if number := request.parameter("site_id"):
            sites = [each for each in self.world.studios if str(self.number_of(each)) == number]
            chosen &= {scene_id for each in sites for scene_id in index.by_studio.get(each, {})}
        if performer := request.parameter("performer"):
            chosen &= set(index.by_performer.get(performer, {}))
        return self._send_scenes(request, [each for each in index.live if each in chosen])

    def _show_scene(self, _request: HttpRequest, scene_id: str) -> Response:
        found = self.world.scenes.get(scene_id)
        return json_response({"data": self._describe_scene(found)}) if found else _say_not_found()

    def _send_scenes(self, request: HttpRequest, ids: Sequence[str]) -> Response:
        field = SORTS.get(request.parameter("sort", "date"), "release_date")
        direction = request.parameter("sort_order", "desc").upper()
        rows = sort_rows([self.world.scenes[each] for each in ids], lambda each: getattr(each, field), direction)
        return self._send_page(request, rows, self._describe_scene)

    def _send_page(self, request: HttpRequest, rows: Sequence[Any], describe: Callable[[Any], Any]) -> Response:
        wanted = request.parameter("limit") or request.parameter("per_page") or str(DEFAULT)
        size = min(max(int(wanted), 1), MOST)
        page = max(int(request.parameter("page", "1")), 1)
        shown = [describe(each) for each in rows[(page - 1) * size : page * size]]
        meta = {"total": len(rows), "last_page": max(-(-len(rows) // size), 1), "current_page": page, "per_page": size}
        return json_response({"data": shown, "meta": meta})

    def _describe_scene(self, scene: Scene) -> dict[str, Any]:
        studio = self.world.studios.get(scene.studio_id or "")
        return {
            "id": scene.id,
            "_id": self.number_of(scene.id),
            "title": scene.title,
            "description": scene.details,
            "date": scene.release_date,
            "sku": scene.code,
            "duration": scene.duration,
            "url": scene.links[0].url if scene.links else None,
            "directors": [{"name": scene.director}] if scene.director else [],
            "site": self._describe_site(studio) if studio else None,
            "posters": self._describe_posters(scene),
            "performers": [self._describe_appearance(each) for each in scene.performers],
            "tags": [
                {"id": self.number_of(each), "uuid": each, "name": self.world.tags[each].name} for each in scene.tag_ids
            ],
        }

    def _describe_posters(self, scene: Scene) -> Any:
        """Return a list of pictures, or sizes with addresses: TPDB answers with either."""
        pictures = [
            {
                "id": self.number_of(each.id),
                "url": f"{self._image_origin()}/images/{each.id}",
                "width": each.width,
                "height": each.height,
            }
            for each in scene.images
        ]
        return {"large": pictures[0]["url"]} if pictures and self.number_of(scene.id) % 2 else pictures

    def _describe_appearance(self, appearance: Credit) -> dict[str, Any]:
        """Return the performer as one site knows it, and the person behind that record as its parent."""
        performer = self.world.performers[appearance.performer_id]
        own_id = format_uuid(int(performer.id.replace("-", ""), 16) ^ 0xFFFF, 4)
        return {
            "id": own_id,
            "name": appearance.alias or performer.name,
            "is_parent": False,
            "as": appearance.alias,
            "parent": self._describe_performer(performer),
        }

    def _describe_performer(self, performer: Performer) -> dict[str, Any]:
        extras = {
            "gender": (performer.gender or "").capitalize() or None,
            "birthday": performer.birth_date,
            "hair_colour": (performer.hair_color or "").capitalize() or None,
            "height": f"{performer.height}cm" if performer.height else None,
        }
        images = [f"{self._image_origin()}/images/{each.id}" for each in performer.images]
        return {
            "id": performer.id,
            "_id": self.number_of(performer.id),
            "name": performer.name,
            "disambiguation": performer.disambiguation,
            "aliases": performer.aliases,
            "bio": None,
            "is_parent": True,
            "extras": extras,
            "image": images[0] if images else None,
        }

    def _describe_site(self, studio: Studio) -> dict[str, Any]:
        return {
            "id": self.number_of(studio.id),
            "uuid": studio.id,
            "name": studio.name,
            "short_name": studio.name.lower().replace(" ", ""),
            "url": studio.links[0].url if studio.links else None,
            "parent_id": self.number_of(studio.parent_id) if studio.parent_id else None,
        }


def _say_not_found() -> Response:
    return json_response({"message": "No query results for model."}, 404)
