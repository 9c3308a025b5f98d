"""How people write about time, by the tables in `dates/`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.read import BRUSSELS, read_request

FOLDER = Path(__file__).parent / "dates"
LAST_SECOND = time(23, 59, 59)


def cases(folder: Path = FOLDER) -> list[tuple[str, str, datetime, str]]:
    """Language, text, now and what is expected, of every line of the tables."""
    found = []
    for language in LANGUAGES:
        for group in yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8")):
            now = datetime.fromisoformat(group["now"]).replace(tzinfo=BRUSSELS)
            found += [(language, text, now, str(meaning)) for text, meaning in group["expressions"].items()]
    return found


def difference(language: str, text: str, now: datetime, meaning: str) -> str | None:
    """What is understood, when it is not what the table says."""
    filters = read_request(text, language, now)
    understood = {name: getattr(filters, name) for name in ("begins", "ends", "earliest", "latest", "not_understood")}
    if meaning == "not understood":
        is_right = bool(filters.not_understood) and filters.begins is None and filters.earliest is None
    else:
        expected = _expected(meaning, now)
        is_right = not filters.not_understood and all(understood[name] == value for name, value in expected.items())
    return None if is_right else f"{text!r} ({language}, {now:%a %d/%m/%y}): wants {meaning}, got {understood}"


def _expected(meaning: str, now: datetime) -> dict[str, Any]:
    days, _, hours = (part.strip() for part in meaning.partition("|"))
    first, _, last = hours.partition("-")
    earliest = time.fromisoformat(first) if first else None
    latest = time.fromisoformat(last) if last else None
    if days == "none":
        return {"begins": None, "ends": None, "earliest": earliest, "latest": latest}
    begin, is_period, end = (part.strip() for part in days.partition(".."))
    begins = now if begin == "now" else datetime.fromisoformat(begin).replace(tzinfo=BRUSSELS)
    if not is_period:
        end = begin
    ends = None
    if end:
        ends = datetime.combine(datetime.fromisoformat(end), LAST_SECOND, tzinfo=BRUSSELS)
    if ends and begins.date() == ends.date():
        begins = max(begins, datetime.combine(begins, earliest or time.min, tzinfo=BRUSSELS))
        until = latest or LAST_SECOND
        until = until.replace(second=59) if until.minute == 59 else until
        ends = datetime.combine(ends, until, tzinfo=BRUSSELS)
    if begins < now <= begins + timedelta(days=1) or (begins < now and (ends is None or ends >= now)):
        begins = now
    return {"begins": begins, "ends": ends, "earliest": earliest, "latest": latest}


@pytest.mark.parametrize(("language", "text", "now", "meaning"), cases() + cases(FOLDER / "later"))
def test_what_people_write_about_time_is_understood(language: str, text: str, now: datetime, meaning: str) -> None:
    assert difference(language, text, now, meaning) is None


@pytest.mark.parametrize(
    ("text", "language", "weekdays"),
    [
        ("le week-end uniquement ? non, en semaine", "fr", (0, 1, 2, 3, 4)),
        ("tout sauf le lundi", "fr", (1, 2, 3, 4, 5, 6)),
        ("ni lundi ni mardi", "fr", (2, 3, 4, 5, 6)),
        ("tous les samedis", "fr", (5,)),
        ("mardi ou jeudi", "fr", (1, 3)),
        ("un soir de semaine", "fr", (0, 1, 2, 3, 4)),
        ("in de weekends", "nl", (5, 6)),
        ("niet op maandag of dinsdag", "nl", (2, 3, 4, 5, 6)),
        ("doordeweeks na 17u", "nl", (0, 1, 2, 3, 4)),
        ("elke woensdag", "nl", (2,)),
        ("Friday mornings", "en", (4,)),
        ("any day except Monday", "en", (1, 2, 3, 4, 5, 6)),
        ("at weekends", "en", (5, 6)),
        ("on Mondays in December", "en", (0,)),
        ("tomorrow", "en", ()),
    ],
)
def test_days_of_the_week_are_kept(text: str, language: str, weekdays: tuple[int, ...]) -> None:
    assert read_request(text, language, datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)).weekdays == weekdays


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [("hier", "fr", "nl"), ("spring", "en", "nl"), ("nu", "nl", "fr")],
)
def test_words_of_two_languages_are_read_in_the_persons_only(text: str, own: str, other: str) -> None:
    now = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)

    assert read_request(text, own, now).begins is not None
    assert read_request(f"dat is {text} goed", other, now).begins is None
