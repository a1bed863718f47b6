"""The Hierarchy tab in a real browser: searching, dragging, keys, several parents, circles, saving and undoing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench

PAGE = "/plugins/tag-manager/hierarchy"


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """Tags: Animals (1) > Birds (2) > Eagle <i> (3); Cats (4) below Animals; Pets (5); Zebra (6)."""
    with (
        StashBox(World("tags")) as box,
        install_plugin(assembled("tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        animals = bench.add_tag("Animals")
        birds = bench.add_tag("Birds", parents=[animals])
        bench.add_tag("Eagle <i>", parents=[birds])
        bench.add_tag("Cats", parents=[animals])
        bench.add_tag("Pets")
        bench.add_tag("Zebra")
        yield bench


@pytest.fixture
def tree(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, bench.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        screen.visit(PAGE)
        yield screen


def row(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("treeitem").filter(has_text=name)


def names(screen: Screen) -> list[str]:
    return screen.page.locator(".tm-name").all_inner_texts()


def parents(bench: Bench) -> dict[str, list[str]]:
    """The parents of each tag, as Stash has them."""
    rows = bench.stash.tags.page("name parents { name }", per_page=-1).rows
    return {row["name"]: sorted(each["name"] for each in row["parents"]) for row in rows}


def pending(screen: Screen) -> Locator:
    return screen.page.get_by_role("region", name="Unsaved changes")


def save(screen: Screen, count: str) -> None:
    screen.page.get_by_role("button", name=f"Save {count}").click()
    expect(screen.page.get_by_text(f"Saved {count}")).to_be_visible()


def find(screen: Screen, text: str) -> None:
    """Search for a tag and give the focus to the tree."""
    screen.page.get_by_role("searchbox", name="Find a tag").fill(text)
    screen.page.get_by_role("tree").focus()


def test_a_dragged_tag_is_moved_saved_and_taken_back(tree: Screen, bench: Bench) -> None:
    page = tree.page
    row(tree, "Animals").locator(".tm-handle").first.click()
    row(tree, "Cats").drag_to(page.get_by_text("Drop here to remove a tag from its parent"))
    expect(pending(tree)).to_contain_text("Remove Cats from Animals")
    row(tree, "Cats").drag_to(row(tree, "Pets"))
    expect(pending(tree)).to_contain_text("Make Cats a child of Pets")
    expect(pending(tree)).to_contain_text("Remove Cats from Animals")
    assert parents(bench)["Cats"] == ["Animals"]

    page.reload()
    expect(pending(tree)).to_contain_text("Make Cats a child of Pets")
    tree.shoot("hierarchy-pending")
    save(tree, "2 changes")
    assert parents(bench)["Cats"] == ["Pets"]
    expect(pending(tree)).to_contain_text("No changes")

    tree.go("/plugins/tag-manager/history")
    page.get_by_role("button", name="Show the changes of Changed 2 parents of 1 tag in the hierarchy").first.click()
    page.get_by_role("button", name="Undo this run…").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("cell", name="undone")).to_have_count(2)
    assert parents(bench)["Cats"] == ["Animals"]


def test_with_ctrl_a_dragged_tag_gets_a_further_parent(tree: Screen, bench: Bench) -> None:
    find(tree, "eagle")
    expect(row(tree, "Eagle <i>")).to_be_visible()
    tree.page.keyboard.down("Control")
    row(tree, "Eagle <i>").drag_to(row(tree, "Pets"))
    tree.page.keyboard.up("Control")

    expect(row(tree, "Eagle <i>")).to_have_count(2)
    save(tree, "1 change")
    assert parents(bench)["Eagle <i>"] == ["Birds", "Pets"]


def test_keys_alone_find_open_tick_cut_paste_and_take_out(tree: Screen, bench: Bench) -> None:
    page, keys = tree.page, tree.page.keyboard
    page.get_by_role("tree").focus()
    for key in ("a", "ArrowRight", "ArrowRight", "Space", "Shift+ArrowDown"):
        keys.press(key)
    expect(page.get_by_text("2 tags selected")).to_be_visible()
    assert names(tree) == ["Animals", "Birds", "Cats", "Pets", "Zebra"]
    for key in ("Control+x", "z", "Control+v"):
        keys.press(key)
    expect(pending(tree)).to_contain_text("Make Birds a child of Zebra")
    expect(pending(tree)).to_contain_text("Make Cats a child of Zebra")

    keys.press("End")
    expect(page.locator(".tm-row.tm-active")).to_have_text("Cats" + "not saved")
    keys.press("Delete")
    expect(pending(tree)).not_to_contain_text("Make Cats a child of Zebra")
    save(tree, "3 changes")
    assert parents(bench) == {
        "Animals": [],
        "Birds": ["Zebra"],
        "Cats": [],
        "Eagle <i>": ["Birds"],
        "Pets": [],
        "Zebra": [],
    }


def test_a_circle_is_refused_with_the_way_it_would_go(tree: Screen, bench: Bench) -> None:
    row(tree, "Animals").click()
    tree.page.get_by_role("button", name="Cut").click()
    find(tree, "Eagle")
    tree.page.keyboard.press("Control+v")
    expect(tree.page.get_by_text("Animals › Birds › Eagle <i>")).to_be_visible()
    tree.shoot("hierarchy-circle")
    expect(pending(tree)).to_contain_text("No changes")


def test_an_edge_can_be_turned_round_in_one_save(tree: Screen, bench: Bench) -> None:
    page = tree.page
    find(tree, "birds")
    page.get_by_role("button", name="Remove from parent").click()
    find(tree, "animals")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("combobox", name="Parent tag")
    field.fill("bir")
    expect(dialog.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    tree.shoot("hierarchy-dialog")
    dialog.get_by_role("button", name="Move to").click()
    save(tree, "2 changes")
    found = parents(bench)
    assert (found["Birds"], found["Animals"]) == ([], ["Birds"])


def test_a_change_that_became_impossible_stays_listed_with_stashs_reason(tree: Screen, bench: Bench) -> None:
    find(tree, "pets")
    tree.page.keyboard.press("Control+x")
    find(tree, "zebra")
    tree.page.keyboard.press("Control+v")
    find(tree, "cats")
    tree.page.get_by_role("button", name="Remove from parent").click()
    bench.stash.tags.update(6, {"parent_ids": ["5"]})

    tree.page.get_by_role("button", name="Save 2 changes").click()
    expect(tree.page.get_by_text("1 change was not saved")).to_be_visible()
    expect(pending(tree).get_by_role("alert").filter(has_text="already")).to_be_visible()
    tree.shoot("hierarchy-partial")
    assert parents(bench)["Cats"] == []
    pending(tree).get_by_role("button", name="Discard: Make Pets a child of Zebra").click()
    expect(pending(tree)).to_contain_text("No changes")


def test_ten_thousand_tags_draw_only_what_is_in_the_window(tree: Screen, bench: Bench) -> None:
    middle = bench.stock.add_tag("Middle", parents=[6])
    for number in range(10_000):
        bench.stock.add_tag(f"Tag {number:05d}", parents=[middle] if number % 2 else [])
    page = tree.visit(PAGE)
    expect(page.get_by_text("10,007 tags")).to_be_visible()
    assert page.get_by_role("treeitem").count() < 60

    find(tree, "tag 09999")
    expect(row(tree, "Tag 09999")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 of 1")).to_be_visible()
    page.keyboard.press("Home")
    expect(row(tree, "Animals")).to_be_visible()
    assert page.get_by_role("treeitem").count() < 60

    page.get_by_role("button", name="Open all").click()
    expect(row(tree, "Eagle <i>")).to_be_visible()
    bottom = page.locator(".tm-tree").bounding_box()
    last = page.get_by_role("treeitem").last.bounding_box()
    assert bottom and last and last["y"] > bottom["y"] + bottom["height"]


def test_many_changes_are_saved_by_a_task(tree: Screen, bench: Bench) -> None:
    for number in range(12):
        bench.stock.add_tag(f"Small {number:02d}", parents=[1])
    page = tree.visit(PAGE)
    find(tree, "small 00")
    for key in ("Space", *["Shift+ArrowDown"] * 11, "Control+x"):
        page.keyboard.press(key)
    find(tree, "pets")
    page.keyboard.press("Control+v")
    save(tree, "24 changes")
    assert [name for name, above in parents(bench).items() if above == ["Pets"]] == [
        f"Small {n:02d}" for n in range(12)
    ]
    expect(pending(tree)).to_contain_text("No changes")


@pytest.mark.window(width=360, height=740)
def test_on_a_phone_a_tag_is_moved_by_a_dialog(tree: Screen, bench: Bench) -> None:
    page = tree.page
    row(tree, "Zebra").click()
    page.get_by_role("button", name="Add a parent…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("pets")
    dialog.get_by_role("option").click()
    dialog.get_by_role("button", name="Add a parent").click()
    expect(row(tree, "Zebra")).to_be_visible()
    tree.shoot("hierarchy-phone")
    assert tree.width_of_content() <= 360
    save(tree, "1 change")
    assert parents(bench)["Zebra"] == ["Pets"]
