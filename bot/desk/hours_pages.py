"""The opening hours for administrators: the week, late evenings, days that differ, and what visitors will meet."""

from __future__ import annotations

import re
from datetime import date

from babel.dates import format_date
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.cookies import language_of
from bot.desk.desk import Desk
from bot.desk.forms import FormRefused, read_form
from bot.desk.pages import Pages
from bot.foundation import clock
from bot.foundation.logging import log_event, log_problem
from bot.foundation.yaml_files import YamlFileError
from bot.services.agenda.present.moments import time_words
from bot.services.agenda.present.words import LOCALES
from bot.services.opening_hours.editor import ChangedMeanwhile, NotWritable
from bot.services.opening_hours.entered import (
    FEWEST_SLOTS,
    MOST_DAYS,
    MOST_SLOTS,
    SPARE_DAYS,
    Entered,
    Size,
    as_fields,
    read_entered,
    size_for,
)
from bot.services.opening_hours.hours import BRUSSELS
from bot.services.opening_hours.hours_text import UnknownForm
from bot.services.opening_hours.preview import preview
from bot.services.opening_hours.schedule import WEEKDAYS

_MOST_FIELDS = 2000
#: Rows that "more days" adds.
_MORE = 5


class HoursPages:
    """The routes under /desk/hours."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        self._pages, self._desk, self._editor = pages, desk, desk.admin.hours

    async def show(self, request: Request) -> Response:
        """The hours of the file."""
        try:
            current = await self._desk.call(self._editor.read)
        except YamlFileError as error:
            return self._broken(request, error)
        found, size = Entered(current.schedule, {}), size_for(current.schedule)
        notice = "hours_saved" if request.query_params.get("done") == "saved" else None
        return self._page(request, 200, as_fields(current.schedule), size, found, current.stamp, notice)

    async def change(self, request: Request) -> Response:
        """Save, look at it first, or give more rows. What was entered is never lost."""
        fields = await read_form(request, _MOST_FIELDS)
        size = Size(_count(fields, "slots", FEWEST_SLOTS, MOST_SLOTS), _count(fields, "days", SPARE_DAYS, MOST_DAYS))
        found, stamp, act = read_entered(fields, size), fields.get("stamp", ""), fields.get("act")
        if act == "more":
            size = Size(size.slots, min(MOST_DAYS, size.days + _MORE))
        if act != "save" or found.faults:
            notice = "hours_faults" if found.faults and act != "more" else None
            status = 422 if found.faults and act == "save" else 200
            return self._page(request, status, fields, size, found, stamp, notice)
        return await self._save(request, fields, size, found, stamp)

    async def _save(
        self, request: Request, fields: dict[str, str], size: Size, found: Entered, stamp: str
    ) -> Response:
        try:
            await self._desk.call(self._editor.write, found.schedule, stamp, request.state.member.id)
        except ChangedMeanwhile:
            try:
                newest = (await self._desk.call(self._editor.read)).stamp
            except YamlFileError as error:
                return self._broken(request, error)
            # With the new stamp, whoever has read the notice and saves again has decided to.
            return self._page(request, 409, fields, size, found, newest, "hours_changed")
        except NotWritable as error:
            log_problem("hours_not_writable", cause=str(error))
            return self._page(request, 503, fields, size, found, stamp, "hours_not_writable", str(error))
        except UnknownForm:
            return self._page(request, 409, fields, size, found, stamp, "hours_unknown_form")
        except YamlFileError as error:
            return self._broken(request, error)
        log_event("hours_changed")
        return RedirectResponse("/desk/hours?done=saved", 303)

    def _page(
        self,
        request: Request,
        status: int,
        fields: dict[str, str],
        size: Size,
        found: Entered,
        stamp: str,
        notice: str | None,
        cause: str = "",
    ) -> Response:
        language = language_of(request)
        today = clock.now().astimezone(BRUSSELS).date()
        return self._pages.show(
            request,
            "hours.html",
            status,
            fields=fields,
            faults=found.faults,
            size=size,
            stamp=stamp,
            notice=notice,
            cause=cause,
            file=self._editor.file_name,
            weekdays=[_weekday(number, language) for number in range(len(WEEKDAYS))],
            coming=preview(found.schedule, today, language),
            day_words=lambda day: str(format_date(day, "EEEE d MMMM", locale=LOCALES[language])),
            clock_words=lambda at: time_words(at, language, self._desk.words),
            has_week=any(found.schedule.week.values()),
        )

    def _broken(self, request: Request, error: YamlFileError) -> Response:
        log_problem("hours_unreadable", cause=str(error))
        place = self._editor.file_name + (f":{error.line}" if error.line else "")
        return self._pages.show(request, "hours_broken.html", 503, place=place, problem=error.problem)


def _weekday(number: int, language: str) -> str:
    monday = date(2026, 1, 5)
    return str(format_date(monday.replace(day=5 + number), "EEEE", locale=LOCALES[language]))


def _count(fields: dict[str, str], name: str, least: int, most: int) -> int:
    given = fields.get(name, "")
    if not re.fullmatch(r"[0-9]{1,3}", given) or not least <= int(given) <= most:
        # A form that has lost a part must not close the centre.
        raise FormRefused("unreadable")
    return int(given)
