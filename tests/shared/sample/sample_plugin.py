"""A plugin for testing the runtime: its handlers do what handlers should not."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, *[os.pardir] * 3)]

from shared.runtime.main import run  # noqa: E402
from shared.runtime.plugin import Listener, Plugin, Task  # noqa: E402

OPERATIONS = """
    echo break_down refuse say_nothing answer_nan answer_object print_everywhere print_huge_line log_huge log_levels
    log_secret leave exit_now close_stderr known_settings describe_call describe_process fail_with_secret find_packages
    put_dead_entry put_slow_entries
"""

PLUGIN = Plugin(
    id="samplePlugin",
    name="Sample",
    description="For tests",
    settings="sampling.settings:SETTINGS",
    tasks={
        "count": Task("sampling.handlers:count", "Count", "Counts to ten"),
        "drain": Task("shared.queue.task:drain", "Drain", "Works off the queue"),
        "rename": Task("sampling.work:rename_books", "Rename", "Renames all books"),
        "report": Task("sampling.work:report", "Report", "Says that all is well"),
    },
    listener=Listener({"Performer.Update.Post": ()}, needs=("isOn",)),
    operations={
        **{name: f"sampling.handlers:{name}" for name in OPERATIONS.split()},
        "plan_books": "sampling.work:plan_books",
    },
    targets={"titles": "sampling.shelf:make_shelf"},
    setup_tests="sampling.work:TESTS",
    queue="sampling.work:make_queue",
    heartbeat="sampling.work:beat",
    after_loss="Count the books again.",
)

if __name__ == "__main__":
    run(PLUGIN)
