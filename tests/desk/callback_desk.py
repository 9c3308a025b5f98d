"""A counsellor, a visitor who leaves details, and a mail server between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.foundation.clock import now
from bot.foundation.mail_settings import MailSettings
from bot.services.callback.callbacks import Callback
from bot.services.notify.post import Post
from bot.services.opening_hours.hours import BRUSSELS
from tests.desk.counsellor import StaffMember
from tests.desk.in_process import Site
from tests.services.handoff.conftest import HandoffDoor
from tests.services.notify.mail_server import MailServer


@pytest.fixture
def site(tmp_path: Path, mail_server: MailServer) -> Iterator[Site]:
    settings = MailSettings("127.0.0.1", mail_server.port, "none", None, None, "bot@c.example", ("team@c.example",))
    opened = Site(tmp_path, now, post=Post(settings, lambda: "info@c.example"))
    yield opened
    opened.close()


@pytest.fixture
def visitors(site: Site, tmp_path: Path) -> Iterator[HandoffDoor]:
    door = HandoffDoor(site.database.url, f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    door.clock.time = datetime.now(timezone.utc)
    yield door
    door.close()


@pytest.fixture
def zoe(site: Site) -> StaffMember:
    return site.member("zoe")


def page_of(callback: Callback) -> str:
    return f"/desk/callbacks/{callback.reference}"


def in_days(days: int) -> dict[str, str]:
    day = datetime.now(BRUSSELS).date() + timedelta(days=days)
    return {"day": day.isoformat(), "time": "14:30", "why": "wished"}


def appoint(zoe: StaffMember, callback: Callback, **fields: str) -> httpx.Response:
    return zoe.form(page_of(callback), f"{page_of(callback)}/appoint", **{**in_days(4), **fields})


def letter_in(page: str) -> dict[str, str]:
    """The letter's form as a browser would send it."""
    form = page.split('/letter">', 1)[1].split("</form>", 1)[0]
    fields = dict(re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', form))
    body = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", form, re.DOTALL)
    assert body
    return {name: unescape(value) for name, value in {**fields, "body": body[1]}.items()}


def token_of(page: str) -> dict[str, str]:
    found = re.search(r'name="form_token" value="(\w+)"', page)
    assert found
    return {"form_token": found[1]}
