"""The label of a request: service, address and purpose, which begin every message about it."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from shared.http.model import Service
from shared.runtime.redact import mask_secrets

PROXY_STEP = "Check HTTP_PROXY and HTTPS_PROXY where Stash is started."


class About(TypedDict):
    """The facts that every `ServiceError` carries: service, purpose, status."""

    service: str
    operation: str
    status: int | None


class RequestLabel(NamedTuple):
    """Service, address and purpose of a request, for messages about it."""

    service: Service
    where: str
    operation: str

    def make_message(self, what: str, next_step: str = "") -> str:
        """Return one or two sentences for an error.

        They name service, address, what happened while doing what, and the next step.
        """
        doing = f" while {self.operation}" if self.operation else ""
        first = f"{self.service.name} at {self.where} {what}{doing}."
        return mask_secrets(f"{first} {next_step}".strip())

    def about(self, status: int | None = None) -> About:
        """Return the keyword arguments of a `ServiceError` about this request; each maker of an error calls it."""
        return About(service=self.service.name, operation=self.operation, status=status)


def shorten(text: str, longest: int = 300) -> str:
    """Return the text in one line of at most that many characters; adapters shorten quoted answers with it."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
