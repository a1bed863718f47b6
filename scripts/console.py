"""Output of the commands: lines, progress, and the one sentence of a failure."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn


class Stop(Exception):
    """Ends the command; the message is the sentence that the person reads."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def stop(sentence: str) -> NoReturn:
    """End the command of `./dev` with one sentence; every command stops this way."""
    raise Stop(sentence)


def say(line: str = "") -> None:
    """Print one line at once, also into a file; every command prints through this."""
    print(line, flush=True)


class Arguments(argparse.ArgumentParser):
    """Argument parser whose errors are one sentence, like every other failure."""

    def error(self, message: str) -> NoReturn:
        """Stop with the complaint and the way to the help; argparse calls this by its name."""
        raise Stop(f"{message} (see {self.prog} --help).", 2)


class ProgressLine:
    """Counter on one line of a terminal; prints nothing if the output is not a terminal."""

    def __init__(self, title: str, total: int) -> None:
        self.title = title
        self.total = total
        self.count = 0
        self.watched = sys.stdout.isatty()
        say(f"{title} …")

    def step(self, name: str) -> None:
        """Show on one line that one more of `total` is under way, while the set-up installs packages."""
        self.count = min(self.count + 1, self.total)
        if self.watched:
            print(f"\r\033[K  {self.count}/{self.total} {name}"[:100], end="", flush=True)

    def close(self) -> None:
        """End the progress line, when the set-up has installed its packages."""
        if self.watched:
            print("\r\033[K", end="", flush=True)
