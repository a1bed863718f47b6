"""The label of a request: service, address and purpose, which begin every message about it."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from shared.http.values import Service
from shared.runtime.redact import mask_secrets

PROXY_STEP = "Check HTTP_PROXY and HTTPS_PROXY where Stash is started."


class About(TypedDict):
    """The facts that every service error carries: service, address, purpose."""

    service: str
    operation: str
    status: int | None


class RequestLabel(NamedTuple):
    """One request in words."""

    service: Service
    where: str
    operation: str

    def make_message(self, what: str, next_step: str = "") -> str:
        """One or two sentences: who, where, what, while doing what, what to do now."""
        doing = f" while {self.operation}" if self.operation else ""
        first = f"{self.service.name} at {self.where} {what}{doing}."
        return mask_secrets(f"{first} {next_step}".strip())

    def about(self, status: int | None = None) -> About:
        """The keywords for our errors."""
        return About(service=self.service.name, operation=self.operation, status=status)


def shorten(text: str, longest: int = 300) -> str:
    """One line of at most that many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
