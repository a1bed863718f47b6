"""The parent tags of a box's categories and groups, chosen or found by name, as an import uses them."""

from __future__ import annotations

from sandbox.stashbox.server import StashBox
from tests.tagManager.conftest import Bench


def test_categories_become_parents_and_the_mapping_is_kept_per_box(bench: Bench, other: StashBox) -> None:
    shape = bench.world.add_category("Shape")
    bench.world.add_tag("Round", category=shape)
    bench.task("refresh_tags")
    mine = bench.add_tag("My shapes")
    bench.plan("category_map", category_id=shape.id, tag_id=mine)
    bench.apply(bench.plan("import_plan"))
    assert bench.tags_by_name()["Round"]["parents"] == [{"name": "My shapes"}]
    bench.configure(bench.box, other)
    assert bench.operate("categories", endpoint=other.endpoint)["categories"] == []


def test_the_tag_of_a_category_is_created_if_there_is_none(bench: Bench) -> None:
    bench.world.add_tag("Round", category=bench.world.add_category("Shape"))
    bench.task("refresh_tags")
    bench.apply(bench.plan("import_plan"))
    assert bench.tags_by_name()["Round"]["parents"] == [{"name": "Shape"}]


def test_tags_of_categories_are_put_below_their_group_and_the_choice_is_saved(bench: Bench) -> None:
    people, faces = bench.world.add_category("Hair", group="PEOPLE"), bench.world.add_category("Faces", group="PEOPLE")
    bench.world.add_tag("Curly", category=people)
    bench.world.add_tag("Beard", category=faces)
    bench.add_tag("Faces")  # there already: it comes below the group, too
    bench.task("refresh_tags")
    planned = bench.plan("import_plan", with_groups=True)
    assert planned["counted"]["parents"] == 2
    run = bench.apply(planned)
    tags = bench.tags_by_name()
    parents = {name: [each["name"] for each in tags[name]["parents"]] for name in ("Curly", "Hair", "Faces", "People")}
    assert parents == {"Curly": ["Hair"], "Hair": ["People"], "Faces": ["People"], "People": []}
    (group,) = bench.plan("categories")["groups"]
    assert (group["id"], group["tags"], group["mapped"]["name"]) == ("group:PEOPLE", 2, "People")
    bench.world.add_tag("Straight", category=people)
    bench.task("refresh_tags")
    assert bench.plan("import_plan", with_groups=True)["items"] == 1
    bench.undo(run["id"])
    assert (list(bench.tags_by_name()), bench.tags_by_name()["Faces"]["parents"]) == (["Faces"], [])


def test_a_group_gets_the_tag_that_was_chosen_for_it(bench: Bench) -> None:
    bench.plugin.save_settings(groupParentTags=True)
    bench.world.add_tag("Jump", category=bench.world.add_category("Moves", group="ACTION"))
    bench.task("refresh_tags")
    bench.plan("category_map", category_id="group:ACTION", tag_id=bench.add_tag("What they do"))
    bench.apply(bench.plan("import_plan"))
    assert bench.tags_by_name()["Moves"]["parents"] == [{"name": "What they do"}]


def test_a_category_named_like_its_group_stands_for_it(bench: Bench) -> None:
    bench.world.add_tag("Jump", category=bench.world.add_category("Action", group="ACTION"))
    bench.world.add_tag("Walk", category=bench.world.add_category("Moves", group="ACTION"))
    bench.task("refresh_tags")
    bench.apply(bench.plan("import_plan", with_groups=True))
    tags = bench.tags_by_name()
    assert (tags["Action"]["parents"], tags["Moves"]["parents"]) == ([], [{"name": "Action"}])


def test_no_parent_is_created_if_the_setting_leaves_parents_alone(bench: Bench) -> None:
    bench.plugin.save_settings(leaveParentTagsAlone=True)
    bench.world.add_tag("Round", category=bench.world.add_category("Shape"))
    bench.task("refresh_tags")
    bench.apply(bench.plan("import_plan"))
    assert list(bench.tags_by_name()) == ["Round"]


def test_a_mapping_whose_tag_was_deleted_is_removed_with_a_notice(bench: Bench) -> None:
    shape = bench.world.add_category("Shape")
    bench.task("refresh_tags")
    mine = bench.add_tag("My shapes")
    bench.plan("category_map", category_id=shape.id, tag_id=mine)
    bench.stash.ask("mutation Drop($id: ID!) { tagDestroy(input: {id: $id}) }", {"id": str(mine)})
    answer = bench.plan("categories")
    assert answer["categories"][0]["mapped"] is None
    assert "Shape" in answer["notices"][0]
