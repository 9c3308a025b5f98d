"""An activity as a card: title, when, how and where, for whom, places left; links and a choice for more.

The same card is shown in the chat and on the page /activities.
"""

from __future__ import annotations

from datetime import datetime

from bot.foundation.choices import activity_choice
from bot.foundation.reply import Card, Choice, Link
from bot.services.agenda.activity import CANCELLED, EVERYONE, MOVED, ONLINE, Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.moments import day_words, is_running, when, when_between
from bot.services.agenda.present.words import Speaker, joined, number


def card_of(activity: Activity, now: datetime, language: str, speaker: Speaker, is_alone: bool = False) -> Card:
    """The card; one that stands alone offers no way to itself."""
    has_details = bool(activity.descriptions) and not is_alone
    title_language = language if language in activity.titles else next(iter(activity.titles))
    return Card(
        title=activity.title(language),
        lines=lines_of(activity, now, language, speaker),
        choices=(Choice(activity_choice(activity.id), speaker.say("agenda_details", language)),)
        if has_details
        else (),
        links=links_of(activity, now, language, speaker),
        mark=mark_of(activity, now, language, speaker),
        language=title_language if title_language != language else None,
    )


def mark_of(activity: Activity, now: datetime, language: str, speaker: Speaker) -> str | None:
    """What has to be seen at once: cancelled, moved, on now, invented."""
    marks = {
        "cancelled": activity.status == CANCELLED,
        "moved": activity.status == MOVED,
        "running": activity.status != CANCELLED and is_running(activity, now),
        "sample": activity.is_sample,
    }
    return ", ".join(speaker.say(f"agenda_mark_{mark}", language) for mark, holds in marks.items() if holds) or None


def lines_of(activity: Activity, now: datetime, language: str, speaker: Speaker) -> tuple[str, ...]:
    """The lines below the title, plain text, without those that the source does not tell."""
    lines = (
        _first_capital(when(activity, now, language, speaker)),
        _moved_from(activity, now, language, speaker),
        *lasting_lines_of(activity, language, speaker),
        _places(activity, language, speaker),
    )
    return tuple(line for line in lines if line)


def lasting_lines_of(activity: Activity, language: str, speaker: Speaker) -> tuple[str, ...]:
    """The lines that stay true in somebody's calendar: how, where, for whom."""
    lines = (
        _first_capital(_how(activity, language, speaker)),
        speaker.say("agenda_place", language, place=activity.place) if activity.place else "",
        _first_capital(_audience(activity, language, speaker)),
    )
    return tuple(line for line in lines if line)


def links_of(activity: Activity, now: datetime, language: str, speaker: Speaker) -> tuple[Link, ...]:
    """Register, join, calendar: only what still makes sense."""
    if activity.status == CANCELLED or activity.end <= now:
        return ()
    links: list[Link] = []
    if activity.registration_url and activity.places_left != 0:
        links.append(Link(speaker.say("agenda_register", language), activity.registration_url))
    if activity.link:
        links.append(Link(speaker.say("agenda_join", language), activity.link))
    links.append(Link(speaker.say("agenda_to_calendar", language), calendar_address(activity.id, language)))
    return tuple(links)


def calendar_address(activity: str, language: str) -> str:
    """Where the public door serves one activity as a calendar file."""
    return f"/activities/{activity}.ics?language={language}"


def _audience(activity: Activity, language: str, speaker: Speaker) -> str:
    """For whom it is; empty for everyone."""
    if not activity.audience or EVERYONE in activity.audience:
        return ""
    words = [speaker.say(f"agenda_audience_{audience}", language) for audience in activity.audience]
    return joined(words, speaker.say("agenda_and", language))


def _how(activity: Activity, language: str, speaker: Speaker) -> str:
    if activity.mode == ONLINE and activity.platform:
        mode = speaker.say("agenda_online_with", language, platform=activity.platform)
    else:
        mode = speaker.say(f"agenda_mode_{activity.mode}", language) if activity.mode else ""
    spoken = [speaker.say(f"agenda_in_{code}", language) for code in activity.languages]
    return ", ".join(one for one in (mode, joined(spoken, speaker.say("agenda_and", language))) if one)


def _moved_from(activity: Activity, now: datetime, language: str, speaker: Speaker) -> str:
    if activity.status != MOVED or activity.moved_from is None:
        return ""
    # Only the beginning: how long it would have lasted matters no more.
    if activity.is_all_day:
        before = day_words(activity.moved_from.astimezone(BRUSSELS).date(), now.astimezone(BRUSSELS).date(), language)
    else:
        before = when_between(activity.moved_from, activity.moved_from, False, now, language, speaker)
    return speaker.say("agenda_moved_from", language, when=before)


def _places(activity: Activity, language: str, speaker: Speaker) -> str:
    if activity.status == CANCELLED or activity.places_left is None:
        return ""
    if activity.places_left <= 0:
        return speaker.say("agenda_full", language)
    if activity.places_left == 1:
        return speaker.say("agenda_one_place", language)
    return speaker.say("agenda_places", language, count=number(activity.places_left, language))


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
