"""Reads the properties of one calendar event: texts by language, place or online room, organisers, theme, audience.

Standard properties first. What the standard has no word for may stand in X- properties: further languages of a text
(`X-SUMMARY;LANGUAGE=nl`, `X-DESCRIPTION;LANGUAGE=nl`), `X-LANGUAGES`, `X-MODE`, `X-PLATFORM`, `X-AUDIENCE`,
`X-THEME`, `X-CAPACITY`, `X-PLACES-LEFT`, `X-REGISTRATION`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from icalendar import Event

from bot.foundation.languages import language_or_none
from bot.services.agenda.activity import CANCELLED, ONLINE, PLANNED
from bot.services.agenda.sources.entry import Entry, platform_of
from bot.services.agenda.sources.known_words import KnownWords
from bot.services.agenda.sources.plain import description_text, split_list, title_text, web_address
from bot.services.agenda.sources.reading import Source


def entry_of(event: Event, uid: str, line: int, source: Source, known: KnownWords) -> Entry:
    """What the event tells; its dates are read elsewhere. An event without a title has no titles."""
    titles, told = _by_language(event, "SUMMARY", source)
    descriptions, _ = _by_language(event, "DESCRIPTION", source)
    words = _categories(event)
    place = title_text(_first(event, "LOCATION"))
    address = web_address(place)
    link = web_address(_first(event, "CONFERENCE")) or (address if platform_of(address) else None)
    mode = known.value("mode", _text(event, "X-MODE")) or (ONLINE if known.value("mode", place) == ONLINE else None)
    is_place = bool(place) and not address and not known.value("mode", place)
    languages = [*split_list(_text(event, "X-LANGUAGES")), *words]
    return Entry(
        uid=uid,
        line=line,
        titles=titles,
        descriptions=descriptions,
        theme=next(iter(known.found("theme", [_text(event, "X-THEME"), *words])), None),
        # Titles whose language is marked are given in the languages in which the activity is.
        languages=known.found("language", languages) or told,
        mode=mode,
        platform=title_text(_text(event, "X-PLATFORM")) or None,
        link=link,
        place=place if is_place else None,
        audience=known.found("audience", [*split_list(_text(event, "X-AUDIENCE")), *words]),
        organisers=tuple(dict.fromkeys(_organisers(event))),
        capacity=_count(_text(event, "X-CAPACITY")),
        places_left=_count(_text(event, "X-PLACES-LEFT")),
        registration_url=web_address(_text(event, "X-REGISTRATION")) or web_address(_first(event, "URL")),
        status=CANCELLED if _text(event, "STATUS").upper() == "CANCELLED" else PLANNED,
    )


def _by_language(event: Event, name: str, source: Source) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts of a property by language, and the languages that were marked."""
    clean = title_text if name == "SUMMARY" else description_text
    texts: dict[str, str] = {}
    told: list[str] = []
    further = [(value, _unescaped(value)) for value in _all(event, f"X-{name}")]
    for value, raw in (*((value, value) for value in _all(event, name)), *further):
        marked = language_or_none(getattr(value, "params", {}).get("LANGUAGE"))
        text = clean(raw)
        if text:
            texts.setdefault(marked or source.defaults.language, text)
            told.extend([marked] if marked else [])
    return texts, tuple(dict.fromkeys(told))


def _categories(event: Event) -> list[str]:
    return [str(word) for value in _all(event, "CATEGORIES") for word in getattr(value, "cats", [value])]


def _organisers(event: Event) -> Iterator[str]:
    for value in (*_all(event, "ORGANIZER"), *_all(event, "CONTACT")):
        # An organiser without a name is an e-mail address: a person's, and not shown.
        name = getattr(value, "params", {}).get("CN") or ("" if "@" in str(value) else value)
        if text := title_text(name):
            yield from split_list(text)


def _all(event: Event, name: str) -> list[Any]:
    value = event.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(event: Event, name: str) -> Any:
    return next(iter(_all(event, name)), "")


def _text(event: Event, name: str) -> str:
    value = _first(event, name)
    return str(_unescaped(value) if name.startswith("X-") else value).strip()


def _unescaped(value: object) -> str:
    """The library leaves the text of an X- property as it is written in the file."""
    return re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], str(value))


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
