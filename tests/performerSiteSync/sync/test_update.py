"""The update of performers and studios: which values are read from boxes, written, and left alone."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import SiteLink
from sandbox.stashbox.server import StashBox
from tests.performerSiteSync.conftest import Bench


def test_an_empty_field_is_filled_and_nothing_else_is_sent(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", eye_color="BLUE"))
    answer = bench.sync()
    assert bench.writes() == [{"id": str(number), "eye_color": "Blue"}]
    assert (answer["state"], answer["run"]["seen"], answer["run"]["changed"]) == ("finished", 1, 1)


def test_fields_the_box_lacks_are_never_sent(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", band_size=32, cup_size="B"), details="Mine", weight=60, country="NO")
    assert bench.sync()["run"]["unchanged"] == 1
    assert bench.writes() == []


def test_a_second_run_writes_nothing_and_asks_nothing(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", eye_color="BLUE", aliases=["Em"], country="NO"))
    bench.sync()
    writes, asked = bench.writes(), bench.asked()
    assert bench.sync()["run"]["unchanged"] == 1
    assert (bench.writes(), bench.asked()) == (writes, asked)


def test_the_next_source_fills_fields_the_first_lacks(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira", ethnicity="LATIN", hair_color="RED")
    number = bench.own(bench.world.add_performer("Mira", hair_color="BLACK"), bench.link(there, other))
    run = bench.sync()["run"]
    assert (bench.show(number)["ethnicity"], bench.show(number)["hair_color"]) == ("Latin", "Black")
    assert "FansDB says Red" in bench.find_messages(run)


def test_fields_a_person_changed_or_cleared_stay(bench: Bench) -> None:
    bench.set(fieldPolicies="country: follow, eye_color: follow, hair_color: follow")
    mira = bench.world.add_performer("Mira", country="NO", eye_color="BLUE", hair_color="RED")
    number = bench.own(mira)
    bench.sync()
    bench.stash.performers.update(number, {"country": "SE", "eye_color": ""})
    bench.world.change(mira, country="DK", eye_color="GREEN", hair_color="BLACK")
    bench.sync(fresh=True)
    now = bench.show(number)
    assert (now["country"], now["eye_color"] or "", now["hair_color"]) == ("SE", "", "Black")


@pytest.mark.parametrize(
    ("policy", "expected"), [("follow", ("Mira", "SE", "Hazel")), ("overwrite", ("Nora", "NO", "Blue"))]
)
def test_values_typed_before_the_first_sync_are_replaced_only_on_request(
    bench: Bench, policy: str, expected: tuple[str, ...]
) -> None:
    bench.set(fieldPolicies=f"name: {policy}, country: {policy}, eye_color: {policy}")
    mira = bench.world.add_performer("Nora", country="NO", eye_color="BLUE")
    number = bench.own(mira, name="Mira", country="SE", eye_color="Hazel")
    bench.sync()
    now = bench.show(number)
    assert (now["name"], now["country"], now["eye_color"]) == expected


def test_another_name_at_the_box_becomes_an_alias_once(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira Moss", aliases=["mira moss", "Em", "Mira"]), name="Mira")
    bench.sync()
    assert (bench.show(number)["name"], bench.show(number)["alias_list"]) == ("Mira", ["Em", "mira moss"])


def test_a_name_that_is_overwritten_leaves_the_old_one_as_an_alias(bench: Bench) -> None:
    bench.set(fieldPolicies="name: overwrite")
    number = bench.own(bench.world.add_performer("Mira Moss"), name="Mira")
    run = bench.sync()["run"]
    assert (bench.show(number)["name"], bench.show(number)["alias_list"]) == ("Mira Moss", ["Mira"])
    bench.undo(run["run_id"])
    bench.sync()
    assert (bench.show(number)["name"], bench.show(number)["alias_list"]) == ("Mira", [])


def test_a_removed_alias_is_not_added_again(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", aliases=["Em", "Moss"]))
    bench.sync()
    bench.stash.performers.update(number, {"alias_list": ["Em"]})
    bench.sync()
    assert bench.show(number)["alias_list"] == ["Em"]


@pytest.mark.parametrize("is_preview", [False, True])
def test_what_person_and_box_had_from_the_start_is_not_added_again_after_its_removal(
    bench: Bench, is_preview: bool
) -> None:
    url, site = "https://a.example/mira", bench.world.add_site("A").id
    mira = bench.world.add_performer(
        "Mira", aliases=["Em"], links=[SiteLink(url, site)], country="NO", eye_color="BLUE"
    )
    number = bench.own(mira, country="NO", eye_color="Blue")
    bench.stash.performers.update(number, {"alias_list": ["Em"], "urls": [url]})
    bench.sync(dry_run=is_preview)
    bench.stash.performers.update(number, {"alias_list": [], "urls": [], "country": ""})
    bench.world.change(mira, aliases=["Em", "Moss"])
    bench.sync(fresh=True)
    now, locks = bench.show(number), bench.locks(number)
    assert (now["alias_list"], now["urls"], now["country"] or "") == (["Moss"], [], "")
    assert (locks["country"], locks["eye_color"]) == ("edited", None)
    bench.operate("lock_set", id=number, field="country", is_locked=False)
    bench.sync()
    assert bench.show(number)["country"] == "NO"


def test_a_merged_record_is_followed_and_other_links_stay_as_they_are(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New", country="NO")
    number = bench.own(old, StashId("https://elsewhere.invalid/graphql", "x"))
    elsewhere = bench.show(number)["stash_ids"][1]
    bench.world.merge(old, new)
    bench.sync()
    assert set(bench.links_of(number)) == {new.id, "x"}
    assert (elsewhere in bench.show(number)["stash_ids"], bench.show(number)["country"]) == (True, "NO")


def test_a_record_merged_into_another_performers_record_is_a_conflict(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New")
    first, second = bench.own(old), bench.own(new)
    bench.world.merge(old, new)
    run = bench.sync()["run"]
    assert (run["conflict"], bench.links_of(first), bench.links_of(second)) == (1, [old.id], [new.id])
    assert f"New ({second})" in bench.find_messages(run)


def test_of_several_performers_that_became_one_record_the_preview_links_one_as_the_run_does(bench: Bench) -> None:
    old = [bench.world.add_performer(f"Old {each}", country="NO") for each in range(4)]
    new = bench.world.add_performer("New", country="NO")
    numbers = [bench.own(each) for each in old]
    for each in old:
        bench.world.merge(each, new)
    preview = bench.sync(dry_run=True)["run"]
    run = bench.sync()["run"]
    assert (preview["planned"], preview["conflict"]) == (run["changed"], run["conflict"]) == (1, 3)
    assert [bench.links_of(each) == [new.id] for each in numbers] == [True, False, False, False]


def test_a_deleted_record_changes_nothing(bench: Bench) -> None:
    gone = bench.world.add_performer("Gone", country="NO")
    number = bench.own(gone)
    bench.world.delete(gone)
    run = bench.sync()["run"]
    assert (run["skipped"], bench.links_of(number), bench.writes()) == (1, [gone.id], [])
    assert "no longer has" in bench.find_messages(run)


def test_a_box_that_is_down_does_not_stop_the_other(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira", country="NO")
    number = bench.own(bench.world.add_performer("Mira"), bench.link(there, other))
    bench.box.server.stop()
    answer = bench.sync()
    assert (answer["state"], list(answer["problems"]), bench.show(number)["country"]) == ("partial", ["StashDB"], "NO")


def test_a_wrong_key_costs_one_request_and_stays_out_of_the_log(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other, keys=("wrong-key-123456",))
    there = other.world.add_performer("Mira", country="NO")
    bench.own(bench.world.add_performer("Mira"), bench.link(there, other))
    for each in range(60):
        bench.own(bench.world.add_performer(f"P{each}"))
    answer = bench.sync()
    assert (list(answer["problems"]), bench.asked()) == (["StashDB"], 1)
    assert (answer["run"]["changed"], answer["run"]["failed"]) == (1, 60)
    assert "wrong-key-123456" not in str(bench.plugin.stash.services.logbook.messages())


def test_another_spelling_of_the_address_is_recognized(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira", country="NO")
    number = bench.stock.add_performer("Mira", stash_ids=[StashId(bench.box.endpoint + "/", mira.id)])
    bench.sync()
    assert (bench.show(number)["country"], bench.links_of(number)) == ("NO", [mira.id])


def test_an_undo_spares_later_edits_and_is_not_written_again(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO", eye_color="BLUE", aliases=["Em"]))
    run = bench.sync()["run"]
    bench.stash.performers.update(number, {"country": "SE"})
    bench.undo(run["run_id"])
    bench.sync()
    now, locks = bench.show(number), bench.locks(number)
    assert (now["country"], now["eye_color"] or "", now["alias_list"]) == ("SE", "", [])
    assert (locks["country"], locks["eye_color"], locks["alias_list"]) == ("edited", "undone", "undone")


def test_an_undone_field_is_written_again_after_it_is_given_back(bench: Bench) -> None:
    bench.set(imageUpdates=True)
    mira = bench.world.add_performer("Mira", eye_color="BLUE", aliases=["Em"], images=[bench.world.add_picture()])
    number = bench.own(mira)
    bench.undo(bench.sync()["run"]["run_id"])
    assert bench.sync()["run"]["unchanged"] == 1
    for field in ("eye_color", "alias_list", "image"):
        bench.operate("lock_set", id=number, field=field, is_locked=False)
    bench.sync()
    now = bench.show(number)
    assert (now["eye_color"], now["alias_list"], "default=true" in now["image_path"]) == ("Blue", ["Em"], False)


def test_an_undone_move_to_a_successor_is_not_repeated(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New")
    number = bench.own(old)
    bench.world.merge(old, new)
    bench.undo(bench.sync()["run"]["run_id"])
    bench.sync()
    assert (bench.links_of(number), bench.locks(number)["stash_ids"]) == ([old.id], "undone")


def test_a_dry_run_writes_nothing_and_its_plan_can_be_applied(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    plan = bench.sync(dry_run=True)["run"]
    assert (plan["planned"], bench.writes()) == (1, [])
    bench.operate("plan_apply", plan_id=plan["plan_id"])
    assert bench.show(number)["country"] == "NO"


def test_update_one_updates_only_the_named_performer(bench: Bench) -> None:
    first, second = (bench.own(bench.world.add_performer(name, country="NO")) for name in ("Mira", "Nell"))
    assert bench.operate("update_one", id=second)["run"]["changed"] == 1
    assert (bench.show(first)["country"] or "", bench.show(second)["country"]) == ("", "NO")


def test_studios_get_their_links_aliases_and_parent(bench: Bench) -> None:
    network = bench.world.add_studio("Network")
    studio = bench.world.add_studio("Site", parent=network, aliases=["The Site"])
    parent, number = bench.own_studio(network), bench.own_studio(studio)
    bench.task("update_studios")
    now = bench.show(number, "studio")
    assert (now["aliases"], now["parent_studio"]["id"]) == (["The Site"], str(parent))


def test_pictures_are_left_alone_unless_switched_on(bench: Bench) -> None:
    bench.own(bench.world.add_performer("Mira", images=[bench.world.add_picture()], country="NO"))
    bench.sync()
    assert "image" not in bench.writes()[0]


def test_a_missing_picture_is_set_and_a_present_one_stays(bench: Bench) -> None:
    bench.set(imageUpdates=True)
    bench.own(bench.world.add_performer("Mira", images=[bench.world.add_picture()]))
    bench.own(bench.world.add_performer("Nell", images=[bench.world.add_picture()]), picture="mine")
    bench.sync()
    (written,) = bench.writes()
    assert written["image"].startswith("data:image/")
    assert bench.sync()["run"]["unchanged"] == 2


def test_a_followed_picture_is_kept_current_and_a_persons_own_stays(bench: Bench) -> None:
    bench.set(imageUpdates=True, fieldPolicies="image: follow")
    people = [bench.world.add_performer(name, images=[bench.world.add_picture()]) for name in ("Mira", "Nell")]
    first, second = (bench.own(each) for each in people)
    bench.sync()
    mine = bench.writes()[0]["image"]
    bench.stash.performers.update(second, {"image": mine})
    for each in people:
        bench.world.change(each, images=[bench.world.add_picture(500, 700)])
    run = bench.sync(fresh=True)["run"]
    assert (run["changed"], run["unchanged"]) == (1, 1)
    assert [row["id"] for row in bench.writes()[2:]] == [str(second), str(first)]
    bench.undo(run["run_id"])
    assert bench.writes()[-1]["image"] == mine
    assert bench.sync(fresh=True)["run"]["unchanged"] == 2


def test_what_was_written_to_a_deleted_performer_is_forgotten_by_a_heartbeat(bench: Bench) -> None:
    kept, gone = (bench.own(bench.world.add_performer(name, eye_color="BLUE")) for name in ("Mira", "Nora"))
    bench.sync()
    bench.stash.performers.destroy(gone)
    bench.operate("heartbeat")
    with contextlib.closing(sqlite3.connect(bench.plugin.state_dir / "state.sqlite3")) as db:
        for table in ("written", "seen"):
            assert [row[0] for row in db.execute(f"SELECT DISTINCT item FROM {table}")] == [kept]
