"""The hook after a scene was saved: it does nothing unless the clean-up is on and stash ids were saved."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from shared.runtime.call import Call
    from shared.settings import Settings


def note_scene_update(call: Call) -> None:
    """Queue the scene for the clean-up."""
    settings = call.known_settings()
    if settings is None:
        settings = read_settings_once(call)
    if settings is None or not settings.enableAutoCleanup or not settings.whisparrUrl:
        return
    from shared.queue.enqueue import enqueue  # late: most people do not use the clean-up

    if call.hook is not None:
        enqueue(call, f"scene:{call.hook.id}", call.hook.input_fields)


def read_settings_once(call: Call) -> Settings | None:
    """Return the settings, asked of Stash and kept, for a user who never opened the plugin's page."""
    from shared.errors import ServiceError
    from shared.queue.enqueue import BUDGET, read_raw_settings

    try:
        return call.read_settings(read_raw_settings(call, BUDGET))
    except ServiceError as error:
        call.log.debug(f"The settings could not be read in time: {error}")
        return None
