"""The sample plugin's part in the standard operations: runs, plans, queue, set-up tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sampling.shelf import make_shelf
from shared.arguments import takes, text
from shared.capture.watch import NewEntry, Watch
from shared.errors import AuthRejected, NotFound, SettingError
from shared.journal import Change, Item, Journal, open_run, set_field
from shared.page.heartbeat import Notice
from shared.page.setup_tests import SetupTest, TestResult, not_set_up, ok, warn
from shared.queue.outbox import QueueEntry
from shared.queue.task import QueueWork
from shared.settings import Settings
from shared.stash.library import PERFORMER

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes(text("title"))
def rename_books(call: Call) -> dict[str, Any]:
    """A task: every book gets the title in the arguments."""
    changes = plan_titles(make_shelf(call).books(), call.args["title"])
    with open_run(call, make_shelf(call), kind="titles", title="Rename books") as run:
        run.work(changes)
    return run.summary().to_json()


@takes(text("title"))
def plan_books(call: Call) -> dict[str, Any]:
    """An operation: the same as a plan."""
    changes = plan_titles(make_shelf(call).books(), call.args["title"])
    return {"plan_id": Journal(call.store).save_plan(changes, kind="titles", title="Rename books")}


def plan_titles(books: Mapping[str, Mapping[str, Any]], title: str) -> Iterator[Change]:
    for name, book in books.items():
        yield set_field(Item("book", name, f"Book {name}"), "title", book.get("title"), title, source="user")


def report(call: Call) -> dict[str, Any]:
    return {"message": f"All is well with {call.args['name']}.", "plan_id": call.args.get("plan_id")}


def make_queue(call: Call) -> QueueWork:
    shelf = make_shelf(call)

    def work(entry: QueueEntry) -> None:
        if entry.key == "scene:404":
            raise NotFound("Scene 404 is gone.", service="Shelf")
        if entry.key.startswith("slow:"):
            call.clock.sleep(2.6)
        if shelf.books().get("locked"):
            raise SettingError("apiKey", "Set the API key first.")

    return QueueWork(work, watches=[Watch(PERFORMER, lambda change: [NewEntry(f"performer:{change.id}")])])


def beat(call: Call) -> list[Notice]:
    return [Notice("sample", "info", "The sample plugin is well.")]


def test_shelf(call: Call, settings: Settings) -> TestResult:
    return ok(f"The shelf answers, and the limit is {settings.limit}.")


def test_key(call: Call, settings: Settings) -> TestResult:
    if not settings.apiKey:
        return not_set_up("There is no API key.", "Enter one.", "apiKey")
    raise AuthRejected(f"The shelf refused the API key {settings.apiKey}.", service="Shelf")


def test_limit(call: Call, settings: Settings) -> TestResult:
    if settings.limit > 5:
        return warn("The limit is high.", "Lower it.", "limit")
    raise SettingError("limit", "The limit is too low.")


def list_limits(call: Call, settings: Settings) -> list[tuple[str, str]]:
    return [(str(number), f"{number} books") for number in range(1, settings.limit + 1)]


TESTS = (
    SetupTest("shelf", "Shelf", "The shelf of books.", "sampling.work:test_shelf"),
    SetupTest("key", "Key", "The key to the shelf.", "sampling.work:test_key"),
    SetupTest("limit", "Limit", "The limit of the shelf.", "sampling.work:test_limit"),
)
