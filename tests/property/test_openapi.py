"""Whatever a machine sends by our own OpenAPI description, the door never fails with 5xx."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from bot.app import create_apps
from bot.foundation.settings import read_settings

_FOLDER = Path(__file__).parents[2] / "var" / "property"
_APP = create_apps(
    read_settings(
        {"FAQBOT_DATA_FOLDER": str(_FOLDER), "FAQBOT_BRAIN_PORT": "9", "FAQBOT_MESSAGES_PER_ADDRESS": "100000"}
    )
).public
schema = schemathesis.openapi.from_asgi("/openapi.json", _APP)


# The stream of events never ends, so it is no request of this kind; tests/gateway reads it.
@schema.exclude(path="/chat/events").parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_request_makes_the_door_fail(case: Case) -> None:
    response = case.call()

    assert response.status_code < 500
