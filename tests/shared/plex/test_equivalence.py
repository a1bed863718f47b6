"""The same edit through plexapi and through our client: equivalent requests, the same state."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from plexapi.server import PlexServer

from sandbox.plex.model import TagValue
from sandbox.plex.server import PlexDouble
from shared.http import Http
from shared.plex.client import Plex
from shared.plex.edits import ItemEdit, TagEdit, edit_tags
from shared.plex.images import POSTERS
from shared.plex.model import PlexItem, PlexTag
from shared.plex.wire import make_plex_service

PICTURE = b"\xff\xd8\xff\xe0bytes\xff\xd9"
Write = tuple[str, str, tuple[tuple[str, str], ...], str]


class Pair(NamedTuple):
    """A client and its server."""

    client: Any
    double: PlexDouble


def make_double() -> PlexDouble:
    double = PlexDouble()
    double.state.add_section("Videos", "/data", section_id=3)
    item = double.state.add_item(3, "/data/beach.mp4", title="Beach day")
    item.tags["genre"] = [TagValue(name) for name in ("human", "old, one", "more")]
    return double


@pytest.fixture
def theirs() -> Iterator[Pair]:
    with (double := make_double()).server:
        server_class: Any = PlexServer
        yield Pair(server_class(double.url, double.token).library.sectionByID(3).get("Beach day").reload(), double)


@pytest.fixture
def ours() -> Iterator[Pair]:
    with (double := make_double()).server:
        http = Http(make_plex_service(double.url, double.token, "client-1"))
        yield Pair(Plex(http), double)
        http.close()


def list_writes(double: PlexDouble) -> list[Write]:
    """Return the written requests: method, path, parameters in any order, hash of the body."""
    requests = [each for each in double.server.traffic.requests() if each.method != "GET" or "refresh" in each.path]
    return [
        (
            each.method,
            each.path,
            tuple(sorted((name, values[0]) for name, values in each.query.items())),
            hashlib.sha1(each.body).hexdigest(),
        )
        for each in requests
    ]


def snapshot(double: PlexDouble) -> object:
    """Return everything an edit can change."""
    items = [
        (item.type, item.fields, item.tags, sorted(item.locks), item.pictures)
        for item in double.state.items.values()
        if item.title
    ]
    return items, double.state.tag_photos, [(scan.section_id, scan.path) for scan in double.state.scans]


def edit_texts(movie: Any) -> None:
    movie.batchEdits().editTitle("Пляж & море").editSummary("a\nb + 100%").editTagline("").saveEdits()


def edit_cast(movie: Any) -> None:
    movie.edit(
        **{
            "actor[0].tag.tag": "Ann Example",
            "actor[0].tagging.text": "Host",
            "actor[0].tag.thumb": "http://stash/ann.jpg?a=1&b=2",
            "actor[1].tag.tag": "Bo Sample",
            "actor.locked": 1,
        }
    )


CAST = TagEdit((PlexTag("Ann Example", "Host", "http://stash/ann.jpg?a=1&b=2"), PlexTag("Bo Sample")))
EDITS: list[tuple[str, Callable[[Any], object], Callable[[PlexItem], ItemEdit]]] = [
    ("texts", edit_texts, lambda item: ItemEdit({"title": "Пляж & море", "summary": "a\nb + 100%", "tagline": ""})),
    ("studio", lambda movie: movie.editStudio("A, B & C"), lambda item: ItemEdit({"studio": "A, B & C"})),
    (
        "date",
        lambda movie: movie.editOriginallyAvailable("2024-03-01"),
        lambda item: ItemEdit({"originallyAvailableAt": "2024-03-01"}),
    ),
    ("stars", lambda movie: movie.editUserRating(8.5), lambda item: ItemEdit({"userRating": "8.5"})),
    (
        "unlock",
        lambda movie: movie.editTitle("x", locked=False),
        lambda item: ItemEdit({"title": "x"}, locks={"title": False}),
    ),
    (
        "genres added",
        lambda movie: movie.addGenre(["new, one", "?&=#[]"]),
        lambda item: ItemEdit(tags={"genre": edit_tags(item, "genre", [PlexTag("new, one"), PlexTag("?&=#[]")])}),
    ),
    (
        "genres removed",
        lambda movie: movie.removeGenre(["old, one", "more"]),
        lambda item: ItemEdit(tags={"genre": edit_tags(item, "genre", [], ["old, one", "more"])}),
    ),
    (
        "collection",
        lambda movie: movie.addCollection("Acme"),
        lambda item: ItemEdit(tags={"collection": edit_tags(item, "collection", [PlexTag("Acme")])}),
    ),
    ("poster lock", lambda movie: movie.lockPoster(), lambda item: ItemEdit(locks={"thumb": True})),
    ("cast", edit_cast, lambda item: ItemEdit(tags={"actor": CAST})),
]


@pytest.mark.parametrize(("by_them", "by_us"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
@pytest.mark.parametrize("mode", ["replace", "merge"])
def test_an_edit_is_the_same_through_both(
    theirs: Pair, ours: Pair, mode: str, by_them: Callable[[Any], object], by_us: Callable[[PlexItem], ItemEdit]
) -> None:
    theirs.double.state.options.tag_put = ours.double.state.options.tag_put = mode
    by_them(theirs.client)
    item = ours.client.read_item("1")
    ours.client.apply_edit(item, by_us(item))
    assert list_writes(ours.double) == list_writes(theirs.double)
    assert snapshot(ours.double) == snapshot(theirs.double)


OTHERS: list[tuple[str, Callable[[Any], object], Callable[[Plex], object]]] = [
    (
        "poster",
        lambda movie: movie.uploadPoster(filepath=io.BytesIO(PICTURE)),
        lambda plex: plex.show_image("1", POSTERS, PICTURE),
    ),
    ("scan", lambda movie: movie.section().update("/data/a b&c"), lambda plex: plex.scan_folder("3", "/data/a b&c")),
]


@pytest.mark.parametrize(("by_them", "by_us"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
def test_other_writes_are_the_same_through_both(
    theirs: Pair, ours: Pair, by_them: Callable[[Any], object], by_us: Callable[[Plex], object]
) -> None:
    by_them(theirs.client)
    by_us(ours.client)
    assert list_writes(ours.double) == list_writes(theirs.double)
    assert snapshot(ours.double) == snapshot(theirs.double)
