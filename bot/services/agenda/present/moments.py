"""Moments in words: "jeudi 3 décembre à 14 h", "donderdag 3 december om 14 u.", "Thursday 3 December, 2 pm".

The year is said only when it is not the present one; all is Brussels time.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from bot.services.agenda.activity import Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.words import LOCALES, Speaker

_MIDNIGHT = time(0)
_MIDDAY = time(12)


def when(activity: Activity, now: datetime, language: str, speaker: Speaker) -> str:
    """When an activity begins and ends."""
    return when_between(activity.start, activity.end, activity.is_all_day, now, language, speaker)


def when_between(
    start: datetime, end: datetime, is_all_day: bool, now: datetime, language: str, speaker: Speaker
) -> str:
    """The same for two moments; `end` is exclusive."""
    start, end, today = _local(start), _local(end), _local(now).date()
    if is_all_day:
        last = (end - timedelta(microseconds=1)).date()
        if last <= start.date():
            return speaker.say("agenda_all_day", language, day=day_words(start.date(), today, language))
        return days_words("agenda_from_day_to_day", start.date(), last, today, language, speaker)
    first = day_words(start.date(), today, language)
    begins = time_words(start.time(), language, speaker)
    if end <= start:
        return speaker.say("agenda_at", language, day=first, time=begins)
    ends = time_words(end.time(), language, speaker)
    nights = (end.date() - start.date()).days
    if nights > 1 or (nights == 1 and end.time() > start.time()):
        return speaker.say(
            "agenda_from_moment_to_moment",
            language,
            day=speaker.say("agenda_at", language, day=first, time=begins),
            end=speaker.say("agenda_at", language, day=day_words(end.date(), today, language), time=ends),
        )
    if nights == 1 and end.time() != _MIDNIGHT:
        ends = speaker.say("agenda_next_day", language, time=ends)
    return speaker.say("agenda_at_until", language, day=first, time=begins, end=ends)


def is_running(activity: Activity, now: datetime) -> bool:
    """Whether it has begun and not ended."""
    return activity.start <= now < activity.end


def day_words(day: date, today: date, language: str, with_month: bool = True) -> str:
    """A day with its weekday, as in "jeudi 3 décembre"; with the year when it is not today's."""
    pattern = "EEEE d MMMM" if with_month else "EEEE d"
    if day.year != today.year:
        pattern += " y"
    words = str(format_date(day, pattern, locale=LOCALES[language]))
    # French counts the first of a month: "1er mars".
    return words.replace(" 1", " 1er", 1) if language == "fr" and day.day == 1 else words


def days_words(key: str, first: date, last: date, today: date, language: str, speaker: Speaker) -> str:
    """Two days in the text `key`; the month is said once when it is the same."""
    is_same_month = (first.year, first.month) == (last.year, last.month)
    # The year belongs to the last day then, too.
    begins = day_words(first, first if is_same_month else today, language, with_month=not is_same_month)
    return speaker.say(key, language, day=begins, end=day_words(last, today, language))


def time_words(moment: time, language: str, speaker: Speaker) -> str:
    """A time of day, as in "14 h 30", "14.30 u.", "2.30 pm"."""
    moment = moment.replace(second=0, microsecond=0, tzinfo=None)
    if moment == _MIDNIGHT:
        return speaker.say("agenda_midnight", language)
    if moment == _MIDDAY:
        return speaker.say("agenda_midday", language)
    return speaker.say(
        "agenda_hour_minute" if moment.minute else "agenda_hour",
        language,
        hour=str(moment.hour),
        hour12=str(moment.hour % 12 or 12),
        minute=f"{moment.minute:02}",
        half="am" if moment.hour < 12 else "pm",
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(BRUSSELS)
