"""Failing boxes, stopped and killed runs, two runs at once: nothing is lost and nothing is written twice."""

from __future__ import annotations

import time
from typing import Any

import pytest
from performers.sync.update import add_unanswered

from sandbox.messages import Response
from sandbox.pictures import draw_picture
from sandbox.serving import HttpServer
from sandbox.stashbox.server import StashBox
from tests.harness.clock import CountingClock
from tests.performerSiteSync.conftest import Bench
from tests.performerSiteSync.inside import run_inside

UPDATE = "Update"


def fill(bench: Bench, count: int) -> list[int]:
    """Add performers whose country the box knows and Stash lacks, and return their ids."""
    return [bench.own(bench.world.add_performer(f"P{each:03d}", country="NO")) for each in range(count)]


def countries(bench: Bench, numbers: list[int]) -> list[str]:
    """Return the present countries of these performers."""
    return [row["country"] or "" for row in bench.stash.performers.read(numbers, "country").values()]


@pytest.fixture
def clock() -> CountingClock:
    return CountingClock()


def test_an_error_beside_data_is_a_failure_and_not_a_deleted_record(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.box.server.faults.add("partial", operation="LookUp")
    bench.plugin.run_task("update_performers")
    run = bench.operate("history_list")["runs"][0]
    assert (run["totals"]["failed"], run["totals"]["skipped"], len(bench.links_of(number))) == (1, 0, 1)
    bench.box.server.faults.clear()
    assert bench.sync()["run"]["changed"] == 1


@pytest.mark.parametrize(
    "fault",
    [{"kind": "server_error", "status": 502}, {"kind": "truncated"}, {"kind": "cut"}, {"kind": "graphql_error"}],
)
def test_an_earlier_answer_that_is_used_is_said_with_the_box(bench: Bench, fault: dict[str, Any]) -> None:
    clock = CountingClock(now=time.time() + 60)
    number = bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.sync()
    bench.box.server.faults.add(operation="LookUp", **fault)
    answer = run_inside(bench, clock, "update_performer", id=number, kind="performer")
    run = bench.operate("history_list")["runs"][0]
    assert (answer["state"], run["state"], run["totals"]["unchanged"]) == ("partial", "partial", 1)
    assert "The values of 1 record come from an earlier answer of StashDB" in run["problems"]["StashDB"]


def test_one_applied_performer_is_a_run_of_its_own_without_the_troubles_of_the_preview(
    bench: Bench, other: StashBox, clock: CountingClock
) -> None:
    bench.configure(bench.box, other)
    bench.own(bench.world.add_performer("Mira", country="NO"))
    bench.own(bench.world.add_performer("Ona", country="NO"), bench.link(other.world.add_performer("Ona"), other))
    bench.stock.add_performer("Nell Nobody")
    other.server.faults.add("server_error")
    plan_id = run_inside(bench, clock, "update_performers", dry_run=True)["run"]["plan_id"]
    items = bench.operate("review", plan_id=plan_id, page=1, page_size=25)["items"]
    chosen = [each["id"] for each in items if each["item"]["label"] == "Mira"]
    run = bench.operate("plan_apply", plan_id=plan_id, items=chosen)["run"]
    assert (run["state"], run["problems"], run["totals"]["seen"], run["totals"]["changed"]) == ("finished", None, 1, 1)


@pytest.mark.parametrize(
    ("fault", "most"),
    [
        ({"kind": "server_error", "status": 503}, 4),
        ({"kind": "server_error"}, 4),
        ({"kind": "server_error", "operation": "LookUp"}, 20),
        ({"kind": "reset"}, 4),
        ({"kind": "unauthorized"}, 1),
    ],
)
def test_a_failing_box_is_left_after_few_requests_and_the_others_go_on(
    bench: Bench, other: StashBox, clock: CountingClock, fault: dict[str, Any], most: int
) -> None:
    bench.configure(bench.box, other)
    fill(bench, 120)
    there = other.world.add_performer("Mira", country="SE")
    number = bench.stock.add_performer("Mira", stash_ids=[bench.link(there, other)])
    bench.box.server.faults.add(**fault)
    answer = run_inside(bench, clock)
    assert (list(answer["problems"]), answer["state"], bench.show(number)["country"]) == (["StashDB"], "partial", "SE")
    assert bench.asked() <= most


@pytest.mark.parametrize("answer", [{"retry_after": 30}, {"retry_after": 30, "as_date": True}, {}])
def test_a_rate_limited_request_waits_and_is_repeated(bench: Bench, answer: dict[str, Any]) -> None:
    clock = CountingClock(now=time.time())
    numbers = fill(bench, 50)
    bench.box.server.faults.add("rate_limited", operation="LookUp", on=[2], **answer)
    assert run_inside(bench, clock)["run"]["changed"] == 50
    assert sum(clock.slept) >= (28 if answer else 0.2)
    assert set(countries(bench, numbers)) == {"NO"}


@pytest.mark.parametrize("kind", ["html", "truncated", "cut", "server_error"])
def test_an_unreadable_answer_is_requested_again(bench: Bench, clock: CountingClock, kind: str) -> None:
    numbers = fill(bench, 3)
    bench.box.server.faults.add(kind, operation="LookUp", times=1)
    run_inside(bench, clock)
    assert countries(bench, numbers) == ["NO"] * 3


def test_repeated_unreadable_answers_fail_the_run_without_a_crash(bench: Bench, clock: CountingClock) -> None:
    fill(bench, 3)
    bench.box.server.faults.add("html")
    with pytest.raises(Exception, match="StashDB"):
        run_inside(bench, clock)
    assert bench.operate("history_list")["runs"][0]["totals"]["failed"] == 3


def test_a_hanging_request_times_out_and_is_repeated(bench: Bench, other: StashBox, clock: CountingClock) -> None:
    bench.configure(bench.box, other)
    there = other.world.add_performer("Mira", country="SE")
    number = bench.own(bench.world.add_performer("Mira"), bench.link(there, other))
    bench.box.server.faults.add("hang", operation="LookUp")
    answer = run_inside(bench, clock, patience=1.5)
    assert (bench.asked("LookUp"), bench.show(number)["country"], answer["run"]["changed"]) == (2, "SE", 1)
    assert (answer["state"], "no usable answer for 1 of the records" in answer["problems"]["StashDB"]) == (
        "partial",
        True,
    )


def test_a_box_that_fails_midway_leaves_the_run_partial(bench: Bench, clock: CountingClock) -> None:
    numbers = fill(bench, 100)
    bench.box.server.faults.add("server_error", status=503, operation="LookUp", after=1)
    answer = run_inside(bench, clock)
    assert (answer["state"], answer["run"]["changed"], answer["run"]["failed"]) == ("partial", 40, 60)
    bench.box.server.faults.clear()
    assert (run_inside(bench, clock)["run"]["changed"], set(countries(bench, numbers))) == (60, {"NO"})


def start(bench: Bench) -> str:
    """Start the update as a task and return its job id."""
    return str(bench.stash.run_plugin_task(bench.plugin.id, args={"mode": "update_performers"}))


def stop(bench: Bench, job: str) -> None:
    """Stop the job as a person does, and remove all faults."""
    bench.plugin.stash.services.jobs.stop(int(job))
    bench.plugin.wait_for(job)
    bench.plugin.stash.server.faults.clear()


def test_a_stopped_run_resumes_where_it_was(bench: Bench) -> None:
    numbers, server = fill(bench, 100), bench.plugin.stash.server
    server.faults.add("hang", operation=UPDATE, after=40)
    job = start(bench)
    server.traffic.wait_for_requests(41, UPDATE, seconds=60)
    stop(bench, job)
    assert countries(bench, numbers).count("NO") == 40
    run = bench.sync()["run"]
    assert (countries(bench, numbers), run["changed"], run["unchanged"]) == (["NO"] * 100, 60, 40)
    assert len(bench.writes()) == 101
    stopped = bench.operate("history_list")["runs"][1]
    assert (stopped["state"], stopped["totals"]["changed"]) == ("interrupted", 40)


def test_a_write_whose_answer_was_lost_is_recognized_on_resume(bench: Bench) -> None:
    numbers, server = fill(bench, 3), bench.plugin.stash.server
    server.faults.add("slow", operation=UPDATE, on=[2], seconds=600)
    job = start(bench)
    server.traffic.wait_for_requests(2, UPDATE, seconds=60)
    stop(bench, job)
    bench.sync()
    stopped = bench.operate("history_list")["runs"][1]
    assert countries(bench, numbers) == ["NO"] * 3
    assert (stopped["totals"]["changed"], stopped["state"]) == (2, "interrupted")
    assert len(bench.writes()) == 3
    bench.undo(stopped["id"])
    assert countries(bench, numbers) == ["", "", "NO"]


def test_a_second_run_is_refused_with_the_id_of_the_first(bench: Bench) -> None:
    fill(bench, 3)
    server = bench.plugin.stash.server
    server.faults.add("hang", operation=UPDATE)
    job = start(bench)
    server.traffic.wait_for_requests(1, UPDATE, seconds=60)
    asked = bench.asked()
    refused = bench.run_beside("update_performers")
    assert (refused.output, "already running (run 1)" in str(refused.error)) == (None, True)
    assert bench.asked() == asked
    stop(bench, job)
    assert bench.sync()["run"]["changed"] == 3


def test_an_alias_that_stash_refuses_fails_alone(bench: Bench) -> None:
    number = bench.own(bench.world.add_performer("Mira", country="NO", aliases=["Em"]))
    message = "performer contains duplicate alias 'Em'"
    bench.plugin.stash.server.faults.add("graphql_error", operation=UPDATE, message=message, times=1)
    run = bench.sync()["run"]
    assert (bench.show(number)["country"], bench.show(number)["alias_list"], run["conflict_in_part"]) == ("NO", [], 1)
    assert (len(bench.writes()), "contains duplicate alias" in bench.find_messages(run)) == (2, True)


def test_a_failed_picture_keeps_the_text_and_stops_pictures_of_that_box(bench: Bench, clock: CountingClock) -> None:
    bench.set(imageUpdates=True)
    people = [
        bench.world.add_performer(f"P{each}", country="NO", images=[bench.world.add_picture()]) for each in range(8)
    ]
    numbers = [bench.own(each) for each in people]
    bench.box.server.faults.add("reset", path="/images/")
    run_inside(bench, clock)
    assert countries(bench, numbers) == ["NO"] * 8
    assert len(bench.box.server.traffic.requests(path="/images/")) <= 12


def test_a_page_in_place_of_a_picture_is_not_written(bench: Bench) -> None:
    bench.set(imageUpdates=True)
    mira = bench.world.add_performer("Mira", country="NO", images=[bench.world.add_picture()])
    number = bench.own(mira)
    bench.box.server.faults.add("html", path="/images/")
    run = bench.sync()["run"]
    now = bench.show(number)
    assert (now["country"], "default=true" in now["image_path"]) == ("NO", True)
    assert "picture could not be had" in bench.find_messages(run)


def test_half_a_picture_and_an_impossible_date_are_left_out_and_the_rest_is_written(bench: Bench) -> None:
    bench.set(imageUpdates=True, localPictures=True)
    mira = bench.world.add_performer("Mira", country="NO", birth_date="1999-02-30", images=[bench.world.add_picture()])
    number = bench.own(mira)
    drawn = draw_picture("half", 640, 640, "jpeg")
    with HttpServer("cdn", lambda _request: Response(200, drawn[: len(drawn) // 2])) as cdn:
        bench.box.server.faults.add("redirect", path="/images/", status=302, location=f"{cdn.url}/p")
        run = bench.sync()["run"]
    now = bench.show(number)
    assert (now["country"], now["birthdate"], "default=true" in now["image_path"]) == ("NO", None, True)
    assert "only a part of a picture" in bench.find_messages(run)


@pytest.mark.parametrize("is_allowed", [False, True])
def test_a_picture_that_leads_into_the_own_network_is_not_taken(bench: Bench, is_allowed: bool) -> None:
    drawn = draw_picture("inside", 64, 64, "jpeg")
    bench.set(imageUpdates=True, localPictures=is_allowed)
    number = bench.own(bench.world.add_performer("Mira", country="NO", images=[bench.world.add_picture()]))
    with HttpServer("inside", lambda _request: Response(200, drawn)) as inside:
        bench.box.server.faults.add("redirect", path="/images/", status=302, location=f"{inside.url}/p")
        run = bench.sync()["run"]
        assert len(inside.traffic.requests()) == (1 if is_allowed else 0)
    now = bench.show(number)
    assert (now["country"], "default=true" in now["image_path"]) == ("NO", not is_allowed)
    assert ("an address in a private network" in bench.find_messages(run)) is not is_allowed


@pytest.mark.parametrize("kind", ["performer", "studio"])
def test_an_svg_picture_is_left_out_for_a_raster_one(bench: Bench, kind: str) -> None:
    bench.set(imageUpdates=True)
    images = [bench.world.add_picture(kind="svg"), bench.world.add_picture(kind="png")]
    if kind == "performer":
        number = bench.own(bench.world.add_performer("Mira", images=images))
        bench.sync()
    else:
        number = bench.own_studio(bench.world.add_studio("North", images=images))
        bench.task("update_studios")
    assert bench.stash.download_picture(bench.show(number, kind)["image_path"]).data[1:4] == b"PNG"


def test_a_second_run_downloads_no_picture(bench: Bench) -> None:
    bench.set(imageUpdates=True)
    bench.own(bench.world.add_performer("Mira", images=[bench.world.add_picture()]))
    bench.sync()
    bench.box.server.traffic.clear()
    assert bench.sync()["run"]["unchanged"] == 1
    assert bench.asked() == 0


@pytest.mark.parametrize(("field", "value"), [("aliases", "5.5"), ("eye_color", "7"), ("images", "[3]")])
def test_a_record_that_cannot_be_read_does_not_stop_the_others(bench: Bench, field: str, value: str) -> None:
    odd = bench.world.add_performer("Odd", country="NO")
    numbers = [bench.own(odd), *fill(bench, 2)]
    bench.box.server.faults.add("mistyped", fields=[field], content=value, record=odd.id)
    answer = bench.sync()
    run = bench.operate("history_list")["runs"][0]
    assert (countries(bench, numbers), answer["state"]) == (["", "NO", "NO"], "partial")
    warnings = " ".join(bench.plugin.stash.services.logbook.messages("warning"))
    assert (run["totals"]["failed"], odd.id in warnings, f"{field} is a number" in warnings) == (1, True, True)
    assert "no usable answer for 1 of the records: Odd. The log says why" in run["problems"]["StashDB"]


def test_a_remark_names_the_first_records_without_an_answer_and_counts_the_others() -> None:
    problems: dict[str, str] = {}
    add_unanswered(problems, "StashDB", [f"Odd {number}" for number in range(7)], 0)
    assert "7 of the records: Odd 0, Odd 1, Odd 2, Odd 3, Odd 4, 2 more. The log says why" in problems["StashDB"]
