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
NOW = "2024-01-01T00:00:00Z"
RUN_SQL = "mutation($sql: String!, $args: [Any]) { row: execSQL(sql: $sql, args: $args) { last_insert_id } }"
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

    def insert(self, table: str, **values: Any) -> int:
        """A row of Stash's database, for what only a scan of a real video would bring."""
        names = ", ".join(f'"{name}"' for name in values)
        texts = [each for each in values.values() if isinstance(each, str)]
        # Numbers in the arguments would be stored as texts.
        marks = ", ".join("?" if isinstance(each, str) else str(each) for each in values.values())
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return int(self.stash.ask(RUN_SQL, sql=sql, args=texts)["row"]["last_insert_id"])

    def add_file(self, local: str, **prints: Any) -> None:
        """A video of 20 minutes with these fingerprints."""
        times = {"mod_time": NOW, "created_at": NOW, "updated_at": NOW}
        folder = self.insert("folders", path=f"/media/{uuid.uuid4().hex}", **times)
        file = self.insert("files", basename="a.mp4", parent_folder_id=folder, size=1, **times)
        picture = {"format": "mp4", "width": 1, "height": 1, "frame_rate": 25, "bit_rate": 1, "interactive": False}
        self.insert("video_files", file_id=file, duration=1200.0, video_codec="h264", audio_codec="aac", **picture)
        self.insert("scenes_files", scene_id=int(local), file_id=file, primary=True)
        for kind, value in prints.items():
            self.insert("files_fingerprints", file_id=file, type=kind, fingerprint=value)


@contextlib.contextmanager
def having(plugin: str, manager: PackageManager, box: StashBox) -> Iterator[None]:
    """The plugin is installed and Stash knows the box; afterwards it has the boxes it had."""
    stash = manager.stash
    before = stash.ask(READ_BOXES)["configuration"]["general"]["stashBoxes"]
    stash.ask(SET_BOXES, boxes=[*before, {"endpoint": box.endpoint, "api_key": box.key, "name": "StashDB"}])
    manager.install(plugin)
    yield
    stash.ask(SET_BOXES, boxes=before)
