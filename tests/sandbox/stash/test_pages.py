"""Files that browsers load: pages, plugins' scripts and styles, assets and pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.harness.sandbox import RunningStash

MakeStash = Callable[..., RunningStash]
UI = """
    ui:
      javascript: [one.js, "https://scripts.example/two.js", missing.js]
      css: [one.css]
      csp: {connect-src: ["https://data.example"], script-src: ["https://more.example"]}
      assets: {/: pictures}
"""
PIXEL = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="


@pytest.fixture
def dressed(stash: RunningStash) -> RunningStash:
    """A Stash with a plugin that has a page."""
    folder = stash.add_plugin("dress", "", UI, one_js="let a;", one_css="b {}")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "hill.svg").write_text("<svg/>")
    return stash


def test_scripts_and_styles_are_joined_each_with_a_line_end(dressed: RunningStash) -> None:
    assert dressed.get("/plugin/dress/javascript").text == "let a;\n\n"
    assert dressed.get("/plugin/dress/css").text == "b {}\n"
    assert any("missing.js: no such file" in line for line in dressed.log("error"))


def test_scripts_are_kept_by_their_content(dressed: RunningStash) -> None:
    first = dressed.get("/plugin/dress/javascript")
    assert (first.headers["content-type"], first.headers["cache-control"]) == ("text/javascript", "no-cache")
    assert dressed.get("/plugin/dress/javascript", If_None_Match=first.headers["etag"]).status_code == 304
    assert "immutable" in dressed.get("/plugin/dress/javascript?t=1").headers["cache-control"]


GONE = [
    "/plugin/dress", "/plugin/dress/nothing", "/plugin/nobody/css", "/plugin/DRESS/css", "/plugin/dress/main.py",
    "/plugin/dress/assets/nothing.svg", "/plugin/dress/assets/../main.py", "/plugin",
]  # fmt: skip


@pytest.mark.parametrize("path", GONE)
def test_below_plugins_nothing_unknown_is_a_page(path: str, dressed: RunningStash) -> None:
    assert dressed.get_status(path) == 404


def test_assets_are_served_from_their_folder(dressed: RunningStash) -> None:
    answer = dressed.get("/plugin/dress/assets/hill.svg")
    assert (answer.text, answer.headers["content-type"]) == ("<svg/>", "image/svg+xml")
    assert (
        dressed.get("/plugin/dress/assets/hill.svg", If_Modified_Since=answer.headers["last-modified"]).status_code
        == 304
    )


def test_a_plugin_that_is_off_serves_nothing(dressed: RunningStash) -> None:
    dressed.ask("mutation { setPluginsEnabled(enabledMap: {dress: false}) }")
    assert dressed.get("/plugin/dress/css").status_code == 400


def test_the_policy_of_pages_lets_in_what_enabled_plugins_ask_for(dressed: RunningStash) -> None:
    policies = {}
    for is_on in (True, False):
        dressed.ask("mutation($on: BoolMap!) { setPluginsEnabled(enabledMap: $on) }", on={"dress": is_on})
        policies[is_on] = dressed.get("/").headers["content-security-policy"]
    for address in ("https://data.example", "https://more.example", "https://scripts.example/two.js"):
        assert (address in policies[True], address in policies[False]) == (True, False)


@pytest.mark.parametrize("path", ["/", "/scenes", "/scenes/1/edit", "/index.html", "/anything/at/all"])
def test_any_other_path_is_the_page(path: str, make_stash: MakeStash, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<head><base href="/"></head>')
    stash = make_stash(web=tmp_path)
    assert stash.get(path).text == '<head><base href="/"></head>'
    assert 'href="/pre/"' in stash.get(path, X_Forwarded_Prefix="/pre/").text


@pytest.mark.parametrize(
    ("path", "status"), [("/assets/app.js", 200), ("/nothing.png", 404), ("/assets/../../secret.txt", 404)]
)
def test_files_of_the_page_are_served_and_no_others(
    path: str, status: int, make_stash: MakeStash, tmp_path: Path
) -> None:
    (tmp_path / "web" / "assets").mkdir(parents=True)
    (tmp_path / "web" / "assets" / "app.js").write_text("let a;")
    (tmp_path / "secret.txt").write_text("no")
    assert make_stash(web=tmp_path / "web").get_status(path) == status


def test_a_picture_is_served_as_it_was_given(stash: RunningStash) -> None:
    create = 'mutation($picture: String) { tagCreate(input: {name: "A", image: $picture}) { image_path } }'
    path = stash.ask(create, picture=PIXEL)["image_path"].removeprefix(stash.url)
    answer = stash.get(path)
    assert (answer.headers["content-type"], answer.text.startswith("<svg")) == ("image/svg+xml", True)


def test_a_drawn_picture_is_a_jpeg_and_a_missing_one_is_a_stand_in(stash: RunningStash) -> None:
    stash.stock.add_performer("Ann Hill", picture="ann")
    stash.stock.add_performer("Ben Hill")
    kinds = [stash.get(f"/performer/{number}/image").headers["content-type"] for number in (1, 2)]
    assert kinds == ["image/jpeg", "image/svg+xml"]
    assert stash.get("/performer/3/image").status_code == 404


@pytest.mark.parametrize("path", ["/scene/1/screenshot", "/scene/1/stream"])
def test_scenes_have_a_cover_and_a_stub_of_a_stream(path: str, stash: RunningStash) -> None:
    stash.stock.add_scene("Up", picture="up")
    assert stash.get(path).headers["content-type"] in ("image/jpeg", "video/mp4")
    assert stash.get(path.replace("1", "2")).status_code == 404


def test_a_cover_has_the_size_in_its_key(stash: RunningStash) -> None:
    stash.stock.add_scene("Up", picture="96x54/up")
    answer = stash.get("/scene/1/screenshot")
    assert Image.open(io.BytesIO(answer.content)).size == (96, 54)


def test_own_styles_are_served_only_when_switched_on(stash: RunningStash) -> None:
    change = 'mutation($on: Boolean) { configureInterface(input: {css: "b {}", cssEnabled: $on}) { css } }'
    found = []
    for is_on in (False, True):
        stash.ask(change, on=is_on)
        found.append(stash.get("/css").text)
    assert found == ["", "b {}"]
