"""Who is asked, where and what for: the beginning of every message."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from shared.http.redact import mask_secrets
from shared.http.values import Service


class About(TypedDict):
    """What every service error carries."""

    service: str
    operation: str
    status: int | None


class Errand(NamedTuple):
    """One request in words."""

    service: Service
    where: str
    operation: str
    secrets: tuple[str, ...] = ()

    def tell(self, what: str, next_step: str = "") -> str:
        """One or two sentences: who, where, what, while doing what, what to do now."""
        doing = f" while {self.operation}" if self.operation else ""
        first = f"{self.service.name} at {self.where} {what}{doing}."
        return mask_secrets(f"{first} {next_step}".strip(), self.secrets)

    def about(self, status: int | None = None) -> About:
        """The keywords for our errors."""
        return About(service=self.service.name, operation=self.operation, status=status)
