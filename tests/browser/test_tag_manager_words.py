"""The Words tab in a real browser: synonyms, blacklist, parent tags for categories, all of it as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.browser import Screen, open_screen
from tests.harness.installed import install_plugin
from tests.tagManager.conftest import Bench

PAGE = "/plugins/tag-manager/words"
EXCLUDE = 'mutation { configureScraping(input: {excludeTagPatterns: ["^test"]}) { excludeTagPatterns } }'


@pytest.fixture
def bench(assembled: Callable[[str], Path]) -> Iterator[Bench]:
    """The box has Snow, Snowfall and Rain in the category Weather; Stash leaves out ^test, the setting "fog"."""
    with (
        StashBox(World("tags")) as box,
        install_plugin(assembled("tagManager")) as plugin,
    ):
        bench = Bench(plugin, box)
        weather = bench.world.add_category("Weather")
        for name in ("Snow", "Snowfall", "Rain"):
            bench.world.add_tag(name, category=weather)
        bench.add_tag("My <weather>")
        bench.task("refresh_tags")
        bench.stash.ask(EXCLUDE, {})
        plugin.save_settings(tagBlacklist="fog, /(oops/")
        yield bench


@pytest.fixture
def words(request: pytest.FixtureRequest, chromium: Browser, bench: Bench) -> Iterator[Screen]:
    wanted = request.node.get_closest_marker("window")
    with open_screen(chromium, bench.plugin.stash, **(wanted.kwargs if wanted else {})) as screen:
        screen.visit(PAGE)
        yield screen


def dialog(screen: Screen) -> Locator:
    return screen.page.get_by_role("dialog")


def test_synonyms_are_added_renamed_removed_and_put_back(words: Screen, bench: Bench) -> None:
    page = words.page
    page.get_by_role("button", name="Add synonyms…").click()
    dialog(words).get_by_label("Word").fill("Drizzle <b>")
    dialog(words).get_by_label("Synonyms").fill("rain, shower\nrain")
    dialog(words).get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Edit Drizzle <b>").click()
    dialog(words).get_by_label("Word").fill("Rain")
    dialog(words).get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="shower")).to_be_visible()
    assert bench.operate("words_get")["synonyms"] == {"Rain": ["rain", "shower"]}

    page.get_by_role("button", name="Remove Rain").click()
    expect(page.get_by_text("No synonyms yet.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row").filter(has_text="shower")).to_be_visible()
    assert bench.operate("words_get")["synonyms"] == {"Rain": ["rain", "shower"]}


def test_an_entry_shows_what_it_hits_and_a_broken_pattern_is_told_at_the_field(words: Screen, bench: Bench) -> None:
    page = words.page
    field = page.get_by_label("Add to blacklist")
    field.fill("/(snow/")
    field.press("Enter")
    expect(page.get_by_text("Invalid pattern").first).to_be_visible()
    expect(page.get_by_role("button", name="Add", exact=True)).to_be_disabled()
    field.fill("/^snow/")
    expect(page.get_by_text("2 stash-box tags: Snow, Snowfall")).to_be_visible()
    words.shoot("words-blacklist")
    field.press("Enter")
    expect(page.get_by_role("row").filter(has_text="/^snow/")).to_contain_text("Snowfall")

    page.get_by_role("checkbox", name="Select /^snow/").check()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("No entries.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row").filter(has_text="/^snow/")).to_be_visible()
    assert bench.operate("words_get")["blacklist"] == ["/^snow/"]


def test_what_is_left_out_elsewhere_is_shown_with_its_problems(words: Screen) -> None:
    page = words.page
    expect(page.get_by_role("listitem").filter(has_text="^test")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="fog")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="/(oops/").locator(".text-danger")).not_to_be_empty()


def test_a_category_gets_a_parent_tag_and_loses_it(words: Screen, bench: Bench) -> None:
    page = words.page
    page.get_by_role("button", name="Choose your tag for Weather").click()
    dialog(words).get_by_role("combobox").fill("weat")
    dialog(words).get_by_role("option", name="My <weather>").click()
    dialog(words).get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="My <weather>")).to_be_visible()
    page.reload()
    forget = page.get_by_role("button", name="Remove the choice for Weather")
    forget.click()
    expect(forget).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text="Weather")).to_contain_text("same name")
    assert bench.operate("categories", endpoint=bench.box.endpoint)["categories"][0]["mapped"] is None


def test_a_file_is_saved_looked_through_and_taken_over(words: Screen, bench: Bench, tmp_path: Path) -> None:
    page = words.page
    bench.operate("blacklist_add", names=["hail"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Export file").click()
    saved = tmp_path / "words.json"
    download.value.save_as(saved)
    content = json.loads(saved.read_text())
    saved.write_text(json.dumps({**content, "blacklist": ["sleet"], "synonyms": {"rain": ["drizzle"]}}))

    page.get_by_label("Import file").set_input_files(saved)
    expect(dialog(words).get_by_text("sleet")).to_be_visible()
    expect(dialog(words).get_by_text("Removed")).to_have_count(0)
    dialog(words).get_by_label("Replace existing entries").check()
    expect(dialog(words).get_by_text("hail")).to_be_visible()
    words.shoot("words-import")
    dialog(words).get_by_role("button", name="Import").click()
    expect(page.get_by_text("Imported words.json.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="sleet")).to_be_visible()
    assert bench.operate("words_get")["blacklist"] == ["sleet"]


def test_a_file_of_something_else_is_refused_in_the_dialog(words: Screen, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("[]")
    words.page.get_by_label("Import file").set_input_files(other)
    expect(dialog(words).get_by_text("not one that Tag Manager has exported")).to_be_visible()
    expect(dialog(words).get_by_role("button", name="Import")).to_be_disabled()


@pytest.mark.window(width=360, height=740)
def test_the_words_fit_a_phone(words: Screen, bench: Bench) -> None:
    bench.operate("synonyms_save", synonyms={"Rain": ["drizzle", "shower"]})
    bench.operate("blacklist_add", names=["/^snow/"])
    words.visit(PAGE)
    expect(words.page.get_by_role("row").filter(has_text="Snowfall")).to_be_visible()
    words.shoot("words-phone")
    assert words.width_of_content() <= 360
