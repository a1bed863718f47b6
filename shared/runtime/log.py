"""Log lines and progress as Stash reads them from stderr.

Every line is: byte 0x01, a level letter, byte 0x02, text, newline. After one line of 64 KiB Stash stops reading
for good, so lines are cut long before. A log without a reader must not end the work, so write errors are dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.runtime.redact import SECRETS, Secrets
from shared.runtime.stdio import STDERR, write_bytes

if TYPE_CHECKING:
    from shared.runtime.clock import Clock

LONGEST_LINE = 8 * 1024
PROGRESS_INTERVAL = 0.25

_LEVELS = {"trace": "t", "debug": "d", "info": "i", "warning": "w", "error": "e", "progress": "p"}


class Log:
    """Writes lines for Stash's log; secrets are masked, long lines cut, control characters removed."""

    def __init__(self, secrets: Secrets = SECRETS, fd: int = STDERR) -> None:
        self._secrets = secrets
        self._fd = fd

    def trace(self, text: str) -> None:
        """Log a step, for following one request through the code; any code with a log calls it."""
        self.write("trace", text)

    def debug(self, text: str) -> None:
        """Log a fact that explains why something happened; any code with a log calls it."""
        self.write("debug", text)

    def info(self, text: str) -> None:
        """Log what was done, for the user; any code with a log calls it."""
        self.write("info", text)

    def warning(self, text: str) -> None:
        """Log something that a user should look at while the work goes on; any code with a log calls it."""
        self.write("warning", text)

    def error(self, text: str) -> None:
        """Log a failure; any code with a log calls it."""
        self.write("error", text)

    def hide(self, *values: object) -> None:
        """Mask these values in all lines of this log from now on.

        So far only tests call it, others call `hide_secret`.
        """
        self._secrets.hide(*values)

    def write(self, level: str, text: str) -> None:
        """Write each line of the text with a prefix, for the functions of each level.

        Stash cannot read empty lines, so these are left out.
        """
        lines = [frame_line(level, line) for line in self._secrets.mask(str(text)).splitlines() if line.strip()]
        write_bytes(self._fd, b"".join(lines))

    def exception(self, error: BaseException) -> None:
        """Log the traceback of a bug, every line at error level; whoever catches an unknown exception calls it."""
        import traceback  # late: only a bug pays for it

        self.error("".join(traceback.format_exception(type(error), error, error.__traceback__)))


class Progress:
    """Reports how much of a task is done: never backwards, not more often than Stash can show."""

    def __init__(self, clock: Clock, fd: int = STDERR) -> None:
        self._clock = clock
        self._fd = fd
        self._shown = -1.0
        self._told = 0.0
        self._next = clock.monotonic()

    @property
    def shown(self) -> float:
        """Return the fraction that the task has reached; a run and the next step of the task go on from there."""
        return self._told

    def __call__(self, fraction: float) -> None:
        """Show this fraction (0 to 1) in Stash's task list; the last one, 1, is always shown."""
        value = min(1.0, max(0.0, fraction)) if fraction == fraction else 0.0
        self._told = max(self._told, value)
        now = self._clock.monotonic()
        if value <= self._shown or (value < 1.0 and now < self._next):
            return
        self._shown = value
        self._next = now + PROGRESS_INTERVAL
        write_bytes(self._fd, frame_line("progress", f"{value:.4f}"))


class StrayLines:
    """Replacement for `sys.stdout` and `sys.stderr` that turns printed text into log lines."""

    encoding = "utf-8"
    errors = "replace"
    closed = False

    def __init__(self, log: Log, level: str) -> None:
        self._log = log
        self._level = level
        self._rest = ""

    def write(self, text: str) -> int:
        """Log the complete lines and keep the rest until its end arrives; `print` calls it."""
        whole, newline, self._rest = (self._rest + text).rpartition("\n")
        if newline:
            self._send(whole)
        if len(self._rest) > LONGEST_LINE:
            self.finish()
        return len(text)

    def flush(self) -> None:
        """Do nothing: only an unfinished line is kept. `print` calls it."""

    def isatty(self) -> bool:
        """Return False: a log is no terminal. Libraries that print ask."""
        return False

    def finish(self) -> None:
        """Log the unfinished line, too; the call ends with it."""
        rest, self._rest = self._rest, ""
        self._send(rest)

    def _send(self, text: str) -> None:
        for line in text.splitlines():
            level, message = split_level(line)
            self._log.write(level or self._level, message)


def split_level(line: str) -> tuple[str, str]:
    """Return level and text of a printed line, for `StrayLines`; the level is "" if it is not framed for Stash."""
    names = [name for name, letter in _LEVELS.items() if line.startswith(f"\x01{letter}\x02")]
    return (names[0], line[3:]) if names else ("", line)


def frame_line(level: str, text: str) -> bytes:
    """Return one line in Stash's protocol for the log and the progress."""
    return b"\x01" + _LEVELS[level].encode() + b"\x02" + _cut(_clean(text)) + b"\n"


def _clean(text: str) -> str:
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def _cut(text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if len(data) <= LONGEST_LINE:
        return data
    note = f" … ({len(data)} bytes, cut)".encode()
    return data[: LONGEST_LINE - len(note)].decode("utf-8", "ignore").encode() + note
