"""Files and folders of the plugin on every system: replaced, removed and made in one way.

On Windows a virus scanner or an indexer opens new files for a moment, and nobody can rename or remove them meanwhile.
"""

from __future__ import annotations

import os
import time
from typing import Callable

IS_WINDOWS = os.name == "nt"
PAUSES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)  # seconds; a scanner holds a small file far shorter


def replace_file(source: str, target: str) -> None:
    """Rename a file over another one, also on Windows while a program holds it; whoever saves a file whole calls it."""
    repeat_while_held(lambda: os.replace(source, target))


def remove_file(path: str) -> None:
    """Remove a file, also on Windows while a program holds it; raise FileNotFoundError if it is not there."""
    repeat_while_held(lambda: os.remove(path))


def repeat_while_held(
    act: Callable[[], None], *, is_windows: bool = IS_WINDOWS, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Do something with a file, on Windows again after short pauses while another program holds it.

    `replace_file` and `remove_file` do so.
    """
    for pause in PAUSES if is_windows else ():
        try:
            act()
        except PermissionError:
            sleep(pause)
        else:
            return
    act()


def make_private_folder(path: str, *, is_windows: bool = IS_WINDOWS) -> None:
    """Make a folder, and those above it, that only Stash's user may read; whoever writes files of a plugin calls
    it.

    On Windows it gets the rights of Stash's own folder. With a mode, Python 3.12.4 and later would give it to its
    owner alone, and for an elevated process that is the group of administrators: a Stash that is then started
    without elevation could not read it.
    """
    if is_windows:
        os.makedirs(path, exist_ok=True)
    else:
        os.makedirs(path, mode=0o700, exist_ok=True)
