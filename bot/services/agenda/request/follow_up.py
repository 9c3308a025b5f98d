"""Reads what a person says after a list of activities: what changes in the filters, more of them, or one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.services.agenda.request.filters import Filters
from bot.services.agenda.request.periods import Hours, with_hours
from bot.services.agenda.request.read import BRUSSELS, Reading, read

_CLEARED = {
    "any_mode": ("mode",),
    "any_language": ("languages",),
    "any_time": ("period",),
    "any_audience": ("audience",),
    "any_topic": ("theme", "text"),
    "anything": ("mode", "languages", "audience"),
}


@dataclass(frozen=True)
class FollowUp:
    """`filters` are those from before with what is new in them.

    `page` asks for the next ones, `pick` for one of those on the screen (0 is the first, -1 the last),
    `start_over` for a search from the beginning, with `filters` as the new ones.
    """

    filters: Filters
    page: bool = False
    pick: int | None = None
    start_over: bool = False


def follow_up(text: str, language: str, now: datetime, before: Filters, vocabulary: Iterable[str] = ()) -> FollowUp:
    """What a text asks for after a list that was found with the filters `before`."""
    local = now.astimezone(BRUSSELS)
    before = _in_brussels(before)
    reading = read(text, language, local, vocabulary, before)
    answers = reading.answers
    pick = _pick(reading)
    if pick is not None:
        return FollowUp(before, pick=pick)
    if answers.every("start_over"):
        return FollowUp(reading.filters, start_over=True)
    filters = replace(_cleared(before, reading), not_understood=())
    if not _asks(reading) and answers.every("earlier"):
        return FollowUp(_earlier(filters, local))
    if not _asks(reading) and _wants_more(reading):
        return FollowUp(replace(filters, not_understood=reading.filters.not_understood), page=True)
    return FollowUp(_merged(filters, reading, local))


def _in_brussels(filters: Filters) -> Filters:
    """Filters that were kept as text know the hours from UTC only, not when the clock changes."""
    begins, ends = (moment and moment.astimezone(BRUSSELS) for moment in (filters.begins, filters.ends))
    return replace(filters, begins=begins, ends=ends)


def _asks(reading: Reading) -> bool:
    """Whether there is any filter in the request; "the next page" is none, though "next" alone means soon."""
    filters = replace(reading.filters, not_understood=())
    is_open = filters.ends is None and not reading.moments.has_period
    return (filters.without("period") if is_open and not _has_hours(filters) else filters) != Filters()


def _has_hours(filters: Filters) -> bool:
    return bool(filters.earliest or filters.latest or filters.weekdays)


def _pick(reading: Reading) -> int | None:
    """Which of those on the screen is meant, when nothing else is asked for."""
    numbers = [token.number for token in reading.tokens]
    if len(numbers) == 1 and numbers[0] and numbers[0] <= 20:
        return numbers[0] - 1
    picks = [found for found in reading.answers.every("pick") if _is_free(found.places, reading)]
    if not picks or reading.answers.every("full"):
        return None
    others = reading.moments.used - {place for found in picks for place in found.places}
    is_filtered = replace(reading.filters.without("period"), not_understood=(), text=None) != Filters()
    if others or is_filtered:
        return None
    number = int(picks[0].value)
    return number if number < 0 else number - 1


def _is_free(places: range, reading: Reading) -> bool:
    """Whether a "second" is no part of a longer expression of time ("the second week of December")."""
    used = reading.moments.used
    inside = used.issuperset(places)
    return not inside or not ({places.start - 1, places.stop} & used)


def _wants_more(reading: Reading) -> bool:
    answers = reading.answers
    informed = answers.places("more_info")
    more = [found for kind in ("more", "later", "full") for found in answers.every(kind)]
    return any(informed.isdisjoint(found.places) for found in more)


def _cleared(before: Filters, reading: Reading) -> Filters:
    """The filters without those that the person calls indifferent; "whatever" alone is about the finer ones."""
    named = [kind for kind in _CLEARED if kind != "anything" and reading.answers.every(kind)]
    kinds = named or (["anything"] if reading.answers.every("anything") else [])
    return before.without(*(name for kind in kinds for name in _CLEARED[kind]))


def _merged(before: Filters, reading: Reading, now: datetime) -> Filters:
    new = reading.filters
    merged = replace(
        before,
        mode=new.mode or before.mode,
        languages=new.languages or before.languages,
        audience=new.audience or before.audience,
        not_understood=new.not_understood,
    )
    if new.theme or new.text:
        merged = replace(merged, theme=new.theme, text=new.text)
    hours = Hours(new.earliest, new.latest) if new.earliest or new.latest else None
    if reading.moments.has_period:
        merged = replace(merged, begins=new.begins, ends=new.ends, weekdays=new.weekdays)
    elif new.weekdays:
        merged = replace(merged, weekdays=new.weekdays, begins=merged.begins or new.begins)
    elif hours is None:
        return merged
    if hours is None and (before.earliest or before.latest):
        hours = Hours(before.earliest, before.latest)
    return with_hours(_whole_day(merged, now), hours, now)


def _whole_day(filters: Filters, now: datetime) -> Filters:
    """A period within one day as the whole day again, before other hours narrow it."""
    if filters.begins is None or filters.ends is None or filters.begins.date() != filters.ends.date():
        return filters
    begins = datetime.combine(filters.begins.date(), time.min, tzinfo=filters.begins.tzinfo)
    ends = datetime.combine(filters.ends.date(), time(23, 59, 59), tzinfo=filters.ends.tzinfo)
    return replace(filters, begins=max(begins, now) if ends >= now else begins, ends=ends)


def _earlier(before: Filters, now: datetime) -> Filters:
    """From now until the period that was asked for; as it was when that has begun."""
    if before.begins is None or before.begins <= now:
        return before
    return replace(before, begins=now, ends=before.begins - timedelta(seconds=1))
