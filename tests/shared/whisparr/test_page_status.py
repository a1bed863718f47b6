"""Statuses of a page of scenes, and the number of requests."""

from __future__ import annotations

import pytest

from sandbox.whisparr.model import MetadataScene
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import Unreachable
from shared.whisparr.client import Whisparr
from shared.whisparr.page_status import PageEntity, plan_lookup, read_statuses, refresh_statuses

ANN, ACME = "0c0d9ec1-1111-4222-8333-444455556666", "0d0d9ec1-1111-4222-8333-444455556666"


def make_id(number: int) -> str:
    return f"{number:08x}-1111-4222-8333-444455556666"


def make_scene(number: int) -> MetadataScene:
    return MetadataScene(make_id(number), f"Scene {number}", studio_id=ACME, performer_ids=(ANN,))


def list_routes(double: WhisparrDouble) -> list[str]:
    return [f"{each.method} {each.path.rpartition('v3/')[2]}" for each in double.server.traffic.requests()]


@pytest.mark.parametrize("kind", ["performer", "studio"])
def test_a_page_of_an_entity_costs_three_requests_whatever_the_library(
    whisparr: Whisparr, double: WhisparrDouble, kind: str
) -> None:
    for number in range(30):
        double.state.add_movie(make_scene(number))
    for number in range(5_000, 7_000):
        double.state.add_movie(make_id(number))
    entity = PageEntity(kind, ANN if kind == "performer" else ACME)
    reading = read_statuses(whisparr, [make_id(number) for number in range(20, 60)], [entity])
    assert [status.kind for status in reading.statuses.values()] == ["waiting"] * 10 + ["none"] * 30
    assert sorted(reading.movie_ids) == [make_id(number) for number in range(20, 30)]
    assert len(list_routes(double)) == 3
    assert "GET movie" not in list_routes(double)


def test_a_few_scenes_are_asked_for_one_by_one(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(make_scene(1))
    double.state.search(movie)
    reading = read_statuses(whisparr, [make_id(1), make_id(2)], [PageEntity("performer", ANN)])
    assert [status.kind for status in reading.statuses.values()] == ["downloading", "none"]
    assert list_routes(double) == ["GET movie", "GET movie", "GET queue/details"]


def test_the_queue_is_not_asked_when_nothing_is_there(whisparr: Whisparr, double: WhisparrDouble) -> None:
    assert read_statuses(whisparr, [make_id(1)]).statuses[make_id(1)].can_add
    assert list_routes(double) == ["GET movie"]


def test_without_an_entity_scenes_beyond_the_bound_are_unknown_not_missing(
    whisparr: Whisparr, double: WhisparrDouble
) -> None:
    reading = read_statuses(whisparr, [make_id(number) for number in range(25)])
    kinds = [status.kind for status in reading.statuses.values()]
    assert kinds == ["none"] * 20 + ["unknown"] * 5
    assert len(list_routes(double)) == 20


def test_a_network_of_studios_is_bounded_too(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.add_movie(make_scene(1))
    studios = [PageEntity("studio", ACME), *(PageEntity("studio", make_id(number)) for number in range(900, 930))]
    reading = read_statuses(whisparr, [make_id(number) for number in range(50)], studios)
    assert len(list_routes(double)) == 22
    assert reading.statuses[make_id(1)].kind == "waiting"
    assert reading.statuses[make_id(2)].kind == "unknown"


@pytest.mark.parametrize(
    ("scenes", "entities", "lists", "single"), [(40, 1, 1, 0), (2, 1, 0, 2), (4, 3, 0, 4), (5, 3, 3, 0), (10, 0, 0, 10)]
)
def test_the_cheaper_way_is_chosen(scenes: int, entities: int, lists: int, single: int) -> None:
    plan = plan_lookup([make_id(number) for number in range(scenes)], [PageEntity("studio", ACME)] * entities)
    assert (len(plan.entities), len(plan.single), plan.is_complete) == (lists, single, True)


def test_a_refresh_costs_two_requests_and_follows_the_download(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(make_scene(1))
    double.state.search(movie)
    known = {make_id(1): movie.id, make_id(2): 99}
    double.state.advance(60)
    first = refresh_statuses(whisparr, known)
    assert len(list_routes(double)) == 2
    assert first[make_id(1)].percent == pytest.approx(50, abs=2)
    assert first[make_id(2)].kind == "none"
    double.state.advance(75)
    assert refresh_statuses(whisparr, known)[make_id(1)].kind == "downloaded"


def test_a_number_that_belongs_to_another_scene_now_counts_as_absent(
    whisparr: Whisparr, double: WhisparrDouble
) -> None:
    movie = double.state.add_movie(make_scene(1))
    assert refresh_statuses(whisparr, {make_id(2): movie.id})[make_id(2)].kind == "none"


def test_excluded_scenes_are_marked(whisparr: Whisparr) -> None:
    statuses = read_statuses(whisparr, [make_id(1), make_id(2)], excluded={make_id(2)}).statuses
    assert [status.can_add for status in statuses.values()] == [True, False]


def test_a_whisparr_that_is_down_is_an_error_never_an_empty_page(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.server.take_down()
    with pytest.raises(Unreachable):
        read_statuses(whisparr, [make_id(1)])
