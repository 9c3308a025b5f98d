"""The rules for parts of the day: "'s avonds", "en matinée", "Friday mornings", "after work"."""

from __future__ import annotations

from datetime import time

from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.periods import LAST_MINUTE, Hours
from bot.services.agenda.request.terms import HOURS, Term

#: Hours of the start that the parts of a day stand for.
PARTS = {
    "morning": Hours(time(6), time(11, 59)),
    "noon": Hours(time(12), time(13, 59)),
    "afternoon": Hours(time(12), time(17, 59)),
    "late": Hours(time(16), time(18, 59)),
    "daytime": Hours(time(8), time(17, 59)),
    "evening": Hours(time(17), LAST_MINUTE),
}
AFTER_WORK = Hours(time(17), None)


def _part(found: Found) -> Term | None:
    part = found.value("part")
    hours = PARTS[part]
    if found.has("preposition"):
        kind = found.piece("preposition").kind
        if kind == "BEFORE":
            assert hours.earliest
            return found.make(HOURS, Hours(None, time(hours.earliest.hour - 1, 59)))
        if kind == "FROM":
            return found.make(HOURS, Hours(hours.earliest, None))
        if kind == "UNTIL":
            return found.make(HOURS, Hours(None, hours.latest))
    return found.make(HOURS, hours)


def _every_week(found: Found) -> Term | None:
    """ "Friday mornings" are those of every week."""
    return found.make("WEEKDAYS", f"{found.value('weekday')} {found.value('part')}")


PART_RULES = (
    Rule("(?P<weekday>WEEKDAY)(IN|THE)*(?P<part>PARTS)", _every_week),
    Rule("PARTS", lambda found: found.make("PART", found.terms[0].value)),
    Rule("(?<=[WEEKDAY PERIOD])AM", lambda found: found.make(HOURS, PARTS["morning"])),
    Rule("(?<=[WEEKDAY PERIOD])PM", lambda found: found.make(HOURS, Hours(time(12), None))),
    Rule("AFTER_WORK", lambda found: found.make(HOURS, AFTER_WORK)),
    Rule("(?P<preposition>BEFORE|FROM|UNTIL)?(IN|ON|IN_TIME)?(OF|THE)?(?P<part>PART)", _part),
)
