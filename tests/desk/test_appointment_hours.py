"""An appointment while the centre is closed: allowed, since a colleague may call from home, and said in the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from bot.foundation.clock import now
from bot.services.opening_hours.hours import BRUSSELS, Hours
from bot.services.opening_hours.schedule import Opening, Schedule
from tests.desk.in_process import Site
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.leaving_details import leave_details

SAID = {
    "fr": "Le centre est fermé à ce moment-là",
    "nl": "Het centrum is dan gesloten",
    "en": "The centre is closed then",
}
#: Named as exceptions, so that neither is a public holiday.
OPEN_DAY = (datetime.now(BRUSSELS) + timedelta(days=8)).date()
CLOSED_DAY = OPEN_DAY + timedelta(days=1)
HOURS = Hours(Schedule({}, {}, {OPEN_DAY: (Opening(time(9), time(17)),), CLOSED_DAY: ()}))


@pytest.fixture(params=[None, HOURS], ids=["no hours entered", "hours entered"])
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    opened = Site(tmp_path, now, hours=request.param)
    yield opened
    opened.close()


def test_an_appointment_while_the_centre_is_closed_is_marked(
    site: Site, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    visitors = HandoffDoor(site.database.url, f"sqlite:///{tmp_path / 'trackers.sqlite'}")
    visitors.clock.time = datetime.now(timezone.utc)
    callback, zoe = leave_details(visitors, "telephone", "en"), site.member("zoe")
    page = f"/desk/callbacks/{callback.reference}"
    is_known = "no hours" not in request.node.callspec.id

    for day, is_closed in ((CLOSED_DAY, True), (OPEN_DAY, False)):
        made = zoe.form(page, f"{page}/appoint", day=day.isoformat(), time="14:30", why="wished", told="1")
        assert made.status_code == 303, made.text
        for language, words in SAID.items():
            shown = zoe.client.get(f"{page}?lang={language}").text
            assert (words in shown) == (is_closed and is_known)
    visitors.close()
