"""What a plugin's page does against a Stash that has the built plugin and a stash-box of the sandbox's."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from typing import Any

from sandbox.stashbox.server import StashBox
from tests.e2e.stash import PackageManager, StashUnderTest

READ_BOXES = "{ configuration { general { stashBoxes { endpoint api_key name } } } }"
SET_BOXES = "mutation($boxes: [StashBoxInput!]) { configureGeneral(input: {stashBoxes: $boxes}) { __typename } }"
RUN = "mutation($id: ID!, $args: Map) { job: runPluginTask(plugin_id: $id, args_map: $args) }"


class PluginPage:
    """The operations and tasks of one plugin."""

    plugin = ""

    def __init__(self, stash: StashUnderTest, box: StashBox) -> None:
        self.stash = stash
        self.box = box

    def ask(self, operation: str, **args: Any) -> Any:
        """An operation's answer."""
        return self.stash.operate(self.plugin, operation, **args)

    def run(self, mode: str, **args: Any) -> Any:
        """The run of a task that has come to its end."""
        token = uuid.uuid4().hex
        args = {"mode": mode, "run_token": token, **args}
        return self.finish({"job_id": self.stash.ask(RUN, id=self.plugin, args=args)["job"], "run_token": token})

    def finish(self, answer: Any) -> Any:
        """The run of what was started, at once or as a task."""
        if "run" in answer:
            return answer["run"]
        self.stash.finish(answer["job_id"])
        return self.ask("run_result", run_token=answer["run_token"])["run"]

    def apply(self, plan: Any) -> Any:
        """The run that carries a plan out."""
        return self.finish(self.ask("plan_apply", plan_id=plan["plan_id"]))

    def undo(self, run: Any) -> Any:
        """The run that takes a run back."""
        plan = self.ask("history_undo", run_id=run["id"], preview=True)
        return self.finish(self.ask("history_undo", plan_id=plan["plan_id"]))


@contextlib.contextmanager
def having(plugin: str, manager: PackageManager, box: StashBox) -> Iterator[None]:
    """The plugin is installed and Stash knows the box; afterwards it has the boxes it had."""
    stash = manager.stash
    before = stash.ask(READ_BOXES)["configuration"]["general"]["stashBoxes"]
    stash.ask(SET_BOXES, boxes=[*before, {"endpoint": box.endpoint, "api_key": box.key, "name": "StashDB"}])
    manager.install(plugin)
    yield
    stash.ask(SET_BOXES, boxes=before)
