"""The provider's log on stderr, in plain lines; secrets are masked."""

from __future__ import annotations

import sys
import time
import traceback
from typing import TextIO

from plexsync.provider.routes import ProviderAnswer
from shared.runtime.redact import mask_secrets

LONGEST_LINE = 2000


class ProviderLog:
    """Writes one line for each answer, and what the operator must know."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr

    def write(self, level: str, text: str) -> None:
        """Write a message of the provider to the standard error, each line with its level."""
        moment = time.strftime("%Y-%m-%d %H:%M:%S")
        shown = (
            "".join(each if each.isprintable() else " " for each in line) for line in mask_secrets(text).splitlines()
        )
        # One write, because other threads write at the same time.
        self._stream.write("".join(f"{moment} {level:7} {line[:LONGEST_LINE]}\n" for line in shown))
        self._stream.flush()

    def note_answer(self, method: str, answer: ProviderAnswer, seconds: float) -> None:
        """Log an answer that the server has sent: what it was about, its status and time.

        No address is logged, because addresses hold tokens.
        """
        level = "error" if answer.status == 500 else "warning" if answer.status >= 400 else "info"
        self.write(level, f"{method} {answer.status} {seconds * 1000:.0f} ms: {answer.note}")

    def exception(self, error: BaseException) -> None:
        """Log the traceback of a bug; the server calls it when an answer fails unexpectedly."""
        self.write("error", "".join(traceback.format_exception(type(error), error, error.__traceback__)))
