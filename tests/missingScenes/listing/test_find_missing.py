"""The list of missing scenes, as the page asks for it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from sandbox.stash.files.disk import VideoFile
from sandbox.stashbox.model import Fingerprint, Performer
from sandbox.stashbox.server import StashBox
from sandbox.whisparr.model import MetadataScene
from shared.errors import GraphQLFailed
from tests.harness.installed import install_plugin
from tests.missingScenes.conftest import Bench, ids_of, set_up_whisparr


def adds_up(figures: dict[str, int]) -> bool:
    hidden: dict[str, int] = figures["hidden"]  # type: ignore[assignment]
    return figures["scanned"] == figures["owned"] + figures["missing"] + sum(hidden.values())


def test_exactly_the_scenes_that_are_not_owned_are_listed_newest_first(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    scenes = bench.add_scenes(120, mira)
    bench.own(*scenes[:84])
    pages = bench.find_all(local_mira)
    assert ids_of(*pages) == [scene.id for scene in reversed(scenes[84:])]
    assert pages[-1]["figures"] == {"total": 120, "scanned": 120, "owned": 84, "missing": 36, "hidden": {}}
    assert pages[-1]["state"] == "complete"


def test_a_scene_linked_to_another_box_only_is_missing(bench: Bench, mira: Performer, local_mira: str) -> None:
    (scene,) = bench.add_scenes(1, mira)
    links = [{"endpoint": "https://another.example/graphql", "stash_id": scene.id}]
    bench.stash.scenes.create({"title": "x", "stash_ids": links})
    assert ids_of(bench.find(local_mira)) == [scene.id]


@pytest.mark.parametrize("network", [True, False])
def test_the_network_of_a_studio_counts_in_both_figures_or_in_neither(bench: Bench, network: bool) -> None:
    parent = bench.world.add_studio("Highland Network")
    child = bench.world.add_studio("Hill Films", parent=parent)
    own = bench.add_scenes(3, studio=parent)
    sub = bench.add_scenes(4, studio=child)
    bench.own(own[0], sub[0])
    local = bench.add_local("studio", "Highland Network", parent.id)
    page = bench.find(local, "studio", include_network=network)
    figures = page["figures"]
    assert (figures["total"], figures["owned"], figures["missing"]) == ((7, 2, 5) if network else (3, 1, 2))


def test_a_tag_lists_its_scenes(bench: Bench) -> None:
    hill = bench.world.add_tag("Hill")
    scenes = bench.add_scenes(3, tags=[hill])
    page = bench.find(bench.add_local("tag", "Hill", hill.id), "tag")
    assert len(ids_of(page)) == len(scenes)
    assert page["entity"]["url"].endswith(f"/tags/{hill.id}")


def test_a_list_that_hides_everything_says_how_far_it_looked_and_goes_on(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    bench.add_scenes(1000, mira)
    page = bench.find(local_mira, text="nowhere")
    assert (page["state"], page["message"]) == ("more", "300 of 1000 checked.")
    last = bench.find_all(local_mira, text="nowhere")[-1]
    assert (last["state"], last["figures"]["hidden"]) == ("complete", {"text": 1000})


def test_pages_before_a_failure_stay_and_retry_goes_on_from_there(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    scenes = bench.add_scenes(400, mira)
    bench.own(*scenes[110:])
    bench.box.server.faults.add("server_error", body=r'"page":(3|5|6|9|10|11|12)[,}]')
    page = bench.find(local_mira, page_size=100)
    assert page["state"] == "partial"
    assert (page["figures"]["scanned"], page["figures"]["total"]) == (200, 400)
    assert "500" in page["message"]
    bench.box.server.faults.clear()
    rest = bench.find_all(local_mira, page_size=100, cursor=page["cursor"])
    assert sorted(ids_of(*rest)) == sorted(scene.id for scene in scenes[:110])
    assert adds_up(rest[-1]["figures"])


def test_a_wrong_key_is_named_with_its_endpoint(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.box.key = "wrong-key-for-tests"
    bench.configure(bench.box)
    page = bench.find(local_mira)
    assert page["state"] == "failed"
    assert bench.box.endpoint in page["message"]
    assert "API key" in page["message"]
    assert "wrong-key-for-tests" not in str(page)


def test_a_long_pause_asked_for_by_the_box_comes_back_at_once_as_waiting(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    bench.add_scenes(1, mira)
    bench.find(local_mira)
    bench.box.server.faults.add("rate_limited", retry_after=120, times=1)
    started = time.monotonic()
    page = bench.find(local_mira)
    asked = bench.box.server.traffic.total
    again = bench.find(local_mira, cursor=page["cursor"])
    assert time.monotonic() - started < 60  # however busy the machine is, nobody waited for the 120 seconds
    assert (page["state"], page["retry_after"], again["state"]) == ("waiting", 120, "waiting")
    assert bench.box.server.traffic.total == asked


def test_an_entity_without_a_link_says_how_to_link_it_and_asks_no_box(bench: Bench) -> None:
    page = bench.find(bench.add_local("performer", "Nobody Known"))
    assert page["state"] == "not_linked"
    assert "Tagger" in page["next_step"]
    assert bench.box.server.traffic.total == 0


def test_the_preferred_box_is_chosen_and_a_cursor_never_crosses_over(
    bench: Bench, other: StashBox, mira: Performer
) -> None:
    bench.configure(bench.box, other)
    bench.add_scenes(150, mira)
    twin = other.world.add_performer("Mira Mosswick")
    local = bench.add_local(
        "performer", "Mira Mosswick", stash_ids=[*bench.links(mira.id), *bench.links(twin.id, other)]
    )
    bench.plugin.save_settings(stashBoxEndpoint=other.endpoint)
    assert bench.find(local)["box"]["endpoint"] == other.endpoint
    first = bench.find(local, endpoint=bench.box.endpoint)
    assert [box["name"] for box in first["boxes"] if box["is_linked"]] == ["StashDB", "OtherBox"]
    with pytest.raises(GraphQLFailed, match="another list"):
        bench.find(local, endpoint=other.endpoint, cursor=first["cursor"])


def test_a_forged_cursor_is_refused(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(150, mira)
    cursor = bench.find(local_mira)["cursor"]
    with pytest.raises(GraphQLFailed, match="Load the list again"):
        bench.find(local_mira, cursor="A" + cursor[1:])


def test_a_scene_tagged_a_second_ago_is_no_longer_missing(bench: Bench, mira: Performer, local_mira: str) -> None:
    first, second = bench.add_scenes(2, mira)
    assert set(ids_of(bench.find(local_mira))) == {first.id, second.id}
    bench.own(second)
    assert ids_of(bench.find(local_mira)) == [first.id]


@pytest.mark.parametrize("number", [1, 130])
def test_scenes_that_come_between_two_pages_are_shown_and_none_is_shown_twice(
    bench: Bench, mira: Performer, local_mira: str, number: int
) -> None:
    scenes = bench.add_scenes(250, mira)
    first = bench.find(local_mira, page_size=100)
    scenes += [bench.world.add_scene("New", performers=[mira], release_date="2026-01-01") for _ in range(number)]
    rest = bench.find_all(local_mira, page_size=100, cursor=first["cursor"])
    assert sorted(ids_of(first, *rest)) == sorted(scene.id for scene in scenes)
    assert adds_up(rest[-1]["figures"])
    assert (rest[-1]["state"], rest[-1]["figures"]["total"]) == ("complete", len(scenes))
    assert "left out some scenes at first" in rest[-1]["notices"][0]


def test_a_scene_deleted_between_two_pages_hides_no_other_one(bench: Bench, mira: Performer, local_mira: str) -> None:
    scenes = bench.add_scenes(250, mira)
    first = bench.find(local_mira, page_size=100)
    bench.world.delete(scenes[-1])  # was on the first page
    rest = bench.find_all(local_mira, page_size=100, cursor=first["cursor"])
    assert sorted(ids_of(first, *rest)) == sorted(scene.id for scene in scenes)
    assert rest[-1]["state"] == "complete"


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_scenes_with_equal_titles_are_all_listed_by_title(
    bench: Bench, mira: Performer, local_mira: str, direction: str
) -> None:
    scenes = [bench.world.add_scene(f"Scene {each // 30}", performers=[mira]) for each in range(350)]
    pages = bench.find_all(local_mira, sort="TITLE", direction=direction)
    assert sorted(ids_of(*pages)) == sorted(scene.id for scene in scenes)
    assert pages[-1]["figures"]["total"] == 350
    assert "read again" in pages[-2]["message"]


def test_a_list_that_changes_at_every_reading_is_not_called_complete(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    bench.add_scenes(450, mira)
    page = bench.find(local_mira, page_size=100)
    while page["state"] == "more":
        bench.world.add_scene("New", performers=[mira], release_date="2026-01-01")
        page = bench.find(local_mira, page_size=100, cursor=page["cursor"])
    assert (page["state"], page["next_step"]) == ("partial", "Press Retry to read it once more.")
    assert bench.find_all(local_mira, page_size=100, cursor=page["cursor"])[-1]["state"] == "complete"


@pytest.mark.parametrize("number", [3, 130])
def test_scenes_without_a_date_come_last_in_the_list_of_the_newest(
    bench: Bench, mira: Performer, local_mira: str, number: int
) -> None:
    dated = [scene.id for scene in reversed(bench.add_scenes(number, mira))]
    undated = [bench.world.add_scene("Undated", performers=[mira]).id for _ in range(number)]
    pages = bench.find_all(local_mira)
    shown = ids_of(*pages)
    assert (shown[:number], sorted(shown[number:])) == (dated, sorted(undated))
    assert {page["figures"]["total"] for page in pages} == {2 * number}


def test_sub_studios_of_all_levels_are_in_the_network(bench: Bench) -> None:
    studio = top = bench.world.add_studio("Level 0")
    scenes = bench.add_scenes(1, studio=top)
    for level in range(1, 8):
        studio = bench.world.add_studio(f"Level {level}", parent=studio)
        scenes += bench.add_scenes(1, studio=studio)
    page = bench.find(bench.add_local("studio", "Level 0", top.id), "studio", include_network=True)
    assert sorted(ids_of(page)) == sorted(scene.id for scene in scenes)


@pytest.mark.parametrize("size", [50, 60, 100])
def test_pages_have_the_size_that_was_asked_for(bench: Bench, mira: Performer, local_mira: str, size: int) -> None:
    scenes = bench.add_scenes(250, mira)
    bench.own(*scenes[:20])
    pages = bench.find_all(local_mira, page_size=size)
    shown = ids_of(*pages)
    assert [len(page["scenes"]) for page in pages] == [min(size, 230 - start) for start in range(0, 230, size)]
    assert (sorted(shown), pages[-1]["state"]) == (sorted(scene.id for scene in scenes[20:]), "complete")
    assert bench.asked("queryScenes") <= 4


def test_a_held_scene_keeps_its_place_if_a_page_is_asked_for_again(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    bench.add_scenes(30, mira)
    first = bench.find(local_mira, page_size=20)
    again = [bench.find(local_mira, page_size=20, cursor=first["cursor"]) for _ in range(2)]
    assert ids_of(again[0]) == ids_of(again[1])
    bench.operate("mark_scenes", endpoint=bench.box.endpoint, scenes=again[0]["scenes"][:1], list="wanted", is_on=True)
    (card, *_) = bench.find(local_mira, page_size=20, cursor=first["cursor"])["scenes"]
    assert (len(ids_of(again[0])), again[0]["state"], card["wanted"]) == (10, "complete", True)


def test_a_merged_performer_is_followed_with_a_notice(bench: Bench, mira: Performer, local_mira: str) -> None:
    successor = bench.world.add_performer("Mira M. Mosswick")
    bench.add_scenes(150, successor)
    bench.world.merge(mira, into=successor)
    pages = bench.find_all(local_mira)
    assert len(ids_of(*pages)) == 150
    assert "merged this performer into Mira M. Mosswick" in pages[0]["notices"][0]


@pytest.mark.parametrize("kind", ["performer", "studio", "tag"])
def test_an_entity_deleted_at_the_box_is_not_complete(bench: Bench, kind: str) -> None:
    entity = getattr(bench.world, f"add_{kind}")("Gone")
    local = bench.add_local(kind, "Gone", entity.id)
    bench.world.delete(entity)
    page = bench.find(local, kind)
    assert page["state"] == "gone"
    assert "was deleted at StashDB" in page["message"]


def test_a_merged_studio_is_followed(bench: Bench) -> None:
    old, new = bench.world.add_studio("Old"), bench.world.add_studio("New")
    bench.add_scenes(2, studio=old)
    local = bench.add_local("studio", "Old", old.id)
    bench.world.merge(old, into=new)
    assert len(ids_of(bench.find(local, "studio"))) == 2


def test_a_performer_without_scenes_at_the_box_says_so(bench: Bench, local_mira: str) -> None:
    page = bench.find(local_mira)
    assert (page["state"], page["message"]) == ("complete", "The box has no scenes here.")


def test_without_any_stash_box_the_next_step_is_named(bench: Bench, local_mira: str) -> None:
    bench.configure()
    page = bench.find(local_mira)
    assert page["state"] == "no_boxes"
    assert "Metadata Providers" in page["next_step"]


def test_an_unreachable_box_is_no_empty_list(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.box.stop()
    page = bench.find(local_mira)
    assert (page["state"], page["scenes"], page["figures"]["total"]) == ("failed", [], None)
    assert page["cursor"]


def test_opening_a_page_costs_six_requests_to_stash_at_most(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(1000, mira)
    hidden: dict[str, Any] = {"text": "nowhere", "filter_favorite_studios": True, "filter_favorite_tags": True}
    studio, tag = bench.world.add_studio("Liked"), bench.world.add_tag("Liked")
    bench.add_local("studio", "Liked", studio.id, favorite=True)
    bench.add_local("tag", "Liked", tag.id, favorite=True)
    bench.plugin.stash.server.traffic.clear()
    bench.find(local_mira, **hidden)
    own = len(bench.plugin.stash.server.traffic.requests("runPluginOperation"))
    assert bench.plugin.stash.server.traffic.total - own <= 4


def test_all_that_a_performers_page_asks_when_it_opens_is_within_its_budget(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    """Six requests to Stash, one to the box for a hundred scenes, three to Whisparr."""
    prints = [Fingerprint(5, "OSHASH", 60)]
    scenes = [bench.world.add_scene(f"S{n}", performers=[mira], fingerprints=prints) for n in range(100)]
    bench.stock.add_scene("Here", file=VideoFile("/media/here.mp4", duration=60.0, oshash=f"{5:016x}"))
    bench.find(local_mira)  # looks at the box's schema, once a week
    with set_up_whisparr(bench) as whisparr:
        whisparr.state.add_movie(MetadataScene(scenes[0].id, "x", performer_ids=(mira.id,)))
        bench.operate("setup_tests", only="whisparr")  # who answers is asked once
        traffics = bench.plugin.stash.server.traffic, bench.box.server.traffic, whisparr.server.traffic
        for traffic in traffics:
            traffic.clear()
        about = {"endpoint": bench.box.endpoint, "scene_ids": ids_of(bench.find(local_mira, page_size=100))}
        bench.operate("whisparr_status", **about, entity_type="performer", stash_ids=[mira.id])
        assert len(bench.operate("find_owned_files", **about)["found"]) == 100
        own = len(traffics[0].requests("runPluginOperation"))
        assert (traffics[0].total - own <= 6, traffics[1].total, traffics[2].total) == (True, 1, 3)


def test_load_more_costs_two_requests_to_stash_and_none_to_whisparr(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    bench.add_scenes(200, mira)
    with set_up_whisparr(bench) as whisparr:
        cursor = bench.find(local_mira, page_size=100)["cursor"]
        traffic = bench.plugin.stash.server.traffic
        traffic.clear()
        bench.find(local_mira, page_size=100, cursor=cursor)
        own = len(traffic.requests("runPluginOperation"))
        assert (traffic.total - own, whisparr.server.traffic.total) == (2, 0)


def test_the_box_is_asked_once_per_hundred_scenes(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(300, mira)
    bench.find(local_mira)  # looks at the box's schema, once a week
    bench.box.server.traffic.clear()
    bench.find_all(local_mira)
    assert bench.box.server.traffic.total == 3


@pytest.mark.parametrize("profile", ["0.25", "0.28", "0.30", "0.31"])
def test_every_stash_since_0_25_lists_missing_scenes(folder: Path, box: StashBox, profile: str) -> None:
    with install_plugin(folder, profile=profile) as plugin:
        bench = Bench(plugin, box)
        mira = bench.world.add_performer("Mira Mosswick")
        scenes = bench.add_scenes(3, mira)
        bench.own(scenes[0])
        local = bench.add_local("performer", "Mira Mosswick", mira.id)
        assert len(ids_of(bench.find(local))) == 2


def test_an_old_stash_says_what_tags_need(folder: Path, box: StashBox) -> None:
    with install_plugin(folder, profile="0.28") as plugin:
        bench = Bench(plugin, box)
        page = bench.find(bench.add_local("tag", "Hill"), "tag")
        assert page["state"] == "unavailable"
        assert "0.30" in page["message"]


def test_an_order_that_leaves_scenes_out_says_so_and_saves_no_count(
    bench: Bench, mira: Performer, local_mira: str
) -> None:
    bench.add_scenes(3, mira)
    bench.plugin.run_task("completeness")
    page = bench.find(local_mira, sort="TRENDING")
    assert (page["figures"]["total"], page["lists_all"], bench.find(local_mira)["lists_all"]) == (0, False, True)
    assert "only the scenes that trend" in page["notices"][0]
    (row,) = bench.operate("list_completeness")["rows"]
    assert row["total"] == 3


def test_names_with_markup_stay_texts(bench: Bench, mira: Performer, local_mira: str) -> None:
    bench.add_scenes(1, mira, title="<b>Bold</b> & more")
    assert bench.find(local_mira)["scenes"][0]["title"] == "<b>Bold</b> & more"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"entity_type": "group"}, "entity_type"),
        ({"entity_id": "x"}, "entity_id"),
        ({"sort": "RANDOM"}, "sort"),
        ({"date_from": "yesterday"}, "date_from"),
        ({"excluded_tags": "hill"}, "excluded_tags"),
        ({"endpoint": "https://nowhere.example/graphql"}, "nowhere.example"),
    ],
)
def test_wrong_arguments_are_named(bench: Bench, local_mira: str, args: dict[str, str], message: str) -> None:
    with pytest.raises(GraphQLFailed, match=message):
        bench.find(**{"entity_id": local_mira, **args})
