"""Called by an open page: read the settings, look for changes and work on them a moment, start what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.arguments import takes, text
from shared.bundle.beats import note_beat
from shared.bundle.origin import find_origin, note_start
from shared.listener.check import STILL_WORKS, find_silence
from shared.queue.outbox import Outbox
from shared.queue.start import start_drain_if_due
from shared.queue.task import drain_queue
from shared.runtime.clock import is_recent
from shared.runtime.handler import load_named
from shared.state.notices import dismiss_notice, list_notices

if TYPE_CHECKING:
    from shared.runtime.call import Call

STEP_SECONDS = 5.0
DAY = 86400.0
# Seconds until a page of Stash calls again: soonest, and at the latest.
SOONEST = 60.0
LATEST = 600.0


class Notice(NamedTuple):
    """A sentence that a page shows until its cause is gone; `level` is info, warning or danger.

    One about something that is over stays until the user dismisses it (`can_dismiss`).
    """

    key: str
    level: str
    text: str
    can_dismiss: bool = False


@takes()
def run_heartbeat(call: Call) -> dict[str, Any]:
    """Operation `heartbeat` of an open page: return notices, the number of waiting changes and when to call again.

    It also works on the queue for some seconds and lets the plugin start what is due.
    """
    notices = list(read_settings_again(call))
    pending, outbox = 0, Outbox(call.store)
    if call.plugin.queue:
        step = drain_queue(call, STEP_SECONDS)  # looks for changes, too: the listener may be switched off
        if step.ended == "budget":
            start_drain_if_due(call)
    own = load_named(call.plugin.heartbeat)(call) if call.plugin.heartbeat else []
    if call.plugin.queue:  # after the plugin's own work, which may have ended a pause
        counts = outbox.counts()
        pending = counts["waiting"] + counts["working"]
        notices += describe_queue(outbox, counts["dead"])
    notices += [*describe_repairs(call), *describe_listener(call), *own]
    trouble = call.store.back_up()
    if trouble:
        notices.append(Notice("backup", "warning", trouble))
    again_in = plan_next_beat(notices, outbox if call.plugin.queue else None)
    note_beat(call, call.plugin.id, again_in)
    return {"notices": [notice._asdict() for notice in notices], "pending": pending, "again_in": again_in}


def plan_next_beat(notices: Iterable[Notice], outbox: Outbox | None) -> float:
    """Return in how many seconds a page shall call again: soon if the queue is due or the listener does not work.

    The heartbeat answers with it.
    """
    if any(notice.key == "listener" for notice in notices):
        return SOONEST  # the heartbeat looks for changes in its place
    if outbox is None:
        return LATEST
    waits = [LATEST, outbox.seconds_to_try() if outbox.is_in_trouble() else LATEST]
    next_entry = outbox.seconds_to_next()
    return max(SOONEST, min(waits if next_entry is None else [*waits, next_entry]))


@takes(text("key"))
def dismiss(call: Call) -> dict[str, Any]:
    """Operation `notice_dismiss`: remove a notice that can be dismissed; return the remaining ones of that kind."""
    with call.store.write() as db:
        dismiss_notice(db, call.args["key"])
    return {"notices": [notice._asdict() for notice in describe_repairs(call)]}


def queue_task(call: Call, mode: str, title: str, *, every: float = DAY, args: Mapping[str, Any] | None = None) -> bool:
    """Queue a task that is due, and return True; the heartbeat calls it.

    Return False if the task was queued within `every`, but at most a day. Several processes may find it due at once:
    the transaction lets one of them queue it.
    """
    name, now = f"due.{mode}", call.clock.now()
    with call.store.write():
        if is_recent(call.store.kv.get(name, float, 0.0), now, min(every, DAY)):
            return False
        call.store.kv.put(name, now)
        note_start(call, mode, find_origin(call))
    sent = {"mode": mode, "is_due": True, **(args or {})}
    call.stash.run_plugin_task(call.plugin.id, args=sent, description=f"{call.plugin.name}: {title}")
    return True


def find_last_queued(call: Call, mode: str) -> float | None:
    """Return when this task was last queued for being due, None if never; the Setup tab shows it."""
    found: float | None = call.store.kv.get(f"due.{mode}", float)
    return found


def list_starts(call: Call, modes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return by mode when and by what these tasks were last started, without those never started; for the Setup tab."""
    found = {mode: call.store.kv.get(f"started.{mode}", {"at": float, "by": str}) for mode in modes}
    return {mode: start for mode, start in found.items() if start}


def read_settings_again(call: Call) -> Iterator[Notice]:
    """Read the settings; yield a notice for each that cannot be used. The heartbeat begins with it."""
    for key, problem in call.settings.problems.items():
        yield Notice(f"setting.{key}", "warning", problem)


def describe_queue(outbox: Outbox, dead: int) -> Iterator[Notice]:
    """Yield notices for the heartbeat: why the queue stands still, and how many entries it gave up."""
    paused, down = outbox.pause.describe(), outbox.breaker.describe()
    if paused:
        yield Notice("queue.paused", "danger", f"Waiting for you: {outbox.describe_trouble()}")
    elif down:
        yield Notice("queue.down", "warning", f"Waiting: {down['message']}")
    if dead:
        what = "1 change was" if dead == 1 else f"{dead} changes were"
        yield Notice("queue.dead", "warning", f"{what} given up after several tries.")


def describe_listener(call: Call) -> Iterator[Notice]:
    """Yield a notice for the heartbeat if the listener is missing or switched off although a setting needs it."""
    silence = find_silence(call)
    if silence:
        text = f"{silence.message} {STILL_WORKS.format(name=call.plugin.name)} {silence.next_step}"
        yield Notice("listener", "warning", text)


def describe_repairs(call: Call) -> Iterator[Notice]:
    """Yield notices about what was lost or repaired in the state file, with the plugin's advice for the next step."""
    for key, told in list_notices(call.store.connect()).items():
        yield Notice(key, "warning", f"{told} {call.plugin.after_loss}".rstrip(), can_dismiss=True)
