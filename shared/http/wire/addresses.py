"""The IP addresses of a name, looked up within the time of a request."""

from __future__ import annotations

import ipaddress
import socket
import threading
from typing import Any, Callable

LookUp = Callable[..., "list[Any]"]


class TimeOver(socket.timeout):
    """The time for the request is over, although no single step took too long."""


def find_addresses(host: str, port: int, seconds: float, ask: LookUp = socket.getaddrinfo) -> list[str]:
    """Return the IP addresses of a host, for a new connection; raise TimeOver if the system does not know them in
    time.

    A name server that is gone holds the system's function for up to half a minute, so it runs in a thread of its own.
    """
    if _is_address(host):
        return [host]
    found: list[list[str] | OSError | UnicodeError] = []
    family = socket.AF_UNSPEC if socket.has_ipv6 else socket.AF_INET

    def look_up() -> None:
        try:
            rows = ask(host, port, family, socket.SOCK_STREAM)
            found.append(list(dict.fromkeys(_spell(place) for *_, place in rows)))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(min(seconds, threading.TIMEOUT_MAX))
    if not found:
        raise TimeOver
    if isinstance(found[0], list):
        return found[0]
    raise found[0]


def _spell(place: tuple[Any, ...]) -> str:
    """Return an address; one that is good on one network only, as those of IPv6 in the home, names its interface."""
    zone = place[3] if len(place) == 4 else 0
    return f"{place[0]}%{zone}" if zone and "%" not in place[0] else str(place[0])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
