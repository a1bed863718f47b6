"""Which failures of a single request are those of the whole server."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.plex.server import PlexDouble
from shared.errors import ITEM, SERVICE, ServiceError
from shared.plex.client import Plex


@pytest.mark.parametrize(
    ("fault", "reach"),
    [
        ({"kind": "server_error", "status": 502}, SERVICE),
        ({"kind": "server_error", "status": 504}, SERVICE),
        ({"kind": "server_error", "status": 500}, ITEM),
        ({"kind": "truncated"}, SERVICE),
    ],
)
def test_an_answer_spoiled_on_its_way_is_trouble_of_the_server(
    plex: Plex, double: PlexDouble, fault: dict[str, Any], reach: str
) -> None:
    double.server.faults.add(**fault)
    with pytest.raises(ServiceError) as caught:
        plex.read_item("1")
    assert caught.value.reach == reach
