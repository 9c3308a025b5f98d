"""The rules for hours: `17h30`, "half tien", "quarter to three", "après 17 h", "entre midi et deux"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.services.agenda.request.grammar import Found, Rule
from bot.services.agenda.request.part_of_day_rules import PARTS
from bot.services.agenda.request.periods import Hours
from bot.services.agenda.request.terms import CLOCK, DURATION, HOURS, PERIOD, Term

# Activities start by day: an hour up to this one, said without morning or evening, is in the afternoon.
_LAST_SMALL_HOUR = 6
# "475 heures" is no hour of the day, not even a wrong one.
_MOST_HOURS = 29
# "At 9" is an hour, "at 21" an age.
_LAST_LOOSE_HOUR = 12
_AT = ("AT", "TO", "AROUND", "AFTER", "BEFORE", "FROM", "UNTIL", "BY", "BETWEEN", "AND", "OF")


@dataclass(frozen=True)
class Clock:
    """A moment of the day; `said` is the hour as it was said, None if it cannot be read otherwise.

    `is_spelled` tells "3 hours" from "3h": without "at" the former lasts, the latter begins.
    """

    hour: int
    minute: int
    said: int | None = None
    is_spelled: bool = False

    @property
    def minutes(self) -> int:
        return self.hour * 60 + self.minute


def clock_term(found: Found, hour: int, minute: int, half: str | None = None) -> Term | None:
    """A term for an hour, or for an impossible one. `half` is "am", "pm" or None when it was not said."""
    if hour > _MOST_HOURS:
        return found.make(DURATION, None)
    if hour == 24 and minute == 0:
        hour, minute = 23, 59
    if not 0 <= hour <= 23 or not 0 <= minute <= 59:
        return found.bad()
    if half == "pm":
        return found.make(CLOCK, Clock(hour + 12 if hour < 12 else hour, minute))
    if half == "am":
        return found.make(CLOCK, Clock(hour % 12 if hour <= 12 else hour, minute))
    mark = found.term("mark")
    is_spelled = mark is not None and len(found.setting.words(mark)[0]) > 1
    return found.make(CLOCK, Clock(hour + 12 if 1 <= hour <= _LAST_SMALL_HOUR else hour, minute, hour, is_spelled))


def _is_article(term: Term) -> bool:
    """Whether it is the word for one, which is an article more often than an hour ("an hour", "half a year")."""
    return term.kind == "NUMBER" and term.value == "1"


def _long(found: Found) -> Term | None:
    """ "A 2h class" lasts two hours."""
    return found.make(DURATION, None) if _is_article(found.piece("article")) else None


def _hour(found: Found) -> Term | None:
    hour, minute = found.figure("hour"), found.number("minute") or 0
    if found.has("minute") and len(found.setting.words(found.piece("minute"))[0]) != 2:
        return None
    setting, mark = found.setting, found.term("mark")
    if _is_article(found.piece("hour")) and (found.before is None or found.before.kind not in _AT):
        return None
    if mark and not setting.is_own and not setting.is_glued(mark) and len(setting.words(mark)[0]) == 1:
        return None  # "4 u" is English on a telephone
    half = "am" if found.has("am") else "pm" if found.has("pm") else None
    if half is None and hour < 10 and found.setting.words(found.piece("hour"))[0].startswith("0"):
        half = "am"
    return clock_term(found, hour, minute, half)


def _spoken(found: Found) -> Term | None:
    hour = found.figure("hour")
    shift = 0
    if found.has("half_clock"):
        shift = int(found.value("half_clock"))
    elif found.has("half"):
        shift = 30
    elif found.has("quarter_after"):
        shift = 15
    elif found.has("quarter_before"):
        shift = -15
    if not 1 <= hour <= 24 or (_is_article(found.piece("hour")) and found.setting.language != "nl"):
        return None
    minutes = (hour * 60 + shift) % 1440
    half = "am" if found.has("am") else "pm" if found.has("pm") else None
    return clock_term(found, minutes // 60, minutes % 60, half)


def _word(found: Found) -> Term | None:
    hour, minute = (int(part) for part in found.terms[0].value.split(":"))
    return found.make(CLOCK, Clock(hour, minute))


def _with_part(found: Found) -> Term | None:
    clock, part = found.value("clock"), found.value("part")
    if clock.said is None:
        return found.make(CLOCK, clock)
    said = clock.said
    if part == "morning":
        return found.make(CLOCK, Clock(said, clock.minute))
    return found.make(CLOCK, Clock(said + 12 if said < 12 else said, clock.minute))


def _loose(found: Found) -> Term | None:
    """An hour that is only a number: "at 5", "after 17"."""
    if found.terms[0].value == "day":  # "à partir du 20"
        return None
    hour = found.figure("hour")
    last = _LAST_LOOSE_HOUR if found.terms[0].kind == "AT" else 23
    if not 1 <= hour <= last or (_is_article(found.piece("hour")) and found.terms[0].kind != "AT"):
        return None
    clock = Clock(hour + 12 if hour <= _LAST_SMALL_HOUR else hour, 0, said=hour)
    if hour < 12 and _is_evening(found.before):
        clock = Clock(hour + 12, 0)
    preposition = found.terms[0]
    return Term("LOOSE_HOURS", _bounded(preposition.kind, clock), preposition.first, found.terms[-1].after)


def _is_evening(before: Term | None) -> bool:
    """Whether "tonight" or "in the evening" stands before an hour: "tonight after 7"."""
    if before is None:
        return False
    if before.kind == "PART":
        return bool(before.value == "evening")
    return before.kind == PERIOD and before.value.hours == PARTS["evening"]


def _loose_is_hours(found: Found) -> Term | None:
    return found.make(HOURS, found.terms[0].value)


def _as_clock(term: Term) -> Clock:
    if term.kind == CLOCK:
        value: Clock = term.value
        return value
    hour = int(term.value)
    return Clock(hour + 12 if hour <= _LAST_SMALL_HOUR else hour, 0, said=hour)


def _range(found: Found) -> Term | None:
    first_term, last_term = found.piece("first"), found.piece("last")
    if any(term.kind != CLOCK and not 0 < int(term.value) <= 24 for term in (first_term, last_term)):
        return None
    first, last = _as_clock(first_term), _as_clock(last_term)
    if last.minutes == 0:  # "9-12 am"
        last = Clock(12, 0)
    if first_term.kind != CLOCK and last_term.kind != CLOCK and not _is_working_day(first, last):
        return None
    if last.minutes < first.minutes and last.said is not None and last.said < 12:
        last = Clock(last.said + 12, last.minute)
    if last.minutes < first.minutes and first.said is not None and first.said != first.hour:
        first = Clock(first.said, first.minute)
    if last.minutes < first.minutes:
        return found.bad()
    return found.make(HOURS, Hours(time(first.hour, first.minute), time(last.hour, last.minute)))


def _is_working_day(first: Clock, last: Clock) -> bool:
    """ "From 9 to 5", "tussen 9 en 12": hours, though nothing says so; "between 18 and 24" are ages."""
    return 8 <= (first.said or 0) <= 16 and first.minutes < last.minutes <= 20 * 60


def _bounded(kind: str, clock: Clock) -> Hours:
    at = time(clock.hour, clock.minute)
    if kind in ("AFTER", "FROM"):
        return Hours(at, None)
    if kind in ("UNTIL", "BY"):
        return Hours(None, at)
    if kind == "BEFORE":
        return Hours(None, _time(max(0, clock.minutes - 1)))
    if kind == "AROUND":
        return Hours(_time(max(0, clock.minutes - 60)), _time(min(1439, clock.minutes + 60)))
    return Hours(at, time(clock.hour, 59))


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _hours(found: Found) -> Term | None:
    clock: Clock = found.value("clock")
    if clock.said is not None and clock.said < 12 and _is_evening(found.before):
        clock = Clock(clock.said + 12, clock.minute)
    preposition = found.value("preposition") and found.term("preposition")
    kind = preposition.kind if preposition else "AT"
    if preposition is None and clock.is_spelled and clock.said != clock.hour:
        return found.make(DURATION, None)  # "two hours of bus"
    if kind == "OF" and clock.said is not None and clock.said != clock.hour:
        return found.make(DURATION, None)  # "un atelier de 2 heures"
    return found.make(HOURS, _bounded(kind, clock))


_NUMBER = "(NUM|NUMBER)"
_HALF = "((?P<am>AM)|(?P<pm>PM))"
_END = "(?![UNIT WORD MONTH MONTH_DOUBTFUL SLASH NUM NUMBER TO UNTIL DASH AND DOT ORD COLON HOUR NEXT PERIOD])"
_TO = "(TO|UNTIL|DASH|AND)"

CLOCK_RULES = (
    Rule("(?P<article>NUMBER)NUM DASH?HOUR", _long),
    Rule("CLOCK_WORD", _word),
    Rule(f"(?P<hour>NUM)COLON(?P<minute>NUM)(?!COLON)(HOUR)?({_HALF})?", _hour),
    Rule(f"(?P<hour>NUM)DOT(?P<minute>NUM)(HOUR|{_HALF})", _hour),
    Rule(f"(?P<half_clock>HALF_CLOCK)DASH?(?P<hour>{_NUMBER})(HOUR)?({_HALF})?(?!MONTH)", _spoken),
    Rule(
        f"((?P<quarter_after>QUARTER_AFTER)|(?P<quarter_before>QUARTER_BEFORE))(?P<hour>{_NUMBER})(HOUR)?({_HALF})?",
        _spoken,
    ),
    Rule(
        f"(?P<hour>{_NUMBER})HOUR((?P<half>HALF_AFTER)|(?P<quarter_after>QUARTER_AFTER)|(?P<quarter_before>QUARTER_BEFORE))",
        _spoken,
    ),
    Rule(f"(?P<hour>NUM)(?P<mark>HOUR)(?P<minute>NUM)(?![SLASH HOUR])({_HALF})?", _hour),
    Rule(f"(?P<hour>{_NUMBER})(?P<mark>HOUR)({_HALF})?", _hour),
    Rule(f"(?P<hour>{_NUMBER}){_HALF}", _hour),
    Rule("(?<=[AT AROUND FROM AFTER BEFORE UNTIL BETWEEN])(?P<hour>NUM)DOT(?P<minute>NUM)", _hour),
    Rule("(?P<clock>CLOCK)(OF|IN|THE|COMMA)*(?P<part>PART)", _with_part),
    Rule(f"(FROM|OF|BETWEEN|ON)?(?P<first>CLOCK){_TO}(?P<last>CLOCK)", _range),
    Rule(f"(FROM|OF|BETWEEN)(?P<first>{_NUMBER}){_TO}(?P<last>CLOCK)", _range),
    Rule("(?<![WEEKDAY WEEKDAY_SHORT THE])(?P<first>NUM)(DASH|TO|UNTIL)(?P<last>CLOCK)", _range),
    Rule(f"(FROM|OF|BETWEEN)(?P<first>CLOCK){_TO}(?P<last>{_NUMBER}){_END}", _range),
    Rule(f"(FROM|BETWEEN|OF)(?P<first>{_NUMBER}){_TO}(?P<last>{_NUMBER}){_END}", _range),
    Rule("(?P<preposition>AFTER|FROM|BEFORE|UNTIL|BY|AROUND|AT|TO|OF)THE?(?P<clock>CLOCK)", _hours),
    Rule("(?P<clock>CLOCK)", _hours),
    Rule(f"(AFTER|FROM|BEFORE|UNTIL|BY|AROUND|AT)(?P<hour>{_NUMBER}){_END}", _loose),
    Rule("LOOSE_HOURS", _loose_is_hours),
)
