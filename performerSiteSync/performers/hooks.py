"""The hook on created performers and studios: one row in the queue.

Only creations are listened to, so that what we write ourselves, which are updates, can start nothing.
"""

from __future__ import annotations

from shared.queue.enqueue import enqueue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shared.runtime.call import Call

# A tagger creates many in a row: those of the same five seconds are due at the same moment, and looked up together.
GATHERING_SECONDS = 5.0


def note_creation(call: Call) -> None:
    """Queue a created object for an update if the setting says so."""
    hook, settings = call.hook, call.known_settings()
    if hook is not None and settings is not None and settings.updateOnCreate:
        kind = hook.type.partition(".")[0].lower()
        delay = GATHERING_SECONDS - call.clock.now() % GATHERING_SECONDS
        enqueue(call, f"{kind}:{hook.id}", hook.input_fields, delay=delay)
