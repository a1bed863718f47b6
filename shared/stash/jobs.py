"""Queues jobs in Stash and reads its job queue. Stash runs one job at a time, so nothing here waits for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.stash.library import Ask, AskNewest

Job = dict[str, Any]

JOB_FIELDS = "id status description progress addTime startTime endTime subTasks error"
JOB_FIELDS_BEFORE_0_26 = JOB_FIELDS.rpartition(" ")[0]

RUN_TASK = """mutation RunTask($plugin: ID!, $task: String, $description: String, $args: Map) {
  runPluginTask(plugin_id: $plugin, task_name: $task, description: $description, args_map: $args)
}"""
RUN_OPERATION = (
    "mutation RunOperation($plugin: ID!, $args: Map) { runPluginOperation(plugin_id: $plugin, args: $args) }"
)
QUEUE = "query JobQueue { jobQueue { %s } }"
SCAN_DEFAULTS = "query ScanDefaults { configuration { defaults { scan { %s } } } }"
SCAN_FLAGS_BEFORE_0_26 = """scanGenerateCovers scanGeneratePreviews scanGenerateImagePreviews scanGenerateSprites
  scanGeneratePhashes scanGenerateThumbnails scanGenerateClipPreviews"""
SCAN_FLAGS = f"rescan {SCAN_FLAGS_BEFORE_0_26}"
SCAN = "mutation Scan($input: ScanMetadataInput!) { metadataScan(input: $input) }"


def is_waiting(job: Job, name: str) -> bool:
    """Return True if the job with this name has not begun; Stash puts words of its own before the name.

    The start of the drain asks.
    """
    return job["status"] == "READY" and name in str(job["description"])


class JobCalls:
    """The calls of `StashClient` about jobs; their names are those of Stash's API."""

    ask: Ask
    ask_newest: AskNewest

    def run_plugin_task(
        self,
        plugin_id: str,
        task_name: str | None = None,
        args: Mapping[str, Any] | None = None,
        description: str | None = None,
    ) -> str:
        """Queue a task of a plugin and return the job's id; with a task name its default arguments apply as well.

        Operations, the heartbeat and the start of the drain call it.
        """
        variables = {"plugin": plugin_id, "task": task_name, "description": description, "args": dict(args or {})}
        return str(self.ask(RUN_TASK, variables, "queueing a task")["runPluginTask"])

    def run_plugin_operation(self, plugin_id: str, args: Mapping[str, Any]) -> Any:
        """Run an operation of a plugin and return its answer.

        At the end of each task, `start_overdue` runs the operation `run_due` of the plugins whose heartbeat is late.
        """
        variables = {"plugin": plugin_id, "args": dict(args)}
        return self.ask(RUN_OPERATION, variables, "running an operation")["runPluginOperation"]

    def job_queue(self) -> list[Job]:
        """Return Stash's running and waiting jobs in order; Stash2Plex's queue waits while other jobs run."""
        return self._ask_for_jobs(QUEUE, {})["jobQueue"] or []

    def metadata_scan(self, paths: Sequence[str] = (), flags: Mapping[str, Any] | None = None) -> str:
        """Queue a scan with the user's defaults, which `flags` override, and return the job's id.

        Scan for New Scenes calls it.
        """
        options = {**self.read_scan_defaults(), **(flags or {}), "paths": list(paths)}
        return str(self.ask(SCAN, {"input": options}, "queueing a scan")["metadataScan"])

    def read_scan_defaults(self) -> dict[str, Any]:
        """Return the options that the user ticked under Settings > Tasks > Scan; `metadata_scan` takes them."""
        documents = [SCAN_DEFAULTS % flags for flags in (SCAN_FLAGS, SCAN_FLAGS_BEFORE_0_26)]
        data = self.ask_newest(documents, None, "reading the scan defaults")
        return dict(data["configuration"]["defaults"]["scan"] or {})

    def _ask_for_jobs(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        documents = [document % fields for fields in (JOB_FIELDS, JOB_FIELDS_BEFORE_0_26)]
        return self.ask_newest(documents, variables, "looking at the job queue")
