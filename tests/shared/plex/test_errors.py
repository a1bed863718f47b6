"""How far a failure reaches."""

from __future__ import annotations

import pytest

from shared import errors
from shared.plex.errors import (
    CONFIGURATION,
    ITEM,
    SERVER,
    LibraryMissing,
    NotTaken,
    OtherServer,
    UnusableImage,
    find_scope,
)


@pytest.mark.parametrize(
    ("error", "scope"),
    [
        (errors.AuthRejected("token"), CONFIGURATION),
        (errors.WrongService("proxy"), CONFIGURATION),
        (OtherServer("other"), CONFIGURATION),
        (LibraryMissing("gone"), CONFIGURATION),
        (errors.TlsFailed("certificate"), CONFIGURATION),
        (errors.SettingError("url", "bad"), CONFIGURATION),
        (errors.Unreachable("refused"), SERVER),
        (errors.TimedOut("slow"), SERVER),
        (errors.StartingUp("migrating"), SERVER),
        (errors.RateLimited("wait"), SERVER),
        (errors.BadReply("cut"), SERVER),
        (errors.ServerFailed("gateway", status=502), SERVER),
        (errors.ServerFailed("this item", status=500), ITEM),
        (errors.NotFound("item"), ITEM),
        (errors.Refused("field"), ITEM),
        (NotTaken("genre"), ITEM),
        (UnusableImage("empty"), ITEM),
    ],
)
def test_each_failure_has_its_scope(error: errors.BundleError, scope: str) -> None:
    assert find_scope(error) == scope
