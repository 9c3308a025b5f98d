"""Meta's rule of 24 hours, by who writes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.services.messenger.window import Way, closes_at, way_of

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize("role", ["bot", "system", "counsellor"])
def test_within_a_day_everybody_answers(role: str) -> None:
    assert way_of(role, NOW - timedelta(hours=24), NOW) is Way.RESPONSE


@pytest.mark.parametrize("role", ["bot", "system"])
def test_after_a_day_the_bot_and_the_house_are_silent(role: str) -> None:
    assert way_of(role, NOW - timedelta(hours=24, seconds=1), NOW) is Way.CLOSED


def test_a_counsellor_writes_for_seven_days() -> None:
    assert way_of("counsellor", NOW - timedelta(days=7), NOW) is Way.HUMAN_AGENT
    assert way_of("counsellor", NOW - timedelta(days=7, seconds=1), NOW) is Way.CLOSED
    assert closes_at(NOW) == NOW + timedelta(days=7)


def test_nobody_writes_to_who_has_never_written() -> None:
    assert way_of("counsellor", None, NOW) is Way.CLOSED
    assert closes_at(None) is None
