"""How far a failure reaches: the one classification of the journal, the queue and the Plex adapter."""

from __future__ import annotations

import pytest

from shared import errors
from shared.errors import EVERYTHING, ITEM, SERVICE
from shared.plex.errors import LibraryMissing, NotTaken, OtherServer, UnusableImage


@pytest.mark.parametrize(
    ("error", "reach"),
    [
        (errors.SettingError("url", "bad"), EVERYTHING),
        (errors.AuthRejected("token"), EVERYTHING),
        (errors.WrongService("proxy"), EVERYTHING),
        (errors.WrongVersion("old"), EVERYTHING),
        (errors.TlsFailed("certificate"), EVERYTHING),
        (errors.DependencyMissing("requests"), EVERYTHING),
        (OtherServer("other"), EVERYTHING),
        (LibraryMissing("gone"), EVERYTHING),
        (errors.Unreachable("refused"), SERVICE),
        (errors.TimedOut("slow"), SERVICE),
        (errors.StartingUp("migrating"), SERVICE),
        (errors.RateLimited("wait"), SERVICE),
        (errors.ServerFailed("this item", status=500), ITEM),
        (errors.BadReply("cut"), ITEM),
        (errors.TooLarge("flood"), ITEM),
        (errors.NotFound("item"), ITEM),
        (errors.Refused("field"), ITEM),
        (errors.Conflict("changed"), ITEM),
        (errors.Busy("running"), ITEM),
        (NotTaken("genre"), ITEM),
        (UnusableImage("empty"), ITEM),
    ],
)
def test_each_failure_has_its_reach(error: errors.BundleError, reach: str) -> None:
    assert error.reach == reach
    assert error.stops_run == (reach != ITEM)
