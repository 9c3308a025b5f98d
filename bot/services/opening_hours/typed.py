"""Dates and times of day as people type them at the desk, also without the browser's own fields. Pure."""

from __future__ import annotations

import re
from datetime import date, time

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_HERE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.hH]([0-5][0-9])?(?::00)?)?\s*(?:u\.?|h)?")


def date_in(text: str) -> date | None:
    """`2026-12-24`, or day, month and year with signs between; None for what is no date."""
    iso, here = _ISO.fullmatch(text.strip()), _HERE.fullmatch(text.strip())
    year, month, day = iso.groups() if iso else reversed(here.groups()) if here else ("0", "0", "0")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def time_in(text: str) -> time | None:
    """`9:30`, `9h30`, `9.30 u.` or `9`; None for what is no time."""
    found = _TIME.fullmatch(text.strip())
    return time(int(found[1]), int(found[2] or 0)) if found else None
