"""Matching unlinked objects by URLs, birth dates and names: when a link is made, refused, or left to a person."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.stash.stocking import StashId
from sandbox.stashbox.model import SiteLink as RemoteLink
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.tpdb.server import Tpdb
from tests.harness.bench import NO_LIMIT, SAVE_BOXES
from tests.performerSiteSync.conftest import Bench

PAGE = "https://example.invalid/mira"


def lead_to(box: StashBox, url: str = PAGE) -> list[RemoteLink]:
    """Return the URLs of a record at the box, as its model takes them."""
    return [RemoteLink(url, box.world.add_site("Home").id)]


def list_conflict_types(bench: Bench, kind: str = "performer") -> list[str]:
    """Return the types of the open conflicts, as the page lists them."""
    return [each["what"] for each in bench.operate("conflicts", kind=kind)["conflicts"]]


def test_two_records_of_one_name_are_a_conflict_with_their_evidence(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    for word in ("guide", "pilot"):
        bench.world.add_performer("Mira Moss", disambiguation=word, birth_date="1990-05-03", country="NO")
    run = bench.sync()["run"]
    (conflict,) = bench.operate("conflicts")["conflicts"]
    shown = [(each["disambiguation"], each["birthdate"], each["scene_count"]) for each in conflict["candidates"]]
    assert sorted(shown) == [("guide", "1990-05-03", 0), ("pilot", "1990-05-03", 0)]
    assert (run["conflict"], conflict["item"]["id"], bench.links_of(number)) == (1, str(number), [])


@pytest.mark.parametrize(
    ("mine", "reason"),
    [
        ({"birthdate": "1990-05-03"}, "birth date, 1990-05-03"),
        ({"urls": [PAGE + "/"]}, "Both have the link"),
        ({"disambiguation": "Guide"}, "disambiguation"),
    ],
)
def test_evidence_for_exactly_one_namesake_links_it(bench: Bench, mine: dict[str, Any], reason: str) -> None:
    number = bench.stock.add_performer("Mira Moss", **mine)
    bench.world.add_performer("Mira Moss", disambiguation="other", birth_date="1980-01-01")
    facts = {"disambiguation": "guide", "birth_date": "1990-05-03", "links": lead_to(bench.box)}
    right = bench.world.add_performer("mira  moss", country="NO", **facts)
    run = bench.sync()["run"]
    assert (bench.links_of(number), bench.show(number)["country"], list_conflict_types(bench)) == ([right.id], "NO", [])
    assert reason in bench.find_messages(run)


def test_an_alias_alone_is_never_linked(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    bench.world.add_performer("Somebody Else", aliases=["Mira Moss"])
    bench.sync()
    assert (list_conflict_types(bench), bench.links_of(number)) == (["alias"], [])


def test_a_linked_performer_is_not_searched(bench: Bench) -> None:
    bench.set(nameSearch=True)
    mine = bench.world.add_performer("Mira Moss", disambiguation="mine")
    number = bench.own(mine, name="Other Name", birthdate="1990-05-03")
    bench.world.add_performer("Other Name", birth_date="1990-05-03")
    bench.sync()
    assert (bench.links_of(number), bench.asked(operation="Search")) == ([mine.id], 0)


def test_a_record_linked_to_another_performer_is_a_conflict_with_both(bench: Bench) -> None:
    mira = bench.world.add_performer("Mira Moss", birth_date="1990-05-03")
    first = bench.own(mira)
    second = bench.stock.add_performer("Mira Moss", disambiguation="2", birthdate="1990-05-03")
    bench.sync()
    (conflict,) = bench.operate("conflicts")["conflicts"]
    assert (conflict["what"], bench.links_of(second)) == ("taken", [])
    assert [each["id"] for each in conflict["candidates"]] == [None, str(first)]
    (pair,) = bench.operate("duplicates", refresh=True)["duplicates"]
    assert {each["id"] for each in pair["people"]} == {str(first), str(second)}


def test_two_performers_that_match_one_record_are_both_left_unlinked(bench: Bench) -> None:
    bench.world.add_performer("Mira Moss", birth_date="1990-05-03")
    numbers = [bench.stock.add_performer("Mira Moss", disambiguation=each, birthdate="1990-05-03") for each in "12"]
    bench.sync()
    assert ([bench.links_of(each) for each in numbers], list_conflict_types(bench)) == ([[], []], ["taken", "taken"])


@pytest.mark.parametrize(
    ("is_on", "name", "is_linked"), [(True, "Mira Moss", 1), (True, "Mira", 0), (False, "Mira Moss", 0)]
)
def test_a_name_alone_links_only_with_name_search(bench: Bench, is_on: bool, name: str, is_linked: int) -> None:
    bench.set(nameSearch=is_on)
    number = bench.stock.add_performer(name)
    bench.world.add_performer(name)
    bench.sync()
    assert (len(bench.links_of(number)), bench.asked(operation="Search")) == (is_linked, int(is_on))


@pytest.mark.parametrize(("here", "there"), [("Zo\u00e9", "Zoe\u0301"), ("Zoe\u0301", "Zo\u00e9")])
def test_a_name_with_an_accent_is_found_however_it_was_typed(bench: Bench, here: str, there: str) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer(f"{here} Moss")
    record = bench.world.add_performer(f"{there} Moss")
    bench.sync()
    assert bench.links_of(number) == [record.id]


def test_another_birth_date_prevents_a_link_by_name_or_url(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss", birthdate="1990-05-03", urls=[PAGE])
    bench.world.add_performer("Mira Moss", birth_date="1970-05", links=lead_to(bench.box))
    bench.sync()
    assert (bench.links_of(number), list_conflict_types(bench)) == ([], ["url"])


def test_of_namesakes_with_the_same_url_the_one_with_the_birth_date_is_linked(bench: Bench) -> None:
    number = bench.stock.add_performer("Mira Moss", birthdate="1990-05-03", urls=[PAGE])
    bench.world.add_performer("Mira Moss", disambiguation="a", birth_date="1970-05-01", links=lead_to(bench.box))
    right = bench.world.add_performer("Mira Moss", birth_date="1990-05-03", links=lead_to(bench.box))
    bench.sync()
    assert (bench.links_of(number), list_conflict_types(bench)) == ([right.id], [])
    twin = bench.stock.add_performer("Nell Oak", birthdate="1991-05-03", urls=[PAGE])
    for word in "ab":
        bench.world.add_performer("Nell Oak", disambiguation=word, birth_date="1991-05-03", links=lead_to(bench.box))
    bench.sync()
    assert (bench.links_of(twin), list_conflict_types(bench)) == ([], ["url"])


def test_ids_in_urls_lead_to_the_record_also_from_one_box_to_another(bench: Bench, other: StashBox) -> None:
    """Also the new links have the endpoint as it is configured in Stash."""
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira at the other", hair_color="RED")
    page = f"{other.server.url}/performers/{there.id.upper()}"
    here = bench.world.add_performer("Mira Moss", links=lead_to(bench.box, page))
    number = bench.stock.add_performer("Mira M", urls=[f"{bench.box.server.url}/performers/{here.id}/edits"])
    run = bench.sync()["run"]
    assert [(each["endpoint"], each["stash_id"]) for each in bench.show(number)["stash_ids"]] == [
        (bench.box.endpoint, here.id),
        (other.endpoint, there.id),
    ]
    assert bench.show(number)["hair_color"] == "Red"
    assert "StashDB links to" in bench.find_messages(run)


def test_a_new_link_has_the_endpoint_as_spelled_in_stash(bench: Bench) -> None:
    spelled = bench.box.endpoint.replace("127.0.0.1", "LocalHost")
    box = {"endpoint": spelled, "api_key": bench.box.key, "name": "StashDB", "max_requests_per_minute": NO_LIMIT}
    bench.stash.ask(SAVE_BOXES, {"boxes": [box]})
    number = bench.stock.add_performer("Mira Moss", birthdate="1990-05-03")
    ann = StashId(spelled.lower() + "/", bench.world.add_performer("Ann Reed", country="NO").id)
    linked = bench.stock.add_performer("Ann Reed", stash_ids=[ann])
    bench.world.add_performer("Mira Moss", birth_date="1990-05-03")
    bench.sync()
    assert [each["endpoint"] for each in bench.show(number)["stash_ids"]] == [spelled]
    assert (bench.links_of(linked), bench.show(linked)["country"]) == ([ann.stash_id], "NO")


@pytest.mark.parametrize("turned", [False, True])
def test_values_of_one_box_are_evidence_at_the_other_in_one_run(bench: Bench, other: StashBox, turned: bool) -> None:
    known, asked = (other, bench.box) if turned else (bench.box, other)
    bench.configure(bench.box, other)
    there = known.world.add_performer("Mira Moss", birth_date="1990-05-03")
    number = bench.stock.add_performer("Mira Moss", stash_ids=[bench.link(there, known)])
    right = asked.world.add_performer("Mira Moss", birth_date="1990-05-03")
    asked.world.add_performer("Mira Moss", birth_date="1970-01-01")
    bench.sync()
    assert set(bench.links_of(number)) == {there.id, right.id}


def test_a_url_of_a_merged_record_leads_to_its_successor(bench: Bench) -> None:
    old, new = bench.world.add_performer("Old"), bench.world.add_performer("New", country="NO")
    bench.world.merge(old, new)
    number = bench.stock.add_performer("Mira", urls=[f"{bench.box.server.url}/performers/{old.id}"])
    bench.sync()
    assert (bench.links_of(number), bench.show(number)["country"]) == ([new.id], "NO")


def test_an_unreadable_url_is_ignored(bench: Bench) -> None:
    number = bench.stock.add_performer("Mira Moss", urls=["http://[broken", "not at all", PAGE])
    right = bench.world.add_performer("Another Name", links=lead_to(bench.box))
    bench.sync()
    bench.operate("duplicates", refresh=True)
    assert bench.links_of(number) == [right.id]


def test_a_shared_url_matches_under_another_name(bench: Bench) -> None:
    number = bench.stock.add_performer("Mira Moss", urls=[PAGE])
    right = bench.world.add_performer("Another Name", links=lead_to(bench.box))
    bench.sync()
    assert bench.links_of(number) == [right.id]


def test_a_second_run_of_matching_asks_and_writes_nothing(bench: Bench) -> None:
    bench.set(nameSearch=True)
    for each in range(30):
        bench.stock.add_performer(f"Mira Moss{each:02}")
        bench.world.add_performer(f"Mira Moss{each:02}")
    bench.stock.add_performer("Nobody There")
    assert (bench.sync()["run"]["changed"], bench.asked(operation="Search")) == (30, 4)
    writes, asked = bench.writes(), bench.asked()
    bench.sync()
    assert (bench.writes(), bench.asked()) == (writes, asked)


def test_an_undone_link_returns_only_after_its_decision_is_taken_back(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    mira = bench.world.add_performer("Mira Moss")
    bench.undo(bench.sync()["run"]["run_id"])
    bench.sync()
    assert bench.links_of(number) == []
    (decision,) = bench.operate("decisions")["decisions"]
    bench.operate(
        "conflict_decide", key=decision["key"], decision="link", endpoint=bench.box.endpoint, remote_id=mira.id
    )
    assert bench.links_of(number) == [mira.id]


def test_an_undone_link_excludes_only_that_record(bench: Bench, other: StashBox) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    bench.world.add_performer("Mira Moss")
    bench.undo(bench.sync()["run"]["run_id"])
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira Moss", country="NO")
    bench.sync()
    assert (bench.links_of(number), bench.show(number)["country"]) == ([there.id], "NO")


def test_locked_links_prevent_new_links_and_their_values(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    bench.world.add_performer("Mira Moss", country="NO")
    bench.operate("lock_set", id=number, field="stash_ids", is_locked=True)
    assert (bench.sync()["run"]["skipped"], bench.writes()) == (1, [])


def test_a_link_removed_in_stash_is_not_made_again(bench: Bench) -> None:
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss")
    bench.world.add_performer("Mira Moss")
    bench.sync()
    bench.stash.performers.update(number, {"stash_ids": []})
    bench.sync()
    assert bench.links_of(number) == []
    assert "took this link away" in bench.operate("decisions")["decisions"][0]["reason"]


def test_studios_are_linked_by_parent_and_urls(bench: Bench) -> None:
    network = bench.world.add_studio("Network")
    site = bench.world.add_studio("Site", parent=network)
    bench.world.add_studio("Site")
    homed = bench.world.add_studio("Another", links=lead_to(bench.box))
    parent = bench.own_studio(network)
    numbers = [bench.stock.add_studio("Site", parent=parent), bench.stock.add_studio("Homed", urls=[PAGE])]
    bench.task("update_studios")
    assert [bench.links_of(each, "studio") for each in numbers] == [[site.id], [homed.id]]


def test_tpdb_records_are_found_by_name(bench: Bench) -> None:
    with Tpdb(bench.world) as tpdb:
        bench.configure(tpdb, names=["TPDB"])
        bench.set(nameSearch=True)
        mira, site = bench.world.add_performer("Mira Moss"), bench.world.add_studio("Site")
        number, place = bench.stock.add_performer("Mira Moss"), bench.stock.add_studio("Site")
        bench.sync()
        bench.task("update_studios")
        assert (bench.links_of(number), bench.links_of(place, "studio")) == ([mira.id], [site.id])


def test_a_box_that_fails_while_searching_does_not_stop_the_others(bench: Bench, other: StashBox) -> None:
    bench.configure(bench.box, other)
    bench.set(nameSearch=True)
    number = bench.stock.add_performer("Mira Moss", stash_ids=[StashId("https://third.invalid/graphql", "x")])
    there = other.world.add_performer("Mira Moss")
    bench.box.server.stop()
    answer = bench.sync()
    assert (answer["state"], bench.links_of(number), list(answer["problems"])) == (
        "partial",
        ["x", there.id],
        ["StashDB"],
    )
