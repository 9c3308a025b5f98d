"""The school holidays of the French and of the Flemish Community, which differ: `data/activities/school_holidays/`.

One file a community and school year; a holiday that stands in none of them is not known and never guessed.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError, read_mapping
from bot.services.agenda.request.periods import RANGE, Period

FOLDER = PROJECT_FOLDER / "data" / "activities" / "school_holidays"

#: Whose holidays are meant when the community is not named: by the language of the word.
COMMUNITY_OF = {"fr": "french", "nl": "flemish", "en": "french"}
ANY = "any"


def school_holiday(community: str, holiday: str, today: date, year: int | None = None) -> Period | None:
    """The running or next such holiday ("any": of whatever name), or the one that touches a year. None: not known."""
    for name, begins, ends in known_holidays(community):
        if holiday not in (name, ANY):
            continue
        if (year is None and ends >= today) or (year is not None and year == begins.year):
            return Period(begins, ends, RANGE, is_named=True)
    return None


@cache
def known_holidays(community: str) -> tuple[tuple[str, date, date], ...]:
    """Name, first and last day of each, in the order of time. Raises YamlFileError."""
    found = []
    for path in FOLDER.glob(f"{community}-*.yml"):
        for name, days in read_mapping(path).items():
            try:
                found.append((name, date.fromisoformat(days["begins"]), date.fromisoformat(days["ends"])))
            except (KeyError, TypeError, ValueError):
                raise YamlFileError(path, None, f"{name}: wants two dates, `begins` and `ends`") from None
    return tuple(sorted(found, key=lambda holiday: holiday[1]))
