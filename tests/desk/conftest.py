"""A gateway with its desk, and staff who are signed in, on SQLite and on PostgreSQL where a module asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk.counsellor import StaffMember, account, url_of
from tests.gateway.conftest import database, gateway, own_gateway
from tests.gateway.running_gateway import RunningGateway

__all__ = ["database", "gateway", "own_gateway"]


def signed_in(gateway: RunningGateway, name: str, role: str = "counsellor") -> StaffMember:
    """Somebody with an account and a session."""
    account(url_of(gateway), name, role)
    member = StaffMember(gateway)
    response = member.sign_in(name)
    assert response.status_code == 303, response.text
    return member


@pytest.fixture
def zoe(gateway: RunningGateway) -> Iterator[StaffMember]:
    """A counsellor who is there."""
    member = signed_in(gateway, "zoe")
    member.come()
    yield member
    member.form("/desk/", "/desk/presence", act="leave")


@pytest.fixture
def jan(gateway: RunningGateway) -> StaffMember:
    """Another counsellor."""
    return signed_in(gateway, "jan")


@pytest.fixture
def eva(gateway: RunningGateway) -> StaffMember:
    """A third one."""
    return signed_in(gateway, "eva")
