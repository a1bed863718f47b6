"""What may not stand in the repository's files."""

from __future__ import annotations

import pytest

from scripts.measure.hygiene import find_dirt, find_in_text, is_stray_yml

ALLOWED = [
    "missingScenes/missingScenes.yml",
    "missingScenes/missingScenesListener.yml",
    "index.yml",
    "sandbox/a.yaml",
    "docs/yml.md",
    ".github/dependabot.yml",
]


@pytest.mark.parametrize("name", ALLOWED)
def test_manifests_and_the_index_are_the_only_yml(name: str) -> None:
    assert not is_stray_yml(name)


@pytest.mark.parametrize("name", ["missingScenes/other.yml", ".ci/check.yml", "tests/data/missingScenes.yml", "A.YML"])
def test_other_yml_would_be_read_as_plugins(name: str) -> None:
    assert is_stray_yml(name)


DIRTY = [
    ("docs/a.md", "see https://py" + "pi.org/simple\n", "line 1 names a package registry's host"),
    ("a.py", "x = 1\nopen('/wo" + "rk/main/x')\n", "line 2 names a path of one machine"),
    ("a.py", "x = 1\r\n", "carries carriage returns"),
    ("docs/a.md", "[old page](nowhere.md#part)\n", "links to nowhere.md, which is not there"),
    ("shared/ui/a.js", "(() => {})()\n", "does not end with ';', so the next file would be read as a call"),
    ("tagManager/a.js", "e.innerHTML = x;\n", "handles the page's DOM by hand"),
    ("tagManager/a.js", "setInterval(f, 1);\n", "has its own repeating timer; the kit has one for all"),
]


@pytest.mark.parametrize(("name", "text", "complaint"), DIRTY)
def test_dirt_is_found(name: str, text: str, complaint: str) -> None:
    assert list(find_in_text(name, text)) == [complaint]


CLEAN = [
    ("a.py", "url = 'http://127.0.0.1:9999/work/x'\n"),
    ("docs/a.md", "in the official image /root/.stash\n"),
    ("docs/a.md", "the registry, npm and so on\n"),
    ("docs/a.md", "[other](https://example.org/x.md) [pictures](../README.md#top) [here](#here)\n"),
    ("shared/ui/a.js", "setInterval(f, 1);\n"),
    ("tests/js/a.test.js", "e.innerHTML\n"),
]


@pytest.mark.parametrize(("name", "text"), CLEAN)
def test_clean_text_passes(name: str, text: str) -> None:
    assert list(find_in_text(name, text)) == []


def test_missing_documents_are_named() -> None:
    assert "LICENSE is missing" in find_dirt([])
