"""The operations with which the page lets Whisparr search for scenes, and follows the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from missing.whisparr.add.operations import require_supported
from missing.whisparr.connection import connect_whisparr
from missing.whisparr.instances import INSTANCE, choose_settings
from missing.whisparr.scene_lookup import find_movie_ids
from shared.arguments import LARGEST_NUMBER, REQUIRED, Whole, mapping, takes, text, texts, whole
from shared.errors import UsageError
from shared.whisparr.commands import DONE, FAILED, GONE, RUNNING, read_command, start_search
from shared.whisparr.model import plain_id

if TYPE_CHECKING:
    from shared.runtime.call import Call

MOST_SCENES = 500  # Whisparr searches one after the other, and each search asks every indexer
MESSAGES = {
    RUNNING: "Whisparr is searching.",
    DONE: "Whisparr has searched.",
    FAILED: "Whisparr's search failed. Look at its log under System > Tasks.",
    GONE: "Whisparr does not know this search any more.",
}


@takes(
    text("endpoint"),
    texts("scene_ids", REQUIRED, "scenes that Whisparr has", MOST_SCENES),
    mapping("known", Whole(0, LARGEST_NUMBER), {}, "the numbers of the scenes in this Whisparr"),
    INSTANCE,
)
def search_scenes(call: Call) -> dict[str, Any]:
    """Operation `whisparr_search`: let Whisparr search for these scenes now, also for unmonitored ones.

    Scenes that Whisparr lacks, or has a file of, are left out. The search itself may end much later.
    """
    require_supported(call)
    wanted = [plain_id(each) for each in call.args["scene_ids"]]
    key = call.args["whisparr"]
    with connect_whisparr(call, choose_settings(call.settings, key)) as whisparr:
        numbers = find_movie_ids(call.store, whisparr, wanted, call.args["known"], key)
        scenes = [scene for scene in whisparr.iter_scenes(list(numbers.values())) if scene.stash_id in numbers]
        open_ones = [scene.id for scene in scenes if not scene.has_file]
        if not open_ones:
            raise UsageError("Whisparr has nothing to search for: it lacks these scenes, or has their files already.")
        command = start_search(whisparr, open_ones)
    count = len(open_ones)
    return {"command_id": command.id, "count": count, "left_out": len(set(wanted)) - count}


@takes(whole("command_id"), INSTANCE)
def show_search(call: Call) -> dict[str, Any]:
    """Operation `whisparr_command`: return the progress of a search and Whisparr's own sentence about it."""
    with connect_whisparr(call, choose_settings(call.settings, call.args["whisparr"])) as whisparr:
        command = read_command(whisparr, call.args["command_id"])
    return {"state": command.state, "message": command.message or MESSAGES[command.state]}
