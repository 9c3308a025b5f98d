"""Whatever a machine sends by our own OpenAPI description, with and without a token: no 5xx, nothing undescribed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.gateway.running_gateway import RunningGateway, Visitor

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: One machine sends everything.
WIDE = {
    "FAQBOT_MESSAGES_PER_SESSION": "1000000",
    "FAQBOT_MESSAGES_PER_ADDRESS": "1000000",
    "FAQBOT_READINGS_PER_SESSION": "1000000",
    "FAQBOT_STARTS_PER_ADDRESS": "1000000",
}
EXAMPLES = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    """The door in a process of its own, with a stand-in of the brain."""
    running = RunningGateway(tmp_path_factory.mktemp("property"), **WIDE)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def described(running: RunningGateway) -> OpenApiSchema:
    """Our description of the door, as the door gives it."""
    return schemathesis.openapi.from_url(f"{running.url}/openapi.json")


# The stream of events never ends, so it is no request of this kind; tests/gateway reads it.
schema = schemathesis.pytest.from_fixture("described").exclude(path="/chat/events")


@schema.parametrize()
@EXAMPLES
def test_requests_without_a_token_are_taken_or_refused_as_described(case: Case) -> None:
    case.call_and_validate(checks=CHECKS)


@schema.parametrize()
@EXAMPLES
def test_requests_of_a_visitor_are_taken_or_refused_as_described(case: Case, running: RunningGateway) -> None:
    # Each has a conversation of its own: one of the requests erases it.
    visitor = Visitor(running.url)
    visitor.post(text="?")
    case.call_and_validate(headers={"Authorization": f"Bearer {visitor.token}"}, checks=CHECKS)
