"""The sample plugin, as for the other operations that every plugin has."""

from __future__ import annotations

from tests.shared.page.conftest import plugin, run_id, shelf

__all__ = ["plugin", "run_id", "shelf"]
