"""A scene that the box sends in a form that cannot be read is counted, and the list goes on."""

from __future__ import annotations

import pytest

from sandbox.stashbox.model import Performer
from tests.missingScenes.conftest import Bench, ids_of


@pytest.mark.parametrize(("field", "value"), [("performers", "7"), ("tags", '"x"'), ("images", "[1]")])
def test_an_unreadable_scene_is_counted_as_hidden(
    bench: Bench, local_mira: str, mira: Performer, field: str, value: str
) -> None:
    odd, *others = bench.add_scenes(4, mira)
    bench.box.server.faults.add("mistyped", operation="List", fields=[field], content=value, record=odd.id)
    page = bench.find(local_mira)
    assert (sorted(ids_of(page)), page["state"]) == (sorted(each.id for each in others), "complete")
    assert page["figures"] == {"total": 4, "scanned": 4, "owned": 0, "missing": 3, "hidden": {"unreadable": 1}}
