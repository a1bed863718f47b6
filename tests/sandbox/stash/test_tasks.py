"""Tasks: jobs that run strictly one after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.stash.jobs import Handle
from tests.harness.sandbox import RUN_TASK, RunningStash

MakeStash = Callable[..., RunningStash]
ACT = """
    import json, sys, threading
    sent = json.load(sys.stdin)
    args = sent["args"]
    for part in args.get("progress", "").split():
        sys.stderr.write(f"\\x01p\\x02{part}\\n")
    sys.stderr.write("started\\n"); sys.stderr.flush()
    if args.get("mode") == "wait":
        threading.Event().wait()
    print(json.dumps({"output": args, "error": args.get("error")}))
"""
MANIFEST = """
    tasks:
      - {name: One, description: The first, defaultArgs: {mode: one, more: "1"}}
      - {name: Two, execArgs: [extra], defaultArgs: {mode: wait}}
"""
POLL = """
    import json, sys, urllib.request
    sent = json.load(sys.stdin)
    server = sent["server_connection"]
    headers = {"Content-Type": "application/json", "Cookie": "session=" + server["SessionCookie"]["Value"]}
    def ask(query):
        url = "http://127.0.0.1:%d/graphql" % server["Port"]
        body = json.dumps({"query": query}).encode()
        return json.load(urllib.request.urlopen(urllib.request.Request(url, body, headers)))
    job = ask("mutation { metadataScan(input: {}) }")["data"]["metadataScan"]
    while ask('{ findJob(input: {id: "%s"}) { status } }' % job)["data"]["findJob"]["status"] == "READY":
        pass
"""
SHOW = "query($id: ID!) { findJob(input: {id: $id}) { id status description progress error } }"


@pytest.fixture
def probe(stash: RunningStash) -> RunningStash:
    """A Stash with a plugin that has two tasks."""
    stash.add_plugin("probe", ACT, MANIFEST)
    return stash


def queue(stash: RunningStash, **variables: Any) -> str:
    found: str = stash.ask(RUN_TASK, **{"plugin": "probe", **variables})
    return found


def test_a_task_gets_its_fixed_arguments_and_what_is_added(probe: RunningStash) -> None:
    probe.run_task("probe", "One", more=2)
    assert probe.runs("task")[0].document["args"] == {"mode": "one", "more": 2}


@pytest.mark.parametrize(("task", "title"), [("One", "Running plugin task: One"), (None, "Running plugin task: probe")])
def test_a_job_is_named_after_its_task(task: str | None, title: str, probe: RunningStash) -> None:
    assert probe.run_task("probe", task).description == title


def test_an_error_of_the_plugin_is_only_logged(probe: RunningStash) -> None:
    job = probe.run_task("probe", "One", error="no time")
    assert (job.status, job.error) == ("FINISHED", None)
    assert "Plugin returned error: no time" in probe.log("error")


@pytest.mark.parametrize(("plugin", "task"), [("nobody", "One"), ("probe", "Three")])
def test_what_cannot_start_fails_as_a_job(plugin: str, task: str, probe: RunningStash) -> None:
    job = probe.run_task(plugin, task)
    assert job.status == "FAILED"
    assert (job.error or "").startswith("Error creating plugin task: no ")


def test_progress_is_clamped_and_nonsense_is_logged(probe: RunningStash) -> None:
    assert probe.run_task("probe", "One", progress="0.2 1.5 x").progress == 1
    assert any("Error parsing progress value 'x'" in line for line in probe.log("error"))


def test_the_next_job_waits_for_the_one_before(probe: RunningStash) -> None:
    first, second = queue(probe, task="Two"), queue(probe, task="One")
    probe.wait_for_log("started")
    assert [job["status"] for job in probe.ask("{ jobQueue { status } }")] == ["RUNNING", "READY"]
    probe.ask("mutation($id: ID!) { stopJob(job_id: $id) }", id=first)
    assert [probe.jobs.wait_for(int(job)).status for job in (first, second)] == ["CANCELLED", "FINISHED"]


def test_stopping_a_task_kills_its_process(probe: RunningStash) -> None:
    job = queue(probe, task="Two")
    probe.wait_for_log("started")
    probe.ask("mutation { stopAllJobs }")
    assert probe.jobs.wait_for(int(job)).status == "CANCELLED"
    assert "Plugin returned error: signal: killed" in probe.log("error")


def test_a_job_that_waits_can_be_stopped(probe: RunningStash) -> None:
    first, second = queue(probe, task="Two"), queue(probe, task="One")
    probe.ask("mutation($id: ID!) { stopJob(job_id: $id) }", id=second)
    assert probe.ask(SHOW, id=second)["status"] == "CANCELLED"
    assert probe.ask(SHOW, id=first)["status"] in ("READY", "RUNNING")


def test_ten_ended_jobs_are_remembered(stash: RunningStash) -> None:
    jobs = [stash.jobs.wait_for(stash.jobs.add("Nothing", lambda handle: None)).id for _ in range(11)]
    found = [stash.ask(SHOW, id=str(job)) for job in (jobs[0], jobs[1])]
    assert [job and job["status"] for job in found] == [None, "FINISHED"]


def test_progress_is_seen_while_a_job_runs(stash: RunningStash) -> None:
    seen = []

    def work(handle: Handle) -> None:
        for fraction in (0.5, None):
            handle.report(fraction)
            seen.append(stash.ask("{ jobQueue { progress } }")[0]["progress"])

    stash.jobs.wait_for(stash.jobs.add("Working", work))
    assert seen == [0.5, None]


def test_a_task_that_waits_for_a_job_behind_it_is_stopped_and_told_why(stash: RunningStash) -> None:
    stash.add_plugin("poll", POLL)
    job = stash.run_task("poll")
    assert job.status == "CANCELLED"
    assert "sandbox: job 1 waits for job 2, which cannot start before job 1 ends" in stash.log("error")
    assert stash.jobs.wait_for(2).status == "FINISHED"
