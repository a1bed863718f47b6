"""What the workers of a test session share is made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.harness.once import make_once


def test_the_first_worker_makes_it_and_the_others_wait_for_it(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return list(range(3))

    with ThreadPoolExecutor(4) as workers:
        found = list(workers.map(lambda _: make_once(tmp_path, "numbers", make), range(4)))
    assert (found, made) == ([[0, 1, 2]] * 4, [1])
