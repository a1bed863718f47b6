"""Hooks of scenes: each adds one entry to the queue and nothing else, because Stash waits for a hook to end."""

from __future__ import annotations

from shared.queue.enqueue import enqueue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shared.runtime.call import Call

# Further saves of the same scene in this time become one write to Plex.
GATHERING_SECONDS = 2.0
UPDATED, DELETED, SCANNED = "Scene.Update.Post", "Scene.Destroy.Post", "scanned"


def note_scene_update(call: Call) -> None:
    """Queue a scene that was saved; its values are read when the queue is worked on."""
    hook = call.hook
    if hook is not None and is_wanted(call):
        enqueue(call, f"scene:{hook.id}", hook.input_fields, delay=GATHERING_SECONDS)


def note_scene_creation(call: Call) -> None:
    """Queue a new scene that a person added; of one that a scan found, queue a scan of its folder in Plex."""
    hook, settings = call.hook, call.known_settings()
    if hook is None or (settings is not None and not settings.enabled):
        return
    if hook.input_fields:
        enqueue(call, f"scene:{hook.id}", hook.input_fields, delay=GATHERING_SECONDS)
    elif settings is not None and settings.trigger_plex_scan:
        enqueue(call, f"scan:{hook.id}", delay=GATHERING_SECONDS)


def note_scene_deletion(call: Call) -> None:
    """Queue a deleted scene, so that its match is forgotten; Plex keeps the item."""
    if call.hook is not None and is_wanted(call):
        enqueue(call, f"scene:{call.hook.id}", ("deleted",))


def is_wanted(call: Call) -> bool:
    """Return True if changes are sent to Plex, as far as the cached settings tell."""
    settings = call.known_settings()
    return settings is None or bool(settings.enabled)
