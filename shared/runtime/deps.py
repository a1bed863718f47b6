"""Makes `stashapi` importable, or raises an error that says how.

A released zip carries it in `vendor/`. From a checkout it comes from the user's Python, from PythonDepManager, or,
when a setting allows it, from pip into a folder of the plugin's own.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from shared.errors import DependencyMissing, ServiceError
from shared.settings import SWITCH, Group, Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.runtime.call import Call
    from shared.settings import Settings

# Import name → requirement for pip: the version that a released zip carries. Its certificates (certifi) are no must:
# without them, those of the system are used.
PACKAGES = {"stashapi": "stashapp-tools==0.2.59"}

PIP_SETTING = Setting(
    "allowPipInstall",
    SWITCH,
    False,
    "Install missing Python packages",
    "Developers only: install missing Python packages with pip. Released plugins carry them.",
)
PACKAGES_GROUP = Group("packages", "Python packages", (PIP_SETTING,))

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_PIP_SECONDS = 300
_DEP_MANAGER_SECONDS = 120
_ASK_DEP_MANAGER = (
    "import json, sys\n"
    "from PythonDepManager import ensure_import\n"
    "before = list(sys.path)\n"
    "ensure_import(*sys.argv[1:])\n"
    "print('\\n' + json.dumps([path for path in sys.path if path not in before]))\n"
)


def make_packages_importable(call: Call, root: str = ROOT) -> None:
    """Put the third-party packages on the path before a handler runs; `main` calls it.

    Raise `DependencyMissing` if that fails.
    """
    if not use_vendored(root) and find_missing():
        _find_elsewhere(call)


def use_vendored(root: str = ROOT) -> bool:
    """Put the packages of a released zip on the path, and return True; return False in a checkout, which has none.

    Programs that Stash does not start call it, too.
    """
    vendored = find_vendored(root)
    _prefer(vendored)
    return bool(vendored)


def find_vendored(root: str) -> list[str]:
    """Return the folder of the packages in a released zip, none in a checkout; `use_vendored` calls it."""
    vendor = os.path.join(root, "vendor")
    return [vendor] if os.path.isdir(vendor) else []


def find_missing() -> list[str]:
    """Return the names of packages that cannot be imported; the search for packages asks."""
    from importlib.util import find_spec  # late: not needed in a released plugin

    return [name for name in PACKAGES if find_spec(name) is None]


def _find_elsewhere(call: Call) -> None:
    from shared.state.json_file import recall, remember

    notes = os.path.join(call.state_dir, "python_paths.json")
    for find in (lambda _: (recall(notes) or {}).get("paths", []), _ask_dep_manager, _install):
        paths = find(call)
        _prefer(paths)
        if not find_missing():
            remember(notes, {"paths": paths})
            return
    raise DependencyMissing(_explain(call))


def _prefer(paths: Sequence[str]) -> None:
    """Look in these folders right after the plugin's own, before anything the machine has."""
    if not paths:
        return
    import importlib

    sys.path[1:1] = [path for path in paths if path not in sys.path]
    importlib.invalidate_caches()


def _ask_dep_manager(call: Call) -> list[str]:
    """Return the folders that PythonDepManager offers; it runs in its own process, because it prints and exits."""
    from importlib.util import find_spec

    if find_spec("PythonDepManager") is None:
        return []
    import json

    specs = [f"{name}:{package}" for name, package in PACKAGES.items()]
    found = _run(call, "PythonDepManager", [sys.executable, "-c", _ASK_DEP_MANAGER, *specs], _DEP_MANAGER_SECONDS)
    return [str(path) for path in json.loads(found.splitlines()[-1])] if found else []


def _install(call: Call) -> list[str]:
    """Let pip fill the plugin's own folder, if the user allows it, and return the folders to look in.

    A draft beside it is renamed once it is whole.
    """
    folder = _own_folder(call)
    if not _may_install(call):
        return []
    import shutil

    call.log.info(f"{call.plugin.name} installs {' and '.join(PACKAGES.values())} into {folder}.")
    draft = f"{folder}.{os.getpid()}"
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--target", draft]
    _run(call, "pip", [*command, *PACKAGES.values()], _PIP_SECONDS)
    try:
        os.rename(draft, folder)
    except OSError:  # pip failed, or another process was faster
        shutil.rmtree(draft, ignore_errors=True)
    return [folder]


def _own_folder(call: Call) -> str:
    return os.path.join(call.state_dir, "python")


def _may_install(call: Call) -> bool:
    from shared.runtime.plain_settings import read_raw_settings  # late: only a checkout without packages asks

    try:
        settings: Settings | None = call.read_settings(read_raw_settings(call))
    except ServiceError as error:
        call.log.debug(f"The settings are taken as they were when last read: {error}")
        settings = call.known_settings()
    return settings is not None and bool(settings.allowPipInstall)


def _run(call: Call, name: str, command: list[str], seconds: float) -> str:
    """Return what a program printed; empty, with a warning in the log, if it failed."""
    import subprocess  # late: a released plugin starts no programs

    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        call.log.warning(f"{name} could not provide the Python packages: {error}")
        return ""
    if done.returncode:
        complaint = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()[-1]
        call.log.warning(f"{name} could not provide the Python packages: {complaint}")
        return ""
    return done.stdout


def _explain(call: Call) -> str:
    packages = " ".join(PACKAGES.values())
    return (
        f"{call.plugin.name} needs the Python package {' and '.join(find_missing())}, which only the released plugin "
        f'carries. Run: "{sys.executable}" -m pip install --target "{_own_folder(call)}" {packages} '
        f'- or switch on "{PIP_SETTING.title}" in its settings.'
    )
