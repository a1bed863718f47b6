"""Merges and deletions leave what they leave on a real box: this was compared with a stash-box v0.10.2."""

from __future__ import annotations

from sandbox.stashbox.model import BodyMark, Fingerprint, SiteLink
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.sandbox.stashbox.conftest import ask, read


def test_a_performer_that_is_merged_or_deleted_has_no_names_links_and_pictures_left(world: World) -> None:
    site = world.add_site("Home")

    def add(name: str) -> object:
        return world.add_performer(
            name,
            aliases=[f"{name} too"],
            links=[SiteLink("https://a.example/1", site.id)],
            images=[world.add_picture()],
            tattoos=[BodyMark("Arm")],
            eye_color="BLUE",
        )

    for name in ("Merged", "Gone"):
        add(name)
    merged, gone = world.performers.values()
    world.merge(merged, into=world.add_performer("Kept"))
    world.delete(gone)
    for each in (merged, gone):
        left = (each.deleted, each.aliases, each.links, each.images, each.tattoos, each.eye_color)
        assert left == (True, [], [], [], None, "BLUE")


def test_scenes_leave_a_deleted_performer_or_studio_and_keep_their_time(box: StashBox, world: World) -> None:
    ann, ben, trail = world.add_performer("Ann"), world.add_performer("Ben"), world.add_studio("Trail")
    scene = world.add_scene("S", performers=[ann, ben], studio=trail)
    account, updated = world.accounts[box.key], scene.updated
    account.performers.add(ann.id)
    account.studios.add(trail.id)
    world.delete(ann)
    world.delete(trail)
    shown = read(box, "query($i:ID!){findScene(id:$i){updated studio{id} performers{performer{name}}}}", i=scene.id)
    assert shown == {"updated": updated, "studio": None, "performers": [{"performer": {"name": "Ben"}}]}
    assert (account.performers, account.studios) == (set(), set())


def test_a_merged_studio_gives_its_scenes_but_not_its_sub_studios(world: World) -> None:
    old, new = world.add_studio("Old"), world.add_studio("New")
    child, scene = world.add_studio("Child", parent=old), world.add_scene("S", studio=old)
    before = (new.updated, scene.updated)
    world.merge(old, into=new)
    assert (scene.studio_id, child.parent_id, scene.updated) == (new.id, old.id, before[1]) and new.updated > before[0]


def test_a_favorite_studio_stays_with_the_old_one_if_the_new_one_is_a_favorite_already(
    box: StashBox, world: World
) -> None:
    first, second, kept = (world.add_studio(name) for name in ("First", "Second", "Kept"))
    liked = world.accounts[box.key].studios
    liked.add(first.id)
    world.merge(first, into=kept)
    assert world.accounts[box.key].studios == {kept.id}
    world.accounts[box.key].studios.add(second.id)
    world.merge(second, into=kept)
    assert world.accounts[box.key].studios == {kept.id, second.id}


def test_a_merged_scene_keeps_its_fingerprints_and_counts_for_its_performers(box: StashBox, world: World) -> None:
    ann = world.add_performer("Ann")
    old = world.add_scene("Old", performers=[ann], fingerprints=[Fingerprint(0xF1, "PHASH", 60)])
    new = world.add_scene("New", performers=[ann])
    world.merge(old, into=new)
    assert (len(old.fingerprints), new.fingerprints) == (1, [])
    query = '{findScenesBySceneFingerprints(fingerprints:[[{hash:"f1",algorithm:PHASH}]]){id}}'
    assert read(box, query) == [[]]
    assert read(box, "query($i:ID!){findPerformer(id:$i){scene_count}}", i=ann.id) == {"scene_count": 2}
    assert read(box, "{queryScenes(input:{}){count}}") == {"count": 1}


def test_the_favorite_of_a_deleted_record_cannot_be_changed(box: StashBox, world: World) -> None:
    ann, trail = world.add_performer("Ann"), world.add_studio("Trail")
    world.delete(ann)
    world.delete(trail)
    for kind, entity in (("Performer", ann), ("Studio", trail)):
        reply = ask(box, f"mutation($i:ID!){{favorite{kind}(id:$i,favorite:false)}}", i=entity.id).json()
        message = f"{kind.lower()} is deleted, unable to make favorite"
        place = {"path": [f"favorite{kind}"], "locations": [{"line": 1, "column": 18}]}
        assert reply == {"errors": [{"message": message, **place}], "data": None}


def test_pictures_come_in_the_order_that_fits_their_owner(box: StashBox, world: World) -> None:
    tall, wide, square = (world.add_picture(*size) for size in ((400, 600), (1600, 900), (500, 500)))
    scene = world.add_scene("S", images=[square, tall, wide])
    ann = world.add_performer("Ann", images=[wide, square, tall])
    query = "query($s:ID!,$p:ID!){findScene(id:$s){images{id}} findPerformer(id:$p){images{id}}}"
    found = ask(box, query, s=scene.id, p=ann.id).json()["data"]
    assert [each["id"] for each in found["findScene"]["images"]] == [wide.id, square.id, tall.id]
    assert [each["id"] for each in found["findPerformer"]["images"]] == [tall.id, square.id, wide.id]
