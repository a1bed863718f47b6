"""Hooks of the sample plugin; they do as little as a hook should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.queue.enqueue import enqueue

if TYPE_CHECKING:
    from shared.runtime.call import Call


def note_performer(call: Call) -> None:
    assert call.hook
    enqueue(call, f"scene:{call.hook.id}", call.hook.input_fields)


def note_scene_if_on(call: Call) -> None:
    assert call.hook
    settings = call.known_settings()
    if settings is None or settings.isOn:
        enqueue(call, f"scene:{call.hook.id}", call.hook.input_fields)
