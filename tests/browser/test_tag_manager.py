"""Tag Manager in a real browser: a plan of scene tags, and links with proposals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from sandbox.stashbox.model import Tag
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen, wait_for
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import CHANGE_TAGS, Bench

# Buttons of a row name their tag behind their text.
LINK, REJECT = re.compile("^Link: "), re.compile("^Reject: ")
APPLY = re.compile(r"^Apply \d")  # the plan's button; each item has one of its own


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Rain is linked and on 12 scenes of the box, Snow has the same name only, Storm has no match."""
    with (
        StashBox(World("tags")) as box,
        install_plugin(assembled("tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        rain, snow, storm = (bench.world.add_tag(name) for name in ("Rain <i>", "Snow", "Storm"))
        bench.add_tag("Wet weather", rain)
        bench.add_tag("snow")
        bench.add_scenes(12, rain, snow, storm)
        yield bench


@pytest.fixture
def other() -> Iterator[StashBox]:
    with StashBox(World("other")) as box:
        yield box


@pytest.fixture
def tags(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, bench.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        yield screen


def make_plan(screen: Screen) -> None:
    """A plan of the whole library, shown."""
    page = screen.visit("/plugins/tag-manager/sync")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("button", name="Add 24 tags")).to_be_visible()


def test_a_plan_is_looked_through_and_only_what_is_ticked_is_added(tags: Screen, bench: Bench) -> None:
    make_plan(tags)
    page = tags.page
    row = page.get_by_role("row").filter(has_text="Wet weather")
    expect(row).to_contain_text("+12")
    expect(row).to_contain_text("Rain <i>")
    tags.shoot("tag-manager-plan")
    search = page.get_by_role("searchbox", name="Search")
    search.fill("wet")
    expect(page.get_by_role("row")).to_have_count(2)
    search.fill("nothing like it")
    search.press("Enter")
    expect(page.get_by_role("row")).to_have_count(0)
    search.fill("")
    page.get_by_role("checkbox", name="Use: snow").uncheck()
    expect(page.get_by_role("button", name="Add 12 tags")).to_be_visible()
    page.get_by_role("row").filter(has_text="snow").get_by_role("button", name="Add to blacklist").click()
    expect(page.get_by_text("On the blacklist: Snow")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="snow")).to_contain_text("On the blacklist")
    page.get_by_role("button", name="Deselect all").click()
    expect(page.get_by_role("button", name="Add 0 tags")).to_be_visible()
    page.get_by_role("button", name="Select all", exact=True).click()
    assert bench.writes() == 0

    page.get_by_role("button", name="Add 12 tags").click()
    page.get_by_role("dialog").get_by_role("button", name="Add 12 tags").click()
    expect(page.get_by_text("12 changed")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Wet weather")).to_contain_text("12 of 12")
    tags.shoot("tag-manager-applied")
    assert {frozenset(bench.tags_of(scene)) for scene in bench.stash.scenes.ids()} == {frozenset({1})}


def test_a_stopped_run_says_so_and_goes_on_where_it_stopped(tags: Screen, bench: Bench) -> None:
    bench.add_scenes(48, *bench.world.table_of(Tag).values())
    stuck = bench.plugin.stash.server.faults.add("stall", operation=CHANGE_TAGS, on=[2])
    page = tags.visit("/plugins/tag-manager/sync")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Add 120 tags").click()
    page.get_by_role("dialog").get_by_role("button", name="Add 120 tags").click()
    bench.plugin.stash.server.traffic.wait_for_requests(2, CHANGE_TAGS)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Press Add to continue.")).to_be_visible()
    bench.plugin.stash.server.faults.remove(stuck)
    tags.shoot("tag-manager-stopped")

    page.reload()
    page.get_by_role("button", name="Add 120 tags").click()
    page.get_by_role("dialog").get_by_role("button", name="Add 120 tags").click()
    expect(page.get_by_text("60 changed").first).to_be_visible()
    assert {frozenset(bench.tags_of(scene)) for scene in bench.stash.scenes.ids()} == {frozenset({1, 2})}


def test_a_scene_or_one_tag_of_it_is_ticked_off_and_an_undo_takes_exactly_the_rest_back(
    tags: Screen, bench: Bench
) -> None:
    make_plan(tags)
    page = tags.page
    page.get_by_role("button", name="show the scenes that get snow").click()
    expect(page.get_by_text("Only scenes that get snow.")).to_be_visible()
    page.get_by_role("checkbox", name="Use: Scene 0").uncheck()
    expect(page.get_by_role("button", name="Add 22 tags")).to_be_visible()
    page.get_by_role("button", name="Scene 1: snow").click()
    expect(page.get_by_role("button", name="Add 21 tags")).to_be_visible()
    tags.shoot("tag-manager-scenes")
    page.get_by_role("button", name="Add 21 tags").click()
    page.get_by_role("dialog").get_by_role("button", name="Add 21 tags").click()
    expect(page.get_by_text("11 changed")).to_be_visible()
    assert [bench.tags_of(scene) for scene in (1, 2, 3)] == [set(), {1}, {1, 2}]

    page.get_by_role("button", name="Undo this run").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("changes undone")).to_be_visible()
    assert not any(bench.tags_of(scene) for scene in bench.stash.scenes.ids())


def test_an_undo_in_the_background_is_told_once(tags: Screen, bench: Bench) -> None:
    bench.add_scenes(48, *bench.world.table_of(Tag).values())
    page = tags.visit("/plugins/tag-manager/sync")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Add 120 tags").click()
    page.get_by_role("dialog").get_by_role("button", name="Add 120 tags").click()
    page.get_by_role("button", name="Undo this run").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("120 changes undone")).to_be_visible()
    expect(page.get_by_text("Undo changes")).to_have_count(0)


def test_a_backup_of_stash_is_offered_before_tags_are_added_to_many_scenes(tags: Screen, bench: Bench) -> None:
    bench.add_scenes(48, *bench.world.table_of(Tag).values())
    page = tags.visit("/plugins/tag-manager/sync")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Add 120 tags").click()
    page.get_by_label("Back up Stash's database first").check()
    page.get_by_role("dialog").get_by_role("button", name="Add 120 tags").click()
    expect(page.get_by_text("Stash's database was backed up before").first).to_be_visible()


def test_a_page_opened_later_finds_the_running_task(tags: Screen, bench: Bench, chromium: Browser) -> None:
    page = tags.visit("/plugins/tag-manager/sync")
    fault = bench.box.server.faults.add("slow", operation="LookUp", seconds=600)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.close()
    with open_screen(chromium, bench.plugin.stash) as later:
        again = later.visit("/plugins/tag-manager/sync")
        expect(again.get_by_role("region", name="Scene tags")).to_be_visible()
        bench.box.server.faults.remove(fault)
        expect(again.get_by_role("button", name="Add 24 tags")).to_be_visible()


def test_unmatched_tags_are_ranked_and_created_linked_or_ignored(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/unmatched")
    expect(page.get_by_text("Not checked yet")).to_be_visible()
    bench.add_scenes(3, bench.world.add_tag("Gale"))
    bench.task("refresh_tags")
    make_plan(tags)
    page = tags.go("/plugins/tag-manager/unmatched")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Storm+12")
    page.get_by_role("button", name="Link Storm to a tag of yours").click()
    expect(page.get_by_role("dialog").get_by_role("option")).to_have_count(2)
    tags.shoot("tag-manager-unmatched-link")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()

    page.get_by_role("checkbox", name="Select Storm").check()
    page.get_by_role("button", name="Create 1 tag").click()
    dialog = page.get_by_role("dialog").first
    dialog.get_by_role("button", name="Apply 1 change").click()
    page.get_by_role("dialog").last.get_by_role("button", name="Apply", exact=True).click()
    expect(dialog.get_by_text("1 changed")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    page.get_by_role("checkbox", name="Select Gale").check()
    page.get_by_role("button", name="Add to blacklist", exact=True).click()
    expect(page.get_by_text("All tags matched")).to_be_visible()
    assert bench.operate("words_get")["blacklist"] == ["Gale"]


def test_an_unmatched_tag_is_created_or_put_on_the_blacklist_with_one_click_and_an_undo(
    tags: Screen, bench: Bench
) -> None:
    bench.add_scenes(3, bench.world.add_tag("Gale"))
    bench.task("refresh_tags")
    make_plan(tags)
    page = tags.go("/plugins/tag-manager/unmatched")
    page.get_by_role("button", name="Create: Storm").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Storm was created.")
    expect(page.get_by_role("link", name="Preview scene tags")).to_be_visible()
    assert "Storm" in bench.tags_by_name()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Create: Storm")).to_be_focused()
    assert "Storm" not in bench.tags_by_name()
    page.get_by_role("button", name="Add to blacklist: Gale").click()
    expect(page.get_by_text("1 tag is on the blacklist.").first).to_be_visible()
    assert bench.operate("words_get")["blacklist"] == ["Gale"]


@pytest.fixture
def foggy(bench: Bench) -> int:
    """A tag for which the box's Fog is right, while two of Fog's aliases are taken: by Mist's name, by Hat's alias."""
    weather = bench.world.add_category("Weather")
    bench.world.add_tag("Fog", aliases=["Mist", "Haze", "Murk"], description="Water in the air", category=weather)
    bench.add_tag("Mist")
    bench.add_tag("Hat", aliases=["Haze"])
    foggy = bench.add_tag("Foggy", aliases=["Grey"])
    bench.task("refresh_tags")
    return foggy


def show_tag(bench: Bench, tag_id: int) -> dict[str, Any]:
    row = bench.stash.tags.get(tag_id, "name aliases description parents { name } stash_ids { stash_id }")
    assert row is not None
    return row


def open_merge(screen: Screen) -> Locator:
    """The merge dialog for Foggy and the box's Fog, found by its text."""
    page = screen.visit("/plugins/tag-manager/tags")
    page.get_by_role("button", name="Search StashDB for Foggy").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("fog")
    row = dialog.get_by_role("row").filter(has_text="Water in the air")
    screen.shoot("tag-manager-search")
    row.get_by_role("button", name="Compare").click()
    return page.get_by_role("dialog", name="Compare Foggy with StashDB’s Fog")


def test_a_merge_shows_what_is_taken_before_anything_is_written(tags: Screen, bench: Bench, foggy: int) -> None:
    dialog = open_merge(tags)
    expect(dialog.get_by_text("2 names are taken")).to_be_visible()
    tags.shoot("tag-manager-merge-conflicts")
    dialog.get_by_role("button", name="Leave out").last.click()
    dialog.get_by_role("button", name="Merge Mist into this tag").click()
    dialog.get_by_role("radio", name="Take Fog and keep Foggy as an alias").check()
    expect(dialog.get_by_role("button", name="Save 8 changes")).to_be_enabled()
    tags.shoot("tag-manager-merge")
    assert show_tag(bench, foggy)["name"] == "Foggy"

    dialog.get_by_role("button", name="Save 8 changes").click()
    expect(dialog.get_by_text("Saved")).to_be_visible()
    tags.shoot("tag-manager-merge-done")
    row = show_tag(bench, foggy)
    assert (row["name"], sorted(row["aliases"]), row["description"]) == (
        "Fog",
        ["Foggy", "Grey", "Mist", "Murk"],
        "Water in the air",
    )
    assert (row["parents"], len(row["stash_ids"])) == ([{"name": "Weather"}], 1)


def test_a_merge_checks_a_name_of_ones_own_and_can_be_taken_back(tags: Screen, bench: Bench, foggy: int) -> None:
    before = show_tag(bench, foggy)
    dialog = open_merge(tags)
    dialog.get_by_role("button", name="Leave all out").click()
    expect(dialog.get_by_role("checkbox", name="Haze")).not_to_be_checked()
    dialog.get_by_role("radio", name="Take Fog", exact=True).check()
    dialog.get_by_role("textbox", name="The new name").fill("Snow")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("is the name of the tag snow")).to_be_visible()
    dialog.get_by_role("textbox", name="The new name").fill("Thick fog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Saved")).to_be_visible()
    assert show_tag(bench, foggy)["name"] == "Thick fog"

    dialog.get_by_role("button", name="Undo this run").click()
    tags.page.get_by_role("button", name="Undo", exact=True).click()
    expect(tags.page.get_by_text("changes undone")).to_be_visible()
    assert show_tag(bench, foggy) == before


def test_links_are_accepted_rejected_and_taken_back(tags: Screen, bench: Bench) -> None:
    page = tags.visit("/plugins/tag-manager/tags")  # the tag list is loaded by itself
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="snow", exact=True))
    expect(row).to_contain_text("same name")
    tags.shoot("tag-manager-links")

    row.get_by_role("button", name=REJECT).click()
    expect(row.get_by_role("button", name=LINK)).to_have_count(0)
    page.get_by_role("button", name="Rejected suggestions").click()
    expect(page.get_by_role("row").filter(has_text="Snow")).to_be_visible()
    page.get_by_role("row").filter(has_text="Snow").get_by_role("button", name="Restore").click()
    expect(page.get_by_text("No rejected suggestions")).to_be_visible()

    page.get_by_role("button", name="Not linked").click()
    row.get_by_role("button", name=LINK).click()
    expect(page.get_by_text("Linked snow to Snow.").first).to_be_visible()
    expect(row).to_contain_text("Linked snow to Snow.")  # the row keeps its place
    tags.shoot("tag-manager-linked")
    assert bench.operate("tag_show", tag_id=2)["links"]
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(row.get_by_role("button", name=LINK)).to_be_visible()
    assert not bench.operate("tag_show", tag_id=2)["links"]


