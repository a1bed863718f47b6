"""The task Scan for New Scenes: Stash scans the folder where downloads arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shared.arguments import takes
from shared.errors import SettingError
from shared.paths import lies_in

if TYPE_CHECKING:
    from shared.runtime.call import Call


@takes()
def scan_new_scenes(call: Call) -> dict[str, Any]:
    """Task Scan for New Scenes: let Stash scan the setting's folder with the user's own scan options."""
    path = call.settings.scanPath
    if not path:
        raise SettingError("scanPath", 'There is nothing to scan: the setting "Scan Path" is empty.')
    folders = [library.path for library in call.stash.read_library_folders()]
    if not any(lies_in(path, folder) for folder in folders):
        message = (
            f'Stash would skip "{path}" (setting "Scan Path"): it is in none of its folders ({", ".join(folders)}).'
        )
        raise SettingError("scanPath", message)
    job_id = call.stash.metadata_scan([path])
    call.log.info(f"Stash scans {path} (job {job_id}).")
    return {"message": f"Stash scans {path} (job {job_id}).", "job_id": job_id}
