"""Activities as iCalendar (RFC 5545): one file to add, or a feed to subscribe to. All moments are in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from icalendar import Calendar, Event, vDuration, vUri

from bot.services.agenda.activity import CANCELLED, MOVED, Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.cards import lasting_lines_of
from bot.services.agenda.present.words import Speaker

_MAKER = "-//FAQbot//Group activities//FR"
#: A calendar programme asks so often for a feed.
_REFRESH = timedelta(hours=6)
#: A later state of the same activity has a higher number, so that programmes take it over.
_SEQUENCES = {MOVED: 1, CANCELLED: 2}


def calendar_of(
    activities: Iterable[Activity],
    language: str,
    now: datetime,
    speaker: Speaker,
    host: str,
    name: str | None = None,
) -> bytes:
    """The file. `host` makes each UID unique in the world; `name` is that of a feed."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_REFRESH))
    for activity in activities:
        calendar.add_component(_event(activity, language, now, speaker, host))
    written: bytes = calendar.to_ical()
    return written


def _event(activity: Activity, language: str, now: datetime, speaker: Speaker, host: str) -> Event:
    event = Event()
    event.add("uid", f"{activity.id}@{host}")
    event.add("dtstamp", _utc(now))
    event.add("sequence", _SEQUENCES.get(activity.status, 0))
    event.add("status", "CANCELLED" if activity.status == CANCELLED else "CONFIRMED")
    if activity.is_all_day:
        event.add("dtstart", activity.start.astimezone(BRUSSELS).date())
        event.add("dtend", _day_after_last(activity))
    else:
        event.add("dtstart", _utc(activity.start))
        event.add("dtend", _utc(activity.end))
    sample = f" ({speaker.say('agenda_mark_sample', language)})" if activity.is_sample else ""
    event.add("summary", activity.title(language) + sample)
    event.add("description", _description(activity, language, speaker))
    if activity.place or activity.link or activity.platform:
        event.add("location", activity.place or activity.link or activity.platform)
    if activity.registration_url:
        event.add("url", vUri(activity.registration_url))
    if activity.theme:
        event.add("categories", [speaker.say(f"agenda_theme_{activity.theme}", language)])
    return event


def _description(activity: Activity, language: str, speaker: Speaker) -> str:
    description = activity.descriptions.get(language) or next(iter(activity.descriptions.values()), "")
    links = []
    if activity.registration_url:
        links.append(f"{speaker.say('agenda_register', language)}: {activity.registration_url}")
    if activity.link:
        links.append(f"{speaker.say('agenda_join', language)}: {activity.link}")
    paragraphs = (description, "\n".join(lasting_lines_of(activity, language, speaker)), "\n".join(links))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _day_after_last(activity: Activity) -> object:
    last = (activity.end.astimezone(BRUSSELS) - timedelta(microseconds=1)).date()
    return last + timedelta(days=1)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc).replace(microsecond=0)
