"""The task Scan for New Scenes: Stash scans the folder where downloads arrive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from shared.errors import SettingError

if TYPE_CHECKING:
    from shared.runtime.call import Call


def scan_new_scenes(call: Call) -> dict[str, Any]:
    """Task Scan for New Scenes: let Stash scan the setting's folder with the user's own scan options."""
    path = call.settings.scanPath
    if not path:
        raise SettingError("scanPath", 'There is nothing to scan: the setting "Scan Path" is empty.')
    folders = [library.path for library in call.stash.read_library_folders()]
    if not is_inside(path, folders):
        message = (
            f'Stash would skip "{path}" (setting "Scan Path"): it is in none of its folders ({", ".join(folders)}).'
        )
        raise SettingError("scanPath", message)
    job_id = call.stash.metadata_scan([path])
    call.log.info(f"Stash scans {path} (job {job_id}).")
    return {"message": f"Stash scans {path} (job {job_id}).", "job_id": job_id}


def is_inside(path: str, folders: Iterable[str]) -> bool:
    """Return True if a path lies in one of Stash's folders, as Stash compares them: case counts, slashes do not."""
    plain = normalize_path(path)
    return any(plain == normalize_path(folder) or plain.startswith(f"{normalize_path(folder)}/") for folder in folders)


def normalize_path(path: str) -> str:
    """Return a path with forward slashes and none at its end; `is_inside` compares so."""
    return path.replace("\\", "/").rstrip("/")
