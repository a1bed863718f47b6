"""What the sample plugin does when something is saved: as little as a hook should."""

from __future__ import annotations

from shared.queue.enqueue import enqueue


def note_performer(call):
    enqueue(call, f"scene:{call.hook.id}", call.hook.input_fields)


def note_scene_if_on(call):
    settings = call.known_settings()
    if settings is None or settings.isOn:
        enqueue(call, f"scene:{call.hook.id}", call.hook.input_fields)
