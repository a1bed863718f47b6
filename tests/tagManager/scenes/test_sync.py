"""The scene tag sync: which requests go to the boxes, which tags scenes get, which are left out."""

from __future__ import annotations

import json

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Tag
from sandbox.stashbox.server import StashBox
from shared.stash_box.capabilities import ASSUMED
from tests.tagManager.conftest import Bench

MATCH = "Match"  # the request by fingerprints


def fingerprint(hash_: str) -> list[Fingerprint]:
    """Return the fingerprints of a file, as a box lists them."""
    return [Fingerprint(int(hash_, 16), "OSHASH", 60)]


def test_a_linked_tag_of_the_box_is_added_and_the_own_tags_stay(bench: Bench, rain: Tag, local_rain: int) -> None:
    mine = bench.add_tag("Mine")
    (scene,) = bench.add_scenes(1, rain, local_tags=[mine])
    answer = bench.sync()
    assert bench.tags_of(scene) == {mine, local_rain}
    assert answer["run"]["changed"] == answer["run"]["seen"] == 1


def test_41_scenes_cost_two_requests_and_every_one_is_done(bench: Bench, rain: Tag, local_rain: int) -> None:
    scenes = bench.add_scenes(41, rain)
    bench.sync()
    assert bench.asked() == 2
    assert {frozenset(bench.tags_of(each)) for each in scenes} == {frozenset({local_rain})}


def test_the_link_wins_over_the_name(bench: Bench) -> None:
    blue = bench.world.add_tag("Blue")
    linked, named = bench.add_tag("Other", blue), bench.add_tag("Blue")
    (scene,) = bench.add_scenes(1, blue)
    bench.sync()
    assert bench.tags_of(scene) == {linked} != {named}


def test_a_link_at_another_box_does_not_count(bench: Bench, other: StashBox) -> None:
    blue = bench.world.add_tag("Blue")
    bench.stock.add_tag("Other", stash_ids=[bench.link(blue, other)])
    named = bench.add_tag("blue")
    (scene,) = bench.add_scenes(1, blue)
    bench.sync()
    assert bench.tags_of(scene) == {named}


def test_several_tags_with_one_link_are_reported_and_the_oldest_is_taken(bench: Bench, rain: Tag) -> None:
    first, second = bench.add_tag("First", rain), bench.add_tag("Second", rain)
    (scene,) = bench.add_scenes(1, rain)
    (found,) = bench.sync()["figures"]["ambiguous"]
    assert bench.tags_of(scene) == {first}
    assert (found["chosen"]["id"], [each["id"] for each in found["others"]]) == (first, [second])
    warning = f'"Rain" of the box fits several tags; taken: First ({first}); left: Second ({second}).'
    assert warning in str(bench.plugin.stash.services.logbook.messages())


def test_a_tag_renamed_at_the_box_is_matched_by_its_new_name_once_the_list_is_fetched(bench: Bench, rain: Tag) -> None:
    drizzle = bench.add_tag("Drizzle")
    (scene,) = bench.add_scenes(1, rain)
    bench.sync()
    bench.world.change(rain, name="Drizzle")
    bench.task("refresh_tags")
    bench.sync()
    assert bench.tags_of(scene) == {drizzle}


def test_a_scene_deleted_at_the_box_gets_nothing_and_is_counted(bench: Bench, rain: Tag, local_rain: int) -> None:
    remote = bench.world.add_scene("Old", tags=[rain])
    scene = bench.own(remote)
    bench.world.change(remote, deleted=True)
    answer = bench.sync()
    assert bench.tags_of(scene) == set()
    assert (answer["figures"]["remote_deleted"], answer["run"]["skipped"]) == (1, 1)


def test_a_merged_scene_is_reported_with_its_successor(bench: Bench, rain: Tag, local_rain: int) -> None:
    old, new = bench.world.add_scene("Old", tags=[rain]), bench.world.add_scene("New", tags=[rain])
    scene = bench.own(old)
    bench.world.merge(old, into=new)
    answer = bench.sync()
    (row,) = bench.operate("plan_list", plan_id=answer["plan_id"])["changes"]
    assert bench.tags_of(scene) == set()
    assert new.id in row["message"]


def test_a_scene_the_box_does_not_know_is_counted_and_the_run_goes_on(bench: Bench, rain: Tag, local_rain: int) -> None:
    remote = bench.world.add_scene("Gone", tags=[rain])
    bench.own(remote)
    bench.world.forget(remote)
    (scene,) = bench.add_scenes(1, rain)
    assert bench.sync()["figures"]["not_found"] == 1
    assert bench.tags_of(scene) == {local_rain}


