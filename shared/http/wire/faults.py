"""The faults below the HTTP client, apart from errors of the system; shared/http/errors.py translates them."""

from __future__ import annotations


class TransportFault(Exception):
    """A request failed; the cause of the exception says why."""


class AddressFault(TransportFault):
    """No request can be sent to this address."""


class HeaderFault(TransportFault):
    """A header has characters that no header may have."""


class PrivateAddress(TransportFault):
    """A request would go to this machine or a private network."""


class ProxyFault(TransportFault):
    """The proxy cannot be reached, or it does not lead to the host."""


class ConnectFault(TransportFault):
    """No connection came about, so nothing was sent."""


class TrustFault(TransportFault):
    """The trusted certificates cannot be read; its arguments are the variable that names them, or "", and the path."""


class SendFault(TransportFault):
    """The request could not be sent in time."""


class AnswerFault(TransportFault):
    """The answer breaks off, contradicts itself, or cannot be unpacked."""


class RedirectFault(TransportFault):
    """One redirect led to the next."""
