"""Says whether the centre is open at a moment, until when, and when it opens next. Used by the hand-off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.services.opening_hours.schedule import Schedule

BRUSSELS = ZoneInfo("Europe/Brussels")
#: Looked ahead for the next opening; a centre that is closed longer names no day.
_DAYS_AHEAD = 60


@dataclass(frozen=True)
class OpenState:
    """Moments in UTC. `until` when it is open, else `next_opening`, None when none is near."""

    is_open: bool
    until: datetime | None
    next_opening: datetime | None


class Hours:
    """The opening hours that the centre has entered."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule

    def state(self, now: datetime) -> OpenState:
        """How things are at a moment with a time zone."""
        for opens, closes in self._openings_from(now.astimezone(BRUSSELS).date()):
            if now < opens:
                return OpenState(False, None, opens)
            if now < closes:
                return OpenState(True, closes, None)
        return OpenState(False, None, None)

    def _openings_from(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        for ahead in range(_DAYS_AHEAD):
            day = first + timedelta(days=ahead)
            for opening in self.schedule.of_day(day):
                yield _moment(day, opening.opens), _moment(day, opening.closes)


def _moment(day: date, at: time) -> datetime:
    # Into UTC at once: between two moments in Brussels, Python would count the hours of the clock.
    return datetime.combine(day, at, BRUSSELS).astimezone(timezone.utc)
