"""Plugins with `interface: js` run as inside Stash: same globals, same log lines, same errors, nothing of Node.

The expected texts were seen on a real Stash (development version after 0.30.1); those of 0.25 are from its source.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.harness.sandbox import Failed, RunningStash

MakeStash = Callable[..., RunningStash]
UPDATE = 'mutation { sceneUpdate(input: {id: "1", title: "new", tag_ids: []}) { id } }'
CHANGE_AGAIN = """
gql.Do('mutation($id: ID!) { sceneUpdate(input: {id: $id, title: "again"}) { id } }', {id: input.Args.hookContext.id});
"""


def install(stash: RunningStash, script: str, *triggers: str, plugin: str = "probe", name: str = "Probe") -> Path:
    """Install a plugin with a script and one hook for these triggers; return the script's path."""
    folder = stash.double.plugins_dir / plugin
    folder.mkdir(parents=True)
    lines = [f"name: {name}", "interface: js", "exec: [main.js]"]
    lines += ["hooks:", "  - name: told", "    defaultArgs: {word: hello}"] if triggers else []
    lines += [f"    triggeredBy: [{', '.join(triggers)}]"] if triggers else []
    (folder / "main.js").write_text(script, encoding="utf-8")
    (folder / f"{plugin}.yml").write_text("\n".join(lines), encoding="utf-8")
    stash.double.services.plugins.reload()
    return folder / "main.js"


def evaluate(stash: RunningStash, script: str, **args: Any) -> Any:
    """Run a script as an operation and return its output; Failed if it has an error."""
    plugin = f"probe{len(stash.runs())}"
    install(stash, script, plugin=plugin)
    return stash.operate(plugin, **args)


def fail(stash: RunningStash, script: str) -> str:
    """Run a script as an operation and return its error, with `main.js` for the path."""
    with pytest.raises(Failed) as failed:
        evaluate(stash, script)
    folder = stash.double.services.plugins.plugins[-1].folder
    return str(failed.value).replace(f"{folder}/", "")


@pytest.fixture
def told(stash: RunningStash) -> RunningStash:
    """A Stash with two scenes."""
    for title in ("One", "Two"):
        stash.stock.add_scene(title)
    return stash


def test_a_script_finds_arguments_and_connection(stash: RunningStash) -> None:
    script = "var c = input.ServerConnection; ({Output: [input.Args, c.Port, c.Dir, c.SessionCookie.Name]})"
    args, port, home, cookie = evaluate(stash, script, word="a", flag=True)
    assert args == {"word": "a", "flag": True}
    assert (port, home, cookie) == (stash.double.server.port, str(stash.double.home), "session")


def test_numbers_among_the_arguments_are_texts(stash: RunningStash) -> None:
    assert evaluate(stash, "({Output: input.Args.list})", list=[1, {"n": 2.5}]) == ["1", {"n": "2.5"}]


def test_the_input_takes_no_new_names(stash: RunningStash) -> None:
    assert "TypeError" in fail(stash, "input.more = 1;")


RESULTS = [
    ("({Output: {a: [1, null], b: 'x'}})", {"a": [1, None], "b": "x"}),
    ("(function () { return {Output: 7}; })();", 7),
    ("({Output: undefined})", None),
    ("({Output: function () {}})", None),
    ("({output: 1, error: 'small letters'})", None),
    ("'a text'", None),
    ("null", None),
    ("var a = 1;", None),
]


@pytest.mark.parametrize(("script", "output"), RESULTS)
def test_the_last_value_is_the_result(script: str, output: object, stash: RunningStash) -> None:
    assert evaluate(stash, script) == output


ERRORS = [
    ("({Error: 'bad', Output: 3})", "bad"),
    ("({Error: 5})", "5"),
    ("({Error: ''})", ""),
    ('var a = 1;\n  throw new Error("x");', "Error: x at main.js:2:9"),
    ('function f() { throw new TypeError("y"); }\nf();', "TypeError: y at f (main.js:1:22)"),
    ("throw 'text'", "text"),
    ("undeclared = 5", "ReferenceError: undeclared is not defined at main.js:1:12"),
    ("var = ;", "SyntaxError: main.js: Line 1:5 Unexpected token"),
]


@pytest.mark.parametrize(("script", "error"), ERRORS)
def test_errors_name_the_place_in_the_script(script: str, error: str, stash: RunningStash) -> None:
    assert fail(stash, script) == error


def test_a_missing_file_is_named(stash: RunningStash) -> None:
    path = install(stash, "")
    path.unlink()
    with pytest.raises(Failed, match=f"^failed to read file: open {path}: no such file or directory$"):
        stash.operate("probe")


