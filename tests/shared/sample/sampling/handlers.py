"""Tasks and operations of the sample plugin: each shows one way in which a handler can end."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from shared.errors import SettingError, UsageError

if TYPE_CHECKING:
    from typing import Any

    from shared.runtime.call import Call


def echo(call: Call) -> Any:
    return call.args


def count(call: Call) -> Any:
    for step in range(10_001):
        call.progress(step / 10_000)
    return {"counted": 10_001}


def break_down(call: Call) -> Any:
    return dict[str, str]()["no such key"]


def refuse(call: Call) -> Any:
    raise SettingError("limit", "Set the limit first.")


def say_nothing(call: Call) -> Any:
    raise UsageError("")


def answer_nan(call: Call) -> Any:
    return {"value": float("nan")}


def answer_object(call: Call) -> Any:
    return {"value": object()}


def print_everywhere(call: Call) -> Any:
    print("from print")
    sys.stderr.write("from stderr")
    os.write(1, b"from the descriptor\n")
    os.system("echo from a shell")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    return "clean"


def print_huge_line(call: Call) -> Any:
    print("x" * 200_000)
    call.log.info("still here")
    return "clean"


def log_huge(call: Call) -> None:
    call.log.info("ü" * 100_000)
    call.log.info("after")


def log_levels(call: Call) -> None:
    for level in ("trace", "debug", "info", "warning", "error"):
        getattr(call.log, level)(f"{level} one\n\n{level} two\x00\x1b[31m")
    call.log.info("")


def log_secret(call: Call) -> None:
    call.log.hide("hidden/value+1")
    call.log.info("hidden/value+1 and hidden%2Fvalue%2B1")
    call.log.info(f"cookie {call.connection.cookie}")


def fail_with_secret(call: Call) -> Any:
    raise ValueError(f"cookie {call.connection.cookie} X-Plex-Token=abcdef123456")


def leave(call: Call) -> Any:
    sys.exit(3)


def exit_now(call: Call) -> Any:
    raise KeyboardInterrupt


def close_stderr(call: Call) -> Any:
    os.close(2)
    call.log.error("nobody reads this")
    call.progress(0.5)
    print("nor this")
    return "clean"


def known_settings(call: Call) -> Any:
    settings = call.known_settings()
    return None if settings is None else settings.limit


def describe_call(call: Call) -> Any:
    connection = call.connection
    return {"url": connection.url, "cookie": connection.cookie_name, "state": call.state_dir}


def describe_process(call: Call) -> Any:
    main, path = sys.modules["__main__"], [each for each in sys.path if os.path.exists(each)]
    named = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
    files = [os.readlink(name).partition(":[")[0] for name in named if os.path.exists(name)]  # without running numbers
    process = {"argv": sys.argv, "path": path, "main": main.__file__, "folder": os.getcwd(), "files": files}
    return {**process, "environment": dict(os.environ), "encoding": sys.stderr.encoding}


def find_packages(call: Call) -> Any:
    import stashapi  # type: ignore[import-untyped]

    return [stashapi.__file__]


def put_dead_entry(call: Call) -> None:
    from shared.queue.outbox import Outbox

    outbox = Outbox(call.store)
    outbox.put("scene:1")
    with outbox.lease() as lease:
        outbox.fail(outbox.claim(lease)[0], "test", "No.")


def put_slow_entries(call: Call) -> None:
    from shared.queue.outbox import Outbox

    for number in range(3):
        Outbox(call.store).put(f"slow:{number}")
