"""Paths in the checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
LOGS = CACHE / "logs"
DIST = ROOT / "dist"
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
WEB_SHELL = ROOT / "sandbox" / "web"

PLUGINS = ("missingScenes", "tagManager", "stash2plex", "performerSiteSync")
PRODUCT = (*PLUGINS, "shared")


def manifest_names(plugin: str) -> tuple[str, str]:
    """Return the two .yml files a plugin may have: its manifest, and the one of its listener inside Stash.

    The checks and the packager refuse every other, because Stash reads each .yml as a plugin.
    """
    return f"{plugin}.yml", f"{plugin}Listener.yml"


def venv_python() -> Path:
    """Return the interpreter of our virtual environment, which runs every command after the set-up."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def tool_environment() -> dict[str, str]:
    """Return the environment for pip, npm and browsers; their caches go into the checkout if HOME cannot hold them."""
    env = dict(os.environ)
    home = env.get("HOME") or env.get("USERPROFILE") or ""
    if home and Path(home).is_dir() and os.access(home, os.W_OK):
        return env
    own_home = CACHE / "home"
    own_home.mkdir(parents=True, exist_ok=True)
    env["HOME"] = str(own_home)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        env.pop(name, None)
    return env
