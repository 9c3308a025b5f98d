"""Reads one event of Meta as the gateway does, for the tests of what events mean."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from bot.foundation.messenger_settings import MessengerPage, MessengerSettings
from bot.gateway.messenger.inbound import Inbound
from bot.services.messenger.happenings import (
    Happenings,
    OfPerson,
    Said,
)
from tests import messenger_payloads as meta
from tests.messenger_payloads import APP, OTHER_PAGE, PAGE

SETTINGS = MessengerSettings(
    app_id=APP,
    app_secret=meta.SECRET,
    verify_token="token",
    pages=(MessengerPage(PAGE, "Centre", "t"), MessengerPage(OTHER_PAGE, "Youth", "t", theme="guidance")),
)


def read(body: dict[str, Any]) -> Happenings:
    return Inbound(SETTINGS, datetime.now(timezone.utc) + timedelta(seconds=30)).read(body)


def one(event: meta.Event, page: str = PAGE, channel: str = "messaging") -> OfPerson:
    found = read(meta.body(event, page=page, channel=channel))
    assert found.passed_over == {}
    (happening,) = found.of_people
    return happening


def passed_over(event: Any) -> dict[tuple[str, str], int]:
    found = read(meta.body(event))
    assert found.of_people == ()
    return found.passed_over


def said(event: meta.Event, page: str = PAGE) -> Said:
    found = one(event, page)
    assert isinstance(found, Said)
    assert (found.thread.page_id, found.thread.psid) == (page, "7")
    return found
