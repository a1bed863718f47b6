"""The demo world: the same for the same seed, with something of everything."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.demo.catalogue import Catalogue, Sizes, build_world, make_catalogue, pick_owned
from sandbox.stashbox.world import DEFAULT_KEY, World


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return make_catalogue()


@pytest.fixture(scope="module")
def world(catalogue: Catalogue) -> World:
    return build_world(catalogue)


def test_the_same_arguments_make_the_same_world(catalogue: Catalogue) -> None:
    again = make_catalogue()
    assert [vars(each) for each in again.scenes] == [vars(each) for each in catalogue.scenes]
    assert [vars(each) for each in again.performers] == [vars(each) for each in catalogue.performers]


def test_another_box_knows_the_same_under_other_ids(catalogue: Catalogue) -> None:
    other = make_catalogue(box="two")
    assert [each.title for each in other.scenes] == [each.title for each in catalogue.scenes]
    assert not {each.id for each in other.scenes} & {each.id for each in catalogue.scenes}
    heights = [each.height for each in other.performers], [each.height for each in catalogue.performers]
    assert heights[0] != heights[1]


def test_the_list_stays_as_it_was_when_the_box_moves_on(catalogue: Catalogue, world: World) -> None:
    assert not any(each.deleted for part in catalogue[2:8] for each in part)
    for source, target in catalogue.merges:
        table: dict[str, Any] = world.table_of(type(source))
        assert table[source.id].deleted and not table[target.id].deleted


def test_something_is_owned_and_something_is_missing(catalogue: Catalogue) -> None:
    owned = pick_owned(catalogue)
    assert 1_900 < len(owned) < 2_100 < len(catalogue.scenes)
    assert [scene.title for scene in pick_owned(make_catalogue(box="two"))] == [scene.title for scene in owned]


def test_the_users_favorites_are_alive_except_deleted_ones(catalogue: Catalogue, world: World) -> None:
    liked = world.accounts[DEFAULT_KEY].performers
    assert len(liked) > 20 and any(not world.performers[each].deleted for each in liked)
    assert not any(world.performers[each].merged_into_id for each in liked)


@pytest.mark.parametrize(
    ("part", "trait"),
    [
        ("scenes", lambda scene: scene.title is None),
        ("scenes", lambda scene: scene.release_date and len(scene.release_date) == 4),
        ("scenes", lambda scene: scene.title and scene.release_date is None),
        ("performers", lambda performer: performer.disambiguation),
        ("performers", lambda performer: not performer.images),
        ("performers", lambda performer: performer.tattoos is None),
        ("studios", lambda studio: studio.parent_id is None),
        ("studios", lambda studio: studio.images and studio.images[0].kind == "svg"),
        ("tags", lambda tag: len(tag.name) > 250),
        ("tags", lambda tag: tag.category_id is None),
    ],
)
def test_the_world_has_what_real_boxes_have(catalogue: Catalogue, part: str, trait: Any) -> None:
    assert any(trait(each) for each in getattr(catalogue, part))


def test_every_reference_leads_somewhere(world: World) -> None:
    for scene in world.scenes.values():
        assert all(each.performer_id in world.performers for each in scene.performers)
        assert all(each in world.tags for each in scene.tag_ids)
        assert scene.studio_id is None or scene.studio_id in world.studios


def test_a_world_can_have_any_size() -> None:
    small, larger = make_catalogue(sizes=Sizes.for_scenes(50)), make_catalogue(sizes=Sizes.for_scenes(5000))
    assert (len(small.scenes), len(larger.scenes)) == (50, 5000)
    assert build_world(small).index.live and len(larger.performers) > len(small.performers)
