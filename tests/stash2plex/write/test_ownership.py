"""Only what the plugin added to an item is its own to remove; names and texts are compared in their composed form."""

from __future__ import annotations

import unicodedata

import pytest

from sandbox.plex.model import PlexMovie, TagValue
from tests.stash2plex.pair import Pair

COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "Café") for form in ("NFC", "NFD"))


def give_tags(item: PlexMovie, **tags: list[str]) -> None:
    """Put tags onto an item, as a person does in Plex."""
    item.tags.update({kind: [TagValue(name) for name in names] for kind, names in tags.items()})


@pytest.mark.parametrize("tag_put", ["replace", "merge"])
def test_what_a_person_had_in_plex_stays_although_stash_had_the_same_names(pair: Pair, tag_put: str) -> None:
    pair.plex.state.options.tag_put = tag_put
    scene, item = pair.add_scene_and_item(tags=["Outdoor", "Sun"], studio="Acme", performers=["Ann Example", "Bo"])
    give_tags(item, genre=["outdoor", "Mine"], actor=["Ann Example"], collection=["ACME"])
    pair.sync(scene)
    assert sorted(item.tag_names("genre")) == ["Mine", "Sun", "outdoor"]
    pair.edit_scene(scene, tags=[], performers=[], studio="")
    pair.sync(scene)
    assert sorted(item.tag_names("genre")) == ["Mine", "outdoor"]
    assert (item.tag_names("actor"), item.tag_names("collection")) == (["Ann Example"], ["ACME"])


def test_a_text_that_stood_in_plex_before_the_first_sync_is_changed_with_stash_but_never_cleared(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="Same in both", studio="Acme")
    item.fields.update(summary="Same in both", studio="Acme")
    pair.sync(scene)
    pair.edit_scene(scene, details="", studio="Other Films")
    pair.sync(scene)
    assert (item.fields["summary"], item.fields["studio"]) == ("Same in both", "Other Films")
    pair.edit_scene(scene, studio="")
    pair.sync(scene)
    assert "studio" not in item.fields


def test_a_text_that_was_cleared_by_a_sync_is_filled_again(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(details="First")
    for details in ("", "Second"):
        pair.sync(scene)
        pair.edit_scene(scene, details=details)
    pair.sync(scene)
    assert item.fields["summary"] == "Second"


def test_a_tagline_goes_with_the_values_that_its_template_names(pair: Pair) -> None:
    pair.change_settings(tagline_template="{studio}")
    ours, item = pair.add_scene_and_item(studio="Acme")
    other, kept = pair.add_scene_and_item("Theirs", "/data/theirs.mp4")
    kept.fields["tagline"] = "A person's"
    pair.sync(ours, other)
    pair.edit_scene(ours, studio="")
    pair.sync(ours, other)
    assert (item.fields.get("tagline", ""), kept.fields["tagline"]) == ("", "A person's")


def test_texts_arrive_composed(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(DECOMPOSED, details=DECOMPOSED, studio=DECOMPOSED, tags=[DECOMPOSED])
    pair.sync(scene)
    assert (item.title, item.fields["summary"], item.fields["studio"]) == (COMPOSED,) * 3
    assert (item.tag_names("genre"), item.tag_names("collection")) == ([COMPOSED], [COMPOSED])


def test_a_decomposed_name_in_plex_is_the_same_name(pair: Pair) -> None:
    scene, item = pair.add_scene_and_item(COMPOSED, tags=[COMPOSED, "Sun"])
    item.fields["title"] = DECOMPOSED
    give_tags(item, genre=[DECOMPOSED, "Sun"])
    preview = pair.plugin.operation("preview", scene_ids=[scene])
    assert {row["field"] for row in preview["changes"]} == {"locks"}
    pair.change_settings(exclude_tags=DECOMPOSED, plex_library=COMPOSED)
    pair.plex.state.sections[pair.section.id].title = DECOMPOSED
    pair.sync(scene)
    assert pair.plugin.operation("status")["queue"]["paused"] is None


def test_stars_that_a_person_gave_in_plex_stay_until_locks_are_taken_over(pair: Pair) -> None:
    """Plex does not lock a rating when a person gives stars."""
    scene, item = pair.add_scene_and_item(rating=85)
    item.fields["userRating"] = "6.0"
    kept = pair.plugin.operation("preview", scene_ids=[scene])["kept"]
    pair.sync(scene)
    assert (item.fields["userRating"], kept[0]["field"], kept[0]["reason"]) == (
        "6.0",
        "userRating",
        "rated by a person",
    )
    pair.change_settings(respect_plex_locks=False)
    pair.sync(scene)
    pair.change_settings(respect_plex_locks=True)
    pair.edit_scene(scene, rating100=40)
    pair.sync(scene)
    assert item.fields["userRating"] == "4"
