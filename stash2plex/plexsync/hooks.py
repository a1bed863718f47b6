"""What a save in Stash leaves behind: one row in the queue. Stash waits for this, so nothing else happens here."""

from __future__ import annotations

from shared.queue.enqueue import enqueue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shared.runtime.call import Call

# Further saves of the same scene in this time become one write to Plex.
GATHERING_SECONDS = 2.0
UPDATED, DELETED, SCANNED = "Scene.Update.Post", "Scene.Destroy.Post", "scanned"


def note_scene_update(call: Call) -> None:
    """A scene was changed; what it is like now is read when the queue is worked off."""
    hook = call.hook
    if hook is not None and is_wanted(call):
        enqueue(call, f"scene:{hook.id}", hook.input_fields, delay=GATHERING_SECONDS)


def note_scene_creation(call: Call) -> None:
    """A scene was made by a person, or found by a scan, which sends no fields."""
    hook, settings = call.hook, call.known_settings()
    if hook is None or (settings is not None and not settings.enabled):
        return
    if hook.input_fields:
        enqueue(call, f"scene:{hook.id}", hook.input_fields, delay=GATHERING_SECONDS)
    elif settings is not None and settings.trigger_plex_scan:
        enqueue(call, f"scan:{hook.id}", delay=GATHERING_SECONDS)


def note_scene_deletion(call: Call) -> None:
    """A scene is gone: it is forgotten here, Plex keeps its item."""
    if call.hook is not None and is_wanted(call):
        enqueue(call, f"scene:{call.hook.id}", ("deleted",))


def is_wanted(call: Call) -> bool:
    """Whether changes are sent to Plex at all, as far as is known without asking Stash."""
    settings = call.known_settings()
    return settings is None or bool(settings.enabled)
