"""./dev schema-diff: the differences it finds, and its output."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import build_schema

from sandbox.schema.differences import compare_schemas
from scripts.commands.schema_diff import schema_diff
from scripts.console import Stop

UPSTREAM = """
    enum Sort { NAME DATE }
    union Thing = Scene | Tag
    type Tag { id: ID! }
    type Scene { id: ID! title: String tags(limit: Int = 10, sort: Sort!): [Tag!]! }
    input Filter { name: String id: ID! flag: Boolean = false }
    type Query { find(filter: Filter!): Thing scene(id: ID!): Scene }
"""
SDL = Path(__file__).parents[3] / "sandbox" / "stashbox" / "sdl"


def compare(change: tuple[str, str]) -> list[str]:
    ours = UPSTREAM.replace(*change)
    assert ours != UPSTREAM or change == ("", "")
    return [str(difference) for difference in compare_schemas(build_schema(ours), build_schema(UPSTREAM))]


@pytest.mark.parametrize(
    "left_out", [("", ""), ("title: String", ""), (" DATE", ""), ("limit: Int = 10, ", "")], ids=str
)
def test_a_subset_has_no_difference(left_out: tuple[str, str]) -> None:
    assert compare(left_out) == []


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (("title: String", "titel: String"), "Scene.titel: here String, upstream nothing"),
        (("title: String", "title: String!"), "Scene.title: here String!, upstream String"),
        (("[Tag!]!", "[Tag]!"), "Scene.tags: here [Tag]!, upstream [Tag!]!"),
        (("limit: Int = 10", "limit: Int = 11"), "Scene.tags.limit: here default 11, upstream default 10"),
        (("limit: Int", "most: Int"), "Scene.tags.most: here Int, upstream nothing"),
        ((", sort: Sort!", ""), "Scene.tags.sort: here nothing, upstream Sort! (required)"),
        (("id: ID! flag", "flag"), "Filter.id: here nothing, upstream ID! (required)"),
        (("NAME DATE", "NAME SIZE"), "Sort.SIZE: here present, upstream nothing"),
        (
            ("input Filter { name: String id: ID! flag: Boolean = false }", "scalar Filter"),
            "Filter: here scalar, upstream input object",
        ),
    ],
    ids=str,
)
def test_a_difference_is_named(change: tuple[str, str], difference: str) -> None:
    assert difference in compare(change)


def copy_schema(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    (folder / "graphql" / "schema").mkdir(parents=True)
    for path in SDL.glob("*.graphql"):
        text = path.read_text(encoding="utf-8").replace(*change)
        (folder / "graphql" / "schema" / path.name).write_text(text, encoding="utf-8")
    return folder


def test_an_equal_checkout_has_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert schema_diff([str(copy_schema(tmp_path))]) == 0
    assert "stash-box current" in capsys.readouterr().out


def test_a_checkout_that_moved_on_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert schema_diff([str(copy_schema(tmp_path, ("director: String", "directors: [String!]")))]) == 1
    assert "Scene.director: here String, upstream nothing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "no ..graphql below"),
        ({"a.graphql": "type Query {"}, "cannot be read"),
        ({"a.graphql": "type Query { a: Int }"}, "neither"),
    ],
)
def test_a_wrong_folder_is_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Stop, match=sentence):
        schema_diff([str(tmp_path)])