def test_queries_are_answered_with_their_data(told: RunningStash) -> None:
    script = "var q = 'query($n: Int) { findScenes(filter: {per_page: $n}) { count scenes { title } } }';"
    script += (
        "var d = gql.Do(q, {n: 1}).findScenes; ({Output: [d.count, d.scenes[0].title, d.scenes instanceof Array]})"
    )
    assert evaluate(told, script) == [2, "One", True]


CATCH = """
var m;
try {{ gql.Do({}); }} catch (e) {{ m = [String(e), e instanceof Error, typeof e.message]; }}
({{Output: m}})
"""


def test_a_query_that_fails_throws_an_error_whose_message_is_no_text(stash: RunningStash) -> None:
    mutation = """'mutation { tagUpdate(input: {id: "99", name: "x"}) { id } }'"""
    text = 'Error: graphql error: [{"message":"tag with id 99 not found","path":["tagUpdate"]}]'
    assert evaluate(stash, CATCH.format(mutation)) == [text, True, "object"]


def test_a_query_that_stash_does_not_know_throws_status_and_answer(stash: RunningStash) -> None:
    text = evaluate(stash, CATCH.format("'{ nope }', {b: [1, true], a: null}"))[0]
    assert text.startswith('Error: graphQL query failed: 422 - {"errors":[{"message":"Cannot query field')
    assert text.endswith("Query: { nope }. Variables: map[a:<nil> b:[1 true]]")


def test_variables_have_to_be_an_object(stash: RunningStash) -> None:
    assert fail(stash, "gql.Do('{ version { version } }', 5)").startswith(
        "TypeError: could not convert function call parameter 1: could not convert 5 to map[string]interface {}"
    )


def test_log_lines_have_level_and_prefix(stash: RunningStash) -> None:
    evaluate(stash, 'log.Trace("t"); log.Debug("d"); log.Info("i"); log.Warn("w"); log.Error("e"); console.warn("c");')
    lines = [(line.level, line.message) for line in stash.double.services.logbook.lines()]
    texts = {"trace": "t", "debug": "d", "info": "i", "warning": "w", "error": "e"}
    assert lines[:5] == [(level, f"[Plugin / Probe] {text}") for level, text in texts.items()]
    assert lines[5] == ("warning", "c")


LOGGED = [
    ('{b: 1, a: "<x>", u: undefined, n: [{z: 1, y: 2}]}', '{"a":"\\u003cx\\u003e","b":1,"n":[{"y":2,"z":1}],"u":null}'),
    ("[1, 2]", "1,2"),
    ("new Error('boo')", "{}"),
    ("null", "null"),
    ("", "undefined"),
]


@pytest.mark.parametrize(("value", "text"), LOGGED)
def test_objects_are_logged_as_go_writes_them(value: str, text: str, stash: RunningStash) -> None:
    evaluate(stash, f"log.Info({value});")
    assert stash.log("info") == [f"[Plugin / Probe] {text}"]


def test_a_script_sleeps(stash: RunningStash) -> None:
    script = "var t = Date.now(); util.Sleep(60); util.Sleep(-5); util.Sleep(); ({Output: Date.now() - t})"
    assert evaluate(stash, script) >= 59


def test_the_time_of_a_script_is_counted(stash: RunningStash) -> None:
    evaluate(stash, "util.Sleep(60);")
    assert stash.runs()[0].seconds >= 0.06


def test_the_time_of_a_script_that_throws_is_counted(stash: RunningStash) -> None:
    fail(stash, "util.Sleep(60); throw 1;")
    assert stash.runs()[0].seconds >= 0.06


def test_promises_run_at_the_end_of_the_script(stash: RunningStash) -> None:
    evaluate(stash, "Promise.resolve().then(function () { log.Info('later'); }); log.Info('first');")
    assert stash.log("info") == ["[Plugin / Probe] first", "[Plugin / Probe] later"]


def test_nothing_stays_from_one_run_to_the_next(stash: RunningStash) -> None:
    install(stash, "var before = typeof kept; var kept = 1; Array.prototype.kept = 1; ({Output: [before, [].kept]})")
    assert [stash.operate("probe") for _ in range(2)] == [["undefined", 1]] * 2
    assert evaluate(stash, "({Output: typeof [].kept})") == "undefined"


UNKNOWN = ["setTimeout", "require", "process", "fetch", "URL", "Intl", "BigInt", "WebAssembly", "host", "task"]


def test_names_that_goja_lacks_are_not_there(stash: RunningStash) -> None:
    typed = ", ".join(f"typeof {name}" for name in [*UNKNOWN, "[].toSorted", "Object.groupBy"])
    assert set(evaluate(stash, f"({{Output: [{typed}]}})")) == {"undefined"}


