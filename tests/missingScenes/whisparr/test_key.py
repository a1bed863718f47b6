"""Whisparr's key goes only to the address it was saved with."""

from __future__ import annotations

import ssl

from sandbox.messages import Response
from sandbox.serving import HttpServer
from sandbox.whisparr.server import WhisparrDouble
from tests.harness.weather import CERTIFICATE
from tests.missingScenes.conftest import Bench


def test_a_saved_key_never_goes_to_an_unsaved_address(bench: Bench, whisparr: WhisparrDouble) -> None:
    with HttpServer("other", lambda _request: Response(200, b"{}")) as other:
        (result,) = bench.operate("setup_tests", only="whisparr", values={"whisparrUrl": other.url})["tests"]
        assert (result["state"], result["setting"], other.traffic.requests()) == ("failed", "whisparrApiKey", [])
        assert f"was saved for {whisparr.url}. Enter it again for {other.url}." in result["message"]


def test_a_certificate_nobody_vouches_for_is_accepted_if_the_setting_says_so(
    bench: Bench, whisparr: WhisparrDouble
) -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(CERTIFICATE)
    with HttpServer("whisparr", whisparr.server.handler, tls=own) as encrypted:
        bench.plugin.save_settings(whisparrUrl=encrypted.url)
        (refused,) = bench.operate("setup_tests", only="whisparr")["tests"]
        assert (refused["state"], refused["code"]) == ("failed", "TlsFailed")
        assert 'the setting "Accept Any Certificate"' in refused["message"]
        bench.plugin.save_settings(whisparrAnyCertificate=True)
        (accepted,) = bench.operate("setup_tests", only="whisparr")["tests"]
        assert accepted["state"] != "failed", accepted
