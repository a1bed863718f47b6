"""Reading and changing items of the library."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import BundleError, GraphQLFailed, NotFound, TimedOut, Unreachable
from shared.stash import StashClient
from shared.stash.filters import linked_to
from shared.stash.library import PERFORMER, SCENE, STUDIO, TAG, keep_id_only, split
from tests.harness.weather import Exchange, answer, reset

from .conftest import ScriptedStash, refuse

KINDS = ["scenes", "performers", "studios", "tags"]


def echo_rows(exchange: Exchange) -> dict[str, Any]:
    """Return a row for every requested id."""
    return {"found": {"rows": [{"id": number} for number in exchange.seen.json["variables"]["ids"]]}}


@pytest.mark.parametrize("kind", KINDS)
def test_requests_for_every_kind_fit_stashs_schema(stash: StashClient, scripted: ScriptedStash, kind: str) -> None:
    shelf = getattr(stash, kind)
    scripted.answers.update(
        List={"found": {"rows": [{"id": "3"}]}},
        Count={"found": {"count": 9}},
        Find={"found": {"count": 9, "rows": [{"id": "3"}]}},
        Read=echo_rows,
        Get={"row": {"id": "3"}},
        Update={"row": {"id": "3"}},
        Create={"row": {"id": "4"}},
    )
    name = "title" if kind == "scenes" else "name"
    assert (shelf.ids(), shelf.count(), shelf.page(name).total, shelf.get(3, name)) == ([3], 9, 9, {"id": "3"})
    assert (shelf.read([3, 4], name).keys(), shelf.update(3, {name: "x"})) == ({3, 4}, {"id": "3"})
    assert shelf.create({name: "x"}) == {"id": "4"}


def test_ids_are_all_ids_in_order_as_numbers(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["List"] = {"found": {"rows": [{"id": "2"}, {"id": "10"}]}}
    assert stash.scenes.ids(linked_to("E"), q="rain") == [2, 10]
    page = {"page": 1, "per_page": -1, "sort": "id", "direction": "ASC", "q": "rain"}
    assert scripted.asked == [("List", {"where": linked_to("E"), "page": page})]


def test_only_bare_ids_become_numbers() -> None:
    assert (keep_id_only([("id", "7")]), keep_id_only([("count", 7)]), keep_id_only([])) == (7, {"count": 7}, {})


@pytest.mark.parametrize(
    ("kind", "where"),
    [(PERFORMER, {"filter_favorites": True}), (STUDIO, {"favorite": True}), (TAG, {"favorite": True})],
)
def test_favorites_have_another_name_for_every_kind(stash: StashClient, kind: Any, where: dict[str, bool]) -> None:
    assert getattr(stash, kind.plural).favorites == where


def test_streams_come_in_pieces_in_the_order_asked_for(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["Read"] = lambda exchange: {"found": {"rows": echo_rows(exchange)["found"]["rows"][::-1]}}
    pieces = list(stash.scenes.stream([5, 3, 3, 9, 1], "title", size=3))
    assert [[int(row["id"]) for row in rows] for rows in pieces] == [[5, 3], [9, 1]]
    assert scripted.asked[0][1] == {"ids": ["5", "3"]}


def test_deleted_items_cost_one_more_request_and_are_left_out(stash: StashClient, scripted: ScriptedStash) -> None:
    lost = answer({"errors": [{"message": "scene with id 4 not found"}], "data": None})
    found = {"data": {"i3": {"id": "3"}, "i4": None, "i5": {"id": "5"}}}
    scripted.answers["Read"] = [lost, answer(found)]
    assert stash.scenes.read([3, 4, 5], "title").keys() == {3, 5}
    assert scripted.names == ["Read", "Read"]


def test_a_real_failure_is_not_taken_for_missing_items(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["Read"] = refuse("disk I/O error")
    with pytest.raises(GraphQLFailed, match="while reading scenes: disk I/O error"):
        stash.scenes.read([1], "title")


def test_linked_items_are_found_by_their_id_at_the_box(stash: StashClient, scripted: ScriptedStash) -> None:
    def links(*pairs: tuple[str, str]) -> list[dict[str, str]]:
        return [{"endpoint": endpoint, "stash_id": stash_id} for endpoint, stash_id in pairs]

    rows = [
        {"id": "1", "stash_ids": links(("E", "a"), ("F", "b"))},
        {"id": "2", "stash_ids": links(("E", "a"), ("E", "c"))},
        {"id": "3", "stash_ids": links(("E", "abc"))},
    ]
    scripted.answers["Find"] = {"found": {"count": 3, "rows": rows}}
    found = stash.scenes.find_linked("E", ["a", "b", "c"])
    assert {stash_id: [row["id"] for row in same] for stash_id, same in found.items()} == {"a": ["1", "2"], "c": ["2"]}


def test_many_links_are_looked_up_in_few_requests(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["Find"] = {"found": {"count": 0, "rows": []}}
    assert stash.tags.find_linked("E", [f"id-{number}" for number in range(250)]) == {}
    assert len(scripted.names) == 3


def test_an_update_sends_the_keys_it_was_given(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["Update"] = {"row": {"id": "3"}}
    stash.performers.update(3, {"details": None, "id": "evil"})
    assert scripted.asked[-1][1] == {"input": {"details": None, "id": "3"}}


def test_updating_a_deleted_object_is_not_found(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers.update(Update=refuse("tag with id 7 not found"), Get={"row": None})
    with pytest.raises(NotFound, match="Stash has no tag 7 any more"):
        stash.tags.update(7, {"name": "Rain"})


def test_an_update_that_is_refused_says_why(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers.update(Update=refuse("tag with name 'Rain' already exists"), Get={"row": {"id": "7"}})
    with pytest.raises(GraphQLFailed, match="while updating tag 7: tag with name 'Rain' already exists"):
        stash.tags.update(7, {"name": "Rain"})


def test_a_write_whose_answer_is_lost_is_not_repeated(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["Update"] = reset
    with pytest.raises(Unreachable) as caught:
        stash.tags.update(7, {"name": "Rain"})
    assert (scripted.names, caught.value.may_have_happened) == (["Update"], True)


@pytest.mark.parametrize(
    ("missing", "present"), [([], [1, 2]), ([2], [1]), ([1, 2], [])], ids=["none gone", "one gone", "all gone"]
)
def test_tags_are_added_to_the_scenes_that_are_still_there(
    stash: StashClient, scripted: ScriptedStash, missing: list[int], present: list[int]
) -> None:
    lookups = {f"i{n}": {"id": str(n), "tags": []} if n in present else None for n in (1, 2)}
    lost = answer({"errors": [{"message": "scene with id 2 not found"}], "data": None})
    done = answer({"data": {"bulkSceneUpdate": []}})
    scripted.answers.update(ChangeTags=[lost, done] if missing else done, Read=[lost, answer({"data": lookups})])
    assert stash.scene_tags.add([1, 2], [9]) == (present, missing)
    changes = [variables["input"]["ids"] for name, variables in scripted.asked if name == "ChangeTags"]
    assert changes[-1] == ([str(n) for n in present] if present else ["1", "2"])


def test_tags_are_changed_in_batches_and_each_scene_once(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["ChangeTags"] = {"bulkSceneUpdate": []}
    assert len(stash.scene_tags.remove([*range(1, 61), 1, 2], {8, 9}).changed) == 60
    sent = [variables["input"] for _, variables in scripted.asked]
    assert [len(change["ids"]) for change in sent] == [25, 25, 10]
    assert {change["tag_ids"]["mode"] for change in sent} == {"REMOVE"}


@pytest.mark.parametrize(("mode", "tags"), [("add", ["9", "5"]), ("remove", ["5"])])
def test_a_lost_answer_is_settled_by_reading_again(
    stash: StashClient, scripted: ScriptedStash, mode: str, tags: list[str]
) -> None:
    row = {"id": "1", "tags": [{"id": tag} for tag in tags]}
    scripted.answers.update(ChangeTags=reset, Read={"found": {"rows": [row]}})
    assert getattr(stash.scene_tags, mode)([1], [9]).changed == [1]
    assert scripted.names == ["ChangeTags", "Read"]


@pytest.mark.parametrize(("mode", "tags"), [("add", ["5"]), ("remove", ["9"])])
def test_a_change_that_did_not_happen_is_an_error(
    stash: StashClient, scripted: ScriptedStash, mode: str, tags: list[str]
) -> None:
    row = {"id": "1", "tags": [{"id": tag} for tag in tags]}
    scripted.answers.update(ChangeTags=reset, Read={"found": {"rows": [row]}})
    with pytest.raises(BundleError, match="while changing tags of 1 scenes"):
        getattr(stash.scene_tags, mode)([1], [9])


def test_a_change_that_was_never_sent_is_not_looked_up(stash: StashClient, scripted: ScriptedStash) -> None:
    stash.http.deadline = 0.0
    with pytest.raises(TimedOut):
        stash.scene_tags.add([1], [9])
    assert scripted.names == []


def test_merging_tags_names_source_and_destination(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["MergeTags"] = {"row": {"id": "7"}}
    stash.merge_tags_into(7, [8, 9])
    assert scripted.asked == [("MergeTags", {"sources": ["8", "9"], "destination": "7"})]


def test_merging_into_a_tag_that_is_gone_says_so(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["MergeTags"] = {"row": None}
    with pytest.raises(NotFound, match="no tag 7 any more"):
        stash.merge_tags_into(7, [8])


def test_merging_performers_may_set_values_of_the_destination(stash: StashClient, scripted: ScriptedStash) -> None:
    scripted.answers["MergePerformers"] = {"row": {"id": "7"}}
    stash.merge_performers_into(7, [8], {"name": "Jo"})
    wanted = {"source": ["8"], "destination": "7", "values": {"name": "Jo", "id": "7"}}
    assert scripted.asked == [("MergePerformers", {"input": wanted})]


def test_things_are_split_without_reading_ahead() -> None:
    assert list(split(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert next(split(iter(range(10**9)), 2)) == [0, 1]


def test_types_are_spelt_as_stash_does() -> None:
    assert [kind.type for kind in (SCENE, PERFORMER, STUDIO, TAG)] == ["Scene", "Performer", "Studio", "Tag"]
