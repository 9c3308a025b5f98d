"""How far the agenda reaches: recurrences become single activities from some weeks back to over a year ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

#: Where the centre is: an agenda's "today" and every time without a zone are meant there.
BRUSSELS = ZoneInfo("Europe/Brussels")

#: So long an activity that is over can still be asked for ("the second one" of a list shown before).
DAYS_BACK = 60
DAYS_AHEAD = 400


def horizon(now: datetime) -> tuple[datetime, datetime]:
    """The first and the last moment of the agenda that is kept, whole days of Brussels."""
    today = now.astimezone(BRUSSELS).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
