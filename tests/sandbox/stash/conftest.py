"""Fixtures of the tests of the Stash double."""

from __future__ import annotations

from tests.harness.sandbox import calendar, make_stash, stash

__all__ = ["calendar", "make_stash", "stash"]
