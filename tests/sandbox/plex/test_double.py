"""Behavior of the sandbox's Plex where a kinder one would hide mistakes."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from sandbox.plex.examples import add_tricky_items, make_clip
from sandbox.plex.model import PlexMovie
from sandbox.plex.server import PlexDouble
from sandbox.plex.state import PlexState

EDIT = "/library/sections/3/all"


def ask(
    plex: PlexDouble, path: str, method: str = "GET", token: str = "plex-token", **headers: str
) -> requests.Response:
    sent = {"X-Plex-Token": token, "Accept": "application/json", **headers}
    return requests.request(method, plex.url + path, headers=sent, timeout=60)


def read(plex: PlexDouble, path: str) -> Any:
    return ask(plex, path).json()["MediaContainer"]


def test_xml_comes_unless_json_is_asked_for(plex: PlexDouble) -> None:
    answer = ask(plex, "/library/metadata/1", Accept="*/*")
    video = ElementTree.fromstring(answer.content).find("Video")
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert video is not None
    assert (video.attrib["ratingKey"], video.attrib["duration"]) == ("1", "600000")


def test_json_has_numbers_where_plex_has_them(plex: PlexDouble) -> None:
    entry = read(plex, "/library/metadata/1")["Metadata"][0]
    assert (entry["ratingKey"], entry["librarySectionID"], entry["duration"]) == ("1", 3, 600_000)


def test_letters_no_xml_may_hold_are_sent_all_the_same(plex: PlexDouble, item: PlexMovie) -> None:
    item.fields["title"] = "a\x0bb"
    assert b"a\x0bb" in ask(plex, "/library/metadata/1", Accept="*/*").content


@pytest.mark.parametrize(("is_closed", "status"), [(False, 200), (True, 401)])
def test_identity_needs_a_token_only_when_told_so(plex: PlexDouble, is_closed: bool, status: int) -> None:
    plex.state.options.identity_needs_token = is_closed
    assert ask(plex, "/identity", token="").status_code == status
    assert ask(plex, "/", token="").status_code == 401


def test_a_page_says_where_it_is_in_the_whole(plex: PlexDouble) -> None:
    plex.state.add_generated(3, 30_000, make_clip)
    page = read(plex, "/library/sections/3/all?X-Plex-Container-Start=29000&X-Plex-Container-Size=200&sort=addedAt")
    assert (page["size"], page["offset"], page["totalSize"], len(page["Metadata"])) == (200, 29_000, 30_001, 200)
    assert page["Metadata"][0]["title"] == "clip 029000"


def test_size_zero_gives_the_total_alone(plex: PlexDouble) -> None:
    page = read(plex, "/library/sections/3/all?X-Plex-Container-Start=0&X-Plex-Container-Size=0")
    assert (page["totalSize"], page.get("Metadata")) == (1, None)


def test_a_server_may_ignore_paging(plex: PlexDouble) -> None:
    plex.state.options.ignores_paging = True
    assert read(plex, "/library/sections/3/all?X-Plex-Container-Start=0&X-Plex-Container-Size=0")["size"] == 1


def test_an_edit_of_a_generated_item_stays(plex: PlexDouble) -> None:
    plex.state.add_generated(3, 10, make_clip)
    ask(plex, f"{EDIT}?type=1&id=5&title.value=new&title.locked=1", "PUT")
    assert read(plex, "/library/metadata/5")["Metadata"][0]["title"] == "new"


def test_an_edit_without_an_id_fails_loudly_and_changes_nothing(plex: PlexDouble, item: PlexMovie) -> None:
    assert ask(plex, f"{EDIT}?type=1&title.value=x", "PUT").status_code == 501
    assert item.title == "Beach day"
    assert "every item" in plex.server.unknown[0]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=1&title.value=x", 400),
        ("type=1&id=1&nonsense=x", 400),
        ("type=1&id=1&title.vlaue=x", 400),
        ("type=1&id=1&originallyAvailableAt.value=2024-13-01", 500),
        ("type=1&id=1&userRating.value=11", 500),
        ("type=1&id=99&title.value=x", 404),
        ("type=18&id=1&title.value=x", 404),
    ],
)
def test_a_wrong_edit_is_refused_as_plex_refuses_it(plex: PlexDouble, item: PlexMovie, query: str, status: int) -> None:
    assert ask(plex, f"{EDIT}?{query}", "PUT").status_code == status
    assert item.title == "Beach day"


def test_a_value_without_a_lock_leaves_the_lock_alone(plex: PlexDouble, item: PlexMovie) -> None:
    ask(plex, f"{EDIT}?type=1&id=1&title.value=x", "PUT")
    assert (item.title, item.locks) == ("x", set())


@pytest.mark.parametrize(
    ("put", "mixed", "expected"),
    [
        ("replace", "both", ["b", "c"]),
        ("merge", "both", ["b", "c"]),
        ("replace", "set", ["b", "c"]),
        ("merge", "set", ["a", "b", "c"]),
        ("replace", "remove", ["b"]),
    ],
)
def test_servers_of_every_kind_treat_lists_of_tags_their_way(
    plex: PlexDouble, item: PlexMovie, put: str, mixed: str, expected: list[str]
) -> None:
    ask(plex, f"{EDIT}?type=1&id=1&genre%5B0%5D.tag.tag=a&genre%5B1%5D.tag.tag=b", "PUT")
    plex.state.options.tag_put, plex.state.options.mixed_tags = put, mixed
    ask(plex, f"{EDIT}?type=1&id=1&genre[0].tag.tag=b&genre[1].tag.tag=c&genre[].tag.tag-=a", "PUT")
    assert item.tag_names("genre") == expected


def test_a_lock_alone_clears_nothing(plex: PlexDouble, item: PlexMovie) -> None:
    ask(plex, f"{EDIT}?type=1&id=1&genre[0].tag.tag=a", "PUT")
    ask(plex, f"{EDIT}?type=1&id=1&genre.locked=1", "PUT")
    assert item.tag_names("genre") == ["a"]


def test_the_photo_of_an_actor_is_one_for_all_items(plex: PlexDouble) -> None:
    other = plex.state.add_item(3, "/data/other.mp4")
    ask(plex, f"{EDIT}?type=1&id=1,{other.rating_key}&actor[0].tag.tag=Ann", "PUT")
    ask(plex, f"{EDIT}?type=1&id=1&actor[0].tag.tag=Ann&actor[0].tag.thumb=http://stash/ann.jpg", "PUT")
    entry = read(plex, f"/library/metadata/{other.rating_key}")["Metadata"][0]
    assert entry["Role"][0]["thumb"] == "http://stash/ann.jpg"


def test_several_items_are_read_at_once_without_those_that_are_gone(plex: PlexDouble) -> None:
    plex.state.add_item(3, "/data/other.mp4")
    assert [entry["ratingKey"] for entry in read(plex, "/library/metadata/1,99,2")["Metadata"]] == ["1", "2"]
    assert ask(plex, "/library/metadata/98,99").status_code == 404


def test_an_upload_that_is_too_large_is_refused(plex: PlexDouble) -> None:
    plex.state.options.largest_upload = 3
    answer = requests.post(f"{plex.url}/library/metadata/1/posters?X-Plex-Token=plex-token", data=b"four", timeout=60)
    assert answer.status_code == 413


def test_dropping_a_poster_locks_the_field(plex: PlexDouble, item: PlexMovie) -> None:
    requests.post(f"{plex.url}/library/metadata/1/posters?X-Plex-Token=plex-token", data=b"bytes", timeout=60)
    assert ask(plex, "/library/metadata/1/thumb/1").content == b"bytes"
    ask(plex, "/library/metadata/1/thumb", "DELETE")
    assert (item.selected_picture("posters"), item.locks) == (None, {"thumb"})


def test_deleting_an_item_is_forbidden(plex: PlexDouble, item: PlexMovie) -> None:
    assert ask(plex, "/library/metadata/1", "DELETE").status_code == 403
    assert plex.state.find_item(1) is item


def test_a_long_request_line_is_refused(plex: PlexDouble) -> None:
    plex.state.options.longest_line = 1_000
    assert ask(plex, f"{EDIT}?type=1&id=1&summary.value={'x' * 1_000}", "PUT").status_code == 414


def test_an_unknown_filter_or_route_is_not_answered(plex: PlexDouble) -> None:
    assert ask(plex, "/library/sections/3/all?file=/data/x.mp4").status_code == 400
    assert ask(plex, "/playlists").status_code == 501


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_scan_is_started_either_way(plex: PlexDouble, method: str) -> None:
    ask(plex, "/library/sections/3/refresh?path=%2Fdata%2Fa+b", method)
    assert [(scan.section_id, scan.path) for scan in plex.state.scans] == [(3, "/data/a b")]


def test_the_double_is_steered_over_http_too(plex: PlexDouble) -> None:
    requests.post(f"{plex.url}/__plex/unavailable", json={"title": "Starting", "status": "Wait"}, timeout=60)
    assert (ask(plex, "/").status_code, 'status="Wait"' in ask(plex, "/").text) == (503, True)
    requests.post(f"{plex.url}/__plex/unavailable", json={}, timeout=60)
    requests.post(f"{plex.url}/__plex/options", json={"tag_put": "merge"}, timeout=60)
    assert (ask(plex, "/").status_code, plex.state.options.tag_put) == (200, "merge")


def test_two_servers_are_told_apart(plex: PlexDouble) -> None:
    assert PlexState(name="Another").machine_id != plex.state.machine_id


def test_tricky_libraries_share_titles_and_files() -> None:
    state = PlexState()
    tricky = add_tricky_items(state)
    assert [section.title for section in state.sections.values()] == ["Videos", "Videos", "Clips"]
    assert state.find_by_file("/data/shared/both.mp4") == list(tricky.shared)
