"""Reads the day and time of an appointment as they are entered at the desk, in the time of Brussels. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.services.opening_hours.hours import BRUSSELS
from bot.services.opening_hours.typed import date_in, time_in

#: Nobody is put off for longer.
FARTHEST = timedelta(days=60)


class BadMoment(ValueError):
    """`reason` is date, time, past, far or skipped (an hour that the change of the clock leaves out)."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the appointment cannot be then ({reason})")
        self.reason = reason


def read_moment(day: str, at: str, now: datetime) -> datetime:
    """The moment in UTC. Raises BadMoment."""
    on, clock = date_in(day), time_in(at)
    if on is None:
        raise BadMoment("date")
    if clock is None:
        raise BadMoment("time")
    local = datetime.combine(on, clock, BRUSSELS)
    moment = local.astimezone(timezone.utc)
    if moment.astimezone(BRUSSELS).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise BadMoment("skipped")
    if moment <= now:
        raise BadMoment("past")
    if moment - now > FARTHEST:
        raise BadMoment("far")
    return moment
