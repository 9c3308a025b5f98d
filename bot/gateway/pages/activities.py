"""The agenda for everybody: page /activities, /activities.json, feed /activities.ics, and one activity as a file."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.foundation.clock import now as present_moment
from bot.foundation.reply import Text
from bot.gateway.limits import RateLimit
from bot.gateway.pages.activities_html import ActivitiesPage
from bot.gateway.pages.activities_query import Query, read_query
from bot.gateway.pages.kept_responses import KeptResponses, Made, response_of
from bot.gateway.pages.style_sheets import style_response, style_sheet
from bot.gateway.problems import Problem, language_of
from bot.gateway.web_chat.door import Door, address_of
from bot.services.agenda.agenda import Agenda
from bot.services.agenda.closest import closest
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.present.calendar_file import calendar_of
from bot.services.agenda.present.cards import card_of
from bot.services.agenda.present.data import activity_data
from bot.services.agenda.present.filter_words import filter_words
from bot.services.agenda.present.said import Teller
from bot.services.agenda.present.words import number
from bot.services.agenda.request.read import read_request

#: So many activities stand on one page, and go into one answer for a machine.
_ON_PAGE = 10
_IN_DATA, _MOST_IN_DATA = 20, 100
_IN_FEED, _MOST_IN_FEED = 200, 500
#: Readings a minute from one address that nobody asked for shortly before; what is kept is free.
_READINGS_A_MINUTE = 240
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_CALENDAR = "text/calendar; charset=utf-8"
_FOR_ALL_SITES = {"Access-Control-Allow-Origin": "*"}
_METHODS = ["GET", "HEAD"]


def activity_routes(door: Door, agenda: Agenda) -> APIRouter:
    """The routes; all are read only and public."""
    routes = APIRouter(include_in_schema=False)
    views = _Views(door, agenda)
    sheet = style_sheet("activities.css")

    @routes.api_route("/activities", methods=_METHODS)
    async def page(request: Request) -> Response:
        return await views.answer("html", request, views.page)

    @routes.api_route("/activities.json", methods=_METHODS)
    async def data(request: Request) -> Response:
        return await views.answer("json", request, views.data)

    @routes.api_route("/activities.ics", methods=_METHODS)
    async def feed(request: Request) -> Response:
        return await views.answer("ics", request, views.feed)

    @routes.api_route("/activities/{name}.ics", methods=_METHODS)
    async def one(request: Request, name: str) -> Response:
        if not _ID.fullmatch(name):
            raise Problem("not_found")
        return await views.answer(f"ics {name}", request, partial(views.one, name))

    @routes.get("/activities.css")
    async def styles() -> Response:
        return style_response(sheet)

    return routes


#: Makes a response from the address's parameters in a language at a moment.
_Make = Callable[[list[tuple[str, str]], str, datetime], Made]


class _Views:
    """What each address shows."""

    def __init__(self, door: Door, agenda: Agenda) -> None:
        self._door, self._agenda, self._words = door, agenda, door.words
        self._kept = KeptResponses()
        self._limit = RateLimit(_READINGS_A_MINUTE)

    async def answer(self, kind: str, request: Request, make: _Make) -> Response:
        """What was kept for this address, else what is made now. Raises Problem."""
        language = language_of(request)
        items = sorted(request.query_params.multi_items())
        key = (kind, language, urlencode(items))
        made = self._kept.get(key)
        if made is None:
            self._limit.take(address_of(request))
            made = await self._door.call(make, items, language, present_moment())
            self._kept.keep(key, made)
        return response_of(made, request)

    def page(self, items: list[tuple[str, str]], language: str, now: datetime) -> Made:
        """The page for people; what is wrong with the parameters stands in the form."""
        query = _without_unknown(self._query(items, language, now, _ON_PAGE))
        filters, first = query.filters, (query.page - 1) * _ON_PAGE
        found = self._agenda.find(filters, now, _ON_PAGE, first)
        teller = Teller(self._words, language, now, self._agenda.state(now))
        notices = list(teller.not_understood(filters.not_understood))
        activities = found.activities
        if not activities and first == 0:
            near = closest(self._agenda, filters, now, _ON_PAGE)
            activities = near.activities
            notices = [part.markdown for part in teller.nothing(filters, near, notices) if isinstance(part, Text)]
        else:
            notices += teller.cautions(activities)
        cards = [(one, card_of(one, now, language, self._words)) for one in activities]
        html = ActivitiesPage(self._words, language, query).html(
            cards,
            self._count(found.total, language),
            filter_words(filters, now, language, self._words) if found.total else "",
            notices,
            math.ceil(found.total / _ON_PAGE),
        )
        return Made(
            html.encode(),
            "text/html; charset=utf-8",
            422 if query.faults else 200,
            {"Content-Security-Policy": _POLICY, "Content-Language": language},
        )

    def data(self, items: list[tuple[str, str]], language: str, now: datetime) -> Made:
        """The same for machines."""
        query = self._strict_query(items, language, now, _MOST_IN_DATA)
        limit = query.limit or _IN_DATA
        found = self._agenda.find(query.filters, now, limit, (query.page - 1) * limit)
        body = {
            "language": language,
            "filters": query.filters.as_dict(),
            "total": found.total,
            "page": query.page,
            "pages": math.ceil(found.total / limit),
            "sample": self._agenda.state(now).is_sample,
            "activities": [activity_data(one, language) for one in found.activities],
        }
        return Made(json.dumps(body, ensure_ascii=False).encode(), "application/json", headers=_FOR_ALL_SITES)

    def feed(self, items: list[tuple[str, str]], language: str, now: datetime) -> Made:
        """A calendar to subscribe to."""
        query = self._strict_query(items, language, now, _MOST_IN_FEED)
        found = self._agenda.find(query.filters, now, query.limit or _IN_FEED)
        name = f"{self._words.say('demo_title', language)}: {self._words.say('agenda_page_title', language)}"
        body = calendar_of(found.activities, language, _hour(now), self._words, self._host(language), name)
        return Made(body, _CALENDAR, headers={**_FOR_ALL_SITES, **_file("inline", "activities.ics")})

    def one(self, name: str, items: list[tuple[str, str]], language: str, now: datetime) -> Made:
        """One activity, also one that is cancelled: the calendar takes that over. Raises Problem("not_found")."""
        found = self._agenda.by_ids([name])
        if not found:
            raise Problem("not_found")
        body = calendar_of(found, language, _hour(now), self._words, self._host(language))
        file = f"activity-{found[0].start.astimezone(BRUSSELS).date().isoformat()}.ics"
        return Made(body, _CALENDAR, headers={**_FOR_ALL_SITES, **_file("attachment", file)})

    def _query(self, items: list[tuple[str, str]], language: str, now: datetime, most: int) -> Query:
        vocabulary = self._agenda.vocabulary()
        return read_query(items, lambda words: read_request(words, language, now, vocabulary), now, most)

    def _strict_query(self, items: list[tuple[str, str]], language: str, now: datetime, most: int) -> Query:
        query = self._query(items, language, now, most)
        if query.faults:
            fault = query.faults[0]
            detail = self._words.say(fault.key, language, **fault.names)
            raise Problem("invalid", field=fault.parameter, detail=detail)
        return query

    def _count(self, total: int, language: str) -> str:
        if not total:
            return self._words.say("agenda_count_none", language)
        key = "agenda_count_one" if total == 1 else "agenda_count_many"
        return self._words.say(key, language, count=number(total, language))

    def _host(self, language: str) -> str:
        return urlsplit(self._words.content.centre["website"][language]).hostname or "localhost"


def _without_unknown(query: Query) -> Query:
    """Other sites hang things on to an address ("utm_source"); a language that is none of ours is no fault either."""
    known = (fault for fault in query.faults if fault.key != "agenda_fault_unknown" and fault.parameter != "language")
    return replace(query, faults=tuple(known))


def _hour(now: datetime) -> datetime:
    """The stamp of a calendar; it changes once an hour, so that a reader can be told that nothing is new."""
    return now.replace(minute=0, second=0, microsecond=0)


def _file(how: str, name: str) -> dict[str, str]:
    return {"Content-Disposition": f'{how}; filename="{name}"'}
