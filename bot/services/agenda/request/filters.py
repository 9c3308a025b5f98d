"""What a person asks of the agenda, read from words: the filters. Kept between turns as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any


@dataclass(frozen=True)
class Filters:
    """None or empty means: not asked for.

    `begins` and `ends` bound the period, both included, with the time zone Europe/Brussels ("this week" on
    Monday 23 November 2026 at 10:00 is 23 November 10:00:00 to 29 November 23:59:59); an open period has no
    `ends`. `earliest` and `latest` narrow the hour of the start within each day (both included).
    `weekdays` keep these days of the week only (0 is Monday; "weekends", "les mardis"); empty means every day.
    `languages` are codes, `mode` and `audience` as in `bot.services.agenda.activity`. `theme` is one of its
    themes, `text` the words of a title that were asked for, folded (no accents, lower case).
    `not_understood` are pieces of the request that looked like a filter and could not be read.
    """

    begins: datetime | None = None
    ends: datetime | None = None
    earliest: time | None = None
    latest: time | None = None
    weekdays: tuple[int, ...] = ()
    mode: str | None = None
    languages: tuple[str, ...] = ()
    theme: str | None = None
    audience: str | None = None
    text: str | None = None
    not_understood: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, the inverse of `filters_from_dict`."""
        return {
            "from": self.begins.isoformat() if self.begins else None,
            "to": self.ends.isoformat() if self.ends else None,
            "earliest": self.earliest.isoformat("minutes") if self.earliest else None,
            "latest": self.latest.isoformat("minutes") if self.latest else None,
            "weekdays": list(self.weekdays),
            "mode": self.mode,
            "languages": list(self.languages),
            "theme": self.theme,
            "audience": self.audience,
            "text": self.text,
            "not_understood": list(self.not_understood),
        }

    def without(self, *names: str) -> Filters:
        """The same request without some filters, as in `without("mode")`; "period" is all that is about time."""
        empty = Filters()
        fields = [field for name in names for field in _FIELDS_OF.get(name, (name,))]
        return replace(self, **{name: getattr(empty, name) for name in fields})


_FIELDS_OF = {"period": ("begins", "ends", "earliest", "latest", "weekdays")}


def filters_from_dict(data: dict[str, Any]) -> Filters:
    """Raises KeyError or ValueError on a foreign structure."""
    return Filters(
        begins=_moment(data["from"]),
        ends=_moment(data["to"]),
        earliest=_time(data["earliest"]),
        latest=_time(data["latest"]),
        weekdays=tuple(data.get("weekdays", ())),
        mode=data["mode"],
        languages=tuple(data["languages"]),
        theme=data["theme"],
        audience=data["audience"],
        text=data["text"],
        not_understood=tuple(data["not_understood"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
