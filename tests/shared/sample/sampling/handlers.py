"""What the sample plugin does."""

from __future__ import annotations

import os
import subprocess
import sys

from shared.errors import SettingError, UsageError


def echo(call):
    return call.args


def count(call):
    for step in range(10_001):
        call.progress(step / 10_000)
    return {"counted": 10_001}


def note_scene(call):
    call.log.info(f"scene {call.hook.id} {call.hook.type} {sorted(call.hook.input_fields)}")


def ask(call):
    from shared.queue.enqueue import ask_for_drain

    call.log.info(f"asked {ask_for_drain(call)}")


def break_down(call):
    return {}["no such key"]


def refuse(call):
    raise SettingError("limit", "Set the limit first.")


def say_nothing(call):
    raise UsageError("")


def answer_nan(call):
    return {"value": float("nan")}


def answer_object(call):
    return {"value": object()}


def print_everywhere(call):
    print("from print")
    sys.stderr.write("from stderr")
    os.write(1, b"from the descriptor\n")
    os.system("echo from a shell")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    return "clean"


def print_huge_line(call):
    print("x" * 200_000)
    call.log.info("still here")
    return "clean"


def log_huge(call):
    call.log.info("ü" * 100_000)
    call.log.info("after")


def log_levels(call):
    for level in ("trace", "debug", "info", "warning", "error"):
        getattr(call.log, level)(f"{level} one\n\n{level} two\x00\x1b[31m")
    call.log.info("")


def log_secret(call):
    call.log.hide("hidden/value+1")
    call.log.info("hidden/value+1 and hidden%2Fvalue%2B1")
    call.log.info(f"cookie {call.connection.cookie}")


def fail_with_secret(call):
    raise ValueError(f"cookie {call.connection.cookie} X-Plex-Token=abcdef123456")


def leave(call):
    sys.exit(3)


def exit_now(call):
    raise KeyboardInterrupt


def close_stderr(call):
    os.close(2)
    call.log.error("nobody reads this")
    call.progress(0.5)
    print("nor this")
    return "clean"


def known_settings(call):
    settings = call.known_settings()
    return None if settings is None else settings.limit


def describe_call(call):
    connection = call.connection
    return {"url": connection.url, "cookie": connection.cookie_name, "state": call.state_dir}


def find_packages(call):
    import requests
    import stashapi

    return [requests.__file__, stashapi.__file__]


def put_dead_entry(call):
    from shared.queue.outbox import Outbox

    outbox = Outbox(call.store)
    outbox.put("scene:1")
    with outbox.lease() as lease:
        outbox.fail(outbox.claim(lease)[0], "test", "No.")
