"""Unwanted tags: counted, taken off every kind of object, deleted, excluded from scraping; and taken back."""

from __future__ import annotations

import hashlib
import re
from typing import Any, NamedTuple

import pytest
from tagging.cleaning.exclusions import IN_STASH, ON_BLACKLIST, make_pattern, plan_exclusions

from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import Tag
from shared.errors import GraphQLFailed
from shared.journal import Change, Item
from tests.tagManager.conftest import Bench

TAGGED = {
    "scene": "findScenes { rows: scenes",
    "image": "findImages { rows: images",
    "gallery": "findGalleries { rows: galleries",
    "marker": "findSceneMarkers { rows: scene_markers",
    "performer": "findPerformers { rows: performers",
    "studio": "findStudios { rows: studios",
    "group": "findGroups { rows: groups",
}
SQL_DUMP = (
    "SELECT name, sort_name, description, favorite, ignore_auto_tag, image_blob FROM tags ORDER BY name",
    "SELECT t.name, a.alias FROM tag_aliases a JOIN tags t ON t.id = a.tag_id ORDER BY 1, 2",
    "SELECT t.name, s.endpoint, s.stash_id FROM tag_stash_ids s JOIN tags t ON t.id = s.tag_id ORDER BY 1, 2, 3",
    "SELECT p.name, c.name FROM tags_relations r JOIN tags p ON p.id = r.parent_id JOIN tags c ON c.id = r.child_id",
    *(
        f"SELECT j.{key}, t.name FROM {table} j JOIN tags t ON t.id = j.tag_id ORDER BY 1, 2"
        for table, key in (
            ("scenes_tags", "scene_id"),
            ("images_tags", "image_id"),
            ("galleries_tags", "gallery_id"),
            ("scene_markers_tags", "scene_marker_id"),
            ("performers_tags", "performer_id"),
            ("studios_tags", "studio_id"),
            ("groups_tags", "group_id"),
        )
    ),
)


def test_the_box_names_of_a_tag_that_is_linked_in_another_spelling_are_excluded_too(bench: Bench) -> None:
    rain = bench.world.add_tag("Rain")
    bench.task("refresh_tags")
    wet = bench.stock.add_tag("Wet", stash_ids=[StashId(f"{bench.box.endpoint}/", rain.id)])
    assert bench.operate("unwanted_find", tag_ids=[wet])["names"] == 2


class Stocked(NamedTuple):
    """A library in which one tag is on one object of each kind, beside a tag that stays."""

    bench: Bench
    unwanted: int
    kept: int

    def tags_of(self, kind: str) -> list[str]:
        """Return the names of the tags of the only object of a kind."""
        (row,) = self.bench.stash.ask(f"{{ found: {TAGGED[kind]} {{ tags {{ name }} }} }} }}")["found"]["rows"]
        return [tag["name"] for tag in row["tags"]]

    def plan(self, **args: Any) -> Any:
        """Return the answer of the task that plans the cleaning of the unwanted tag."""
        return self.bench.task("unwanted_plan", **{"tag_ids": [self.unwanted], **args})

    def dump(self) -> list[list[tuple[Any, ...]]]:
        """Return all tags and their uses, by name: a tag that was created again has another id."""
        with self.bench.stock.library.write() as db:
            return [list(map(tuple, db.rows(sql))) for sql in SQL_DUMP]


@pytest.fixture
def stocked(bench: Bench) -> Stocked:
    """Return the library; the unwanted tag has an alias, a parent, a link, a picture and a description."""
    stock = bench.stock
    kept = stock.add_tag("Kept")
    links = [StashId(bench.box.endpoint, bench.world.add_tag("Unsure (box)").id)]
    values = {"description": "why", "favorite": 1, "image_blob": draw(bench)}
    unwanted = stock.add_tag("Unsure", aliases=["Maybe"], parents=[kept], stash_ids=links, **values)
    both = [unwanted, kept]
    scene = stock.add_scene("Hill", tags=both)
    stock.add_image("Hill", tags=both)
    stock.add_gallery("Hill", tags=both)
    stock.add_marker(scene, "Top", kept, tags=[unwanted])
    stock.add_performer("Ann", tags=both)
    stock.add_studio("Hill Films", tags=both)
    stock.add_group("Hills", tags=both)
    bench.task("refresh_tags")
    return Stocked(bench, unwanted, kept)


def draw(bench: Bench) -> str:
    """Store a picture in the library and return its checksum."""
    picture = b"\x89PNG\r\n\x1a\n red"
    checksum = hashlib.md5(picture, usedforsecurity=False).hexdigest()
    with bench.stock.library.write() as db:
        db.run("INSERT INTO blobs (checksum, blob) VALUES (?, ?)", (checksum, picture))
    return checksum


def test_the_uses_of_unwanted_tags_are_counted_by_kind_before_anything_is_planned(stocked: Stocked) -> None:
    found = stocked.bench.operate("unwanted_find", patterns=["/^unsure/"])
    assert [(tag["name"], set(tag["uses"].values())) for tag in found["tags"]] == [("Unsure", {1})]
    assert (found["count"], found["totals"]) == (1, dict.fromkeys(TAGGED, 1))


