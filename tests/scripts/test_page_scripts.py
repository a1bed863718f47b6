"""The scripts of a page as the build joins and shortens them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.console import Stop
from scripts.release.page_scripts import build_page_scripts, list_page_scripts
from scripts.release.shorten import shorten_script
from tests.scripts.conftest import write

NAMES = 'x = { host: "HOST_SCRIPT", page: "PAGE_SCRIPT" };\n'


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A repository with a kit and one plugin."""
    kit = {
        name: f"// {name}\nkit();\n"
        for name in ("core/a.js", "page/a.js", "host/b.js", "host/core/c.js", "words/en.js")
    }
    own = {name: f"own();  // {name}\n" for name in ("start.js", "browse/list.js", "core/z.js", "starter/start.js")}
    for name, text in {"starter/namespace.js": NAMES, **kit}.items():
        write(tmp_path / "shared" / "ui" / name, text)
    for name, text in own.items():
        write(tmp_path / "p" / "ui" / name, text)
    return tmp_path


def test_each_script_has_the_kit_before_the_plugin_and_what_others_need_first(page: Path) -> None:
    scripts = list_page_scripts("p", page)
    assert scripts.starter == ["shared/ui/starter/namespace.js", "ui/starter/start.js"]
    assert scripts.host == ["shared/ui/host/core/c.js", "shared/ui/host/b.js"]
    kit = [f"shared/ui/{name}" for name in ("core/a.js", "words/en.js", "page/a.js")]
    assert scripts.page == [*kit, "ui/core/z.js", "ui/browse/list.js", "ui/start.js"]


def test_the_starter_names_the_other_scripts_and_a_change_gives_another_name(page: Path) -> None:
    before = build_page_scripts("p", page)
    starter, host, script = before
    for name in (host, script):
        assert f'"{name.removeprefix("assets/")}"'.encode() in before[starter]
    write(page / "p" / "ui" / "browse" / "list.js", "other();\n")
    after = [*build_page_scripts("p", page)]
    assert after[:2] == [starter, host]
    assert after[2] != script


def test_a_starter_that_cannot_name_them_is_refused(page: Path) -> None:
    write(page / "shared" / "ui" / "starter" / "namespace.js", "kit();\n")
    with pytest.raises(Stop, match="HOST_SCRIPT"):
        build_page_scripts("p", page)


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("a = 1; // one\n/* two */ b();\n", "a=1;b();"),
        ("return x  in y;", "return x in y;"),
        ("a + +b - -c;", "a+ +b- -c;"),
        ("f(\"// no\", '/* no */');", "f(\"// no\",'/* no */');"),
        ("g(`// ${ a + `${b} // c` } d`);", "g(`// ${ a + `${b} // c` } d`);"),
        ("x = /[/]\\/\\/ a/g; // r", "x=/[/]\\/\\/ a/g;"),
        ("q = (a + b) / c / d; // r", "q=(a+b)/c/d;"),
    ],
)
def test_only_comments_and_needless_space_are_left_out(source: str, short: str) -> None:
    assert shorten_script(source) == short
