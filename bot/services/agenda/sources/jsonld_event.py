"""Reads one event of schema.org: its names by language, dates, place or online room, status and offers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from dateutil.parser import isoparse

from bot.foundation.languages import language_or_none
from bot.services.agenda.activity import CANCELLED, ON_SITE, ONLINE, PLANNED, Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.sources.entry import Entry, platform_of
from bot.services.agenda.sources.known_words import known_words
from bot.services.agenda.sources.plain import description_text, split_list, title_text, web_address
from bot.services.agenda.sources.reading import Material, Remark

_WITHOUT_END = timedelta(hours=1)
_MODES = {
    "OnlineEventAttendanceMode": ONLINE,
    "OfflineEventAttendanceMode": ON_SITE,
    "MixedEventAttendanceMode": ON_SITE,  # its room makes it findable as online too
}


class EventRefused(Exception):
    """An event that is not taken; the text says why."""


def read_event(
    event: dict[str, Any], line: int, material: Material, remarks: list[Remark], more: str = ""
) -> Activity:
    """The activity; `more` sets it apart from another one of its name on the same day. Raises EventRefused."""
    source, known = material.source, known_words()
    titles = _by_language(event.get("name"), title_text, source.defaults.language)
    if not titles:
        raise EventRefused("the event has no name")
    shown = repr(next(iter(titles.values())))
    start, is_all_day = _moment(event.get("startDate"), shown)
    end = _end(event, start, is_all_day, shown)
    if end.timestamp() <= start.timestamp():
        raise EventRefused(f"the end is not after the start ({shown})")
    if not event.get("endDate") and not is_all_day:
        remarks.append(material.remark(line, f"no end is given; taken as one hour ({shown})"))
    room, place = _where(event)
    words = split_list(_words(event.get("keywords")))
    status = str(event.get("eventStatus") or "").rsplit("/", 1)[-1]
    moved_from = _moment(event["previousStartDate"], shown)[0] if event.get("previousStartDate") else None
    planned = moved_from or start
    entry = Entry(
        uid=uid_of(event) or next(iter(titles.values())),
        line=line,
        titles=titles,
        descriptions=_by_language(event.get("description"), description_text, source.defaults.language),
        theme=next(iter(known.found("theme", [*split_list(_words(event.get("about"))), *words])), None),
        languages=_languages(event),
        mode=_MODES.get(str(event.get("eventAttendanceMode") or "").rsplit("/", 1)[-1]),
        platform=platform_of(room),
        link=room,
        place=place,
        audience=known.found("audience", [*split_list(_words(event.get("audience"))), *words]),
        organisers=tuple(
            dict.fromkeys(
                title_text(name)
                for key in ("organizer", "contributor")
                for part in _listed(event.get(key))
                if (name := _name(part))
            )
        ),
        capacity=_count(event.get("maximumAttendeeCapacity") or event.get("maximumPhysicalAttendeeCapacity")),
        places_left=_count(event.get("remainingAttendeeCapacity")),
        registration_url=_registration(event),
        status=CANCELLED if status in {"EventCancelled", "EventPostponed"} else PLANNED,
    ).completed(source)
    key = f"{planned:%Y%m%d}{more}"
    return entry.at(source, start, end, key, is_all_day, moved_from if moved_from != start else None)


def uid_of(event: dict[str, Any]) -> str | None:
    """The event's own name for itself, if it has one."""
    for key in ("@id", "identifier", "url"):
        value = next(iter(_listed(event.get(key))), None)
        text = str(value.get("value") or "") if isinstance(value, dict) else str(value or "")
        if text.strip():
            return text.strip()[:500]
    return None


def _moment(value: Any, shown: str) -> tuple[datetime, bool]:
    """A moment of Brussels, and whether only the day is told."""
    text = str(value or "").strip()
    if not text:
        raise EventRefused(f"the event has no start ({shown})")
    try:
        moment = isoparse(text)
    except ValueError:
        raise EventRefused(f"{text!r} is no date that exists ({shown})") from None
    local = moment.astimezone(BRUSSELS) if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
    return local, "T" not in text and ":" not in text


def _end(event: dict[str, Any], start: datetime, is_all_day: bool, shown: str) -> datetime:
    if event.get("endDate"):
        end, is_day = _moment(event["endDate"], shown)
        # "Until the 3rd" includes that day.
        return datetime.combine(end.date() + timedelta(days=1), time(), tzinfo=BRUSSELS) if is_day else end
    return start + (timedelta(days=1) if is_all_day else _WITHOUT_END)


def _by_language(value: Any, clean: Any, default: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for part in _listed(value):
        language = language_or_none(part.get("@language")) if isinstance(part, dict) else None
        text = clean(part.get("@value") if isinstance(part, dict) else part)
        if text:
            texts.setdefault(language or default, text)
    return texts


def _where(event: dict[str, Any]) -> tuple[str | None, str | None]:
    """The address of the online room, and the place."""
    room = place = None
    for part in _listed(event.get("location")):
        kind = str(part.get("@type")).rsplit("/", 1)[-1] if isinstance(part, dict) else ""
        if kind == "VirtualLocation":
            room = room or web_address(part.get("url"))
        else:
            address = part.get("address") if isinstance(part, dict) else None
            named = [_name(part), _address(address)]
            place = place or title_text(", ".join(dict.fromkeys(one for one in named if one))) or None
    return room, place


def _address(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value or "")
    town = " ".join(str(value[key]) for key in ("postalCode", "addressLocality") if value.get(key))
    return ", ".join(part for part in (str(value.get("streetAddress") or ""), town) if part)


def _languages(event: dict[str, Any]) -> tuple[str, ...]:
    known = known_words()
    told = [part.get("alternateName") or _name(part) if isinstance(part, dict) else part
            for part in _listed(event.get("inLanguage"))]  # fmt: skip
    codes = [language_or_none(one) or one for one in told]
    return known.found("language", [str(one) for one in codes])


def _registration(event: dict[str, Any]) -> str | None:
    offers = [part for part in _listed(event.get("offers")) if isinstance(part, dict)]
    addresses = [*(offer.get("url") for offer in offers), event.get("url")]
    return next((found for one in addresses if (found := web_address(one))), None)


def _words(value: Any) -> str:
    return ", ".join(str(part.get("audienceType") or _name(part)) if isinstance(part, dict) else str(part)
                     for part in _listed(value))  # fmt: skip


def _name(part: Any) -> str:
    if isinstance(part, dict):
        name = part.get("name")
        return str(name.get("@value") if isinstance(name, dict) else name or "")
    return str(part or "")


def _count(value: Any) -> int | None:
    text = str(value if value is not None else "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