REFUSED = ["1_000", "10n", "async function* g() {}", "var a; a ||= 1", "import('x')", "/a/d", "await 1", "return 1"]


@pytest.mark.parametrize("script", REFUSED)
def test_syntax_that_goja_does_not_know_is_refused(script: str, stash: RunningStash) -> None:
    assert fail(stash, script).startswith("SyntaxError: main.js: Line 1:")


def test_the_rest_of_es2020_runs(stash: RunningStash) -> None:
    script = "class A { #x = [1, 2]; get() { return [...this.#x].at(-1) ?? 0; } } const o = null;\n"
    assert evaluate(stash, f"#!/usr/bin/env node\n{script} ({{Output: [new A().get(), o?.a ?? `${{3}}`]}})") == [2, "3"]


# Hooks


def hook_output(stash: RunningStash) -> Any:
    """Return the output of the last hook."""
    outcome = stash.runs("hook")[-1].outcome
    assert outcome is not None
    assert outcome.error is None
    return outcome.output


def test_a_hook_is_told_what_changed_and_its_default_arguments(told: RunningStash) -> None:
    script = "var c = input.Args.hookContext; ({Output: [c.id, c.type, c.inputFields.slice().sort(), input.Args.word]})"
    install(told, script, "Scene.Update.Post")
    told.ask(UPDATE)
    assert hook_output(told) == [1, "Scene.Update.Post", ["id", "tag_ids", "title"], "hello"]


def test_a_hook_for_a_new_object_has_an_empty_list_of_fields(told: RunningStash) -> None:
    install(told, "var c = input.Args.hookContext; ({Output: [c.id, c.inputFields]})", "Scene.Create.Post")
    told.ask('mutation { sceneCreate(input: {title: "x"}) { id } }')
    assert hook_output(told) == [3, []]


def test_optional_values_of_the_input_are_objects(told: RunningStash) -> None:
    values = "typeof i.title, i.title === 'new', i.title == 'new', typeof i.id"
    script = f"var i = input.Args.hookContext.input; ({{Output: [{values}]}})"
    install(told, script, "Scene.Update.Post")
    told.ask(UPDATE)
    assert hook_output(told) == ["object", False, True, "string"]


def test_a_bulk_update_runs_the_hook_once_per_object(told: RunningStash) -> None:
    install(told, "log.Info(input.Args.hookContext.id);", "Scene.Update.Post")
    told.ask('mutation { bulkSceneUpdate(input: {ids: ["1", "2"], rating100: 5}) { id } }')
    assert told.log("info") == ["[Plugin / Probe] 1", "[Plugin / Probe] 2"]


def test_a_hook_that_changes_the_object_again_is_stopped(told: RunningStash) -> None:
    install(told, CHANGE_AGAIN, "Scene.Update.Post")
    told.ask(UPDATE)
    assert len(told.runs("hook")) == 10
    assert any("cyclic loop detected: plugin ID 'probe'" in line for line in told.log("debug"))


def test_a_hook_that_throws_is_logged_and_the_next_one_runs(told: RunningStash) -> None:
    path = install(told, "throw new Error('no time');", "Scene.Update.Post", plugin="a")
    install(told, "log.Info('second');", "Scene.Update.Post", plugin="b")
    told.ask(UPDATE)
    assert told.log("error") == [f"Scene.Update.Post [Probe]: returned error: Error: no time at {path}:1:7"]
    assert told.log("info") == ["[Plugin / Probe] second"]


def test_a_hook_that_cannot_be_compiled_ends_those_after_it(told: RunningStash) -> None:
    path = install(told, "var = ;", "Scene.Update.Post", plugin="a")
    install(told, "log.Info('second');", "Scene.Update.Post", plugin="b")
    told.ask(UPDATE)
    assert told.log("error") == [f"error executing post hooks: SyntaxError: {path}: Line 1:5 Unexpected token"]
    assert told.log("info") == []


def test_two_hooks_at_once_use_two_processes(told: RunningStash) -> None:
    script = """
        var mine = input.Args.hookContext.id;
        log.Info("in " + mine);
        while (gql.Do("{ logs { message } }").logs.filter(function (line) {
          return line.message.indexOf("in ") >= 0;
        }).length < 2) { util.Sleep(10); }
    """
    install(told, script, "Scene.Update.Post")
    saves = [f'mutation {{ sceneUpdate(input: {{id: "{scene}", title: "x"}}) {{ id }} }}' for scene in (1, 2)]
    threads = [threading.Thread(target=told.ask, args=(save,)) for save in saves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told.log("info")) == ["[Plugin / Probe] in 1", "[Plugin / Probe] in 2"]


