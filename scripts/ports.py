"""A port that cannot be had is one sentence."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from scripts.console import stop


@contextlib.contextmanager
def explaining_ports(port: int) -> Iterator[None]:
    """Turn what goes wrong with listening on this port into a sentence."""
    try:
        yield
    except OverflowError:
        stop(f"{port} is not a port; ports go from 1 to 65535.")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            stop(f"port {port} is in use; choose another with --port.")
        if error.errno == errno.EACCES and error.filename is None:
            stop(f"port {port} needs more rights than you have; choose one above 1023 with --port.")
        raise
