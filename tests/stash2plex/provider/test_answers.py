"""What Plex gets for its questions, over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.stash2plex.provider.bench import MATCHES, ProviderBench, send

IDENTIFIER = "tv.plex.agents.custom.stash2plex"


@pytest.mark.parametrize("ending", ["", "/", "?includePreferences=1"])  # Plex 1.43 sends the last one
def test_the_root_names_movies_matches_and_metadata(bench: ProviderBench, ending: str) -> None:
    assert bench.read(ending).json == {
        "MediaProvider": {
            "identifier": IDENTIFIER,
            "title": "Stash2Plex",
            "version": "1.0.0",
            "Types": [{"type": 1, "Scheme": [{"scheme": IDENTIFIER}]}],
            "Feature": [
                {"type": "metadata", "key": "/library/metadata"},
                {"type": "match", "key": "/library/metadata/matches"},
            ],
        }
    }


def test_the_example_of_a_movie_finds_its_scene(bench: ProviderBench, examples: Path) -> None:
    number = bench.add_scene("/data/Movies/Back to the Future (1985).mp4", "Hill Valley", date="1985-07-03")
    reply = send(f"{bench.url}{MATCHES}", (examples / "match-movie.json").read_bytes())
    (item,) = reply.items
    container = reply.json["MediaContainer"]
    assert {name: container[name] for name in ("offset", "totalSize", "size", "identifier")} == {
        "offset": 0, "totalSize": 1, "size": 1, "identifier": IDENTIFIER,
    }  # fmt: skip
    names = ("guid", "title", "year", "originallyAvailableAt", "type")
    wanted = (f"{IDENTIFIER}://movie/scene-{number}", "Hill Valley", 1985, "1985-07-03", "movie")
    assert tuple(item[name] for name in names) == wanted


def test_the_example_of_a_season_is_refused_with_a_sentence(bench: ProviderBench, examples: Path) -> None:
    reply = send(f"{bench.url}{MATCHES}", (examples / "match-season.json").read_bytes())
    assert (reply.status, reply.error) == (400, "This provider knows movies only, which have type 1.")


@pytest.mark.parametrize(
    ("asked", "path", "rules"),
    [
        ("/plex/acme/beach day.mp4", "/data/acme/beach day.mp4", "/data => /plex"),
        ("/data/acme/beach.mp4", "D:\\Media\\Acme\\Beach.mp4", "D:\\Media => /data"),
        ("acme/50% off_(1).mp4", "/data/acme/50% off_(1).mp4", ""),
        ('acme/"quoted".mp4', '/data/acme/"quoted".mp4', ""),
        ("acme/cafe\u0301.mp4", "/data/acme/caf\u00e9.mp4", ""),
        ("acme/caf\u00e9.mp4", "/data/acme/cafe\u0301.mp4", ""),
    ],
)
def test_a_file_is_found_by_the_path_rules_of_the_push(bench: ProviderBench, asked: str, path: str, rules: str) -> None:
    bench.add_scene("/data/other/another.mp4", "Another")
    number = bench.add_scene(path)
    bench.change_settings(path_rules=rules)
    assert [item["ratingKey"] for item in bench.match(asked).items] == [f"scene-{number}"]


def test_an_unknown_file_is_an_empty_list_and_named_in_the_log(bench: ProviderBench) -> None:
    bench.add_scene()
    assert bench.match("/data/acme/other.mp4").items == []
    assert bench.wait_for_log(1)[0].endswith('match: no scene for "/data/acme/other.mp4"')


def test_an_obfuscated_log_names_no_file(bench: ProviderBench) -> None:
    bench.change_settings(obfuscate_logs=True)
    bench.match("/data/acme/other.mp4")
    assert bench.wait_for_log(1)[0].endswith("match: no scene")


def test_a_match_of_before_is_found_by_its_guid_although_the_file_moved(bench: ProviderBench) -> None:
    number = bench.add_scene("/elsewhere/renamed.mp4")
    (item,) = bench.match("/data/acme/beach.mp4", guid=f"{IDENTIFIER}://movie/scene-{number}").items
    assert item["ratingKey"] == f"scene-{number}"


def test_one_name_in_more_folders_than_are_read_is_found_by_its_folder(bench: ProviderBench) -> None:
    for number in range(230):
        bench.add_scene(f"/data/{number}/video.mp4", f"Video {number}")
    (item,) = bench.match("/data/225/video.mp4").items
    assert item["title"] == "Video 225"


def test_two_files_that_fit_equally_are_left_to_a_person_unless_matching_is_lenient(bench: ProviderBench) -> None:
    first, second = bench.add_scene("/one/x/a.mp4"), bench.add_scene("/two/x/a.mp4")
    assert bench.match("x/a.mp4").items == []
    choices = bench.match("x/a.mp4", manual=1).items
    assert [item["ratingKey"] for item in choices] == [f"scene-{first}", f"scene-{second}"]
    bench.change_settings(strict_matching=False)
    assert [item["ratingKey"] for item in bench.match("x/a.mp4").items] == [f"scene-{first}"]


def test_fix_match_lists_the_file_first_and_then_what_the_title_finds(bench: ProviderBench) -> None:
    other = bench.add_scene("/data/z.mp4", "Sunset walk")
    own = bench.add_scene("/data/acme/beach.mp4", "Beach day")
    items = bench.match("/data/acme/beach.mp4", manual=1, title="Sunset").items
    assert [item["ratingKey"] for item in items] == [f"scene-{own}", f"scene-{other}"]
    assert items[0]["score"] > items[1]["score"]


def test_fix_match_takes_the_key_of_a_scene_as_title(bench: ProviderBench) -> None:
    number = bench.add_scene("/elsewhere/a.mp4")
    (item,) = bench.match("/data/none.mp4", manual="1", title=f"scene-{number}").items
    assert item["ratingKey"] == f"scene-{number}"


def test_a_title_alone_never_matches_without_a_person(bench: ProviderBench) -> None:
    bench.add_scene(title="Beach day")
    assert bench.match(title="Beach day").items == []


def test_metadata_follows_the_settings_as_they_are_now(bench: ProviderBench) -> None:
    number = bench.add_scene(tags=[bench.stock.add_tag("Outdoor")])
    (item,) = bench.read(f"/library/metadata/scene-{number}").items
    assert item["Genre"] == [{"tag": "Outdoor"}]
    bench.change_settings(sync_tags=False, tagline_template="{title}!")
    (item,) = bench.read(f"/library/metadata/scene-{number}").items
    assert ("Genre" in item, item["tagline"]) == (False, "Beach day!")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"organized_only": True}, "It is not marked as organized, and Organized Only is on in the settings."),
        ({"sync_master": False}, "Sync Metadata is off in the settings, so nothing is sent."),
    ],
)
def test_what_the_push_leaves_out_is_not_given_either(
    bench: ProviderBench, settings: dict[str, Any], sentence: str
) -> None:
    number = bench.add_scene("/data/a.mp4")
    bench.change_settings(**settings)
    assert bench.match("/data/a.mp4").items == []
    reply = bench.read(f"/library/metadata/scene-{number}")
    assert (reply.status, reply.error) == (404, f"Scene {number} is not given to Plex. {sentence}")
    assert bench.wait_for_log(2)[0].endswith(f"match: scene {number} is not given to Plex, by the plugin's settings")


@pytest.mark.parametrize("part", ["/children", "/grandchildren", "/extras"])
def test_a_movie_has_no_children(bench: ProviderBench, part: str) -> None:
    number = bench.add_scene()
    reply = bench.read(f"/library/metadata/scene-{number}{part}?X-Plex-Container-Start=1&X-Plex-Container-Size=20")
    assert (reply.items, reply.json["MediaContainer"]["totalSize"]) == ([], 0)


@pytest.mark.parametrize("path", ["scene-999", "scene-999/images", "scene-999/children", "tmdb-movie-123", "12"])
def test_a_scene_that_is_not_there_is_404_with_the_next_step(bench: ProviderBench, path: str) -> None:
    reply = bench.read(f"/library/metadata/{path}")
    key = path.partition("/")[0]
    assert (reply.status, reply.error) == (
        404,
        f"Stash has no scene for {key}. In Plex, choose Fix Match for the item.",
    )


def test_pictures_come_through_the_provider_and_need_no_login(bench: ProviderBench) -> None:
    ann = bench.stock.add_performer("Ann", picture="ann")
    number = bench.add_scene(performers=[ann, bench.stock.add_performer("Bea")])
    bench.stock.add_marker(number, "Swim", bench.stock.add_tag("Swim"))
    images = bench.read(f"/library/metadata/scene-{number}/images").json["MediaContainer"]["Image"]
    (item,) = bench.read(f"/library/metadata/scene-{number}").items
    assert [image["type"] for image in images] == ["coverPoster", "background"]
    assert [image["url"] for image in images] == [item["thumb"], item["art"]]
    photos = [role["thumb"] for role in item["Role"] if "thumb" in role]
    assert len(photos) == 1
    for url in (item["thumb"], item["art"], photos[0]):
        picture = send(url)
        assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
        assert picture.body[:2] == b"\xff\xd8"
        head = send(url, method="HEAD")
        assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(picture.body)))
        assert bench.api_key not in url


def test_a_scene_without_cover_and_a_drawing_are_no_pictures_for_plex(bench: ProviderBench) -> None:
    number = bench.stock.add_scene("No cover")
    path = f"/scene/{number}/screenshot"
    reply = send(f"{bench.root}/{bench.access.sign_picture(path)}{path}")
    assert (reply.status, "a drawing, which Plex cannot show" in reply.error) == (404, True)


def test_addresses_of_pictures_are_those_by_which_plex_asked(bench: ProviderBench) -> None:
    number = bench.add_scene()
    reply = send(f"{bench.url}/library/metadata/scene-{number}", headers={"Host": "media.home:9998"})
    assert reply.items[0]["thumb"].startswith("http://media.home:9998/")


def test_a_question_may_be_sent_on_a_kept_connection(bench: ProviderBench) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", bench.server.server_port, timeout=30)
    seen = []
    for _ in range(3):
        connection.request("POST", f"/{bench.url.rpartition('/')[2]}{MATCHES}", json.dumps({"type": 1, "title": "x"}))
        seen.append(connection.getresponse().read())
        assert connection.sock is not None
    connection.close()
    assert len(set(seen)) == 1
