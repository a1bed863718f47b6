"""The sample's backend: answers the standard operations with fixed data, so that the panels have something to show."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Args = dict[str, Any]
STATE = Path(__file__).with_name("state.json")
FRUIT = ["Apple", "Banana", "Cherry", "Damson", "Elderberry", "Fig", "Grape", "Hazelnut", "Imbe", "Jujube", "Kiwi"]
TOTALS = {"seen": 5, "changed": 3, "unchanged": 1, "skipped": 0, "conflict": 1, "failed": 0}


def read_state() -> Args:
    return json.loads(STATE.read_text()) if STATE.exists() else {"undone": [], "values": {}, "runs": {}}


def write_state(**changes: Any) -> None:
    STATE.write_text(json.dumps({**read_state(), **changes}))


def make_run(number: int, **changes: Any) -> Args:
    return {
        "id": str(number),
        "title": f"Count fruit {number}",
        "kind": "task",
        "state": "partial" if number == 45 else "finished",
        "started_at": f"2025-03-{1 + number % 28:02d}T10:00:00Z",
        "finished_at": f"2025-03-{1 + number % 28:02d}T10:05:00Z",
        "message": None,
        "dry_run": number == 44,
        "undo_of": None,
        "undoable": 3,
        "totals": TOTALS,
        **changes,
    }


def make_change(number: int, undone: list[str]) -> Args:
    key = str(number)
    return {
        "id": key,
        "item": {"kind": "performer", "id": key, "label": f"Ada {number}"},
        "field": "country" if number % 2 else "tags",
        "action": "set" if number % 2 else "add",
        "before": None,
        "after": "DE" if number % 2 else "Outdoor",
        "source": "https://box.example.invalid/graphql",
        "reason": "the box knows more",
        "original_reason": "the box knows more",
        "outcome": "undone" if key in undone else "conflict" if number == 4 else "changed",
        "message": "edited since it was planned" if number == 4 else None,
        "undoable": key not in undone and number != 4,
    }


def list_fruit(args: Args) -> Args:
    names = sorted(FRUIT * 3, reverse=args["sort"]["descending"])
    first = (args["page"] - 1) * 10
    rows = [
        {"key": f"f{first + n}", "name": name, "size": len(name)} for n, name in enumerate(names[first : first + 10])
    ]
    return {"fruit": rows, "count": len(names)}


def history_list(args: Args) -> Args:
    first = (args["page"] - 1) * args["page_size"]
    return {"runs": [make_run(45 - n) for n in range(first, min(45, first + args["page_size"]))], "count": 45}


def history_changes(args: Args) -> Args:
    rows = [make_change(number, read_state()["undone"]) for number in range(1, 6)]
    rows = [row for row in rows if args.get("outcome") in (None, row["outcome"])]
    return {"changes": rows, "count": len(rows)}


def history_undo(args: Args) -> Args:
    if args.get("preview"):
        wanted = args.get("only") or [str(number) for number in range(1, 6)]
        changes = [make_change(int(key), read_state()["undone"]) for key in wanted]
        planned = [change for change in changes if change["undoable"]]
        write_state(plan=[change["id"] for change in planned])
        return {"plan_id": "9", "count": len(changes), "changes": changes, "conflict": len(changes) - len(planned)}
    plan = read_state()["plan"]
    write_state(undone=read_state()["undone"] + plan)
    kept = ["Ada 4 was edited since."] if "2" not in plan or len(plan) > 1 else []
    state = "partial" if kept else "finished"
    return {
        "run": make_run(46, kind="undo", state=state, changes=len(plan), reasons=kept, totals={**TOTALS, "changed": 1})
    }


def plan_items(args: Args) -> Args:
    first = (args["page"] - 1) * args["page_size"]
    off, is_done = read_state().get("off", []), read_state().get("applied", False)
    rows = [make_change(number, []) for number in range(1, 61)]
    outcome = "changed" if is_done else "planned"
    rows = [row for row in rows if args["text"] in row["item"]["label"]]
    rows = [{**row, "outcome": outcome, "selected": row["id"] not in off, "message": None} for row in rows]
    state = "applied" if is_done else "open"
    shown = rows[first : first + args["page_size"]]
    return {
        "plan_id": "7",
        "title": "Tidy fruit",
        "state": state,
        "items": [{"id": f"i{row['id']}", "outcome": "", "changes": [row]} for row in shown],
        "fields": [{"field": row["field"], "open": 60, "selected": 60 - len(off)} for row in rows[:1]],
        "sources": [],
        "count": len(rows),
        "open": 60,
        "selected": 60 - len(off),
        "undo": {"kind": "some", "count": 2, "limits": []},
    }


def plan_select(args: Args) -> Args:
    off = set(read_state().get("off", []))
    keys = set(args.get("only") or map(str, range(1, 61)))
    write_state(off=sorted(off - keys if args["selected"] else off | keys))
    return {"count": len(keys)}


def plan_apply(args: Args) -> Args:
    write_state(applied=True)
    backup = "Stash's database was backed up before, as stash-go.sqlite.85.20260102_030405 in /config."
    changed = {**TOTALS, "changed": 60 - len(read_state().get("off", []))}
    more = {"stash_backup": backup} if args.get("backup") else {}
    return {"run": make_run(48, title="Tidy fruit", totals=changed, **more)}


def backup_offer(_args: Args) -> Args:
    place = {"last": "2025-03-01T10:00:00Z", "folder": "/config", "size": 45_000_000, "has_pictures": False}
    return {"is_offered": True, "is_ticked": True, **place}


def make_row(key: str, label: str, kind: str, default: Any, **more: Any) -> Args:
    values = read_state()["values"]
    base = {
        "key": key,
        "group": "fruit",
        "label": label,
        "help": f"What {label.lower()} is for.",
        "type": kind,
        "default": default,
        "value": None if more.get("secret") else values.get(key),
        "is_set": key in values,
        "secret": False,
        "address": None,
        "alarm": None,
        "choices": None,
        "picker": False,
        "minimum": None,
        "maximum": None,
        "unit": None,
        "problem": None,
    }
    return {**base, **more}


def settings_get(_args: Args) -> Args:
    return {
        "groups": [{"key": "fruit", "title": "Fruit shop", "text": "Where the fruit comes from.", "test": "shop"}],
        "settings": [
            make_row("shopUrl", "Shop address", "STRING", "http://localhost:1234"),
            make_row("shopKey", "Shop key", "STRING", "", secret=True, address="shopUrl"),
            make_row("ripeness", "Ripeness", "NUMBER", 0.8, minimum=0, maximum=1),
            make_row("washFruit", "Wash the fruit", "BOOLEAN", True, alarm="Water is used."),
            make_row(
                "basket",
                "Basket",
                "STRING",
                "large",
                choices=[{"value": "small", "label": "Small"}, {"value": "large", "label": "Large"}],
            ),
            make_row("shelf", "Shelf", "NUMBER", 1, picker=True),
        ],
        "warnings": [],
    }


def settings_save(args: Args) -> Args:
    values = {**read_state()["values"], **args["values"]}
    write_state(values={key: value for key, value in values.items() if value is not None})
    return settings_get(args)


def setting_choices(_args: Args) -> Args:
    return {"choices": [{"value": 1, "label": "Top shelf"}, {"value": 2, "label": "Bottom shelf"}], "message": None}


def setup_tests(args: Args) -> Args:
    results: dict[str, Args] = {
        "shop": {"state": "ok", "message": "Fruit Shop 3.1 answers.", "next_step": None},
        "ship": {"state": "failed", "message": "The ship refused the key (401).", "next_step": "Check the ship key."},
    }
    if "only" not in args:
        return {"tests": [{"key": key, "title": f"The {key}", "text": f"Where the {key} is."} for key in results]}
    key = args["only"]
    return {"tests": [{"key": key, "title": f"The {key}", "setting": None, **results[key]}]}


def schedules(_args: Args) -> Args:
    row = {"every_days": 7, "waits_for_person": False, "is_running": False, "started": None, "started_by": None}
    done = {"last": "2026-03-01T12:00:00Z", "next": "2026-03-08T12:00:00Z"}
    started = {"started": "2026-03-01T11:59:00Z", "started_by": "timer"}
    return {
        "schedules": [
            {**row, **done, **started, "mode": "count", "title": "Count the fruit"},
            {**row, "mode": "ship", "title": "Ship", "waits_for_person": True, "last": None, "next": None},
            {**row, **done, "started": "2026-03-01T11:59:00Z", "started_by": "person", "mode": "peel", "title": "Peel"},
            {**row, "mode": "sort", "title": "Sort", "every_days": 0, "last": None, "next": None},
        ]
    }


def health(_args: Args) -> Args:
    tested = {"at": "2026-03-01T12:00:00Z"}
    return {
        "state": "failed",
        "tests": [
            {"key": "shop", "title": "The shop", "state": "ok", "message": "Fruit Shop 3.1 answers.", **tested},
            {"key": "ship", "title": "The ship", "state": "failed", "message": "The ship is full.", **tested},
            {"key": "van", "title": "The van", "state": "not_tested", "message": "", "at": None},
        ],
        "queue": {"waiting": 3, "dead": 0, "trouble": "", "is_stopped": False},
        "backup": "2026-03-01T12:00:00Z",
        "errors": [
            {"label": "task count", "message": "A pear fell down.", "count": 2, "is_over": True, **tested},
        ],
        "open_errors": 0,
        "versions": {"plugin": "1.0.0", "python": "3.11.4", "sqlite": "3.40.1", "system": "Linux"},
    }


def diagnostics(_args: Args) -> Args:
    return {"text": "Kit Sample 1.0.0\nQueue: 3 waiting\n"}


def heartbeat(_args: Args) -> Args:
    lost = {"key": "store.1", "level": "warning", "text": "The crate was lost.", "can_dismiss": True}
    notices = [{"key": "ripe", "level": "info", "text": "Two apples are ripe."}]
    return {"notices": [*notices, *([] if read_state().get("dismissed") else [lost])], "pending": 2}


def notice_dismiss(args: Args) -> Args:
    write_state(dismissed=args["key"])
    return {"notices": []}


def run_result(args: Args) -> Args:
    return {"run": read_state()["runs"].get(args["run_token"])}


def count_fruit(args: Args) -> Args:
    if args.get("dies"):
        sys.exit(3)
    for step in range(args["steps"]):
        sys.stderr.write(f"\x01p\x02{(step + 1) / args['steps']}\n")
        sys.stderr.flush()
        time.sleep(args.get("pause", 0.05))
    write_state(
        runs={args["run_token"]: make_run(45, title="Counting fruit", state="partial", message="One fruit was rotten.")}
    )
    return {}


def fail(_args: Args) -> Args:
    raise ValueError("The fruit shop is closed on Sundays.")


OPERATIONS: dict[str, Callable[[Args], Args]] = {
    function.__name__: function
    for function in (
        list_fruit,
        history_list,
        history_changes,
        history_undo,
        plan_items,
        plan_select,
        plan_apply,
        backup_offer,
        settings_get,
        settings_save,
        setting_choices,
        setup_tests,
        schedules,
        health,
        diagnostics,
        heartbeat,
        notice_dismiss,
        run_result,
        fail,
    )
}


def main() -> None:
    args = json.load(sys.stdin)["args"]
    handler = OPERATIONS[args["operation"]] if "operation" in args else count_fruit
    try:
        document: Args = {"output": handler(args)}
    except ValueError as error:
        document = {"error": str(error)}
    json.dump(document, sys.stdout)


main()
