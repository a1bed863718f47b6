"""A clear sentence for a port that cannot be opened."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from scripts.console import stop


@contextlib.contextmanager
def explaining_ports(port: int) -> Iterator[None]:
    """Turn an OSError of listening on a port into a sentence, for `./dev demo` and `./dev serve`."""
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
