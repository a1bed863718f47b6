"""What arrives in Plex: texts, dates, ratings, tags, and values that stay untouched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from plexsync.write.stash_scenes import StashScene
from plexsync.write.text_fields import fill_template

from sandbox.plex.model import PlexMovie, TagValue
from tests.stash2plex.pair import Pair


def test_everything_entered_in_stash_arrives_in_one_edit(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(
        details="Line one\nline two",
        date="2024-03-01",
        rating=85,
        studio="Acme",
        performers=["Ann Example", "Bo Sample"],
        tags=["Outdoor", "Sun"],
    )
    pair.sync(scene)
    assert item.fields["summary"] == "Line one\nline two"
    assert (item.fields["originallyAvailableAt"], item.fields["studio"]) == ("2024-03-01", "Acme")
    assert (item.tag_names("actor"), item.tag_names("genre")) == (["Ann Example", "Bo Sample"], ["Outdoor", "Sun"])
    assert (item.tag_names("collection"), item.fields["userRating"]) == (["Acme"], "8.5")
    assert {"title", "summary", "genre", "actor", "collection", "studio"} <= item.locks
    assert len(pair.list_requests("PUT", "/library/sections")) == 1


@pytest.mark.parametrize(
    "title", ["Пляж", "海辺の一日", "يوم الشاطئ", "👨‍👩‍👧‍👦 day", "𝔅each", "a & b % c + d # e? f=g;[h]\"'"]
)
def test_a_title_arrives_character_by_character(pair: Pair, title: str) -> None:
    scene, item = pair.add_scene_and_item(title)
    pair.sync(scene)
    assert item.title == title


def test_control_characters_are_removed_and_line_breaks_survive(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("Be\x1bach\x85", details="one\n\ttwo\x07")
    pair.sync(scene)
    assert (item.title, item.fields["summary"]) == ("Beach", "one\n\ttwo")


def test_texts_that_are_too_long_are_shortened_with_a_warning(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("é" * 5000, details="長" * 100_000)
    notes = pair.plugin.operation("preview", scene_ids=[scene])["notes"]
    pair.sync(scene)
    assert item.title.endswith("…") and item.fields["summary"].endswith("…")
    assert ["title" in notes[0]["note"], "summary" in notes[1]["note"]] == [True, True]


# Plex does not document whether a list of tags replaces the present ones or is added: both must work.
BOTH_MODES = pytest.mark.parametrize("tag_put", ["replace", "merge"])


@BOTH_MODES
def test_a_tag_with_a_comma_is_added_and_removed(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = pair.add_scene_and_item(tags=["Sand, sea", "Sun"])
    pair.sync(scene)
    assert item.tag_names("genre") == ["Sand, sea", "Sun"]
    pair.edit_scene(scene, tags=["Sun"])
    pair.sync(scene)
    assert item.tag_names("genre") == ["Sun"]


@BOTH_MODES
def test_a_tag_dropped_in_stash_goes_and_one_a_person_added_in_plex_stays(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = pair.add_scene_and_item(tags=["Outdoor", "Sun"])
    pair.sync(scene)
    item.tags["genre"] += [type(item.tags["genre"][0])("Holiday")]
    pair.edit_scene(scene, tags=["Sun"])
    pair.sync(scene)
    assert sorted(item.tag_names("genre")) == ["Holiday", "Sun"]


@BOTH_MODES
def test_all_tags_dropped_in_stash_go_in_plex(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = pair.add_scene_and_item(tags=["Outdoor", "Sun"], studio="Acme", performers=["Ann Example"])
    pair.sync(scene)
    pair.edit_scene(scene, tags=[], performers=[])
    pair.sync(scene)
    assert (item.tag_names("genre"), item.tag_names("actor")) == ([], [])


@BOTH_MODES
def test_another_studio_leaves_its_collection_and_joins_the_new_one(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = pair.add_scene_and_item(studio="Acme")
    pair.sync(scene)
    pair.edit_scene(scene, studio="Other Films")
    pair.sync(scene)
    assert (item.tag_names("collection"), item.fields["studio"]) == (["Other Films"], "Other Films")


@pytest.mark.parametrize(
    ("setting", "studio"),
    [({}, ""), ({"preserve_plex_edits": True}, "Acme"), ({"empty_values": "keep"}, "Acme")],
)
def test_an_emptied_studio_is_cleared_unless_values_are_kept(pair: Pair, setting: dict[str, Any], studio: str) -> None:
    scene, item = pair.add_scene_and_item(studio="Acme")
    pair.sync(scene)
    pair.change_settings(**setting)
    pair.edit_scene(scene, studio="")
    pair.sync(scene)
    assert item.fields.get("studio", "") == studio


def test_what_a_person_locked_stays_and_is_shown_as_kept(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="Ours")
    item.fields["summary"], item.locks = "Theirs", {"summary"}
    kept = pair.plugin.operation("preview", scene_ids=[scene])["kept"]
    pair.sync(scene)
    assert item.fields["summary"] == "Theirs"
    assert [(each["field"], each["reason"]) for each in kept] == [("summary", "locked by a person")]


def test_a_value_a_person_changed_after_our_write_stays(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="Ours")
    pair.sync(scene)
    item.fields["summary"] = "Theirs"
    pair.edit_scene(scene, details="Ours, again")
    pair.sync(scene)
    assert item.fields["summary"] == "Theirs"


def test_locks_of_another_program_are_taken_over_when_asked(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="Ours", tags=["Sun"])
    item.fields["summary"], item.locks = "Old", {"summary", "genre"}
    pair.change_settings(respect_plex_locks=False)
    pair.sync(scene)
    assert (item.fields["summary"], item.tag_names("genre")) == ("Ours", ["Sun"])


def test_values_survive_a_refresh_of_plex(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="Ours", tags=["Sun"])
    item.source, item.source_tags = {"summary": "From the source"}, {"genre": ["Other"]}
    pair.sync(scene)
    pair.plex.state.refresh_item(item)
    assert (item.fields["summary"], item.tag_names("genre")) == ("Ours", ["Sun"])


def test_the_second_sync_writes_nothing(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item(
        studio="Acme", tags=["Sun"], performers=["Ann Example"], picture="cover", rating=50
    )
    pair.sync(scene)
    pair.forget_requests()
    pair.sync(scene)
    assert pair.list_writes() == []


def test_a_rating_is_set_cleared_and_left_alone(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(rating=85)
    pair.sync(scene)
    pair.edit_scene(scene, rating100=None)
    pair.sync(scene)
    assert item.fields.get("userRating", "") == ""
    pair.change_settings(sync_rating=False)
    pair.edit_scene(scene, rating100=20)
    pair.sync(scene)
    assert item.fields.get("userRating", "") == ""


def test_too_many_tags_are_cut_the_same_way_every_time(pair: Pair) -> None:
    names = [f"Tag {number:02d}" for number in range(30)]
    scene, item = pair.add_scene_and_item(tags=reversed(names))
    pair.change_settings(max_tags=5)
    notes = pair.plugin.operation("preview", scene_ids=[scene])["notes"]
    pair.sync(scene)
    assert (item.tag_names("genre"), notes[0]["note"]) == (names[:5], "30 tags, the first 5 by name are sent")


def test_tags_are_chosen_and_sent_as_labels_too(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(tags=["Outdoor", "Sun", "Draft"])
    pair.change_settings(include_tags="outdoor, sun, draft", exclude_tags="DRAFT", sync_labels=True)
    pair.sync(scene)
    assert (item.tag_names("genre"), item.tag_names("label")) == (["Outdoor", "Sun"], ["Outdoor", "Sun"])


def test_the_tagline_follows_its_template_and_an_empty_one_is_left_alone(pair: Pair) -> None:
    first, item = pair.add_scene_and_item(studio="Acme", date="2024-03-01")
    second, other = pair.add_scene_and_item("Plain", "/data/plain.mp4")
    pair.change_settings(tagline_template="{studio} {year}")
    pair.sync(first, second)
    assert (item.fields["tagline"], other.fields.get("tagline", "")) == ("Acme 2024", "")


def test_a_scene_that_is_not_organized_is_skipped_and_counted(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item()
    pair.change_settings(organized_only=True)
    pair.sync(scene)
    totals = pair.plugin.operation("statistics")["totals"]
    assert (item.title, totals) == ("beach", {"skipped: not organized": 1})


def test_a_scene_just_scanned_never_clears_plex(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item("")
    item.fields.update(title="Kept", summary="Kept, too")
    pair.sync(scene)
    assert (item.fields["summary"], pair.list_writes()) == ("Kept, too", [])


TOGGLES: dict[str, Callable[[PlexMovie], object]] = {
    "sync_studio": lambda item: item.fields.get("studio", ""),
    "sync_summary": lambda item: item.fields.get("summary", ""),
    "sync_tagline": lambda item: item.fields.get("tagline", ""),
    "sync_date": lambda item: item.fields.get("originallyAvailableAt", ""),
    "sync_rating": lambda item: item.fields.get("userRating", ""),
    "sync_performers": lambda item: item.tag_names("actor"),
    "sync_tags": lambda item: item.tag_names("genre"),
    "sync_collection": lambda item: item.tag_names("collection"),
    "sync_poster": lambda item: item.selected_picture("posters") or "",
    "sync_background": lambda item: item.selected_picture("arts") or "",
}


def test_every_switch_stops_its_field(pair: Pair) -> None:
    filled: dict[str, Any] = {
        "studio": "Acme",
        "details": "Text",
        "date": "2024-03-01",
        "rating": 50,
    }
    scene, item = pair.add_scene_and_item(**filled, picture="cover", performers=["Ann Example"], tags=["Sun"])
    pair.change_settings(tagline_template="{studio}", **dict.fromkeys(TOGGLES, False))
    pair.sync(scene)
    assert [name for name, read in TOGGLES.items() if read(item)] == []
    pair.change_settings(**dict.fromkeys(TOGGLES, True))
    pair.sync(scene)
    assert [name for name, read in TOGGLES.items() if not read(item)] == []


def test_the_master_switch_stops_everything(pair: Pair) -> None:
    scene, _ = pair.add_scene_and_item(studio="Acme")
    pair.change_settings(sync_master=False)
    pair.sync(scene)
    assert pair.list_writes() == []


def test_photos_of_performers_are_sent_where_plex_can_fetch_them(pair: Pair) -> None:
    pair.stock.add_performer("Ann Example", picture="ann")
    scene, _ = pair.add_scene_and_item(performers=["Ann Example", "Bo Sample"])
    pair.change_settings(photo_address="http://stash.example:9999/")
    pair.sync(scene)
    edit = pair.list_requests("PUT", "/library/sections")[0].query
    assert edit["actor[0].tag.thumb"] == ["http://stash.example:9999/performer/1/image"]
    assert "actor[1].tag.thumb" not in edit


TEMPLATES = {
    "title_template": "{studio}: {title}",
    "sort_title_template": "{studio} {date}",
    "original_title_template": "{code}",
    "edition_template": "{studio} cut",
    "content_rating_template": "XXX",
}


def test_the_rest_of_the_item_follows_its_templates_and_goes_with_its_values(pair: Pair) -> None:
    pair.change_settings(sync_directors=True, extra_labels="Stash", **TEMPLATES)
    scene, item = pair.add_scene_and_item(
        "Beach day", studio="Acme", date="2024-03-01", code="AC-1", director="Di Rector, Bo Sample"
    )
    item.tags["label"] = [TagValue("A person's")]
    pair.sync(scene)
    fields = {"title", "titleSort", "originalTitle", "editionTitle", "contentRating"}
    assert {name: item.fields[name] for name in fields} == {
        "title": "Acme: Beach day",
        "titleSort": "Acme 2024-03-01",
        "originalTitle": "AC-1",
        "editionTitle": "Acme cut",
        "contentRating": "XXX",
    }
    assert fields | {"director", "label"} <= item.locks
    assert (item.tag_names("director"), set(item.tag_names("label"))) == (
        ["Di Rector", "Bo Sample"],
        {"A person's", "Stash"},
    )
    pair.forget_requests()
    pair.sync(scene)
    assert pair.list_writes() == []
    pair.edit_scene(scene, code="", director="Bo Sample")
    pair.sync(scene)
    assert (item.fields.get("originalTitle", ""), item.tag_names("director")) == ("", ["Bo Sample"])


def test_an_edition_is_not_sent_to_a_plex_without_plex_pass(pair: Pair) -> None:
    pair.plex.state.options.has_pass = False
    pair.change_settings(edition_template="{studio}")
    scene, item = pair.add_scene_and_item("Beach day", studio="Acme")
    notes = [each["note"] for each in pair.plugin.operation("preview", scene_ids=[scene])["notes"]]
    pair.sync(scene)
    assert "edition not sent: this Plex has no Plex Pass" in notes
    assert item.fields["studio"] == "Acme" and "editionTitle" not in item.locks


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{studio}: {title}", "Beach day"),
        ("{title} ({year})", "Beach day"),
        ("{title} - {code}", "Beach day"),
        ("{title} [{date}] {code}", "Beach day"),
        ("{studio} ({year})", ""),
        ("{title}:", "Beach day:"),
        ("XXX", "XXX"),
    ],
)
def test_an_empty_value_takes_its_brackets_and_separators_along(template: str, text: str) -> None:
    assert fill_template(template, StashScene(1, "Beach day")) == text


def test_templates_are_tried_on_scenes_before_they_are_saved(pair: Pair) -> None:
    pair.add_scene("Beach day", studio="Acme")
    given = [{"name": "title", "text": "{studio}: {title}"}, {"name": "tagline", "text": "{nobody}"}]
    tried = pair.plugin.operation("templates_try", templates=given)
    assert tried["scenes"][0]["texts"]["title"] == "Acme: Beach day"
    assert "must only name" in tried["faults"]["tagline"]
    assert pair.plugin.operation("templates_try")["templates"]["title"] == ""
    pair.plugin.operation("settings_save", values={"title_template": "{studio}: {title}"})
    assert pair.plugin.operation("templates_try")["templates"]["title"] == "{studio}: {title}"
