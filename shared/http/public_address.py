"""Keeps requests for a service's pictures out of private networks: addresses in data come from strangers.

The name is resolved and checked before the request, and the connected peer again, because a name may resolve to
another address the second time. Behind a proxy only the first check is possible.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Union
from urllib.parse import urlsplit

import urllib3
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from shared.http.address import find_port
from shared.http.timed_connection import TimedAdapter, TimedHTTPConnection, TimedHTTPSConnection, find_addresses

IP = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddress(urllib3.exceptions.HTTPError):
    """A request would go to this machine or a private network."""


def is_public(address: str) -> bool:
    """Return True if an IP address is one of the internet, also if an IPv6 address carries an IPv4 one."""
    found = _find_carried(ipaddress.ip_address(address.partition("%")[0]))
    return found.is_global and not found.is_multicast


def _find_carried(address: IP) -> IP:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def check_public(url: str, seconds: float) -> None:
    """Raise PrivateAddress if the host of a URL is or resolves to a private address; the HTTP client calls it."""
    parts = urlsplit(url)
    try:
        found = find_addresses(parts.hostname or "", find_port(parts), seconds)
    except (OSError, UnicodeError):  # the connection tells what is wrong; a proxy may know the name
        return
    if not all(is_public(address) for address in found):
        raise PrivateAddress(parts.hostname)


def _check_peer(connected: socket.socket) -> socket.socket:
    peer = str(connected.getpeername()[0])
    if not is_public(peer):
        connected.close()
        raise PrivateAddress(peer)
    return connected


class PublicHTTPConnection(TimedHTTPConnection):
    """A connection that is closed before the request if its peer is in a private network."""

    def _new_conn(self) -> socket.socket:
        return _check_peer(super()._new_conn())


class PublicHTTPSConnection(PublicHTTPConnection, TimedHTTPSConnection):
    """The same over TLS."""


class PublicHTTPPool(HTTPConnectionPool):
    """A pool of such connections."""

    ConnectionCls = PublicHTTPConnection


class PublicHTTPSPool(HTTPSConnectionPool):
    """A pool of such connections over TLS."""

    ConnectionCls = PublicHTTPSConnection


class PublicAdapter(TimedAdapter):
    """An adapter whose direct connections lead to the internet only."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools; requests calls it once."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": PublicHTTPPool, "https": PublicHTTPSPool}
