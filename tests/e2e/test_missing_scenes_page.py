"""Page and dialog of Missing Scenes from the built zip, in the sandbox's shell and in a real Stash's interface."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from sandbox.whisparr.seeding import know_box
from sandbox.whisparr.server import WhisparrDouble
from tests.e2e.page import having
from tests.e2e.stash import PackageManager, StashUnderTest
from tests.e2e.test_missing_scenes import PLUGIN, SETTINGS, Page
from tests.harness.browser import Screen, open_screen


@pytest.fixture
def library(stash: StashUnderTest, manager: PackageManager) -> Iterator[Page]:
    """A performer with 130 scenes at a box, 100 of them owned; the newest has a tag."""
    with StashBox(World("e2e missing page")) as box, having(PLUGIN, manager, box):
        stash.ask("mutation { configureUI(input: {lastNoteSeen: 99999999}) }")
        page = Page(stash, box)
        box.world.change(page.scenes[-1], tag_ids=[box.world.add_tag("Rainy Day").id], details="<b>Up</b> the hill.")
        yield page
        stash.ask(SETTINGS, id=PLUGIN, values={})


@pytest.fixture
def whisparr(library: Page) -> Iterator[WhisparrDouble]:
    """A Whisparr that knows the box's scenes and has one that is owned."""
    double = WhisparrDouble()
    with double.server:
        know_box(double.state, library.box.world.scenes.values())
        double.state.add_movie(library.scenes[0].id)
        values = {"whisparrUrl": double.url, "whisparrApiKey": double.state.api_key, "whisparrQualityProfile": 4}
        library.stash.ask(SETTINGS, id=PLUGIN, values={**values, "whisparrRootFolder": "/data/scenes"})
        yield double


@pytest.fixture
def screen(chromium: Browser, library: Page) -> Iterator[Screen]:
    """A window on that Stash."""
    known = (library.box.server.url,)
    with open_screen(chromium, library.stash, known=known) as window:
        yield window


def test_a_person_finds_reads_wants_and_adds_a_scene_and_looks_at_the_clean_up(
    screen: Screen, library: Page, whisparr: WhisparrDouble
) -> None:
    newest = library.scenes[-1]
    page = screen.visit(f"/performers/{library.performer}")
    page.locator("#performer-page").get_by_role("button", name="Missing Scenes").click()
    dialog = page.get_by_role("dialog").first
    expect(dialog).to_contain_text("130 on StashDB")
    dialog.get_by_role("heading", name=str(newest.title)).click()
    details = page.locator(".ms-details")
    expect(details).to_contain_text("<b>Up</b> the hill.")
    screen.shoot("e2e-missing-details")
    page.keyboard.press("Escape")
    expect(details).to_have_count(0)

    page.keyboard.press("Home")
    page.keyboard.press("w")
    expect(dialog.get_by_role("button", name=f"Remove {newest.title} from Wanted")).to_be_visible()
    page.keyboard.press("a")
    expect(dialog.locator(".ms-status").first).to_contain_text("Waiting")
    page.keyboard.press("e")  # Stash's own key for editing the performer behind the dialog
    expect(page.locator("#performer-edit")).to_have_count(0)

    dialog.get_by_role("button", name="Excluded tags").click()
    page.get_by_label("Find a tag").fill("Rainy")
    page.get_by_role("button", name="Exclude Rainy Day").click()
    page.get_by_role("button", name="Done").click()
    expect(dialog.get_by_role("button", name="1 with an excluded tag")).to_be_visible()
    screen.shoot("e2e-missing-dialog")

    page = screen.visit("/plugins/missing-scenes/downloads")
    page.get_by_role("button", name="Preview clean-up").click()
    expect(page.get_by_text("1 of 1 selected")).to_be_visible()
    screen.shoot("e2e-missing-downloads")
    page.set_viewport_size({"width": 360, "height": 740})
    for tab in ("Downloads", "Wanted", "Setup"):
        page.get_by_role("tab", name=tab).click()
        expect(page.locator(".tab-pane.active .card").first).to_be_visible()
        assert screen.width_of_content() <= 360, tab


@pytest.fixture
def forty(library: Page) -> Iterator[Page]:
    """40 performers, of whom one is linked, a favorite, and counted; the row of the front page is read."""
    stash = library.stash
    add = "".join(
        f'p{number}: performerCreate(input: {{name: "Card {uuid.uuid4().hex}"}}) {{ id }} ' for number in range(39)
    )
    stash.ask(f"mutation {{ {add} }}")
    favorite = "mutation($input: PerformerUpdateInput!) { performerUpdate(input: $input) { id } }"
    stash.ask(favorite, input={"id": library.performer, "favorite": True})
    library.run("completeness")
    library.run("front_row")
    before = list_traffic(library)
    yield library
    assert list_traffic(library) == before  # no page of Stash asked the box


def list_traffic(library: Page) -> int:
    """Return the number of GraphQL requests that the box got; browsers load its pictures by other addresses."""
    return sum(each.path.rstrip("/") == "/graphql" for each in library.box.server.traffic.requests())


def switch(library: Page, *, is_on: bool) -> None:
    values = {"frontPageRow": is_on, "completenessOnCards": is_on}
    library.stash.ask(SETTINGS, id=PLUGIN, values=values)


@pytest.mark.since("0.28")
@pytest.mark.parametrize("width", [1280, 390])
def test_stashs_own_pages_have_the_row_and_the_meters_if_they_are_on(screen: Screen, forty: Page, width: int) -> None:
    calls: list[str] = []
    screen.page.on("request", lambda request: calls.append(request.post_data or "") if request.post_data else None)
    screen.page.set_viewport_size({"width": width, "height": 844})
    switch(forty, is_on=False)
    page = screen.visit("/")
    expect(page.locator(".scene-card, .performer-card").first).to_be_visible()  # the sandbox has a row of scenes only
    own = screen.width_of_content()  # arrows of Stash's own rows stand 10 pixels outside of a phone
    screen.shoot(f"e2e-front-row-off-{width}")
    switch(forty, is_on=True)
    page = screen.visit("/")
    expect(page.get_by_role("heading", name="New from your favorites, not in your library")).to_be_visible()
    expect(page.locator(".ms-front-card")).to_have_count(20)
    assert screen.width_of_content() <= own
    screen.shoot(f"e2e-front-row-{width}")
    calls.clear()
    page = screen.visit("/performers?perPage=40&sortby=created_at&sortdir=desc")
    expect(page.locator(".performer-card")).to_have_count(40)
    expect(page.locator(".ms-meter")).to_have_text("0/130")
    assert sum("card_counts" in each for each in calls) == 1
    assert screen.width_of_content() <= width
    page.locator(".ms-meter").scroll_into_view_if_needed()
    screen.shoot(f"e2e-meters-{width}")


@pytest.mark.since("0.28")
def test_switched_off_stashs_own_pages_have_neither_row_nor_meters(screen: Screen, forty: Page) -> None:
    switch(forty, is_on=False)
    calls: list[str] = []
    screen.page.on("request", lambda request: calls.append(request.post_data or "") if request.post_data else None)
    for path, there in (("/", ".main"), ("/performers?perPage=40&sortby=created_at&sortdir=desc", ".performer-card")):
        page = screen.visit(path)
        expect(page.locator(there).first).to_be_visible()
        assert page.locator(".ms-front, .ms-meter").count() == 0
        assert page.locator("script[src*='missingScenes/assets']").count() == 0
        screen.shoot(f"e2e-parts-off-{there.strip('.')}")
    assert not any("runPluginOperation" in each and "missingScenes" in each for each in calls)
