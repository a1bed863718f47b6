"""Sends requests to one Whisparr, and checks once that it is a Whisparr v3; the client is built on it."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import mktime_tz, parsedate_tz
from typing import Any

from shared.errors import BadReply, NotFound, ServiceError, StartingUp, WrongService, WrongVersion
from shared.http import Http, Json, Request, Service, show_address
from shared.http.model import Parameter
from shared.reply_fields import text_of
from shared.whisparr.errors import NAME, explain_unavailable
from shared.whisparr.model import WhisparrProgram

API = "api/v3"
FIRST_VERSION = 3
DEVELOPER_VERSION = 10  # the version number of every developer build, of v2 and v3
CONNECTING = "connecting"


def make_whisparr_service(
    url: str,
    api_key: str,
    *,
    verify_tls: bool = True,
    url_setting: str = "the Whisparr URL",
    key_setting: str = "the Whisparr API key",
    tls_setting: str = "",
    name: str = NAME,
) -> Service:
    """Return Whisparr's address, key and limits for an Http client; Missing Scenes connects with it."""
    return Service(
        name=name,
        url=url,
        keys={"X-Api-Key": api_key},
        verify_tls=verify_tls,
        tls_setting=tls_setting,
        url_setting=url_setting,
        key_setting=key_setting,
    )


class WhisparrRequests:
    """Requests below api/v3. The first one asks which program answers, unless the caller knows it."""

    def __init__(self, http: Http, known: WhisparrProgram | None = None) -> None:
        self.http = http
        self.program = known
        # The time of the last reply by Whisparr's own clock, which may differ from this machine's.
        self.answered_at: float | None = None
        self._is_proven = False

    def connect(self) -> WhisparrProgram:
        """Return the program that answers; `ask` calls it before the first request.

        Raise WrongService or WrongVersion if it is no Whisparr v3.
        """
        self.program = None
        try:
            status = self._send(Request("GET", f"{API}/system/status", operation=CONNECTING)).data
        except NotFound as error:
            raise self._not_whisparr() from error
        if not isinstance(status, dict) or not text_of(status, "appName"):
            raise self._not_whisparr()
        program = WhisparrProgram(self.http.base_url, text_of(status, "appName"), text_of(status, "version"))
        self._check_program(program)
        self.program, self._is_proven = program, True
        return program

    def _check_program(self, program: WhisparrProgram) -> None:
        where = show_address(program.base_url)
        if program.name != NAME:
            message = f"{program.name} {program.version} answers at {where}. {NAME} v3 is needed here."
            raise WrongService(message, service=NAME, operation=CONNECTING)
        major = program.version.partition(".")[0]
        line = int(major) if major.isdigit() else 0
        is_old = line < FIRST_VERSION
        if line >= DEVELOPER_VERSION:
            is_old = not self._has_scenes()
        if is_old:
            message = f"This is Whisparr v2 ({program.version}) at {where}. {NAME} v3 is needed here."
            raise WrongVersion(message, service=NAME, operation=CONNECTING)

    def _has_scenes(self) -> bool:
        try:
            self._send(Request("GET", f"{API}/movie/list", operation=CONNECTING))
        except NotFound:
            return False
        return True

    def read(self, route: str, operation: str, params: Mapping[str, Parameter] | None = None) -> Json:
        """Return the data of the reply to a GET; the client's methods read with it."""
        return self.ask(Request("GET", f"{API}/{route}", params=params or {}, operation=operation))

    def read_rows(
        self, route: str, operation: str, params: Mapping[str, Parameter] | None = None
    ) -> list[Mapping[str, Any]]:
        """Return the reply to a GET, a list of objects, for the client; raise BadReply for anything else."""
        return self.check_rows(self.read(route, operation, params), operation)

    def write(
        self,
        method: str,
        route: str,
        operation: str,
        *,
        params: Mapping[str, Parameter] | None = None,
        json: Json = None,
        repeatable: bool | None = None,
    ) -> Json:
        """Return the data of the reply to a request that writes, for the client; None if it has none."""
        return self.ask(
            Request(
                method,
                f"{API}/{route}",
                params=params or {},
                json=json,
                expect="json-or-empty",
                operation=operation,
                repeatable=repeatable,
            )
        )

    def ask(self, request: Request) -> Json:
        """Return the data of a reply; reads and writes send through it.

        It checks the program first if it is unknown, and again if a route is missing.
        """
        if self.program is None:
            self.connect()
        try:
            return self._send(request).data
        except NotFound:
            if not self._is_proven:
                self.connect()
            raise

    def check_rows(self, rows: Json, operation: str) -> list[Mapping[str, Any]]:
        """Return the rows of a reply that must be a list of objects, for the client.

        Raise BadReply for anything else.
        """
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        raise BadReply("Whisparr sent something else than a list.", service=NAME, operation=operation)

    def check_ids(self, ids: Json, operation: str) -> list[int]:
        """Return the numbers of a reply that is a list of them, for the client; raise BadReply for anything else."""
        if isinstance(ids, list) and all(isinstance(each, int) for each in ids):
            return ids
        raise BadReply("Whisparr sent something else than a list of numbers.", service=NAME, operation=operation)

    def check_object(self, value: Json, operation: str) -> Mapping[str, Any]:
        """Return the data of a reply that must be one object, for the client; raise BadReply for anything else."""
        if isinstance(value, dict):
            return value
        raise BadReply("Whisparr sent something else than an object.", service=NAME, operation=operation)

    def _send(self, request: Request) -> Any:
        try:
            reply = self.http.send(request)
        except StartingUp as error:
            explained: ServiceError = explain_unavailable(error)
            raise explained from error
        self.answered_at = read_date(reply.headers.get("Date", ""))
        return reply

    def _not_whisparr(self) -> WrongService:
        where, step = show_address(self.http.base_url), f"Check {self.http.service.url_setting}."
        return WrongService(
            f"Something answers at {where}, but it is not Whisparr. {step}", service=NAME, operation=CONNECTING
        )


def read_date(header: str) -> float | None:
    """Return the time of a reply in seconds since 1970, or None if it carries none; Whisparr's clock is read so."""
    parts = parsedate_tz(header)
    return float(mktime_tz(parts)) if parts else None
