"""The target of a request: its address taken apart and encoded as HTTP needs it. Pure."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from shared.http.address import DEFAULT_PORTS, Address, find_port
from shared.http.wire.faults import AddressFault

LABEL = r"[a-z0-9_!$&'()+,;=~-]{1,63}"
NAME = re.compile(rf"{LABEL}(\.{LABEL})*\.?")
BROKEN_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
PATH_SAFE = "!$&'()*+,;=:@/~"
QUERY_SAFE = PATH_SAFE + "?"


class RequestTarget(NamedTuple):
    """The target of a request; the host is in ASCII, and an IPv6 address has no brackets."""

    scheme: str
    host: str
    port: int
    path: str  # with the query
    authorization: str = ""  # the header for a login that is written into the address

    @property
    def authority(self) -> str:
        """Return host and port as in an address, for the Host header.

        The port is left out if it is the scheme's own.
        """
        host = bracket(self.host)
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def bracket(host: str) -> str:
    """Return the host as it is written in an address: an IPv6 address in brackets. The Host header is made with it."""
    return f"[{host}]" if ":" in host else host


def find_target(url: str) -> RequestTarget:
    """Return the target of an address, for the HTTP client; raise AddressFault if no request can be sent to it."""
    try:
        parts = urlsplit(url.lstrip())
        port, host = find_port(parts), encode_host(parts.hostname or "")
        path = encode_path(parts)
        login = Address("", unquote(parts.username or ""), unquote(parts.password or ""))
    except ValueError as error:  # such as a port that is none, or a name that no encoding allows
        raise AddressFault("The address cannot be read.") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressFault("The address is not one of http or https.")
    return RequestTarget(parts.scheme, host, port, path, login.authorization)


def encode_host(host: str) -> str:
    """Return a host name in ASCII, or an IP address; raise ValueError if it is neither.

    The targets of requests and proxies are made with it.
    """
    if ":" in host:
        plain, _, zone = host.replace("%25", "%", 1).partition("%")
        ipaddress.IPv6Address(plain)
        return f"{plain}%{zone}" if zone else plain
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    if not NAME.fullmatch(name):
        raise ValueError("no name of a host")
    return name


def encode_path(parts: SplitResult) -> str:
    """Return path and query, without segments such as "..", and with characters that an address cannot have encoded.

    `find_target` calls it.
    """
    path = "/" + parts.path.lstrip("/")
    if "/." in path:
        path = urlsplit(urljoin("http://host/", path)).path
    encoded = _encode(path, PATH_SAFE)
    return f"{encoded}?{_encode(parts.query, QUERY_SAFE)}" if parts.query else encoded


def _encode(text: str, safe: str) -> str:
    """Return the text encoded; what looks encoded already stays, unless some percent sign is none of an encoding."""
    return quote(text, safe=safe if BROKEN_PERCENT.search(text) else f"{safe}%")
