"""The address of the page /activities that shows what a person asked for; the page reads the same parameters."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.request.filters import Filters

PAGE_ADDRESS = "/activities"
#: How a day of the week is written in an address, Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def page_address(filters: Filters, language: str) -> str:
    """The page with these filters, relative to the public door."""
    return f"{PAGE_ADDRESS}?{urlencode({'language': language, **query_of(filters)})}"


def query_of(filters: Filters) -> dict[str, str]:
    """The filters as parameters of an address; only those that were asked for."""
    parameters = {
        "q": filters.text,
        "from": _day(filters.begins),
        "to": _day(filters.ends),
        "after": filters.earliest.isoformat("minutes") if filters.earliest else None,
        "before": filters.latest.isoformat("minutes") if filters.latest else None,
        "days": ",".join(WEEKDAYS[day] for day in filters.weekdays),
        "mode": filters.mode,
        "in": ",".join(filters.languages),
        "theme": filters.theme,
        "audience": filters.audience,
    }
    return {name: value for name, value in parameters.items() if value}


def _day(moment: datetime | None) -> str | None:
    return moment.astimezone(BRUSSELS).date().isoformat() if moment else None
