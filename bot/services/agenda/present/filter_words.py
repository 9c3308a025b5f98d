"""What a person asked for, in words: "en ligne, en néerlandais, du lundi 30 novembre au dimanche 6 décembre"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from babel.dates import get_day_names

from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.moments import day_words, days_words, time_words
from bot.services.agenda.present.words import LOCALES, Speaker, joined, plain
from bot.services.agenda.request.filters import Filters


def filter_words(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    """All filters, with commas between; empty when nothing was asked for."""
    words = (words_of(name, filters, now, language, speaker) for name in _WORDS_OF)
    return ", ".join(one for one in words if one)


def words_of(name: str, filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    """One filter: text, theme, mode, languages, audience, dates, weekdays or hours; empty when not asked for."""
    return _WORDS_OF[name](filters, now, language, speaker)


def _text(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    return speaker.say("agenda_words", language, words=plain(filters.text)) if filters.text else ""


def _theme(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    if not filters.theme:
        return ""
    return speaker.say("agenda_about", language, theme=speaker.say(f"agenda_theme_{filters.theme}", language))


def _mode(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    return speaker.say(f"agenda_mode_{filters.mode}", language) if filters.mode else ""


def _languages(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    """One language of several is enough, so it is "or" between them."""
    return joined(
        [speaker.say(f"agenda_in_{code}", language) for code in filters.languages],
        speaker.say("agenda_or", language),
    )


def _audience(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    return speaker.say(f"agenda_audience_{filters.audience}", language) if filters.audience else ""


def _dates(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    """The period; one that begins today or before says only its end."""
    today = now.astimezone(BRUSSELS).date()
    first = filters.begins.astimezone(BRUSSELS).date() if filters.begins else today
    last = filters.ends.astimezone(BRUSSELS).date() if filters.ends else None
    if last is None:
        return (
            "" if first <= today else speaker.say("agenda_from_day", language, day=day_words(first, today, language))
        )
    if last == today and first >= today:
        return speaker.say("agenda_today", language, day=day_words(today, today, language))
    if first == last:
        return speaker.say("agenda_on_day", language, day=day_words(first, today, language))
    if first == today:
        return speaker.say("agenda_until_day", language, day=day_words(last, today, language))
    return days_words("agenda_between_days", first, last, today, language, speaker)


def _weekdays(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    """Days of the week that are kept, as in "le samedi et le dimanche"."""
    if not filters.weekdays:
        return ""
    names = get_day_names("wide", locale=LOCALES[language])
    days = [speaker.say("agenda_weekday", language, day=names[day]) for day in filters.weekdays]
    return speaker.say("agenda_on_weekdays", language, words=joined(days, speaker.say("agenda_and", language)))


def _hours(filters: Filters, now: datetime, language: str, speaker: Speaker) -> str:
    """When within a day it begins."""
    first, last = filters.earliest, filters.latest
    if first and last:
        if first == last:
            return speaker.say("agenda_at_hour", language, time=time_words(first, language, speaker))
        begins, ends = time_words(first, language, speaker), time_words(_rounded(last), language, speaker)
        return speaker.say("agenda_between_hours", language, time=begins, end=ends)
    if first:
        return speaker.say("agenda_from_hour", language, time=time_words(first, language, speaker))
    if last:
        return speaker.say("agenda_until_hour", language, time=time_words(_rounded(last), language, speaker))
    return ""


def _rounded(last: time) -> time:
    """An end is the last minute that still counts: 11:59 is said as 12."""
    if last.minute % 5 == 0:
        return last
    moment = datetime(2000, 1, 1, last.hour, last.minute) + timedelta(minutes=1)
    return moment.time()


_WORDS_OF: dict[str, Callable[[Filters, datetime, str, Speaker], str]] = {
    "text": _text,
    "theme": _theme,
    "mode": _mode,
    "languages": _languages,
    "audience": _audience,
    "dates": _dates,
    "weekdays": _weekdays,
    "hours": _hours,
}