def test_dead_links_are_linked_anew_merged_or_removed(tags: Screen, bench: Bench) -> None:
    hail, sleet, fog = (bench.world.add_tag(name) for name in ("Hail", "Sleet", "Fog"))
    ice, slush = (bench.world.add_tag(name) for name in ("Ice", "Slush"))
    bench.add_tag("Hail", hail)
    bench.add_tag("Sleet", sleet)
    bench.add_tag("Slush", slush)
    bench.add_tag("Fog", fog)
    bench.world.merge(hail, into=ice)
    bench.world.merge(sleet, into=slush)
    bench.world.delete(fog)
    bench.task("refresh_tags")
    page = tags.visit("/plugins/tag-manager/tags")
    page.get_by_role("button", name="Dead links").click()
    expect(page.get_by_role("row")).to_have_count(4)
    tags.shoot("tag-manager-dead")

    page.get_by_role("button", name="Link to Ice").click()
    expect(page.get_by_text("Linked Hail to Ice.").first).to_be_visible()
    page.get_by_role("button", name="Fix all (relink or merge)").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".sbk-plan-item").filter(has_text="Sleet into Slush")).to_contain_text("cannot be undone")
    tags.shoot("tag-manager-dead-plan")
    dialog.get_by_role("button", name=APPLY).click()
    expect(page.get_by_text("1 change cannot be undone. You can undo the others")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Apply", exact=True).click()
    expect(dialog.get_by_text("Done", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Remove link").click()
    expect(page.get_by_role("row").filter(has_text="Removed the dead link of Fog.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Dead links").click()
    expect(page.get_by_text("No dead links")).to_be_visible()
    names = {row["name"]: len(row["stash_ids"]) for row in bench.stash.tags.page("name stash_ids { stash_id }").rows}
    assert {name: names.get(name) for name in ("Hail", "Sleet", "Slush", "Fog")} == {
        "Hail": 1,
        "Sleet": None,
        "Slush": 1,
        "Fog": 0,
    }


def test_the_first_visit_of_the_import_loads_the_tag_list_by_itself(tags: Screen, bench: Bench) -> None:
    shape = bench.world.add_category("Shape", group="SCENE")
    bench.world.add_tag("Circle", category=shape)
    page = tags.visit("/plugins/tag-manager/import")
    expect(page.get_by_role("article", name="Shape")).to_contain_text("0 of 1 tags")


def test_an_import_shows_conflicts_first_and_is_still_there_after_a_reload(tags: Screen, bench: Bench) -> None:
    shape = bench.world.add_category("Shape", group="SCENE", description="What things look like")
    for number in range(30):
        bench.world.add_tag(f"Shape {number:02d}", category=shape)
    bench.add_tag("Mine", aliases=["Shape 03"])
    bench.add_tag("All shapes")
    bench.task("refresh_tags")
    page = tags.visit("/plugins/tag-manager/import")
    page.get_by_role("button", name="Change the parent tag for Shape").click()
    page.get_by_role("dialog").get_by_role("combobox", name="Tag").fill("all sh")
    page.get_by_role("dialog").get_by_role("option", name="All shapes").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("article", name="Shape")).to_contain_text("Below All shapes")
    expect(page.get_by_text("30 tags not linked")).to_be_visible()
    page.get_by_role("checkbox", name="Use groups as grandparents").check()
    expect(page.get_by_role("button", name="Change the parent tag for Scene")).to_be_visible()
    tags.shoot("tag-manager-import")
    page.get_by_role("checkbox", name="Use groups as grandparents").uncheck()
    page.get_by_role("button", name="Browse the tags of Shape").click()
    page.get_by_role("dialog").get_by_role("checkbox", name="Select Shape 07").check()
    page.get_by_role("dialog").get_by_role("button", name="Preview import (1 tag)").click()
    expect(page.get_by_text("1 tag to create")).to_be_visible()
    page.go_back()
    page.get_by_role("article", name="Shape").get_by_role("heading", name="Shape").click()
    expect(page.get_by_role("checkbox", name="Select Shape")).to_be_checked()
    page.get_by_role("button", name="Preview import (1 category)").click()
    expect(page.get_by_text("29 tags to create · 1 in conflict")).to_be_visible()
    tags.shoot("tag-manager-import-plan")

    page.get_by_role("button", name="Compare with Mine").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("region", name="Conflicts")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Apply 29 changes").click()
    held: list[Route] = []  # the plan as it is after the run comes late
    page.route(
        "**/graphql",
        lambda each: held.append(each) if "plan_items" in str(each.request.post_data) else each.continue_(),
    )
    page.get_by_role("dialog").get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_text("29 changed")).to_be_visible()
    expect(page.get_by_role("button", name=APPLY)).to_have_count(0)
    wait_for(lambda: bool(held), page)
    for each in held:
        each.continue_()
    page.unroute("**/graphql")
    tags.shoot("tag-manager-import-done")
    rows = bench.stash.tags.page("name parents { name }", per_page=-1).rows
    assert sum(row["parents"] == [{"name": "All shapes"}] for row in rows) == 30
    page.get_by_role("link", name="Back to categories").click()
    expect(page.get_by_role("article", name="Shape")).to_contain_text("all 30 tags")


def test_a_tags_page_leads_to_its_links(tags: Screen, bench: Bench) -> None:
    bench.task("refresh_tags")
    page = tags.visit("/tags/1")
    expect(page.get_by_role("group", name="Stash-box links")).to_have_text("StashDB: Rain <i>")
    tags.shoot("tag-manager-tag-page")
    page.get_by_role("button", name="Manage").click()
    expect(page.get_by_text("Only Wet weather is shown.")).to_be_visible()
    tags.shoot("tag-manager-one-tag")
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("Unlinked Wet weather from StashDB.")).to_be_visible()
    page.get_by_role("button", name="Show all tags").click()
    expect(page.get_by_role("link", name="snow", exact=True)).to_be_visible()


def test_links_of_many_tags_are_made_at_once_and_gaps_filled(tags: Screen, bench: Bench, other: StashBox) -> None:
    """Two boxes: links at the other one stay."""
    bench.configure(bench.box, other)
    brook = other.world.add_tag("Brook")
    hill = bench.world.add_tag("Hill", description="Higher than wide", aliases=["Mound"])
    bench.stock.add_tag("Hill", stash_ids=[bench.link(brook, other)])
    bench.add_tag("Mound")
    bench.task("refresh_tags")
    page = tags.visit("/plugins/tag-manager/tags")
    expect(page.get_by_text("Also linked at OtherBox")).to_be_visible()
    page.get_by_role("button", name="Link all exact matches").click()
    dialog = page.get_by_role("dialog").first
    expect(dialog.locator(".sbk-plan-item").filter(has_text="Mound")).to_contain_text("is linked to Hill already")
    tags.shoot("tag-manager-exact")
    dialog.get_by_role("button", name="Apply 2 changes").click()
    page.get_by_role("dialog").last.get_by_role("button", name="Apply", exact=True).click()
    expect(dialog.get_by_text("2 changed")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()

    page.get_by_role("button", name="Fill gaps").click()
    page.get_by_role("dialog").get_by_role("button", name="Preview").click()
    expect(dialog.get_by_role("row").filter(has_text="Higher than wide")).to_be_visible()
    expect(dialog.get_by_text("1 alias is left out: another tag has it.")).to_be_visible()
    tags.shoot("tag-manager-gaps")
    dialog.get_by_role("button", name="Close").click()

    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Mound", exact=True))
    row.get_by_role("button", name=LINK).click()
    expect(page.get_by_role("dialog").get_by_text("is linked to Hill already")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    links = bench.stash.tags.get(3, "stash_ids { stash_id }")
    assert links is not None
    assert {link["stash_id"] for link in links["stash_ids"]} == {brook.id, hill.id}


def test_the_list_is_there_after_one_call_sorted_and_paged_as_chosen(tags: Screen, bench: Bench) -> None:
    for number in range(60):
        bench.add_tag(f"Tag {number:02d}")
    bench.task("refresh_tags")
    page = tags.visit("/plugins/tag-manager/tags")
    expect(page.get_by_text("1–25 of 61")).to_be_visible()
    asked = [call["args"]["operation"] for call in operations_of(bench)]
    assert [name for name in asked if name not in ("heartbeat", "health", "match_figures")] == ["tags_list"]

    page.get_by_label("Per page").select_option("50")
    expect(page.get_by_text("1–50 of 61")).to_be_visible()
    page.get_by_role("columnheader", name="Tag").get_by_role("button").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Tag 59")
    page.get_by_role("searchbox", name="Search").fill("tag 1")
    expect(page.get_by_role("row")).to_have_count(16)
    assert bench.operate("tags_list")["page_size"] == 50


def operations_of(bench: Bench) -> list[dict[str, Any]]:
    """The calls of the plugin so far, by anybody."""
    return [request.json()["variables"] for request in bench.plugin.stash.server.traffic.requests("runPluginOperation")]


def test_without_a_box_the_page_says_what_to_do(tags: Screen, bench: Bench) -> None:
    bench.configure()

    expect(tags.visit("/plugins/tag-manager/tags").get_by_text("No stash-box", exact=True)).to_be_visible()


@pytest.mark.window(width=360, height=740)
def test_plan_list_and_merge_dialog_fit_a_phone(tags: Screen, foggy: int) -> None:
    make_plan(tags)
    expect(tags.page.get_by_role("row").filter(has_text="Wet weather")).to_be_visible()
    tags.shoot("tag-manager-phone")
    assert tags.width_of_content() <= 360
    expect(open_merge(tags).get_by_text("2 names are taken")).to_be_visible()
    tags.shoot("tag-manager-merge-phone")
    assert tags.width_of_content() <= 360