def test_progress_in_a_hook_is_an_error_because_stash_would_hang(told: RunningStash) -> None:
    install(told, "log.Progress(0.5);", "Scene.Update.Post")
    told.ask(UPDATE)
    assert "log.Progress: Stash never comes back from it" in told.log("error")[0]


def test_a_client_that_leaves_ends_an_endless_hook(told: RunningStash) -> None:
    install(told, "for (;;) {}", "Scene.Update.Post")
    with told.begin({"query": UPDATE}):
        told.wait_until(lambda: bool(told.runs("hook")), "the hook started")
    told.wait_for_log("error executing post hooks: operation cancelled")


# Tasks


def test_a_task_reports_progress_within_its_limits(stash: RunningStash) -> None:
    install(stash, "log.Progress(7);")
    assert stash.run_task("probe").progress == 1.0


def test_a_stopped_task_ends_its_script(stash: RunningStash) -> None:
    install(stash, "log.Info('runs'); for (;;) {}")
    job = int(stash.ask('mutation { runPluginTask(plugin_id: "probe") }'))
    stash.wait_for_log("[Plugin / Probe] runs")
    stash.ask("mutation($job: ID!) { stopJob(job_id: $job) }", job=job)
    assert stash.jobs.wait_for(job).status == "CANCELLED"
    assert evaluate(stash, "({Output: 1})") == 1


def test_a_task_that_cannot_be_compiled_fails(stash: RunningStash) -> None:
    path = install(stash, "var = ;")
    job = stash.run_task("probe")
    assert job.status == "FAILED"
    assert job.error == f"Error running plugin task: SyntaxError: {path}: Line 1:5 Unexpected token"


# Otto


@pytest.fixture
def old(make_stash: MakeStash) -> RunningStash:
    """A Stash 0.25, which runs scripts on Otto."""
    return make_stash(profile="0.25")


@pytest.mark.parametrize("script", ["let a = 1;", "(() => 1)();", "`a`", "var a = 1; ({a})", "class A {}", "[...[]]"])
def test_otto_refuses_newer_syntax(script: str, old: RunningStash) -> None:
    assert fail(old, script).startswith("main.js: Line 1:")


MISSING_IN_OTTO = ["Promise", "Map", "Symbol", "globalThis", "Object.assign", "[].includes", "''.startsWith", "[].find"]


def test_otto_lacks_the_newer_library(old: RunningStash) -> None:
    typed = ", ".join(f"typeof {name}" for name in [*MISSING_IN_OTTO, "input.Args.list.includes"])
    assert set(evaluate(old, f"({{Output: [{typed}]}})", list=[])) == {"undefined"}


def test_otto_runs_es5(old: RunningStash) -> None:
    script = (
        "undeclared = [3, 1].sort().map(function (n) { return n + 1; }); ({Output: 'a-b'.replace(/-/g, undeclared)})"
    )
    assert evaluate(old, script) == "a2,4b"


def test_otto_has_an_old_prefix_in_the_log_and_a_console_that_is_not_logged(old: RunningStash) -> None:
    evaluate(old, "log.Info('x'); console.log('y');")
    assert old.log("info") == ["[Plugin] x"]


def test_otto_shows_the_names_of_go_in_the_hook_context(old: RunningStash) -> None:
    old.stock.add_scene("One")
    install(old, "var c = input.Args.hookContext; ({Output: [c.ID, c.Type, typeof c.id]})", "Scene.Update.Post")
    old.ask(UPDATE)
    assert hook_output(old) == [1, "Scene.Update.Post", "undefined"]


# The server


def test_node_is_started_with_the_plugin_and_not_by_its_first_hook(
    told: RunningStash, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(told, "({Output: 1})", "Scene.Update.Post")
    monkeypatch.setenv("PATH", "")
    told.ask(UPDATE)
    assert hook_output(told) == 1


def test_the_next_stash_uses_the_node_of_the_last_and_finds_nothing_there(
    make_stash: Callable[..., RunningStash], monkeypatch: pytest.MonkeyPatch
) -> None:
    leave = "Array.prototype.left = 1; var left = 1; ({Output: [left, [].left]})"
    assert evaluate(make_stash(), leave) == [1, 1]
    monkeypatch.setenv("PATH", "")
    assert evaluate(make_stash(), "({Output: [typeof left, typeof [].left]})") == ["undefined", "undefined"]


def test_scripts_are_shown_with_their_time(told: RunningStash) -> None:
    install(told, "1", "Scene.Update.Post")
    told.ask(UPDATE)
    runs = requests.get(f"{told.url}/__sandbox/runs", timeout=60).json()
    assert runs[0]["seconds"] > 0
