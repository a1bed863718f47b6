"""What the sample plugin contributes to the standard operations."""

from __future__ import annotations

from sampling.shelf import make_shelf
from shared.errors import AuthRejected, NotFound, SettingError
from shared.journal import Item, Journal, open_run, set_field
from shared.page.heartbeat import Notice
from shared.page.setup_tests import SetupTest, not_set_up, ok, warn
from shared.queue.task import QueueWork


def rename_books(call):
    """A task: every book gets the title in the arguments."""
    changes = plan_titles(make_shelf(call).books(), call.arg("title"))
    with open_run(call, make_shelf(call), kind="titles", title="Rename books") as run:
        run.work(changes)
    return run.summary().to_json()


def plan_books(call):
    """An operation: the same as a plan."""
    changes = plan_titles(make_shelf(call).books(), call.arg("title"))
    return {"plan_id": Journal(call.store).save_plan(changes, kind="titles", title="Rename books")}


def plan_titles(books, title):
    for name, book in books.items():
        yield set_field(Item("book", name, f"Book {name}"), "title", book.get("title"), title, source="user")


def report(call):
    return {"message": f"All is well with {call.args['name']}.", "plan_id": call.args.get("plan_id")}


def make_queue(call):
    shelf = make_shelf(call)

    def work(entry):
        if entry.key == "scene:404":
            raise NotFound("Scene 404 is gone.", service="Shelf")
        if shelf.books().get("locked"):
            raise SettingError("apiKey", "Set the API key first.")

    return QueueWork(work)


def beat(call):
    return [Notice("sample", "info", "The sample plugin is well.")]


def test_shelf(call, settings):
    return ok(f"The shelf answers, and the limit is {settings.limit}.")


def test_key(call, settings):
    if not settings.apiKey:
        return not_set_up("There is no API key.", "Enter one.", "apiKey")
    raise AuthRejected(f"The shelf refused the API key {settings.apiKey}.", service="Shelf")


def test_limit(call, settings):
    if settings.limit > 5:
        return warn("The limit is high.", "Lower it.", "limit")
    raise SettingError("limit", "The limit is too low.")


def list_limits(call, settings):
    return [(str(number), f"{number} books") for number in range(1, settings.limit + 1)]


TESTS = (
    SetupTest("shelf", "Shelf", "The shelf of books.", "sampling.work:test_shelf"),
    SetupTest("key", "Key", "The key to the shelf.", "sampling.work:test_key"),
    SetupTest("limit", "Limit", "The limit of the shelf.", "sampling.work:test_limit"),
)
