"""Arguments for calls that nobody would make: well-formed ones, odd ones, and ones that do not exist. Seeded."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from shared.arguments import Argument, Choice, Flag, ListOf, MapOf, Record, Text, TextForm, Time, Whole

DEEP: Any = []
for _ in range(60):
    DEEP = [DEEP]
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    2**31,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    10**30,
    "",
    " ",
    "perhaps",
    "-1",
    "7",
    "7;8",
    "١",
    "1_0",
    "9" * 25,
    "http://[x",
    "http://",
    "https://user:pw@host:99999/",
    "../../etc/passwd",
    "%_\\'\"",
    "a\x00b",
    "half \ud800 of",
    "é" * 30_000,
    "[[[[",
    "2024-13-45",
    "9999-12-31T23:59:60Z",
    "0001-01-01T00:00:00Z",
    "/(/",
    [],
    [None],
    [1, "x"],
    ["1", "1"],
    [[1]],
    [{}],
    {},
    {"id": 2**70},
    {"": ""},
    {"a": {"b": [1]}},
    DEEP,
)


class OddCalls:
    """Makes arguments; `texts` are texts that mean something, such as the address of a box."""

    def __init__(self, random: Random, texts: Sequence[str]) -> None:
        self._random = random
        self._texts = texts

    def make(self, rows: Sequence[Argument], oddness: float) -> dict[str, Any]:
        """Return arguments for a call that declares these rows; about so many of them are odd or left out."""
        args = {row.name: self._make_value(row, oddness) for row in rows if self._random.random() > oddness / 2}
        if self._random.random() < oddness / 4:
            args[self._random.choice(("nothing", "dryrun", "ID", "__class__"))] = self._random.choice(ODD)
        return args

    def _make_value(self, row: Argument, oddness: float) -> Any:
        if self._random.random() < oddness:
            return self._random.choice(ODD)
        return self._make_fit(row.kind, oddness)

    def _make_fit(self, kind: Any, oddness: float) -> Any:
        pick = self._random.choice
        if isinstance(kind, Flag):
            return pick((True, False, "true", 0))
        if isinstance(kind, Choice):
            return pick(kind.choices)
        if isinstance(kind, Whole):
            return pick((1, 2, 3, "4", 5, 2**40)) if kind.high > 2**40 else pick((kind.low, kind.low + 1, kind.high))
        if isinstance(kind, Record):
            return self.make(kind.fields, oddness) if kind.fields else pick(({}, {"id": "1"}, {"values": [1]}))
        return self._make_many(kind, oddness)

    def _make_many(self, kind: Any, oddness: float) -> Any:
        pick, some = self._random.choice, range(self._random.randrange(4))
        if isinstance(kind, ListOf):
            return [self._make_fit(kind.entries, oddness) for _ in some]
        if isinstance(kind, MapOf):
            return {pick(self._texts): self._make_fit(kind.values, oddness) for _ in some}
        if isinstance(kind, (TextForm, Time)):
            return pick(("2024-05-01", "2024", "2024-05-01T12:00:00Z", "2024-05-01T12:00:00+02:00"))
        assert isinstance(kind, Text)
        return pick((*self._texts, *(each for each in ODD if isinstance(each, str))))
