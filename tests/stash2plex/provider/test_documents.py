"""The form of the answers, against Plex's documents of the protocol."""

from __future__ import annotations

from typing import Any

import pytest
from plexsync.provider.access import Access, derive_token
from plexsync.provider.documents import describe_scene, parse_guid, parse_rating_key
from plexsync.write.content import make_content
from plexsync.write.stash_scenes import ScenePerformer, StashScene

from scripts.release.manifests import load_plugin
from shared.plex.matching import SceneFile
from shared.runtime.handler import load_named
from shared.settings import Settings, read_settings, rows_of

SCENE = StashScene(
    7,
    title="Beach day",
    details="Waves.\nSand.",
    code="AC-1",
    director="Dora, Dan",
    date="2024-05-01",
    rating100=80,
    studio="Acme",
    performers=(ScenePerformer("Ann", "http://stash/performer/3/image?t=1"), ScenePerformer("Bea")),
    tags=("Outdoor", "Beach"),
    files=(SceneFile("/data/acme/beach.mp4"),),
    cover="http://stash/scene/7/screenshot?t=5",
)


def make_settings(**values: object) -> Settings:
    groups = load_named(load_plugin("stash2plex").settings)
    return read_settings(rows_of(groups), {"photo_address": "http://provider/photos", **values})


def describe(scene: StashScene = SCENE, **settings: object) -> dict[str, object]:
    content = make_content(scene, make_settings(**settings))
    return describe_scene(scene, content, lambda url: url.replace("http://stash", "http://provider/signed"))


def test_a_scene_is_a_movie_with_all_that_the_push_would_write() -> None:
    cover = "http://provider/signed/scene/7/screenshot?t=5"
    assert describe(sync_directors=True, content_rating_template="XXX", sort_title_template="{studio} {date}") == {
        "ratingKey": "scene-7",
        "key": "/library/metadata/scene-7",
        "guid": "tv.plex.agents.custom.stash2plex://movie/scene-7",
        "type": "movie",
        "title": "Beach day",
        "titleSort": "Acme 2024-05-01",
        "summary": "Waves.\nSand.",
        "studio": "Acme",
        "contentRating": "XXX",
        "originallyAvailableAt": "2024-05-01",
        "year": 2024,
        "thumb": cover,
        "art": cover,
        "Image": [
            {"type": "coverPoster", "url": cover, "alt": "Beach day"},
            {"type": "background", "url": cover, "alt": "Beach day"},
        ],
        "Genre": [{"tag": "Beach"}, {"tag": "Outdoor"}],
        "Role": [
            {"tag": "Ann", "order": 1, "thumb": "http://provider/photos/performer/3/image"},
            {"tag": "Bea", "order": 2},
        ],
        "Director": [{"tag": "Dora"}, {"tag": "Dan"}],
        "Studio": [{"tag": "Acme"}],
    }


def test_settings_of_the_push_count_here_too() -> None:
    names = ("sync_tags", "sync_performers", "sync_studio", "sync_summary", "sync_poster")
    off: dict[str, Any] = dict.fromkeys(names, False)
    shown = describe(**off, title_template="{studio}: {title}")
    assert shown.keys() & {"Genre", "Role", "Studio", "studio", "summary", "thumb"} == set()
    assert (shown["title"], shown["art"]) == ("Acme: Beach day", "http://provider/signed/scene/7/screenshot?t=5")


@pytest.mark.parametrize(
    ("date", "created", "shown", "year"),
    [
        ("2024-05-01", "2025-01-02T03:04:05Z", "2024-05-01", 2024),
        ("2024-05", "2025-01-02T03:04:05Z", "2024-05-01", 2024),
        ("2024", "2025-01-02T03:04:05Z", "2024-01-01", 2024),
        ("", "2025-01-02T03:04:05Z", "2025-01-02", None),
        ("", "", "1970-01-01", None),
    ],
)
def test_every_scene_has_a_date_because_plex_demands_one(date: str, created: str, shown: str, year: int | None) -> None:
    found = describe(SCENE._replace(date=date, created_at=created))
    assert (found["originallyAvailableAt"], found.get("year")) == (shown, year)


@pytest.mark.parametrize(
    ("scene", "title"),
    [
        (SCENE._replace(title=""), "beach"),
        (StashScene(9, files=SCENE.files), "beach"),
        (StashScene(9, files=(SceneFile("D:\\x\\Mr. Smith.v2.mkv"),)), "Mr. Smith.v2"),
        (StashScene(9), "Scene 9"),
    ],
)
def test_a_scene_without_title_has_the_name_of_its_file(scene: StashScene, title: str) -> None:
    assert describe(scene)["title"] == title


@pytest.mark.parametrize(
    ("guid", "number"),
    [
        ("tv.plex.agents.custom.stash2plex://movie/scene-12", 12),
        ("tv.plex.agents.custom.stash2plex://movie/scene-12?lang=en", 12),
        ("tv.plex.agents.custom.stash2plex://scene-12", 12),  # as Plex once stored the guid of another provider
        ("plex://movie/scene-12", None),
        ("tv.plex.agents.custom.stash2plex://movie/scene-x", None),
        ("local://12", None),
    ],
)
def test_only_guids_of_this_provider_name_scenes(guid: str, number: int | None) -> None:
    assert parse_guid(guid) == number


@pytest.mark.parametrize(("key", "number"), [("scene-5", 5), (" scene-5 ", 5), ("scene-", None), ("5", None)])
def test_rating_keys_name_scenes(key: str, number: int | None) -> None:
    assert parse_rating_key(key) == number


def test_a_picture_is_shown_by_its_own_signature_only() -> None:
    access = Access("token-of-the-provider")
    signature = access.sign_picture("/scene/7/screenshot")
    assert access.allows_picture(signature, "/scene/7/screenshot")
    refused = ["/scene/8/screenshot", "/performer/7/image", "/scene/7/stream", "/scene/7/screenshot/../../8/screenshot"]
    assert [path for path in refused if access.allows_picture(signature, path)] == []


def test_the_token_for_photos_opens_photos_only() -> None:
    access = Access("token-of-the-provider")
    assert access.allows_picture(access.photos_token, "/performer/7/image")
    assert not access.allows_picture(access.photos_token, "/scene/7/screenshot")
    assert not access.is_token(access.photos_token)


def test_a_token_from_the_key_is_always_the_same_and_not_the_key() -> None:
    assert derive_token("key-of-stash") == derive_token("key-of-stash") != derive_token("another-key")
    assert "key-of-stash" not in derive_token("key-of-stash")
