"""Keeps compiled modules beside the state file where Python cannot keep them beside their sources.

Each call is a new process. Without compiled modules, each one compiles everything it imports, which takes about as long
as the rest of its start. That happens if the plugin's folder is read-only or byte code is switched off.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from shared.state.files import make_private_folder

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec


def find_state_dir(config_dir: str, name: str) -> str:
    """Return the path of the folder of a plugin's own files beside Stash's configuration; it may not exist yet.

    Each call opens its state file in it.
    """
    return os.path.join(config_dir, "plugin_data", name)


def keep_byte_code(config_dir: str, plugin_id: str, spec: ModuleSpec | None) -> None:
    """Let Python keep the modules that are imported from now on in the state folder, if it could not keep this one.

    `shared/runtime/main.py` calls it at the start of a process with its own `spec`: Python has written the compiled
    form of that module before this call, or it cannot. A place that a person has chosen (PYTHONPYCACHEPREFIX) stays.
    """
    cached = getattr(spec, "cached", None)
    if not config_dir or sys.pycache_prefix is not None or not cached or os.path.exists(cached):
        return
    folder = find_state_dir(config_dir, plugin_id)
    try:
        make_private_folder(folder)  # Python would make it readable for all
    except OSError:
        return  # the call itself says so when it needs its files
    sys.pycache_prefix = os.path.join(folder, "byte_code")
    sys.dont_write_bytecode = False
