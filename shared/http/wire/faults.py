"""What can go wrong below the HTTP client, apart from errors of the system; shared/http/errors.py translates it."""

from __future__ import annotations


class Fault(Exception):
    """A request failed; the cause of the exception says why."""


class AddressFault(Fault):
    """No request can be sent to this address."""


class HeaderFault(Fault):
    """A header has characters that no header may have."""


class PrivateAddress(Fault):
    """A request would go to this machine or a private network."""


class ProxyFault(Fault):
    """The proxy cannot be reached, or it does not lead to the host."""


class ConnectFault(Fault):
    """No connection came about, so nothing was sent."""


class SendFault(Fault):
    """The request could not be sent in time."""


class AnswerFault(Fault):
    """The answer breaks off, contradicts itself, or cannot be unpacked."""


class RedirectFault(Fault):
    """One redirect led to the next."""
