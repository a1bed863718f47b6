"""A plugin in the Stash double with stash-boxes, called as its page and Stash's task list call it.

class Bench(PluginBench):
    def own(self, remote): ...

with open_box("tags") as box, install_plugin(folder) as plugin:
    bench = Bench(plugin, box)
    bench.sync(), bench.asked()
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.stash.logbook import Logbook
from sandbox.stash.stocking import StashId, Stock
from sandbox.stashbox.server import StashBox
from sandbox.stashbox.world import World
from tests.harness.installed import InstalledPlugin, make_environment
from tests.harness.process import Outcome, document, run_plugin, task

SAVE_BOXES = "mutation Boxes($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
NO_LIMIT = 100_000
NAMES = ("StashDB", "OtherBox", "ThirdBox")


class PluginBench:
    """A running Stash with the plugin and a stash-box called StashDB, and shortcuts for both."""

    entry = ""  # the plugin's entry file
    names: Sequence[str] = NAMES

    def __init__(self, plugin: InstalledPlugin, box: StashBox) -> None:
        self.plugin = plugin
        self.box = box
        self.world = box.world
        self.stash = plugin.client
        self.stock = Stock(plugin.stash.services.library)
        self.configure(box)

    def configure(
        self, *boxes: StashBox, names: Sequence[str] = (), keys: Sequence[str] = (), limit: int = NO_LIMIT
    ) -> None:
        """Make these the stash-boxes of Stash; `keys` replace the keys of the first ones."""
        has_limits = self.plugin.stash.services.profile.name >= "0.29"
        pace = {"max_requests_per_minute": limit} if has_limits else {}
        found = [*keys, *(box.key for box in boxes[len(keys) :])]
        rows = [
            {"endpoint": box.endpoint, "api_key": key, "name": name, **pace}
            for name, box, key in zip(names or self.names, boxes, found)
        ]
        self.stash.ask(SAVE_BOXES, {"boxes": rows})

    def link(self, remote: Any, box: StashBox | None = None) -> StashId:
        """Return the link to a record of a box, for objects that are added to the library."""
        return StashId((box or self.box).endpoint, remote.id)

    def operate(self, name: str, **args: Any) -> Any:
        """Return the answer of an operation of the plugin."""
        return self.plugin.operation(name, **args)

    def task(self, mode: str, **args: Any) -> Any:
        """Run a task and return its answer; its error is raised as an AssertionError with the text of the log."""
        self.plugin.run_task(mode, **args)
        return read_answer(self.plugin.stash.services.logbook)

    def run_beside(self, mode: str, **args: Any) -> Outcome:
        """Run a task as a process of its own, while Stash's queue is busy; return its outcome."""
        folder = self.plugin.stash.plugins_dir / self.plugin.id
        connection = {"Host": "127.0.0.1", "PluginDir": str(folder)}
        home, port = self.plugin.stash.home, self.plugin.stash.server.port
        sent = document(task(mode, **args), state=home, port=port, **connection)
        return run_plugin((folder / self.entry).resolve(), sent, env=make_environment())

    def stop_job(self, job_id: str) -> None:
        """Stop a job, as a person does in Stash's list of jobs."""
        self.stash.ask("mutation Stop($id: ID!) { stopJob(job_id: $id) }", {"id": job_id})

    def asked(self, operation: str = "", box: StashBox | None = None) -> int:
        """Return the number of requests (of one kind) that a box has received."""
        return len((box or self.box).server.traffic.requests(operation))

    def refuse_sql(self) -> None:
        """Make Stash refuse SQL queries of plugins."""
        self.plugin.stash.server.faults.add("graphql_error", operation="querySQL", message="not allowed")

    def apply_plan(self, plan_id: Any) -> Any:
        """Apply a plan as the page does, wait for its task if it has one, and return the run."""
        answer = self.operate("plan_apply", plan_id=plan_id)
        if "run" in answer:
            return answer["run"]
        self.plugin.wait_for(answer["job_id"])
        return self.operate("run_result", run_token=answer["run_token"])["run"]

    def undo(self, run_id: Any) -> Any:
        """Undo a run; return the answer with the undo's own run."""
        plan = self.operate("history_undo", run_id=run_id, preview=True)
        return self.operate("history_undo", plan_id=plan["plan_id"])


def read_answer(logbook: Logbook) -> Any:
    """Return the answer of the last task in Stash's log."""
    returned = [text for text in logbook.messages() if text.startswith("Plugin returned")][-1]
    kind, _, text = returned.partition(": ")
    assert kind == "Plugin returned", text
    return ast.literal_eval(text)


@contextlib.contextmanager
def open_box(name: str) -> Iterator[StashBox]:
    """Open a stash-box with its own records; the name makes its ids differ from those of other boxes."""
    with StashBox(World(name)) as box:
        yield box
