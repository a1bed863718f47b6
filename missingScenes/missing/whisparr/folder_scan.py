"""The task Scan for New Scenes: Stash scans the folders where downloads arrive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shared.arguments import takes
from shared.errors import SettingError
from shared.paths import lies_in

if TYPE_CHECKING:
    from shared.runtime.call import Call

# A comma separates folders only if another absolute path follows it: names of folders may have commas.
SEPARATOR = re.compile(r"\s*[,;\n]\s*(?=/|\\\\|[A-Za-z]:[\\/])")


def split_folders(text: str) -> list[str]:
    """Return the folders of the setting Scan Path, each once; `scan_new_scenes` calls it."""
    return list(dict.fromkeys(filter(None, (part.strip(" ,;") for part in SEPARATOR.split(text)))))


@takes()
def scan_new_scenes(call: Call) -> dict[str, Any]:
    """Task Scan for New Scenes: let Stash scan the setting's folders with the user's own scan options."""
    paths = split_folders(call.settings.scanPath)
    if not paths:
        raise SettingError("scanPath", 'There is nothing to scan: the setting "Scan Path" is empty.')
    folders = [library.path for library in call.stash.read_library_folders()]
    outside = [path for path in paths if not any(lies_in(path, folder) for folder in folders)]
    if outside:
        named, known = ", ".join(f'"{path}"' for path in outside), ", ".join(folders)
        message = f'Stash would skip {named} (setting "Scan Path"): it is in none of its folders ({known}).'
        raise SettingError("scanPath", message)
    job_id = call.stash.metadata_scan(paths)
    message = f"Stash scans {', '.join(paths)} (job {job_id})."
    call.log.info(message)
    return {"message": message, "job_id": job_id}
