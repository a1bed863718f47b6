"""The image routes of a box: sizes, formats, what is not there."""

from __future__ import annotations

from sandbox.messages import HttpRequest, Response, text_response
from sandbox.pictures import MIME_TYPES, draw_picture
from sandbox.stashbox.criteria import parse_id
from sandbox.stashbox.model import DrawnImage
from sandbox.stashbox.quirks import Quirks
from sandbox.stashbox.world import World

SIZES = ("300", "600", "1280")
FOR_EVER = ("Cache-Control", "max-age=604800000")


def answer_image(world: World, quirks: Quirks, request: HttpRequest) -> Response:
    """Return the answer to a request for an image of the box, by id and wanted size.

    The stash-box double calls it.
    """
    name = request.path.rpartition("/")[2]
    if request.path.startswith("/images/site/"):
        return _send(draw_picture(name, 0, 0, "svg"), "svg")
    try:
        picture = world.pictures.get(parse_id(name))
    except ValueError as error:
        return text_response(f"{error}\n", 400)
    size = request.parameter("size")
    is_wrong = bool(size) and size != "full" and not size.isdigit()
    refusal = f'strconv.Atoi: parsing "{size}": invalid syntax\n' if is_wrong else ""
    if picture is None:
        return text_response(f"{refusal}404 page not found\n", 400 if is_wrong else 404)
    drawn = _draw(picture, _find_longest("full" if is_wrong else size, quirks))
    return text_response(refusal, 400).with_body(refusal.encode() + drawn.body) if is_wrong else drawn


def _find_longest(size: str, quirks: Quirks) -> int:
    """Return the longest edge, 0 for the original; numbers the box does not know mean the original."""
    if not size:
        return quirks.image_max_size
    return int(size) if size in SIZES else 0


def _draw(picture: DrawnImage, longest: int) -> Response:
    if picture.kind == "svg":
        return _send(draw_picture(picture.id, 0, 0, "svg"), "svg")
    edge = max(picture.width, picture.height)
    if not longest or edge <= longest:
        return _send(draw_picture(picture.id, picture.width, picture.height, picture.kind), picture.kind)
    width, height = (max(round(side * longest / edge), 1) for side in (picture.width, picture.height))
    kind = "webp" if picture.kind == "png" else "jpeg"
    return _send(draw_picture(picture.id, width, height, kind), kind)


def _send(data: bytes, kind: str) -> Response:
    headers = [("Content-Type", MIME_TYPES[kind]), FOR_EVER]
    if kind == "svg":
        headers.append(("Content-Security-Policy", "script-src 'none'"))
    return Response(200, data, tuple(headers))