def test_the_tags_of_two_boxes_are_united(bench: Bench, other: StashBox, rain: Tag, local_rain: int) -> None:
    bench.configure(bench.box, other)
    hill = other.world.add_tag("Hill")
    local_hill = bench.stock.add_tag("Hill", stash_ids=[bench.link(hill, other)])
    theirs = other.world.add_scene("Two", tags=[hill])
    scene = bench.own(bench.world.add_scene("Two", tags=[rain]), bench.link(theirs, other))
    bench.sync()
    assert bench.tags_of(scene) == {local_rain, local_hill}


def test_a_scene_without_files_is_synced_by_its_id(bench: Bench, rain: Tag, local_rain: int) -> None:
    (scene,) = bench.add_scenes(1, rain)
    bench.sync(strategy="fingerprints")
    assert bench.tags_of(scene) == {local_rain}


@pytest.mark.parametrize("is_right_there", [True, False])
def test_by_fingerprints_only_the_scene_with_the_stored_id_counts(
    bench: Bench, rain: Tag, local_rain: int, is_right_there: bool
) -> None:
    hash_ = "00000000000000aa"
    bench.add_tag("Wrong")
    wrong = bench.world.add_tag("Wrong")
    bench.world.add_scene("Another", tags=[wrong], fingerprints=fingerprint(hash_))
    right = bench.world.add_scene("Right", tags=[rain], fingerprints=fingerprint(hash_) if is_right_there else [])
    scene = bench.own(right, file=VideoFile("/media/right.mp4", oshash=hash_))
    bench.sync(strategy="fingerprints")
    assert bench.tags_of(scene) == {local_rain}
    assert bench.asked() == (0 if is_right_there else 1)


