"""Without pages that are set up there is no Messenger."""

from __future__ import annotations

import httpx

from tests.gateway.running_gateway import RunningGateway


def test_without_settings_nothing_answers(gateway: RunningGateway) -> None:
    for method, path in (
        ("GET", "webhook"),
        ("POST", "webhook"),
        ("POST", "data-deletion"),
        ("GET", "data-deletion/x"),
    ):
        assert httpx.request(method, f"{gateway.url}/messenger/{path}").status_code == 404
