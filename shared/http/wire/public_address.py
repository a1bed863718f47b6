"""Keeps requests for a service's pictures out of private networks: addresses in data come from strangers.

The name is resolved and checked before the request, and the connected peer again, because a name may resolve to
another address the second time. Behind a proxy only the first check is possible.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Union

from shared.http.wire.addresses import find_addresses
from shared.http.wire.faults import PrivateAddress

if TYPE_CHECKING:
    import socket

    from shared.http.wire.target import RequestTarget

IP = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return True if an IP address is one of the internet, also if an IPv6 address carries an IPv4 one.

    The checks of private addresses ask.
    """
    found = _find_carried(ipaddress.ip_address(address.partition("%")[0]))
    return found.is_global and not found.is_multicast


def _find_carried(address: IP) -> IP:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def check_public(target: RequestTarget, seconds: float) -> None:
    """Raise PrivateAddress if the host of a target is or resolves to a private address; the transport calls it."""
    try:
        found = find_addresses(target.host, target.port, seconds)
    except (OSError, UnicodeError):  # the connection tells what is wrong; a proxy may know the name
        return
    if not all(is_public(address) for address in found):
        raise PrivateAddress(target.host)


def check_peer(connected: socket.socket) -> None:
    """Raise PrivateAddress if a socket is connected to a private address, and close it; a new connection calls it."""
    peer = str(connected.getpeername()[0])
    if not is_public(peer):
        connected.close()
        raise PrivateAddress(peer)
