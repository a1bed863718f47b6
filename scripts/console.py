"""What the commands print: one line per step, progress where it takes long, one sentence when it cannot go on."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn


class Stop(Exception):
    """The command cannot go on; the message is the one sentence the person reads."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def stop(sentence: str) -> NoReturn:
    """End the command with one sentence."""
    raise Stop(sentence)


def say(line: str = "") -> None:
    """Print one line at once, also when the output goes into a file."""
    print(line, flush=True)


class Arguments(argparse.ArgumentParser):
    """A command's arguments; a wrong one is one sentence like every other failure."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is."""
        raise Stop(f"{message} (see {self.prog} --help).", 2)


class Progress:
    """A counter on one line of a terminal; silent where nobody watches."""

    def __init__(self, title: str, total: int) -> None:
        self.title = title
        self.total = total
        self.count = 0
        self.watched = sys.stdout.isatty()
        say(f"{title} …")

    def step(self, name: str) -> None:
        """Show that one more of `total` is under way."""
        self.count = min(self.count + 1, self.total)
        if self.watched:
            print(f"\r\033[K  {self.count}/{self.total} {name}"[:100], end="", flush=True)

    def close(self) -> None:
        """Leave the line free for what comes next."""
        if self.watched:
            print("\r\033[K", end="", flush=True)