def test_a_box_that_refuses_aliases_is_asked_by_fingerprints(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.box.quirks.most_aliases = 1
    scenes = []
    for number in range(60):
        hash_ = f"{number + 1:016x}"
        remote = bench.world.add_scene(f"Scene {number}", tags=[rain], fingerprints=fingerprint(hash_))
        scenes.append(bench.own(remote, file=VideoFile(f"/media/{number}.mp4", oshash=hash_)))
    (report,) = bench.sync()["figures"]["boxes"]
    assert report["strategy"] == "fingerprints"
    assert all(bench.tags_of(each) == {local_rain} for each in scenes)
    assert bench.asked() <= 8


def add_hashed(bench: Bench, count: int, tag: Tag, *, first: int = 1, known: bool = True) -> list[int]:
    """Add linked scenes with a file each; the box has the hashes of the files, or other ones. Return their ids."""
    scenes = []
    for number in range(first, first + count):
        hash_ = f"{number:016x}"
        prints = fingerprint(hash_ if known else f"f{number:015x}")
        remote = bench.world.add_scene(f"Scene {number}", tags=[tag], fingerprints=prints)
        scenes.append(bench.own(remote, file=VideoFile(f"/media/{number}.mp4", oshash=hash_)))
    return scenes


def test_most_scenes_are_found_by_fingerprints_and_the_others_together_by_ids(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    """A request by fingerprints costs a real stash-box an eighth of the time that one by ids costs it."""
    scenes = [*add_hashed(bench, 85, rain), *add_hashed(bench, 5, rain, first=200, known=False)]
    (report,) = bench.sync()["figures"]["boxes"]
    assert all(bench.tags_of(each) == {local_rain} for each in scenes)
    assert (bench.asked(MATCH), bench.asked(), report["strategy"]) == (3, 1, "fingerprints")


def test_a_box_that_knows_few_of_the_fingerprints_is_asked_by_ids_from_then_on(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    add_hashed(bench, 400, rain, known=False)
    bench.sync(full=True)
    matched = bench.asked(MATCH)
    assert 5 <= matched <= 8, "the requests on their way when it turned out are lost"
    bench.sync(full=True)
    assert (bench.asked(MATCH), bench.asked()) == (matched, 20)


@pytest.mark.parametrize("fault", ["graphql_error", "empty", "server_error"])
def test_a_box_that_cannot_be_asked_by_fingerprints_is_asked_by_ids(
    bench: Bench, rain: Tag, local_rain: int, fault: str
) -> None:
    bench.box.server.faults.add(fault, operation=MATCH)
    scenes = add_hashed(bench, 3, rain)
    (report,) = bench.sync()["figures"]["boxes"]
    assert (report["problem"], bench.asked()) == (None, 1)
    assert all(bench.tags_of(each) == {local_rain} for each in scenes)
    before = bench.asked(MATCH)
    bench.sync(full=True)
    assert bench.asked(MATCH) > before, "the failure may have been momentary"


def test_a_box_that_says_it_has_no_search_by_fingerprints_is_asked_so_once(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    """Boxes that are no stash-box answer so with status 200, so a refused request does not tell it."""
    message = 'Cannot query field "findScenesBySceneFingerprints" on type "Query".'
    bench.box.server.faults.add("graphql_error", operation=MATCH, message=message)
    scenes = add_hashed(bench, 3, rain)
    bench.sync()
    assert all(bench.tags_of(each) == {local_rain} for each in scenes)
    before = bench.asked(MATCH)
    (report,) = bench.sync(full=True)["figures"]["boxes"]
    assert (bench.asked(MATCH), report["strategy"]) == (before, "ids")


def test_a_box_whose_schema_lacks_the_search_by_fingerprints_is_never_asked_so(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    names = {**ASSUMED._asdict(), "queries": ASSUMED.queries - {"findScenesBySceneFingerprints"}}
    parts = {part: {"fields": [{"name": name} for name in sorted(found)]} for part, found in names.items()}
    bench.box.server.faults.add("answer", operation="Capabilities", content=json.dumps({"data": parts}))
    (scene,) = add_hashed(bench, 1, rain)
    (report,) = bench.sync()["figures"]["boxes"]
    assert (bench.asked(MATCH), bench.tags_of(scene), report["strategy"]) == (0, {local_rain}, "ids")


def test_a_scene_that_the_box_deleted_is_not_found_by_fingerprints_and_told_by_its_id(
    bench: Bench, rain: Tag, local_rain: int
) -> None:
    add_hashed(bench, 2, rain)
    gone, _ = bench.world.scenes.values()
    bench.world.delete(gone)
    assert bench.sync()["figures"]["remote_deleted"] == 1


def test_a_scene_that_has_all_tags_is_not_written(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(3, rain, local_tags=[local_rain])
    answer = bench.sync()
    assert (bench.writes(), answer["run"]["unchanged"]) == (0, 3)


def test_100_scenes_with_the_same_tags_are_written_in_four_requests(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_tag("Hill")
    bench.add_scenes(100, rain, bench.world.add_tag("Hill"))
    bench.sync()
    assert bench.writes() == 4


@pytest.mark.parametrize("entry", ["rain", "/^ra/"])
def test_a_blacklisted_tag_is_not_added(bench: Bench, rain: Tag, local_rain: int, entry: str) -> None:
    bench.plugin.save_settings(tagBlacklist=entry)
    (scene,) = bench.add_scenes(1, rain)
    assert bench.sync()["figures"]["blacklisted"] == 1
    assert bench.tags_of(scene) == set()


def test_tags_that_stash_excludes_are_not_added_offered_or_imported(bench: Bench, rain: Tag, local_rain: int) -> None:
    exclude = 'mutation { configureScraping(input: {excludeTagPatterns: ["^ra"]}) { __typename } }'
    bench.stash.ask(exclude)
    (scene,) = bench.add_scenes(1, rain, bench.world.add_tag("Rag"))
    bench.task("refresh_tags")
    assert (bench.sync()["figures"]["blacklisted"], bench.tags_of(scene)) == (2, set())
    assert bench.operate("remote_search", text="ra")["count"] == 0
    assert bench.operate("import_plan", endpoint=bench.box.endpoint)["counted"]["blacklisted"] == 1


def test_a_broken_pattern_is_reported_once_and_the_run_goes_on(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.plugin.save_settings(tagBlacklist="/(oops/")
    (scene,) = bench.add_scenes(1, rain)
    bench.sync()
    warnings = bench.plugin.stash.services.logbook.messages("warning")
    assert len([text for text in warnings if "(oops" in text]) == 1
    assert bench.tags_of(scene) == {local_rain}


def test_a_tag_that_the_user_removed_is_not_added_again(bench: Bench, rain: Tag, local_rain: int) -> None:
    (scene,) = bench.add_scenes(1, rain)
    bench.sync()
    bench.stash.scene_tags.remove([scene], [local_rain])
    assert bench.sync()["figures"]["kept_off"] == 1
    assert bench.tags_of(scene) == set()
    bench.sync(include_removed=True)
    assert bench.tags_of(scene) == {local_rain}


def test_a_tag_linked_since_the_last_run_is_added_now(bench: Bench, rain: Tag) -> None:
    (scene,) = bench.add_scenes(1, rain)
    assert bench.sync()["figures"]["unmatched_tags"] == 1
    late = bench.add_tag("Wet", rain)
    asked = bench.asked()
    bench.sync()
    assert bench.tags_of(scene) == {late}
    assert bench.asked() == asked


def test_an_undo_takes_back_exactly_the_additions(bench: Bench, rain: Tag, local_rain: int) -> None:
    mine = bench.add_tag("Mine")
    (scene,) = bench.add_scenes(1, rain, local_tags=[mine])
    (had_it,) = bench.add_scenes(1, rain, local_tags=[local_rain])
    run_id = bench.sync()["run"]["run_id"]
    late = bench.add_tag("Later")
    bench.stash.scene_tags.add([scene], [late])
    bench.undo(run_id)
    assert (bench.tags_of(scene), bench.tags_of(had_it)) == ({mine, late}, {local_rain})
    assert bench.operate("history_undo", run_id=run_id, preview=True)["count"] == 0


def test_untouched_settings_mean_a_dry_run_over_200_scenes(bench: Bench, rain: Tag, local_rain: int) -> None:
    bench.add_scenes(210, rain)
    answer = bench.task("sync_scene_tags")
    assert "200 of 210" in answer["message"]
    assert (bench.writes(), bench.asked()) == (0, 5)


@pytest.mark.parametrize("malformed", ["perhaps", [], {"on": False}])
def test_a_malformed_setting_still_means_a_dry_run(bench: Bench, rain: Tag, local_rain: int, malformed: object) -> None:
    bench.plugin.save_settings(syncDryRun=malformed)
    bench.add_scenes(1, rain)
    assert "nothing was changed" in bench.task("sync_scene_tags")["message"]
    assert bench.writes() == 0


def test_preview_and_apply_add_the_same(bench: Bench, rain: Tag, local_rain: int) -> None:
    (scene,) = bench.add_scenes(1, rain)
    plan = bench.sync(dry_run=True)["plan_id"]
    planned = [row["after"] for row in bench.operate("plan_list", plan_id=plan)["changes"]]
    bench.operate("plan_apply", plan_id=plan)
    assert bench.tags_of(scene) == set(planned) == {local_rain}


def test_only_the_chosen_scenes_are_synced(bench: Bench, rain: Tag, local_rain: int) -> None:
    first, second = bench.add_scenes(2, rain)
    bench.sync(scope={"scene_ids": [second]})
    assert (bench.tags_of(first), bench.tags_of(second)) == (set(), {local_rain})


def test_a_second_run_only_asks_about_what_changed_at_the_box(bench: Bench, rain: Tag, local_rain: int) -> None:
    remote = [bench.world.add_scene(f"Scene {number}") for number in range(90)]
    scenes = [bench.own(each) for each in remote]
    bench.sync()
    bench.world.change(remote[7], tag_ids=[rain.id], updated="2099-01-01T00:00:00Z")
    (report,) = bench.sync()["figures"]["boxes"]
    assert report["requested"] <= 2
    assert bench.tags_of(scenes[7]) == {local_rain}


def test_a_tag_with_a_very_long_name_and_no_details_is_synced(bench: Bench) -> None:
    long = bench.world.add_tag("x" * 300)
    local = bench.add_tag("x" * 300)
    (scene,) = bench.add_scenes(1, long)
    bench.task("refresh_tags")
    bench.sync()
    assert bench.tags_of(scene) == {local}


@pytest.mark.parametrize(
    ("local", "remote", "fits"), [("BLUE", "blue", True), ("É", "é", False), ("A-B", "A_B", False)]
)
def test_names_are_compared_as_stash_does(bench: Bench, local: str, remote: str, fits: bool) -> None:
    tag = bench.add_tag(local)
    (scene,) = bench.add_scenes(1, bench.world.add_tag(remote))
    bench.sync()
    assert bench.tags_of(scene) == ({tag} if fits else set())


def test_a_scene_whose_tag_the_box_merged_away_is_asked_about_again(bench: Bench, rain: Tag) -> None:
    water = bench.world.add_tag("Water")
    local = bench.add_tag("Water", water)
    (scene,) = bench.add_scenes(1, rain)
    bench.sync()
    bench.world.merge(rain, into=water)
    bench.task("refresh_tags")
    bench.sync()
    assert bench.tags_of(scene) == {local}
