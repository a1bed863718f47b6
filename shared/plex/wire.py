"""Sends requests to one Plex and unpacks its replies; the client (shared/plex/client.py) is built on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from shared.errors import SERVICE, ServiceError, StartingUp, WrongService
from shared.http import Http, Request, RetryPolicy, Service, Timeouts, show_address
from shared.http.model import Parameter
from shared.plex.errors import is_server_trouble

NAME = "Plex"
PRODUCT = "Stash plugin bundle"
STATUS_TEXT = re.compile(r'\bstatus="([^"]*)"')
TITLE_TEXT = re.compile(r'\btitle="([^"]*)"')


def make_plex_service(
    url: str,
    token: str,
    client_id: str,
    *,
    version: str = "1.0",
    timeouts: Timeouts | None = None,
    retry: RetryPolicy | None = None,
    verify_tls: bool = True,
    url_setting: str = "the Plex address",
    key_setting: str = "the Plex token",
    tls_setting: str = "",
) -> Service:
    """Return Plex's address, token and limits for an Http client, for every connection to Plex.

    With a new `client_id` Plex lists a new device.
    """
    identity = {
        "X-Plex-Client-Identifier": client_id,
        "X-Plex-Product": PRODUCT,
        "X-Plex-Version": version,
        "X-Plex-Device-Name": PRODUCT,
    }
    return Service(
        name=NAME,
        url=url,
        headers=identity,
        keys={"X-Plex-Token": token},
        verify_tls=verify_tls,
        tls_setting=tls_setting,
        timeouts=timeouts or Timeouts(),
        retry=retry or RetryPolicy(),
        url_setting=url_setting,
        key_setting=key_setting,
    )


class PlexRequests:
    """Requests to one Plex."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def read(
        self, path: str, operation: str, params: Mapping[str, Parameter] | None = None, *, method: str = "GET"
    ) -> dict[str, Any]:
        """Return the MediaContainer of the reply, to a GET as a rule, for all functions that read from Plex.

        Raise WrongService if the reply has none.
        """
        reply = self._send(Request(method, path, params=params or {}, operation=operation))
        container = reply.data.get("MediaContainer") if isinstance(reply.data, dict) else None
        if not isinstance(container, dict):
            raise self._not_plex(operation)
        return container

    def write(
        self,
        method: str,
        path: str,
        operation: str,
        *,
        params: Mapping[str, Parameter] | None = None,
        body: bytes | None = None,
        repeatable: bool | None = None,
    ) -> None:
        """Send a request whose reply carries no data, for all functions that write to Plex.

        Raise WrongService if the reply is a web page.
        """
        reply = self._send(
            Request(
                method,
                path,
                params=params or {},
                body=body,
                expect="bytes",
                operation=operation,
                repeatable=repeatable,
            )
        )
        if reply.body.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
            raise self._not_plex(operation)

    def _send(self, request: Request) -> Any:
        try:
            return self.http.send(request)
        except StartingUp as error:
            raise explain_unavailable(error) from error
        except ServiceError as error:
            if is_server_trouble(error):
                error.reach = SERVICE
            raise

    def tell_not_plex(self) -> str:
        """Return the sentence of an error that says that another program answers at this address."""
        where = show_address(self.http.base_url)
        return f"Something answers at {where}, but it is not Plex. Check {self.http.service.url_setting}."

    def _not_plex(self, operation: str) -> WrongService:
        return WrongService(self.tell_not_plex(), service=NAME, operation=operation)


def explain_unavailable(error: StartingUp) -> StartingUp:
    """Return the error with the reason in its reply: Plex starts, migrates its database, or is maintained.

    The client raises it.
    """
    page = error.details if isinstance(error.details, str) else ""
    found = STATUS_TEXT.search(page) or TITLE_TEXT.search(page)
    if not found:
        return error
    reason = unescape(found[1])
    message = f'Plex is not ready yet: "{reason}". That may take some minutes.'
    explained = StartingUp(message, sent=False, service=NAME, operation=error.operation, status=error.status)
    explained.retry_after, explained.details = error.retry_after, reason
    return explained
