"""Pictures are fetched without the key and recognized by their bytes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from sandbox.messages import Response
from sandbox.pictures import draw_picture
from sandbox.serving import HttpServer
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from shared.errors import BadReply, ForbiddenAddress, NotFound, Refused, TooLarge
from shared.stash_box import Box, StashBoxClient, recognize_picture
from shared.stash_box.images import resize_url

PICTURE = draw_picture("far", 64, 64, "jpeg")
BOX = Box("Box", "https://box.example/graphql", "k")


@pytest.mark.parametrize(
    ("kind", "mime"), [("jpeg", "image/jpeg"), ("png", "image/png"), ("svg", "image/svg+xml"), ("webp", "image/webp")]
)
def test_pictures_are_known_by_their_first_bytes(kind: str, mime: str) -> None:
    assert recognize_picture(draw_picture("any", 64, 64, kind)) == mime


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"GIF89a...", "image/gif"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- logo -->\n<svg xmlns=''>", "image/svg+xml"),
        (b"<!DOCTYPE svg><svg>", "image/svg+xml"),
        (b"<html><svg></svg>", None),
        (b"<!doctype html><html>", None),
        (b"RIFF....WAVE", None),
        (b"", None),
    ],
)
def test_other_first_bytes(data: bytes, mime: str | None) -> None:
    assert recognize_picture(data) == mime


def test_the_key_never_travels_to_a_picture(world: World, box: StashBox, client: StashBoxClient) -> None:
    picture = world.add_picture(kind="png")
    fetched = client.fetch_picture(f"{box.server.url}/images/{picture.id}")
    (request,) = box.server.traffic.requests(path="/images/")
    assert fetched.mime == "image/png" and not request.header("ApiKey") and not request.header("Authorization")


@pytest.fixture
def cdn() -> Iterator[HttpServer]:
    """A server of pictures on this machine, at another port than the box."""
    with HttpServer("cdn", lambda _request: Response(200, PICTURE)) as running:
        yield running


@pytest.fixture
def own_client(box: StashBox) -> Iterator[StashBoxClient]:
    """A client of a person's own box, whose pictures may lie in a private network."""
    with contextlib.closing(StashBoxClient(Box("Box", box.endpoint, box.key), local_pictures=True)) as client:
        yield client


def test_a_picture_elsewhere_is_fetched_without_the_key(own_client: StashBoxClient, cdn: HttpServer) -> None:
    assert own_client.fetch_picture(f"{cdn.url}/p").data == PICTURE
    assert box_key_in(cdn) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1"])
def test_a_picture_in_a_private_network_is_refused(client: StashBoxClient, cdn: HttpServer, host: str) -> None:
    with pytest.raises(ForbiddenAddress, match="private network"):
        client.fetch_picture(cdn.url.replace("127.0.0.1", host))
    assert cdn.traffic.requests() == []


def test_a_redirect_into_a_private_network_is_refused(
    world: World, box: StashBox, client: StashBoxClient, cdn: HttpServer
) -> None:
    box.server.faults.add("redirect", path="/images/", status=302, location=f"{cdn.url}/p")
    with pytest.raises(ForbiddenAddress, match="private network"):
        client.fetch_picture(f"{box.server.url}/images/{world.add_picture().id}")
    assert cdn.traffic.requests() == []


def test_an_svg_picture_is_refused(world: World, box: StashBox, client: StashBoxClient) -> None:
    with pytest.raises(BadReply, match="SVG"):
        client.fetch_picture(f"{box.server.url}/images/{world.add_picture(kind='svg').id}")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_picture_whose_end_is_missing_is_refused(own_client: StashBoxClient, kind: str) -> None:
    drawn = draw_picture("half", 640, 640, kind)
    with (
        HttpServer("cdn", lambda _request: Response(200, drawn[: len(drawn) // 2])) as cdn,
        pytest.raises(BadReply, match="only a part of a picture"),
    ):
        own_client.fetch_picture(f"{cdn.url}/p")


def box_key_in(server: HttpServer) -> list[str]:
    return [value for request in server.traffic.requests() for value in request.headers.values() if "key" in value]


def test_a_page_in_place_of_a_picture_is_an_error(box: StashBox, client: StashBoxClient) -> None:
    with pytest.raises(BadReply, match="no picture"):
        client.fetch_picture(f"{box.server.url}/somewhere")


def test_a_picture_that_is_not_there(box: StashBox, client: StashBoxClient) -> None:
    with pytest.raises(NotFound):
        client.fetch_picture(f"{box.server.url}/images/01693880-d0c0-7c88-87a6-d529d3ba2fe6")


def test_a_picture_that_its_server_refuses_is_no_question_of_the_key(box: StashBox, client: StashBoxClient) -> None:
    box.server.faults.add("unauthorized", path="/images/", status=403)
    with pytest.raises(Refused, match=r"picture server of Box, 127\.0\.0\.1, refuses the picture .status 403.*no key"):
        client.fetch_picture(f"{box.server.url}/images/01693880-d0c0-7c88-87a6-d529d3ba2fe6")


def test_a_picture_above_the_limit_is_refused(world: World, box: StashBox, client: StashBoxClient) -> None:
    picture = world.add_picture(kind="png")
    with pytest.raises(TooLarge):
        client.fetch_picture(f"{box.server.url}/images/{picture.id}", largest=1000)


@pytest.mark.parametrize(
    ("box", "url", "longest", "expected"),
    [
        (BOX, "https://box.example/images/1", 300, "https://box.example/images/1?size=300"),
        (BOX, "https://box.example/images/1", 555, "https://box.example/images/1"),
        (BOX, "https://box.example/other/1", 300, "https://box.example/other/1"),
        (BOX, "https://cdn.example/images/1", 300, "https://cdn.example/images/1"),
        (
            BOX._replace(rest_url="https://r.example"),
            "https://box.example/images/1",
            300,
            "https://box.example/images/1",
        ),
    ],
)
def test_smaller_versions_are_asked_for_only_where_there_are_some(
    box: Box, url: str, longest: int, expected: str
) -> None:
    assert resize_url(box, url, longest) == expected


def test_a_smaller_version_is_smaller(world: World, box: StashBox, client: StashBoxClient) -> None:
    picture = world.add_picture(width=1200, height=1800)
    url = f"{box.server.url}/images/{picture.id}"
    small = client.fetch_picture(resize_url(client.box, url, 300))
    assert len(small.data) < len(client.fetch_picture(url).data)