def test_an_unwanted_tag_is_excluded_taken_off_everything_and_deleted_and_the_undo_brings_all_of_it_back(
    stocked: Stocked,
) -> None:
    bench, before = stocked.bench, stocked.dump()
    planned = stocked.plan(exclude=IN_STASH)
    run = bench.apply(planned)
    assert {kind: stocked.tags_of(kind) for kind in TAGGED} == {kind: ["Kept"] * (kind != "marker") for kind in TAGGED}
    assert "Unsure" not in bench.tags_by_name()
    assert sorted(bench.stash.read_excluded_tag_patterns()) == ["^maybe$", "^unsure \\(box\\)$", "^unsure$"]
    undone = bench.undo(run["id"])["run"]
    assert (undone["state"], stocked.dump()) == ("finished", before)
    assert bench.stash.read_excluded_tag_patterns() == []
    again = bench.undo(undone["id"])["run"]
    assert (again["state"], "Unsure" in bench.tags_by_name()) == ("finished", False)


def test_a_tag_that_is_still_used_stays_and_the_plan_says_why(stocked: Stocked) -> None:
    stocked.bench.stock.add_marker(stocked.bench.stock.add_scene("Valley"), "Low", stocked.unwanted)
    plan = stocked.plan(kinds=["scene"])
    rows = stocked.bench.operate("plan_list", plan_id=plan["plan_id"])["changes"]
    shown = [(row["item"]["kind"], row["outcome"], row["message"] or "") for row in rows]
    assert shown == [
        ("scene", "planned", ""),
        ("tag", "skipped", "It is still used (7) where this plan takes nothing off."),
    ]
    everywhere = stocked.bench.operate("plan_list", plan_id=stocked.plan()["plan_id"], outcome="skipped")["changes"]
    assert [row["message"] for row in everywhere] == [
        "It is the primary tag of 1 marker. Give them another primary tag in Stash first."
    ]


def test_a_tag_that_got_new_uses_since_the_plan_is_not_deleted(stocked: Stocked) -> None:
    plan = stocked.plan()
    stocked.bench.stock.add_scene("Valley", tags=[stocked.unwanted])
    run = stocked.bench.apply(plan)
    assert (run["state"], run["totals"]["conflict"]) == ("partial", 1)
    assert "Unsure" in stocked.bench.tags_by_name()


@pytest.mark.parametrize("is_undo", [False, True], ids=["deleting", "creating again"])
def test_a_lost_answer_is_settled_by_the_next_run_and_no_tag_is_made_twice(stocked: Stocked, is_undo: bool) -> None:
    bench, before = stocked.bench, stocked.dump()
    run = bench.apply(stocked.plan()) if is_undo else None
    plan = bench.operate("history_undo", run_id=run["id"], preview=True) if run else stocked.plan()
    bench.plugin.stash.server.faults.add("lost_reply", operation="Create" if is_undo else "Destroy", times=1)
    with pytest.raises(GraphQLFailed, match="broke off the connection"):
        bench.operate("plan_apply", plan_id=plan["plan_id"])
    bench.operate("plan_apply", plan_id=plan["plan_id"])
    names = [row["name"] for row in bench.stash.tags.page("name", per_page=-1).rows]
    assert names == (["Kept", "Unsure"] if is_undo else ["Kept"])
    assert (stocked.dump() == before) is is_undo


def test_tags_of_a_category_of_the_box_are_unwanted_by_link_and_by_name(bench: Bench) -> None:
    category = bench.world.add_category("Odd")
    linked, named = (bench.world.add_tag(name, category=category) for name in ("Odd one", "Odd two"))
    bench.world.add_tag("Odd three", category=category)
    bench.task("refresh_tags")
    bench.add_tag("Mine", linked)
    bench.add_tag("odd two")
    chosen = {"endpoint": bench.box.endpoint, "categories": [category.id]}
    found = bench.operate("unwanted_find", **chosen)
    assert [tag["name"] for tag in found["tags"]] == ["Mine", "odd two"]
    bench.apply(bench.task("unwanted_plan", **chosen, exclude=ON_BLACKLIST))
    assert sorted(bench.operate("words_get")["blacklist"]) == ["Mine", "Odd one", "Odd three", "Odd two"]
    assert (list(bench.tags_by_name()), named.name) == ([], "Odd two")


def test_a_sync_does_not_bring_back_what_the_cleaning_took_off(bench: Bench, rain: Tag, local_rain: int) -> None:
    (scene,) = bench.add_scenes(1, rain, local_tags=[local_rain])
    bench.apply(bench.task("unwanted_plan", tag_ids=[local_rain], delete=False))
    bench.sync()
    assert bench.tags_of(scene) == set()


@pytest.mark.parametrize("name", ["A+B (c)", "50% [x]", "Straße.", "a|b"])
def test_the_pattern_of_a_name_matches_this_name_only(name: str) -> None:
    pattern = make_pattern(name)
    assert re.search(pattern, name.lower())
    assert not re.search(pattern, f"x{name.lower()}")


def test_a_pattern_that_stash_would_misread_is_a_conflict_and_a_known_one_is_left_out() -> None:
    entries = plan_exclusions(IN_STASH, ["^rain$"], ["Rain", "Snow"], ["/^\\Sx/", "/^wet/"])
    assert [each.after if isinstance(each, Change) else each.outcome for each in entries] == [
        "^snow$",
        "conflict",
        "^wet",
    ]
    assert {each.item for each in entries} == {Item("exclusions", IN_STASH)}
