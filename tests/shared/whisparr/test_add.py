"""Adding scenes and removing them again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.whisparr.model import MetadataScene
from sandbox.whisparr.server import WhisparrDouble
from shared.errors import BadReply, Conflict, Refused, ServerFailed, Unreachable, UsageError
from shared.whisparr.add import NewScene, add_scene
from shared.whisparr.client import Whisparr
from shared.whisparr.errors import Excluded, MetadataDown, PathClash, UnknownScene, WrongChoice

SCENE, OTHER = "0a0d9ec1-1111-4222-8333-444455556666", "0b0d9ec1-1111-4222-8333-444455556666"
ACME = "0d0d9ec1-1111-4222-8333-444455556666"
NEW = NewScene(SCENE, "Beach day", 4, "/data/scenes", tags=(7,), search=True)


def test_an_add_is_one_request_with_everything_in_it(whisparr: Whisparr, double: WhisparrDouble) -> None:
    added = add_scene(whisparr, NEW)
    [request] = double.server.traffic.requests()
    assert request.json() == {
        "foreignId": SCENE,
        "title": "Beach day",
        "qualityProfileId": 4,
        "rootFolderPath": "/data/scenes",
        "monitored": True,
        "tags": [7],
        "addOptions": {"searchForMovie": True, "monitor": "movieOnly"},
    }
    assert (added.is_new, added.note, added.scene.stash_id) == (True, "", SCENE)


@pytest.mark.parametrize(("title", "sent"), [("", SCENE), ("  ", SCENE), ("x", "x")])
def test_a_scene_without_a_title_is_added_under_its_id(
    whisparr: Whisparr, double: WhisparrDouble, title: str, sent: str
) -> None:
    add_scene(whisparr, NEW._replace(title=title))
    assert double.server.traffic.requests()[0].json()["title"] == sent


def test_a_lookup_prefix_is_taken_off(whisparr: Whisparr, double: WhisparrDouble) -> None:
    add_scene(whisparr, NEW._replace(stash_id=f"stash:{SCENE.upper()}"))
    assert double.state.find_movie(SCENE)


def test_what_is_no_id_is_not_sent(whisparr: Whisparr, double: WhisparrDouble) -> None:
    with pytest.raises(UsageError, match="not the id of a StashDB scene"):
        add_scene(whisparr, NEW._replace(stash_id="12"))
    assert double.server.traffic.requests() == []


def test_a_scene_that_is_there_already_is_a_success_with_its_state(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(SCENE, size_on_disk=5)
    added = add_scene(whisparr, NEW)
    assert (added.is_new, added.note) == (False, "already in Whisparr")
    assert (added.scene.id, added.scene.has_file) == (movie.id, True)


def test_two_adds_racing_end_as_there_already(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.add_movie(SCENE)
    double.server.faults.add("answer", status=409, method="POST", content='{"message":"constraint"}', times=1)
    assert not add_scene(whisparr, NEW).is_new


@pytest.mark.parametrize(
    ("change", "subject", "words"),
    [
        ({"root_folder": "/x"}, "root folder", 'no root folder "/x". It has: /data/scenes, /data/films. Choose'),
        ({"profile_id": 1}, "quality profile", r"no quality profile 1. It has: 4 \(HD-1080p\), 6 \(Ultra-HD\). Choose"),
    ],
)
def test_a_wrong_choice_names_its_value_and_those_that_exist(
    whisparr: Whisparr, change: dict[str, object], subject: str, words: str
) -> None:
    with pytest.raises(WrongChoice, match=words) as caught:
        add_scene(whisparr, NEW._replace(**change))  # type: ignore[arg-type]
    assert caught.value.subject == subject


def test_a_wrong_choice_is_named_even_if_the_choices_cannot_be_read(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.server.faults.add("server_error", path="rootfolder")
    with pytest.raises(WrongChoice, match=r'no root folder "/x"\. Choose'):
        add_scene(whisparr, NEW._replace(root_folder="/x"))


def test_an_exclusion_of_studio_performer_or_tag_is_explained(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.know([MetadataScene(SCENE, "Beach day", studio_id=ACME)])
    double.state.exclude(ACME, kind="studio")
    with pytest.raises(Excluded, match="exclusion in Whisparr blocks this scene's studio"):
        add_scene(whisparr, NEW)


def test_a_scene_whisparr_unmonitors_at_once_is_noted(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.know([MetadataScene(SCENE, "Beach day", studio_id=ACME)])
    double.state.exclude(ACME, kind="studio")
    double.state.behavior.always_excluded_tag = True
    added = add_scene(whisparr, NEW)
    assert added.is_new
    assert "does not monitor it" in added.note


def test_a_scene_unknown_to_the_metadata_service_is_explained(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.know([MetadataScene(OTHER)])
    with pytest.raises(UnknownScene, match=r"does not know this scene \(yet\)"):
        add_scene(whisparr, NEW)


def test_a_metadata_service_that_is_down_is_explained(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.state.behavior.metadata_down = True
    with pytest.raises(MetadataDown):
        add_scene(whisparr, NEW)


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        ('[{"propertyName":"Path","errorMessage":"used by another movie"}]', PathClash, "used by another movie"),
        ('[{"propertyName":"Odd","errorMessage":"strange"}]', Refused, 'Whisparr says "Odd: strange"'),
        ('{"errors":{"$.x":["bad type"]}}', Refused, "bad type"),
        ('{"message":"BadRequest: 0 is not a valid ID"}', Refused, "not a valid ID"),
    ],
)
def test_every_other_refusal_keeps_whisparrs_words(
    whisparr: Whisparr, double: WhisparrDouble, body: str, error: type[Exception], words: str
) -> None:
    double.server.faults.add("answer", status=400, content=body, method="POST", path="movie$")
    with pytest.raises(error, match=words):
        add_scene(whisparr, NEW)


def test_a_field_named_like_there_already_without_the_scene_stays_a_refusal(
    whisparr: Whisparr, double: WhisparrDouble
) -> None:
    body = '[{"propertyName":"ForeignId","errorMessage":"strange id"}]'
    double.server.faults.add("answer", status=400, content=body, method="POST")
    with pytest.raises(Refused, match="strange id"):
        add_scene(whisparr, NEW)


def test_an_add_whose_answer_was_lost_may_be_repeated(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.server.faults.add("lost_reply", method="POST", times=1)
    with pytest.raises(Unreachable) as caught:
        add_scene(whisparr, NEW)
    assert caught.value.may_have_happened
    assert add_scene(whisparr, NEW).note == "already in Whisparr"
    assert len(double.state.movies) == 1


@pytest.mark.parametrize("exclude", [True, False])
def test_removing_leaves_files_and_excludes_when_asked(
    whisparr: Whisparr, double: WhisparrDouble, exclude: bool
) -> None:
    movie = double.state.add_movie(SCENE)
    assert whisparr.remove_scene(movie.id, exclude=exclude)
    [request] = double.server.traffic.requests()
    assert request.query == {"deleteFiles": ["false"], "addImportExclusion": [str(exclude).lower()]}
    assert bool(whisparr.find_exclusion(SCENE)) is exclude


def test_an_add_answered_with_something_else_is_no_success(whisparr: Whisparr, double: WhisparrDouble) -> None:
    double.server.faults.add("answer", status=201, content="[]", method="POST")
    with pytest.raises(BadReply, match="something else than an object"):
        add_scene(whisparr, NEW)


def test_removing_what_is_gone_already_is_no_failure(whisparr: Whisparr) -> None:
    assert not whisparr.remove_scene(99)


def test_unmonitoring_changes_nothing_else(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(SCENE, tags=[7])
    assert whisparr.set_monitored([movie.id], False) == ((movie.id,), ())
    assert (movie.monitored, movie.tags, movie.root_folder, movie.quality_profile_id) == (False, [7], "/data/scenes", 4)


def test_unmonitoring_survives_scenes_that_are_gone(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(SCENE)
    assert whisparr.set_monitored([movie.id, 99], False) == ((movie.id,), (99,))
    assert not movie.monitored
    assert whisparr.set_monitored([98], False) == ((), (98,))


def test_an_editor_that_fails_for_another_reason_is_raised(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(SCENE)
    double.server.faults.add("server_error", method="PUT")
    with pytest.raises(ServerFailed):
        whisparr.set_monitored([movie.id], False)


def test_undoing_an_add_takes_out_the_scene_and_its_download(whisparr: Whisparr, double: WhisparrDouble) -> None:
    added = add_scene(whisparr, NEW)
    double.state.advance(10)
    assert double.state.records
    assert whisparr.undo_add(added.scene.id, SCENE)
    assert (double.state.movies, double.state.records, double.state.exclusions) == ({}, {}, {})
    assert not whisparr.undo_add(added.scene.id, SCENE)


def test_undoing_leaves_a_scene_alone_that_took_the_number(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(OTHER)
    with pytest.raises(Conflict, match="another scene now"):
        whisparr.undo_add(movie.id, SCENE)
    assert movie.id in double.state.movies


@pytest.mark.parametrize("seconds", [126, 500])
def test_undoing_leaves_a_scene_alone_whose_file_has_come(
    whisparr: Whisparr, double: WhisparrDouble, seconds: int
) -> None:
    added = add_scene(whisparr, NEW)
    double.state.advance(5)
    double.state.advance(seconds)
    with pytest.raises(Conflict, match="has been downloaded since"):
        whisparr.undo_add(added.scene.id, SCENE)
    assert double.state.movies


def test_a_complete_download_is_importing(whisparr: Whisparr, double: WhisparrDouble) -> None:
    movie = double.state.add_movie(SCENE)
    double.state.search(movie)
    assert not whisparr.is_importing(movie.id)
    double.state.advance(121)
    assert whisparr.is_importing(movie.id)


def test_an_exclusion_is_made_once(whisparr: Whisparr) -> None:
    first = whisparr.add_exclusion(SCENE, "")
    assert whisparr.add_exclusion(SCENE, "x") == first
    assert [each.stash_id for each in whisparr.list_exclusions()] == [SCENE]


def test_choices_for_the_settings_are_listed(whisparr: Whisparr) -> None:
    assert [choice.name for choice in whisparr.list_profiles()] == ["HD-1080p", "Ultra-HD"]
    assert [choice.name for choice in whisparr.list_root_folders()] == ["/data/scenes", "/data/films"]
    assert whisparr.add_tag("new-one") in whisparr.list_tags()
    assert whisparr.list_health()[0].type == "warning"


def test_a_known_address_needs_no_question_before_an_add(
    connect: Callable[..., Whisparr], whisparr: Whisparr, double: WhisparrDouble
) -> None:
    add_scene(connect(double.url, known=whisparr.program), NEW)
    assert len(double.server.traffic.requests()) == 1
