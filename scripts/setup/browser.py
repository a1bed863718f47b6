"""Chromium for the browser tests: found, installed from Debian, or asked for."""

from __future__ import annotations

import os
import shutil
import subprocess

from scripts.console import say, stop
from scripts.places import tool_environment
from scripts.programs import run_logged

# The shell has no windows, tabs and menus of its own: a page costs a quarter less CPU time.
SHELL, BROWSER = "chromium-headless-shell", "chromium"
NAMES = (SHELL, BROWSER, "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Return the path of a Chromium, or None; the variable CHROMIUM wins."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def ensure_browser() -> None:
    """Install a Chromium for the browser tests if there is none; the command ends if that is not possible."""
    if find_browser():
        return
    if os.environ.get("CHROMIUM"):
        stop(f"The variable CHROMIUM names {os.environ['CHROMIUM']}, which is not a program.")
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        stop(
            "Chromium is needed for the browser tests: install it (Debian, Ubuntu: apt-get install chromium) "
            "or name one in the variable CHROMIUM."
        )
    install_chromium(apt)


def install_chromium(apt: str) -> None:
    """Install Debian's Chromium, as the shell if this release has it, for `ensure_browser`; needs root."""
    say("Installing Debian's Chromium for the browser tests (this takes a minute) …")
    env = {**tool_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    run_logged("apt-get update", [apt, "update"], env=env)
    known = subprocess.run([apt, "--simulate", "install", SHELL], env=env, capture_output=True, check=False)
    package = BROWSER if known.returncode else SHELL
    run_logged("apt-get install", [apt, "install", "-y", "--no-install-recommends", package], env=env)
